"""How the days of an export are written: a declared style (``DD/MM/YYYY``), by which each is read, and by no other.

``YYYY`` is the year, ``MM`` and ``DD`` have two digits, ``M`` and ``D`` one or two, ``Mon`` is the English name of
the month in three letters or in full (and so are ``MMM`` and ``MMMM``, as in the maps of imports), ``HH``, ``mm`` and
``ss`` are a time of day, which is read and dropped. All else stands for itself. A year has four digits, so that no
century is guessed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from msgspec import Struct

from twinsite.core.values import Wrong

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_PART: Final = re.compile(r"YYYY|Mon|MMMM|MMM|MM|M|DD|D|HH|mm|ss")
_NAME: Final = r"(?P<name>[A-Za-z]{3,9})\.?"
_READS: Final = (
    ("YYYY", r"(?P<year>[0-9]{4})"),
    ("Mon", _NAME),
    ("MMM", _NAME),
    ("MMMM", _NAME),
    ("MM", r"(?P<month>[0-9]{2})"),
    ("M", r"(?P<month>[0-9]{1,2})"),
    ("DD", r"(?P<day>[0-9]{2})"),
    ("D", r"(?P<day>[0-9]{1,2})"),
    ("HH", r"[0-9]{1,2}"),
    ("mm", r"[0-9]{2}"),
    ("ss", r"[0-9]{2}(?:\.[0-9]+)?"),
)
_SHOWS: Final = (
    ("YYYY", "2026"), ("Mon", "Jan"), ("MMM", "Jan"), ("MMMM", "January"), ("MM", "01"), ("M", "1"), ("DD", "31"),
    ("D", "31"), ("HH", "18"), ("mm", "05"), ("ss", "00"),
)  # fmt: skip


class DateStyle(Struct, frozen=True):
    """A style as it is written in a schema, and the regular expression that it is."""

    pattern: str
    expression: str


def read_style(pattern: str) -> DateStyle | str:
    """The style of a pattern, or what is wrong with it, in words."""
    if pattern == ISO_DATES.pattern:
        return ISO_DATES
    parts = _PART.findall(pattern)
    for what, names in (("year", ("YYYY",)), ("month", ("MM", "M", "Mon", "MMM", "MMMM")), ("day", ("DD", "D"))):
        count = sum(part in names for part in parts)
        if count != 1:
            missing = f"has no {what} ({' or '.join(names)})" if not count else f"has more than one {what}"
            return f'The style of dates "{pattern}" {missing}.'
    if re.search(r"[A-Za-z0-9]", _PART.sub("", pattern).replace("T", "").replace("Z", "")):
        return f'The style of dates "{pattern}" has letters or digits in it that mean nothing.'
    reads, last, expression = dict(_READS), 0, ""
    for found in _PART.finditer(pattern):
        expression += re.escape(pattern[last : found.start()]) + reads[found[0]]
        last = found.end()
    return DateStyle(pattern, expression + re.escape(pattern[last:]))


ISO_DATES: Final = DateStyle("YYYY-MM-DD", r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
"""How days are written everywhere else."""


def parse_day(text: str, style: DateStyle) -> str | Wrong:
    """A day in a style as ``YYYY-MM-DD``."""
    found = re.fullmatch(style.expression, text)
    parts = found.groupdict() if found else {}
    month = int(parts["month"]) if parts.get("month") else _number_of(parts.get("name") or "")
    if not found or not month:
        shown = _PART.sub(lambda part: dict(_SHOWS)[part[0]], style.pattern)
        hint = f"Write days like {shown} ({style.pattern}), as its schema says, or correct format: in the schema."
        return Wrong("not-a-date", f'"{text}" is not a date in this table.', hint)
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        hint = f"Days of this table are written {style.pattern}; if yours are not, correct format: in the schema."
        return Wrong("no-such-date", f'There is no day "{text}" in the calendar.', hint)


def _number_of(name: str) -> int:
    folded = name.casefold()
    if folded in _NAMES:
        return _NAMES.index(folded) + 1
    return _MONTHS.index(folded) + 1 if folded in _MONTHS else 0
