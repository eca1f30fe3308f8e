"""How an export writes days, as somebody declared it: ``DD/MM/YYYY``, ``D MMM YYYY HH:mm``. Nothing is guessed.

Tokens: ``YYYY`` the year, ``YY`` a year from 2000 to 2099; ``MM`` and ``M`` the month with and without a leading zero,
``MMM`` and ``MMMM`` its English name, short or whole (``Mon``: either, as in the schemas of tables); ``DD`` and ``D``
the day; ``HH``, ``H`` the hour (``hh``, ``h`` with ``A`` for am and pm), ``mm`` the minute, ``ss`` the second, ``SSS``
its fraction; ``Z`` the offset. All else stands for itself.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.values import Wrong

_NAMES: Final = ("", *"january february march april may june july august september october november december".split())
_SHORT: Final = tuple(name[:3] for name in _NAMES)
_TOKENS: Final = (
    ("YYYY", r"(?P<year>[0-9]{4})"),
    ("YY", r"(?P<short_year>[0-9]{2})"),
    ("MMMM", rf"(?P<name>{'|'.join(_NAMES[1:])})"),
    ("MMM", rf"(?P<short_name>{'|'.join(_SHORT[1:])})\.?"),
    ("Mon", rf"(?P<short_name>{'|'.join((*_NAMES[1:], *_SHORT[1:]))})\.?"),
    ("MM", r"(?P<month>[0-9]{2})"),
    ("M", r"(?P<month>[0-9]{1,2})"),
    ("DD", r"(?P<day>[0-9]{2})"),
    ("D", r"(?P<day>[0-9]{1,2})"),
    ("HH", r"(?P<hour>[0-9]{2})"),
    ("H", r"(?P<hour>[0-9]{1,2})"),
    ("hh", r"(?P<hour>[0-9]{2})"),
    ("h", r"(?P<hour>[0-9]{1,2})"),
    ("mm", r"(?P<minute>[0-9]{2})"),
    ("ss", r"(?P<second>[0-9]{2})"),
    ("SSS", r"[0-9]{1,9}"),
    ("A", r"(?P<half>am|pm)"),
    ("Z", r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})"),
)
_TOKEN: Final = re.compile("|".join(token for token, _ in sorted(_TOKENS, key=lambda pair: -len(pair[0]))))
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
_PLAIN: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")


class DateStyle(Struct, frozen=True):
    """A declared style: as it was written, and the expression that reads it. ``timed``: it has a time of day;
    ``offset``: that says its own offset.
    """

    written: str
    pattern: re.Pattern[str]
    timed: bool
    offset: bool


def read_style(text: str) -> DateStyle | Wrong:
    """The style that a text declares. Rule: ``bad-column-map``."""
    expression, end, seen = "", 0, set[str]()
    patterns = dict(_TOKENS)
    for found in _TOKEN.finditer(text):
        name = re.search(r"<(\w+)>", patterns[found[0]])
        if name and name[1] in seen:
            return _bad_style(text, f"It says {found[0]} or its like twice.")
        seen |= {name[1]} if name else set()
        expression += re.escape(text[end : found.start()]) + patterns[found[0]]
        end = found.end()
    if not _is_whole(seen):
        return _bad_style(text, "It needs a year, a month and a day.")
    pattern = re.compile(expression + re.escape(text[end:]), re.IGNORECASE | re.ASCII)
    return DateStyle(text, pattern, "hour" in seen, "offset" in seen)


def _is_whole(seen: set[str]) -> bool:
    year, month = seen & {"year", "short_year"}, seen & {"month", "name", "short_name"}
    timed = "hour" in seen or not seen & {"offset", "half"}
    return len(year) == 1 and len(month) == 1 and "day" in seen and timed


def _bad_style(text: str, why: str) -> Wrong:
    hint = "Write it with YYYY, MM (or MMM for its name) and DD, such as DD/MM/YYYY or MMM D, YYYY; HH:mm for a time."
    return Wrong("bad-column-map", f'"{text}" is no way to write days. {why}', hint)


def read_day(text: str, style: DateStyle | None, zone: ZoneInfo | None, home: ZoneInfo) -> date | Wrong:
    """The day that a cell names, in the zone of the site (``home``); times without an offset are in ``zone``.

    Without a declared style only what cannot be read in two ways is taken: ``2026-03-02``, and with a time that says
    its offset. Rules: ``undeclared-style``, ``not-a-date``, ``no-such-date``.
    """
    if style is None:
        return _read_iso(text, home)
    found = style.pattern.fullmatch(text)
    if found is None:
        message = f'"{text}" is not written as {style.written}, as the map declares.'
        return Wrong("not-a-date", message, "Correct the cell, or declare the style that all cells have.")
    parts = {name: value for name, value in found.groupdict().items() if value}
    try:
        moment = _make_moment(parts)
    except ValueError:
        hint = f"Days of this export are written {style.written}, says the map. Correct the cell, or that."
        return Wrong("no-such-date", f'There is no day "{text}".', hint)
    if not style.timed or (moment.tzinfo is None and zone is None):
        return moment.date()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment.astimezone(home).date()


def _make_moment(parts: dict[str, str]) -> datetime:
    """The moment that the parts of a match say. Raises ``ValueError`` where no calendar or clock has it."""
    year = int(parts["year"]) if "year" in parts else 2000 + int(parts["short_year"])
    hour = int(parts.get("hour", 0))
    if "half" in parts:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if parts["half"].lower() == "pm" else 0)
    minute, second = int(parts.get("minute", 0)), int(parts.get("second", 0))
    return datetime(year, _find_month(parts), int(parts["day"]), hour, minute, second, tzinfo=_find_offset(parts))


def _find_month(parts: dict[str, str]) -> int:
    if "name" in parts:
        return _NAMES.index(parts["name"].lower())
    return _SHORT.index(parts["short_name"][:3].lower()) if "short_name" in parts else int(parts["month"])


def _find_offset(parts: dict[str, str]) -> timezone | None:
    offset = parts.get("offset", "").replace(":", "")
    if not offset:
        return None
    if offset.upper() == "Z":
        return UTC
    span = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
    return timezone(-span if offset[0] == "-" else span)


def _read_iso(text: str, home: ZoneInfo) -> date | Wrong:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if _ISO_TIME.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(home).date()
    except ValueError:
        return _no_such_day(text)
    return Wrong("undeclared-style", f'"{text}" can be read in more than one way.', _suggest(text))


def _suggest(text: str) -> str:
    """Which styles a cell may be in."""
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return "Declare in the map how days are written: format: {date: DD/MM/YYYY} (see the guide for all letters)."
    sign, first, second = plain[2], int(plain[1]), int(plain[3])
    styles = [f"DD{sign}MM{sign}YYYY"] if second <= 12 else []
    styles += [f"MM{sign}DD{sign}YYYY"] if first <= 12 else []
    which = " or ".join(f"{{date: {style}}}" for style in styles) or "{date: …}"
    return f"Declare in the map how days are written: format: {which}"


def _no_such_day(text: str) -> Wrong:
    return Wrong("no-such-date", f'There is no day "{text}".', "Correct the day, the month or the time.")
