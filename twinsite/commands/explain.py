"""``explain`` and ``due``: why a record is or is not published, and which pages change by themselves, and when."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twinsite.commands.options import common_options, now_option, read_clock, show_and_exit, site_option

if TYPE_CHECKING:
    from twinsite.due import DueChange

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class SpanType(click.ParamType[timedelta]):
    """A span of time such as ``7d``, ``12h``, ``2w``."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The span, or a usage error."""
        match = re.fullmatch(r"(\d{1,4})([mhdw])", str(value))
        if isinstance(value, timedelta):
            return value
        if not match:
            self.fail(f'"{value}" is no span of time. Write it like 7d, 12h or 2w.', param, ctx)
        return timedelta(**{UNITS[match[2]]: int(match[1])})


@click.command()
@click.argument("path")
@site_option
@now_option
@click.option("--drafts", is_flag=True, help="As in build --drafts.")
@common_options
def explain(path: str, site: Path, now: datetime | None, drafts: bool) -> None:
    """Say why a record or page is or is not published, when that changes, and what its page is made of.

    PATH is a file of content/ or an address such as /contests/spring/ or /feed.xml.
    """
    from twinsite.core.request import BuildRequest
    from twinsite.explain import explain_path
    from twinsite.inputs import open_cache

    request = BuildRequest(site, now=now or read_clock(), drafts=drafts, write=False)
    with open_cache(request) as cache:
        lines, problems = explain_path(request, path, cache)
    if problems:
        show_and_exit(problems, site)
    for line in lines:
        click.echo(line)


@click.command()
@site_option
@now_option
@click.option("--within", type=SpanType(), default="7d", show_default=True, help="How far to look ahead: 7d, 12h, 2w.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "cron", "github-cron"]),
    default="text",
    help="cron and github-cron print a schedule (in UTC): a run in the minute after each change.",
)
@common_options
def due(site: Path, now: datetime | None, within: timedelta, style: str) -> None:
    """List which pages change by themselves, and when."""
    from twinsite.core.request import BuildRequest
    from twinsite.due import list_due
    from twinsite.inputs import open_cache
    from twinsite.stages import Stopwatch
    from twinsite.survey import survey_site

    moment = now or read_clock()
    request = BuildRequest(site, now=moment, write=False)
    with open_cache(request) as cache:
        cache.spare()
        survey = survey_site(request, cache, Stopwatch())
    errors = [problem for problem in survey.place(survey.problems) if problem.severity == "error"]
    if errors or survey.site is None:
        show_and_exit(errors, site)
    settings = survey.inputs.settings
    policies = settings.policies.model_dump() if settings else {}
    changes = list_due(survey.site, moment, moment + within, policies)
    for line in _write_due(changes, style, moment):
        click.echo(line)
    sys.exit(0)


def _write_due(changes: list[DueChange], style: str, now: datetime) -> list[str]:
    from twinsite.console import write_distance
    from twinsite.due import GITHUB_STEP, plan_runs, write_cron, write_github_cron

    if style == "json":
        rows = [{"at": c.at.isoformat(), "path": c.path, "url": c.url, "what": c.what} for c in changes]
        return [json.dumps(rows, ensure_ascii=False, indent=2)]
    if not changes:
        mark = "" if style == "text" else "# "
        return [f"{mark}No page changes by itself in this time."]
    if style == "cron":
        return write_cron(plan_runs(changes))
    if style == "github-cron":
        return write_github_cron(plan_runs(changes, GITHUB_STEP))
    return [f"{c.at:%Y-%m-%d %H:%M %Z}  {write_distance(c.at, now):>12}  {c.url}  {c.what}" for c in changes]
