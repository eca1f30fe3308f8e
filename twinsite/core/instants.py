"""Dates and instants from text, by the grammar of the guide. Takes text and the name of a time zone; never asks a
clock.

The rules of IANA zones come from ``zoneinfo``; which names exist is decided by the ``tzdata`` package alone, so that
a site means the same on every machine.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import LiteralString
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]
from pydantic_core import PydanticCustomError

from twinsite.core.expression import express
from twinsite.core.names import nearest_name

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DATE = express(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?: ?(Z|[+-][0-9]{2}:[0-9]{2}))?"
)
_SHORT_HOUR = express(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+([0-9]):([0-9]{2}(?::[0-9]{2})?)")
_TWELVE_HOURS = express(
    r"(?:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+|.*)\b"
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-5][0-9]))? ?(?P<half>[ap])\.?m\.?",
    re.IGNORECASE,
)


def wrong(rule: LiteralString, message: str, hint: str = "", at: str = "") -> PydanticCustomError:
    """The error to raise for a value.

    ``rule`` names the mistake, ``message`` says it in plain words, ``hint`` says what to write; ``at`` names
    the field below the value that is to blame, where a whole model is refused.
    """
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint, "at": at})


@cache
def zone_names() -> frozenset[str]:
    """The names of all IANA time zones that the ``tzdata`` package knows."""
    text = (Path(tzdata.__file__).parent / "zones").read_text(encoding="ascii")
    return frozenset(text.split())


def to_zone(text: str) -> str:
    """A time zone by its IANA name; stays text. Error: ``unknown-zone``."""
    if text in zone_names():
        return text
    cities = {name.rpartition("/")[2]: name for name in sorted(zone_names())}
    city = nearest_name(text.rpartition("/")[2], cities) if "/" in text or len(text) > 4 else None
    near = nearest_name(text, zone_names()) if "/" in text else None
    near = near or (cities[city] if city else None)
    raise wrong(
        "unknown-zone",
        f'There is no time zone "{text}".' + (f' Did you mean "{near}"?' if near else ""),
        "Write the name of a continent and a city, for example Europe/London or America/New_York.",
    )


def to_date(text: str) -> date:
    """A day, ``YYYY-MM-DD``. Errors: ``not-a-date`` for any other form, ``no-such-date`` for a day no calendar has."""
    match = _DATE.fullmatch(text)
    if match:
        return _day(text, *match.groups())
    if _INSTANT.fullmatch(text):
        raise wrong("not-a-date", f'"{text}" has a time of day, but only a day belongs here.', f"Write {text[:10]}.")
    raise wrong("not-a-date", f'"{text}" is not a date.', _date_hint(text))


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        hint = "Write year-month-day, for example 2026-06-30."
        if 1 <= int(month) <= 12 and int(year):
            from calendar import monthrange  # which brings all words of the system's language with it

            last = monthrange(int(year), int(month))[1]
            hint = f"The last day of that month is {year}-{month}-{last}."
        raise wrong("no-such-date", f'There is no day "{text}" in the calendar.', hint) from None


def _date_hint(text: str) -> str:
    loose = _LOOSE_DATE.match(text)
    if loose:
        year, month, day = loose.groups()
        return f"Write {year}-{int(month):02}-{int(day):02}."
    return "Write the year first, then the month, then the day: 2026-06-01."


def to_instant(text: str, zone: str) -> datetime:
    """A point in time, ``YYYY-MM-DD HH:MM[:SS]`` in ``zone`` (an IANA name), or followed by an offset or ``Z``.

    The result is aware, with the offset that ``zone`` has at that moment as a fixed one: it compares and subtracts
    exactly, and its date is the local day. Errors: ``not-an-instant``, ``no-such-date``, ``no-such-time``,
    ``ambiguous-time``.
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise wrong("not-an-instant", *_instant_refusal(text))
    *parts, offset = match.groups()
    local = _combine(text, *parts)
    tz = ZoneInfo(zone)
    try:
        return _in_zone(local, tz, zone) if offset is None else _fixed(local.replace(tzinfo=_offset(text, offset)), tz)
    except OverflowError:
        message = f'"{text}" lies outside the calendar.'
        raise wrong("no-such-date", message, "Write a year between 0002 and 9998.") from None


def _combine(text: str, day: str, hour: str, minute: str, second: str | None) -> datetime:
    try:
        return datetime(int(day[:4]), int(day[5:7]), int(day[8:]), int(hour), int(minute), int(second or 0))
    except ValueError:
        return datetime.combine(_day(day, *day.split("-")), _clock(text, hour, minute, second))


def _clock(text: str, hour: str, minute: str, second: str | None) -> time:
    try:
        return time(int(hour), int(minute), int(second or 0))
    except ValueError:
        hint = "Hours go from 00 to 23, minutes and seconds from 00 to 59."
        if hour == "24":
            hint = "Write 00:00 of the next day, or 23:59:59 of the same day."
        raise wrong("not-an-instant", f'There is no time of day "{text[11:].strip()}".', hint) from None


def _offset(text: str, offset: str) -> timezone:
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    if hours > 14 or minutes > 59:
        raise wrong(
            "not-an-instant",
            f'"{offset}" in "{text}" is no offset of any time zone.',
            "Write one such as +01:00 or -05:00.",
        )
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if offset[0] == "-" else size)


_make_fixed = cache(timezone)
"""There are some forty offsets in all; to look one up is quicker than to make it."""


def _fixed(aware: datetime, tz: ZoneInfo) -> datetime:
    local = aware.astimezone(tz)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def _in_zone(local: datetime, tz: ZoneInfo, zone: str) -> datetime:
    before, after = tz.utcoffset(local) or timedelta(), tz.utcoffset(local.replace(fold=1)) or timedelta()
    if before == after:
        return local.replace(tzinfo=_make_fixed(before))
    if before < after:
        raise _gap(local.replace(tzinfo=tz), local.replace(tzinfo=tz, fold=1), zone)
    raise _overlap(local, before, after, zone)


def _gap(first: datetime, second: datetime, zone: str) -> PydanticCustomError:
    """``first`` and ``second`` are the same wall time by the offset before and after the clocks were put forward."""
    jump = _transition(second.astimezone(UTC), first.astimezone(UTC), first.tzinfo)
    last, next_ = (jump - timedelta(seconds=1)).astimezone(first.tzinfo), jump.astimezone(first.tzinfo)
    start = (last + timedelta(seconds=1)).replace(tzinfo=None)
    return wrong(
        "no-such-time",
        f"There is no {first:%H:%M} on {first:%Y-%m-%d} in {zone}: "
        f"the clocks go forward from {start:%H:%M} to {next_:%H:%M}.",
        f"Write {last:%Y-%m-%d %H:%M:%S} or {next_:%Y-%m-%d %H:%M}.",
    )


def _transition(low: datetime, high: datetime, tz: object) -> datetime:
    """The first second, in UTC, at which the offset differs from that at ``low``; ``high`` has another offset."""
    assert isinstance(tz, ZoneInfo)
    old = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(tz).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high


def _overlap(local: datetime, before: timedelta, after: timedelta, zone: str) -> PydanticCustomError:
    written = f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    first, second = (local.replace(tzinfo=timezone(offset)).isoformat()[19:] for offset in (before, after))
    return wrong(
        "ambiguous-time",
        f"{written} happens twice in {zone}, because the clocks go back.",
        f"Write {written}{first} for the first time or {written}{second} for the second.",
    )


def _instant_refusal(text: str) -> tuple[str, str]:
    """The message and the hint for a text that is no instant."""
    if _DATE.fullmatch(text):
        return (
            f'"{text}" is a day without a time.',
            f"Write {text} 00:00 for the start of that day or {text} 23:59:59 for its end.",
        )
    half = _TWELVE_HOURS.fullmatch(text)
    if half and 1 <= int(half["hour"]) <= 12:
        hour = int(half["hour"]) % 12 + (12 if half["half"].lower() == "p" else 0)
        time = f"{hour:02}:{half['minute'] or '00'}"
        hint = f"Write {half['day']} {time}." if half["day"] else f"Write year-month-day and {time}: 2026-06-01 {time}."
        return f'"{text}" is not a time: hours are counted from 00 to 23.', hint
    short = _SHORT_HOUR.match(text)
    if short:
        return f'"{text}" is not a time: the hour needs two digits.', f"Write {short[1]} 0{short[2]}:{short[3]}."
    return f'"{text}" is not a date and time.', "Write year-month-day hour:minute: 2026-06-01 23:59."
