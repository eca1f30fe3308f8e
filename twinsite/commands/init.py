"""``init`` and ``new``: a first site, and one more record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from twinsite.commands.options import (
    Flags,
    common_options,
    now_option,
    read_clock,
    show_and_exit,
    site_option,
)
from twinsite.core.request import PLAYBOOK


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
@click.option("--playbook", is_flag=True, help="Fill a claim from playbook.yaml; so it is wherever there is one.")
@click.option(
    "--level",
    type=click.Choice(["low", "medium", "high"]),
    default=None,
    help="How severe a claim is (default: medium).",
)
@click.option("--claim", default="", help="What is claimed, in neutral words.")
@click.option("--product", "products", multiple=True, metavar="SLUG", help="A product that a claim is about.")
@click.option("--campaign", "campaigns", multiple=True, metavar="SLUG", help="A campaign that a claim is about.")
@click.option("--publish", "publisher", default="", metavar="NAME", help="Publish a claim at once; NAME allows it.")
@site_option
@now_option
@common_options
def new(kind: str, title: str, site: Path, now: datetime | None, **options: Any) -> None:
    """Write a commented, valid file for a new record of KIND, as a draft.

    KIND is contest, entry, twintern, showcase, announcement, programme, campaign, product, claim or page.

    A claim is filled from playbook.yaml, if there is one beside site.yaml. With --publish it is no draft: what the
    playbook says stands on its page after the next build.
    """
    from twinsite.scaffold import new_record

    asked = any(options.values())
    if kind.lower() in ("claim", "claims") and (asked or (site / PLAYBOOK).is_file()):
        _new_claim(title, site, now or read_clock(), options)
        return
    if asked:
        raise click.UsageError("--playbook, --level, --claim, --product, --campaign and --publish are for claims.")
    result = new_record(site, kind, title, now or read_clock())
    if result.path is None:
        show_and_exit(result.problems, site)
    click.echo(result.path)


def _new_claim(title: str, site: Path, now: datetime, options: dict[str, Any]) -> None:
    from twinsite.scaffold.claim import Ask, new_claim

    options.pop("playbook")
    if options["publisher"] and not options["claim"]:
        raise click.UsageError('Say what is claimed, in neutral words: --claim "Posts say that ..."')
    done = new_claim(site, Ask(**{**options, "title": title, "level": options["level"] or "medium"}), now)
    if done.result.path is None:
        show_and_exit(done.result.problems, site)
    click.echo(done.result.path)
    if done.channels:
        click.echo(f"Then say it here, in this order: {', '.join(done.channels)}.", err=True)
