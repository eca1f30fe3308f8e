"""``import``: records from what other programs export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from twinsite.commands.options import Flags, common_options, show_and_exit, site_option

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PICTURES = click.Path(exists=True, file_okay=False, path_type=Path)


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


def _read_pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    """The fields by their columns, or a usage error."""
    found = {}
    for pair in pairs:
        column, mark, field = pair.rpartition("=")
        if not mark or not column.strip() or not field.strip():
            raise click.BadParameter(f'"{pair}" is not COLUMN=FIELD, such as: "Name to show=by".', param_hint="--map")
        found[column.strip()] = field.strip()
    return found
