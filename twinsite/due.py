"""Which pages change by themselves, and when: openings, deadlines, publications, ends of permission."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from twinsite.core.site import Entry, Site
from twinsite.link.entries import list_changes


@dataclass(frozen=True, slots=True)
class DueChange:
    """A moment (aware, in the record's zone) at which a page changes; ``what`` finishes "The page ..."."""

    at: datetime
    path: str
    url: str
    what: str


def list_due(site: Site, start: datetime, end: datetime) -> list[DueChange]:
    """All changes after ``start`` and up to ``end``, in order of time."""
    entries: dict[str, Entry] = {entry.path: entry for entry in site.by_path.values()}
    found = [
        DueChange(change.at.astimezone(ZoneInfo(entry.zone)), path, entry.url, change.what)
        for path, entry in entries.items()
        if entry.record.draft is not True
        for change in list_changes(entry)
        if start < change.at <= end
    ]
    return sorted(found, key=lambda change: (change.at, change.path, change.what))


def write_cron(moments: Iterable[datetime]) -> list[str]:
    """Schedule lines (minute hour day month, in the moments' zone), a minute after each moment so that it has
    passed.
    """
    lines = []
    for moment in moments:
        after = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        lines.append(f"{after.minute} {after.hour} {after.day} {after.month} *")
    return list(dict.fromkeys(lines))
