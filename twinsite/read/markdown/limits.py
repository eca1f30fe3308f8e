"""How much a text may leave open for the Markdown package, which needs the square of the time for it."""

from __future__ import annotations

import re

MOST_OPEN = 200
"""How many brackets of one paragraph may be open at once."""
MOST_UNFINISHED = 1000
"""How many tags of one body may lack their ``>``."""

_UNFINISHED = re.compile(r"<[A-Za-z/!?][^<>]*(?=<|\Z)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_BRACKET = re.compile(r"[\[\]()]")


def leaves_much_open(text: str) -> bool:
    """Whether a text is beyond these limits, code included."""
    if text.count("<") > MOST_UNFINISHED and len(_UNFINISHED.findall(text)) > MOST_UNFINISHED:
        return True
    if _count_brackets(text) <= MOST_OPEN:
        return False
    paragraphs = _PARAGRAPH.split(text)
    return any(_count_brackets(part) > MOST_OPEN and _count_open(part) > MOST_OPEN for part in paragraphs)


def _count_brackets(text: str) -> int:
    return text.count("[") + text.count("(")


def _count_open(paragraph: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(paragraph):
        depth = depth + 1 if bracket in "[(" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
