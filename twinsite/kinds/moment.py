"""Days and instants for the kinds: when a day begins in a zone, and where a day lies in a term. Reads no clock.

Aware datetimes of one zone compare by their wall clocks in Python, which is wrong in the hour that a change of the
clocks repeats; so every comparison between instants goes through ``as_utc``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from twinsite.kinds.kind import Change

Place = Literal["before", "within", "after"]

EARLIEST, LATEST = date.min.year, date.max.year
"""In these years an instant may have no date in another zone."""


def as_utc(moment: datetime) -> datetime:
    """The same instant in UTC, safe to compare and to sort."""
    return moment.astimezone(UTC)


def write_utc(moment: datetime | None) -> str | None:
    """An instant in UTC for scripts and other machines: ``2026-06-01T17:00:00Z``."""
    return as_utc(moment).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a zone. Where the clocks skip midnight, the moment at which they do so."""
    wall = datetime.combine(day, time(0), tzinfo=zone)
    return as_utc(wall).astimezone(zone)


def change_on(day: date | None, zone: tzinfo, what: str) -> tuple[Change, ...]:
    """What changes as a day begins: one change; none without a day, or at the ends of the calendar (never)."""
    return (Change(start_of(day, zone), what),) if day and EARLIEST < day.year < LATEST else ()


def change_after(day: date | None, zone: tzinfo, what: str) -> tuple[Change, ...]:
    """What changes as a day ends, like ``change_on`` for the next day."""
    return change_on(day + timedelta(days=1), zone, what) if day and day.year < LATEST else ()


def place_in_term(day: date, starts: date | None, ends: date | None) -> Place:
    """Where a day lies: both the first and the last day belong to the term; an end that is not given is open."""
    if starts is not None and day < starts:
        return "before"
    if ends is not None and day > ends:
        return "after"
    return "within"


TERM_STATES = ("running", "upcoming", "ended")
"""The states of what has a first and a last day, in the order lists show them."""


def find_term_state(starts: date | None, ends: date | None, now: datetime) -> str:
    """``upcoming``, ``running`` or ``ended``, by the day it is at ``now`` in the zone ``now`` is written in."""
    match place_in_term(now.date(), starts, ends):
        case "before":
            return "upcoming"
        case "after":
            return "ended"
        case _:
            return "running"


def list_term_changes(starts: date | None, ends: date | None, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of the first day and the end of the last, where they are given."""
    first = change_on(starts, zone, "says that it has begun")
    return (*first, *change_after(ends, zone, "says that it is over"))
