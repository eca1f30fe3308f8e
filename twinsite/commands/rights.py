"""``rights``: whose permission is asked, granted, ending or gone, and the words to ask with."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from twinsite.commands.explain import SpanType
from twinsite.commands.options import common_options, now_option, read_clock, show_and_exit, site_option
from twinsite.kinds.permission import SECTIONS

if TYPE_CHECKING:
    from twinsite.rights import LedgerLine
    from twinsite.survey import Survey


@click.command()
@site_option
@now_option
@click.option("--within", type=SpanType(), default=None, help="Only permissions that end within this time: 30d, 8w.")
@click.option(
    "--only", type=click.Choice(list(SECTIONS)), multiple=True, help="Only these sections; may be given again."
)
@click.option("--request", "name", metavar="SLUG", help="Print the words that ask the author of one showcase.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print the ledger.",
)
@common_options
def rights(
    site: Path, now: datetime | None, within: timedelta | None, only: tuple[str, ...], name: str | None, style: str
) -> None:
    """List every permission to show what somebody else made: asked, granted, expiring, gone.

    Each with who, where it is written, until when it holds, and what to do next.
    """
    from twinsite.core.request import BuildRequest
    from twinsite.inputs import open_cache
    from twinsite.rights import choose_lines, list_rights
    from twinsite.stages import Stopwatch
    from twinsite.survey import survey_site

    moment = now or read_clock()
    request = BuildRequest(site, now=moment, write=False)
    with open_cache(request) as cache:
        cache.spare()
        survey = survey_site(request, cache, Stopwatch())
    if survey.site is None or survey.inputs.settings is None:
        show_and_exit(survey.place(survey.problems), site)
    days = survey.inputs.settings.policies.permission_notice_days
    lines = list_rights(survey.site, moment, days)
    _tell_unread(survey)
    if name:
        _print_request(survey, lines, name, moment)
    else:
        _print_ledger(choose_lines(lines, only, moment, within), style)
    sys.exit(0)


def _tell_unread(survey: Survey) -> None:
    """Say which files are missing from the ledger, because what stands in them could not be understood."""
    unread = sorted(survey.site.wrong) if survey.site else []
    if unread:
        which = "This file has" if len(unread) == 1 else "These files have"
        text = f"{which} errors and may be missing here (twinsite check shows them): {', '.join(unread)}"
        click.echo(text, err=True)


def _print_request(survey: Survey, lines: list[LedgerLine], name: str, now: datetime) -> None:
    from twinsite.asking import write_request
    from twinsite.core.problem import Problem
    from twinsite.rights import find_line

    found = find_line(lines, name)
    if isinstance(found, Problem):
        show_and_exit([found], Path())
    assert survey.inputs.settings is not None
    today = now.astimezone(ZoneInfo(found.entry.zone)).date()
    click.echo(write_request(found.right, found.entry.record, survey.inputs.settings, today), nl=False)


def _print_ledger(lines: list[LedgerLine], style: str) -> None:
    from twinsite.rights import write_ledger_csv, write_ledger_text

    if style == "json":
        click.echo(json.dumps([line.values() for line in lines], ensure_ascii=False, indent=2))
    elif style == "csv":
        click.echo(write_ledger_csv(lines), nl=False)
    else:
        click.echo("\n".join(write_ledger_text(lines)))
