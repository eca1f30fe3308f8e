"""``init`` and ``new``: a first site, and one more record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from twinsite.commands.options import (
    Flags,
    common_options,
    now_option,
    read_clock,
    show_and_exit,
    site_option,
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default=None, help="The name of the site and its brand (default: that of the example).")
@now_option
@common_options
@click.pass_obj
def init(flags: Flags, folder: Path, title: str | None, now: datetime | None) -> None:
    """Write a small complete site into DIR. Files that are there already stay as they are."""
    from twinsite.scaffold import init_site

    done = init_site(folder, now or read_clock(), title)
    for path in done.kept:
        click.echo(f"Left as it was: {path}", err=True)
    if done.problems:
        show_and_exit(done.problems, folder)
    if flags.quiet:
        return
    for path in done.written if flags.verbose else ():
        click.echo(path)
    click.echo(f"{len(done.written)} files written to {folder}.")
    click.echo(f"Look at the site with:  twinsite serve --open --site {folder}")


@click.command()
@click.argument("kind")
@click.argument("title")
@site_option
@now_option
@common_options
def new(kind: str, title: str, site: Path, now: datetime | None) -> None:
    """Write a commented, valid file for a new record of KIND, as a draft.

    KIND is contest, entry, twintern, showcase, announcement, programme, campaign, product, claim or page.
    """
    from twinsite.scaffold import new_record

    result = new_record(site, kind, title, now or read_clock())
    if result.path is None:
        show_and_exit(result.problems, site)
    click.echo(result.path)
