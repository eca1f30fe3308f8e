"""``import``: records from what other programs export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twinsite.commands.options import Flags, common_options, now_option, read_clock, show_and_exit, site_option

if TYPE_CHECKING:
    from twinsite.scaffold.imported import Row
    from twinsite.scaffold.showcases import Need

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PICTURES = click.Path(exists=True, file_okay=False, path_type=Path)
MOST_NEEDS = 20
"""How many of those who must be asked are named at the end of an import."""


@click.group(name="import")
def import_() -> None:
    """Turn an export of another program into records, one file for each row."""


@import_.command()
@click.argument("contest")
@click.argument("file", metavar="FILE.csv", type=FILE)
@click.option("--pictures", type=PICTURES, default=None, help="The folder of the pictures that a column names.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Which column is which field, such as: 'Name to show=by'. May be given again and again.",
)
@site_option
@common_options
@click.pass_obj
def entries(flags: Flags, contest: str, file: Path, pictures: Path | None, pairs: tuple[str, ...], site: Path) -> None:
    """Write a record for each entry to CONTEST in FILE.csv, all pending until an editor approves them.

    The first line of FILE.csv names the columns; one of them is the code of the entry. Columns called like fields are
    taken as they are: code, title, by, region, date, text, video, picture, alt, consent.given, consent.given_on,
    consent.how, private.name, private.contact, private.evidence, private.notes. No other column is read. A record that
    is there already stays as it is, so the command may be run again.
    """
    from twinsite.console import Console
    from twinsite.scaffold.entries import import_entries

    done = import_entries(site, contest, file, _read_pairs(pairs), pictures)
    if done.problems:
        show_and_exit(done.problems, Path())
    refused = [row.problem for row in done.rows if row.problem]
    for row in () if flags.quiet else done.rows:
        click.echo(f"row {row.number:<5} {row.outcome:<8} {row.path}".rstrip())
    Console("text").show_problems(refused, Path())
    if not flags.quiet:
        click.echo(done.summary())
    sys.exit(1 if refused else 0)


@import_.command()
@click.argument("file", metavar="FILE.csv|FILE.json", type=FILE)
@click.option("--map", "map_file", type=FILE, required=True, metavar="MAP.yaml", help="Which column is which field.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@site_option
@now_option
@common_options
@click.pass_obj
def showcases(flags: Flags, file: Path, map_file: Path, dry_run: bool, site: Path, now: datetime | None) -> None:
    """Write a draft of a showcase for each row of an export of reviews, posts or articles.

    MAP.yaml declares which column is which field and how days, numbers and texts are written; nothing is guessed. A
    record that is there stays as it is: the command may be run again, and says of each row whether it is new, unchanged
    or changed. Nobody's words are shown before their permission is written down.
    """
    from twinsite.console import Console
    from twinsite.scaffold.showcases import Order, import_showcases

    def tell(row: Row) -> None:
        if not flags.quiet:
            click.echo(f"row {row.number:<5} {row.outcome:<9} {row.path}  {row.note}".rstrip())

    done = import_showcases(Order(site, file, map_file, now or read_clock(), not dry_run), tell)
    if done.problems:
        show_and_exit(done.problems, Path())
    refused = [row.problem for row in done.rows if row.problem]
    Console("text").show_problems(refused, Path())
    if not flags.quiet:
        for line in _list_needs(done.needs):
            click.echo(line)
        click.echo(done.summary())
    sys.exit(1 if refused else 0)


def _list_needs(needs: Sequence[Need]) -> list[str]:
    """Who must be asked before anything new is shown: the first of them, and how to see all."""
    if not needs:
        return []
    lines = [f"{len(needs)} to ask for permission (twinsite rights --request NAME prints the words):"]
    lines += [f"  {need.slug}  {need.who}" for need in needs[:MOST_NEEDS]]
    more = len(needs) - MOST_NEEDS
    return [*lines, f"  and {more} more: twinsite rights --only asked"] if more > 0 else lines


def _read_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    """The fields by their columns, or a usage error."""
    found = {}
    for pair in pairs:
        column, mark, field = pair.rpartition("=")
        if not mark or not column.strip() or not field.strip():
            raise click.BadParameter(f'"{pair}" is not COLUMN=FIELD, such as: "Name to show=by".', param_hint="--map")
        found[column.strip()] = field.strip()
    return found
