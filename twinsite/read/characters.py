"""Characters that no published text may hold: they cannot be seen, and HTML and XML forbid them.

These are the control characters but for tab and line ends, and the code points that Unicode keeps free for ever
(https://html.spec.whatwg.org/#control-character-reference-parse-error, https://www.w3.org/TR/xml/#charsets). Takes and
gives text; touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinsite.core.problem import Problem

_LOW = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LEADS = (b"\xc2", b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
"""Bytes without which UTF-8 holds no forbidden character above ASCII."""
_MOST = 20


def may_be_forbidden(data: bytes) -> bool:
    """Whether UTF-8 bytes might hold a forbidden character: quick, and wrong on the safe side only."""
    if len(data.translate(None, _LOW)) != len(data):
        return True
    return not data.isascii() and any(lead[:1] in data and lead in data for lead in _LEADS)


def find_forbidden(text: str) -> Iterator[tuple[int, str]]:
    """The places (from 0) and names (``U+0008``) of forbidden characters."""
    return ((found.start(), f"U+{ord(found[0]):04X}") for found in _FORBIDDEN.finditer(text))


def drop_forbidden(text: str) -> str:
    """The text without them."""
    return _FORBIDDEN.sub("", text)


def blank_forbidden(text: str) -> str:
    """The text with a space for each of them, so that all places stay."""
    return _FORBIDDEN.sub(" ", text)


def describe_forbidden(code: str) -> tuple[str, str]:
    """What is wrong with a character, and what to do."""
    return f"There is an invisible control character ({code}) here.", "Delete it, or write the word again."


def check_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """A problem for each of the first forbidden characters of a text that begins on a line of its file."""
    problems: list[Problem] = []
    for place, code in find_forbidden(text):
        line, column = text.count("\n", 0, place) + first_line, place - text.rfind("\n", 0, place)
        problems.append(Problem("control-character", path, *describe_forbidden(code), line, column))
        if len(problems) == _MOST:
            break
    return problems
