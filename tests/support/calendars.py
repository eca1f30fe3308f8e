"""Finds what is wrong with a calendar file, byte by byte (RFC 5545), because programs that read them forgive a lot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from icalendar import Calendar

NEEDED = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS")


def unfold(data: bytes) -> list[str]:
    """The content lines of a calendar, folded ones put together again."""
    return re.sub(rb"\r\n[ \t]", b"", data).decode().split("\r\n")[:-1]


def find_calendar_faults(data: bytes) -> Iterator[str]:
    """Every fault of a calendar file in words."""
    if not data.endswith(b"END:VCALENDAR\r\n"):
        yield "it does not end as a calendar does"
    if b"\n" in data.replace(b"\r\n", b"") or b"\r" in data.replace(b"\r\n", b""):
        yield "a line does not end in CRLF"
    for line in data.split(b"\r\n"):
        if len(line) > 75:
            yield f"a line of {len(line)} octets"
        if line.strip() == b"" and line != b"":
            yield "an empty part of a line"
        line.decode()  # raises where a sign was cut in two
    lines = unfold(data)
    yield from (f"{name} is missing" for name in ("VERSION:2.0", "PRODID:") if not _has(lines, name))
    uids = Counter(line for line in lines if line.startswith("UID:"))
    yield from (f"{uid} stands there {count} times" for uid, count in uids.items() if count > 1)
    for event in Calendar.from_ical(data).walk("VEVENT"):
        yield from (f"an event without {name}" for name in NEEDED if name not in event)
        yield from (str(error) for error in event.errors)


def _has(lines: list[str], start: str) -> bool:
    return any(line.startswith(start) for line in lines)
