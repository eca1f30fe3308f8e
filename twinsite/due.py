"""Which pages change by themselves, and when: openings, deadlines, publications, ends of permission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from twinsite.core.site import Entry, Site
from twinsite.link.entries import NO_POLICIES, list_changes

GITHUB_STEP = timedelta(minutes=5)
"""The shortest step between two scheduled runs that GitHub promises."""


class DueChange(Struct, frozen=True):
    """A moment (aware, in the record's zone) at which a page changes; ``what`` finishes "The page ..."."""

    at: datetime
    path: str
    url: str
    what: str


def list_due(site: Site, start: datetime, end: datetime, policies: Mapping[str, Any] = NO_POLICIES) -> list[DueChange]:
    """All changes after ``start`` and up to ``end``, in order of time; ``policies`` are those of the settings."""
    entries: dict[str, Entry] = {entry.path: entry for entry in site.by_path.values()}
    found = [
        DueChange(change.at.astimezone(ZoneInfo(entry.zone)), path, entry.url, change.what)
        for path, entry in entries.items()
        if entry.record.draft is not True
        for change in list_changes(entry, policies, site.tables)
        if start < change.at <= end
    ]
    return sorted(found, key=lambda change: (change.at, change.path, change.what))


class Run(Struct, frozen=True):
    """A moment (UTC, a whole minute) at which a job should build, and the changes that it then shows."""

    at: datetime
    changes: tuple[DueChange, ...]


def plan_runs(changes: Iterable[DueChange], least: timedelta = timedelta(0)) -> list[Run]:
    """The runs that show all changes: each in the minute after a change, so that it has passed, and no two within less
    than ``least``. A change that an earlier run comes late enough for needs none of its own.
    """
    runs: list[Run] = []
    for change in sorted(changes, key=lambda change: change.at):
        after = change.at.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        if runs and after <= runs[-1].at:
            runs[-1] = replace(runs[-1], changes=(*runs[-1].changes, change))
        else:
            runs.append(Run(max(after, runs[-1].at + least) if runs else after, (change,)))
    return runs


def write_cron(runs: Iterable[Run]) -> list[str]:
    """Lines for a crontab in UTC: what changes as a comment, then minute, hour, day, month and any weekday."""
    lines = []
    for run in runs:
        lines += [f"# {_describe(change)}" for change in run.changes]
        lines.append(_write_fields(run.at))
    return lines


def write_github_cron(runs: Iterable[Run]) -> list[str]:
    """The ``schedule`` of a GitHub workflow: what changes as a comment, then the line."""
    lines = ["schedule:"]
    for run in runs:
        lines += [f"  # {_describe(change)}" for change in run.changes]
        lines.append(f'  - cron: "{_write_fields(run.at)}"')
    return lines


def _describe(change: DueChange) -> str:
    return f"{change.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC: {change.url} {change.what}"


def _write_fields(at: datetime) -> str:
    return f"{at.minute} {at.hour} {at.day} {at.month} *"
