"""When the numbers of a twintern grow old: ``policies.metrics_max_age_days`` after the day they are of.

Those of alumni belong to their term and never do. Whether they are old is asked by comparing the moment of the build
with the instant at which they become so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from twinsite.core.draft import Table
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.kind import Change, Facts
from twinsite.kinds.moment import LATEST, as_utc, start_of
from twinsite.kinds.parts import count_days
from twinsite.kinds.twintern.model import Twintern
from twinsite.kinds.twintern.series import Series, fill_channels, list_exports, place_of, read_all, read_series

_LONGEST = 101
"""More years than the policy may say."""


def find_limit(policies: Mapping[str, Any]) -> int:
    """After how many days a number is old."""
    return int(policies.get("metrics_max_age_days", 90))


@lru_cache(maxsize=4096)
def turns_old(day: date | None, limit: int, zone: tzinfo) -> datetime | None:
    """The instant (UTC) from which a number of a day in a zone is old; ``None`` for never."""
    if day is None or day.year >= LATEST - _LONGEST:
        return None
    return as_utc(start_of(day + timedelta(days=limit + 1), zone))


def are_old(day: date | None, facts: Facts) -> bool:
    """Whether a number of a day is old, by the days of the record's zone."""
    at = turns_old(day, find_limit(facts.policies), ZoneInfo(facts.zone))
    return at is not None and facts.now >= at


def note_old_numbers(record: Twintern, path: str, facts: Facts) -> tuple[Problem, ...]:
    """Numbers in fields that are old; those of an account with an export are looked at together with it."""
    if facts.state == "alumni":
        return ()
    found = [*_dated_works(record), *_dated_followers(record)]
    return tuple(_tell(path, field, day, facts) for field, day in found if are_old(day, facts))


def _tell(path: str, field: FieldPath, day: date, facts: Facts) -> Problem:
    age, limit = count_days((facts.now.date() - day).days), count_days(find_limit(facts.policies))
    hint = 'Read them again and write the new day in "as_of".'
    message = f"These numbers are {age} old; the limit is {limit}."
    return Problem("numbers-are-old", path, message, hint, field=field, severity="notice")


def _dated_followers(record: Twintern) -> Iterator[tuple[FieldPath, date]]:
    for index, channel in enumerate(record.channels):
        if channel.followers is not None and channel.as_of is not None and channel.metrics is None:
            yield ("channels", index, "as_of"), channel.as_of


def _dated_works(record: Twintern) -> Iterator[tuple[FieldPath, date]]:
    for index, work in enumerate(record.works):
        if work.metrics is not None:
            yield ("works", index, "metrics", "as_of"), work.metrics.as_of


def note_old_exports(record: Twintern, path: str, facts: Facts) -> tuple[Problem, ...]:
    """Exports whose last row is old, each at that row; and followers in fields that no export has newer ones of."""
    return () if facts.state == "alumni" else tuple(_note_old(record, path, facts))


def _note_old(record: Twintern, path: str, facts: Facts) -> Iterator[Problem]:
    for place, table in list_exports(record, facts.tables):
        channel = record.channels[place]
        series = read_series(table, channel)
        newest = fill_channels(record, {place: series})[place]
        if channel.metrics and channel.followers is not None and channel.as_of and newest.as_of == channel.as_of:
            if are_old(channel.as_of, facts):
                yield _tell(path, ("channels", place, "as_of"), channel.as_of, facts)
        elif series.rows and are_old(series.rows[-1].day, facts):
            yield _tell_export(table, series, facts)


def _tell_export(table: Table, series: Series, facts: Facts) -> Problem:
    last = series.rows[-1]
    age, limit = count_days((facts.now.date() - last.day).days), count_days(find_limit(facts.policies))
    line, column = table.find(last.number, table.columns[place_of(table, "date") or 0].name)
    message = f"The newest numbers on {series.network} are {age} old; the limit is {limit}."
    hint = "Export them again and add the new rows."
    return Problem("numbers-are-old", table.path, message, hint, line, column, 10, severity="notice")


def list_ageing(
    record: Twintern, zone: tzinfo, policies: Mapping[str, Any], tables: Mapping[str, Table]
) -> tuple[Change, ...]:
    """The moments from which the page says of its numbers that they are old, each once; none after the last day of the
    term.
    """
    found = read_all(record, tables)
    days = {channel.as_of for channel in fill_channels(record, found) if channel.followers is not None}
    days |= {series.rows[-1].day for series in found.values()} | {day for _, day in _dated_works(record)}
    last = record.programme.ends if record.programme else None
    moments = {turns_old(day, find_limit(policies), zone) for day in days}
    found_at = sorted(at.astimezone(zone) for at in moments if at is not None)
    shown = [at for at in found_at if last is None or at.date() <= last]
    return tuple(Change(at, "says that some of its numbers are old") for at in shown)
