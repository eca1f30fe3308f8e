"""The dated things of a twintern's time, one after another: found in the record and in all that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from twinsite.core.site import Entry
from twinsite.kinds.kind import Facts, Reference
from twinsite.kinds.moment import as_utc
from twinsite.kinds.twintern.model import Twintern

EVENTS: Mapping[str, str] = {"showcase": "showcase", "announcement": "announced", "entry": "entered"}
"""What a published record of a kind tells of the twintern whom it names."""


def make_timeline(record: Twintern, wins: Sequence[Entry], facts: Facts) -> list[dict[str, Any]]:
    """``[{date, event, title, record, url}]``, the oldest first.

    ``event`` is ``start``, ``work``, ``won``, ``entered``, ``showcase``, ``announced`` or ``end``; ``record`` a
    reference or none; ``url`` that of a work that can be seen elsewhere.
    """
    events = [event for event in _find_events(record, wins, facts) if event["date"] is not None]
    return sorted(events, key=itemgetter("date"))


def _find_events(record: Twintern, wins: Sequence[Entry], facts: Facts) -> Iterator[dict[str, Any]]:
    term = record.programme
    yield _event(term.starts if term else None, "start")
    for work in record.works:
        yield _event(work.published, "work", title=str(work.title), url=work.url)
    for entry in wins:
        yield _event(_day_won(entry), "won", entry)
    for kind, event in EVENTS.items():
        for entry in facts.back.get(kind, ()):
            yield _event(entry.day, event, entry)
    yield _event(term.ends if term else None, "end")


def _event(
    day: date | None, event: str, entry: Entry | None = None, title: str | None = None, url: str | None = None
) -> dict[str, Any]:
    reference = Reference(entry.kind, entry.slug) if entry else None
    return {"date": day, "event": event, "title": entry.title if entry else title, "record": reference, "url": url}


def _day_won(entry: Entry) -> date | None:
    """The day on which a contest's winners were announced, in the contest's zone."""
    moment: datetime | None = getattr(entry.record, "winners_announced", None)
    return as_utc(moment).astimezone(ZoneInfo(entry.zone)).date() if moment else None
