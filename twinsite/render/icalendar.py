"""What iCalendar asks of a text (RFC 5545): values escaped, lines folded and ended as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

LONGEST = 75
"""Octets of a content line without its end (3.1)."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def escape_text(value: str) -> Markup:
    """A value of the type TEXT (3.3.11): the backslash first, or it would be doubled for the others."""
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    text = text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return Markup(_CONTROL.sub("", text))


def write_calendar(text: str) -> Markup:
    """Content lines, one on each line of a text, as a calendar has them: folded, each ending in CRLF; no empty ones."""
    lines = (line for line in str(text).split("\n") if line.strip())
    return Markup("".join(f"{part}\r\n" for line in lines for part in _fold(line)))


def _fold(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets in UTF-8; all but the first begin with a space. No sign is cut in two."""
    part, room = "", LONGEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", LONGEST - 1
        part, room = part + sign, room - size
    yield part
