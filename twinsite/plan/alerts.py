"""What every page must say for now: records of which their kind asks that the whole site warns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from twinsite.core.site import Entry
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.kind import no_alert
from twinsite.kinds.moment import as_utc, write_utc
from twinsite.plan.library import Library


def plan_alerts(library: Library) -> list[dict[str, str | None]]:
    """The alerts of all pages, ``{kind title url state until}``, in the order of lists; ``until`` is the instant (UTC)
    at which one ends by itself, if that is known. It asks records of those kinds alone that ever warn.
    """
    now = library.site.now
    return [
        {
            "kind": entry.kind,
            "title": entry.title,
            "url": entry.url,
            "state": entry.state,
            "until": _find_end(entry, now),
        }
        for entry in _list_loud(library, now)
    ]


def _find_end(entry: Entry, now: datetime) -> str | None:
    """The first moment ahead at which its kind no longer asks every page to tell of it."""
    kind, record = kind_named(entry.kind), entry.record
    ahead = sorted(as_utc(change.at) for change in kind.changes(record, ZoneInfo(entry.zone)) if now < change.at)
    return write_utc(next((at for at in ahead if kind.alert(record, at) != "everywhere"), None))


def _list_loud(library: Library, now: datetime) -> Iterator[Entry]:
    for kind in KINDS:
        if kind.alert is not no_alert:
            for entry in library.site.published.get(kind.name, ()):
                if kind.alert(entry.record, now) == "everywhere":
                    yield entry
