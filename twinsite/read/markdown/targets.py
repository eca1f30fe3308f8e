"""Match the addresses in a body's HTML with the places in its text where they were written.

The n-th link to an address in the HTML is the n-th mention of it in the text. An engine of another dialect may find
links that the reader of mentions does not know; such a link stands where its address occurs outside code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from twinsite.read.characters import drop_forbidden
from twinsite.read.markdown.filter import is_unsafe
from twinsite.read.markdown.lines import LineReader
from twinsite.read.markdown.places import Kind, Mention, key_of, locate

_CODE = re.compile(r"``[^\n]*?``|`[^`\n]*`")
_FAR = 1000


class OpeningFinder:
    """The openings of a text (see ``places.find_openings``), waiting to be asked for in the order of the HTML.

    ``failed`` says that the HTML has other links than these openings, or one that needs a closer look; then nothing of
    what was answered counts.
    """

    def __init__(self, text: str, openings: Sequence[tuple[int, Kind]], first_line: int) -> None:
        self._text = text
        self._waiting = iter(openings)
        self._line = first_line
        self._last = 0
        self.failed = False

    def find(self, kind: Kind, address: str) -> tuple[str, int, int]:
        """The address as written, its line and its column."""
        offset, expected = next(self._waiting, (0, None))
        if kind != expected or "%" in address or is_unsafe(address):
            self.failed = True
            return address, 1, 1
        self._line += self._text.count("\n", self._last, offset)
        self._last = offset
        column = offset - self._text.rfind("\n", 0, offset)
        return (address if address.isprintable() else drop_forbidden(address)), self._line, column

    def is_right(self) -> bool:
        """Whether the HTML had exactly the expected links."""
        return not self.failed and next(self._waiting, None) is None


class TargetFinder:
    """The mentions of one text, waiting to be asked for in the order of the HTML. ``first_line`` is the text's own."""

    def __init__(self, text: str, mentions: Sequence[Mention], first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._masked: str | None = None
        self._next: dict[str, int] = {}
        self.places = [
            (line + first_line - 1, column) for line, column in locate(text, [mention.offset for mention in mentions])
        ]
        self._waiting: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for mention, (line, column) in zip(reversed(mentions), reversed(self.places), strict=True):
            self._waiting.setdefault((mention.kind, mention.key), []).append(
                (drop_forbidden(mention.target), line, column)
            )

    def find(self, kind: Kind, address: str) -> tuple[str, int, int]:
        """The address as written, its line and its column, for the next link or picture with ``address`` in the
        HTML."""
        waiting = self._waiting.get((kind, address)) or self._waiting.get((kind, key_of(address)))
        if waiting:
            return waiting.pop() if len(waiting) > 1 else waiting[0]
        return (address, *self._search(address))

    def _search(self, address: str) -> tuple[int, int]:
        """The next place where an address occurs outside code; the beginning of the text if there is none."""
        if self._masked is None:
            self._masked = mask_code(self._text)
        start = self._next.get(address, 0)
        found = self._masked.find(address, start) if address else -1
        if found < 0:
            return (self._first_line, 1)
        self._next[address] = found + len(address)
        offset = find_opening(self._masked, found)
        line, column = locate(self._text, [offset])[0]
        return (line + self._first_line - 1, column)


def mask_code(text: str) -> str:
    """The text with everything in code blocks and between backticks replaced by spaces, so that offsets stay."""
    reader = LineReader()
    lines = [" " * len(line) if reader.is_literal(line) else line for line in text.split("\n")]
    return _CODE.sub(lambda code: " " * len(code[0]), "\n".join(lines))


def find_opening(text: str, target: int) -> int:
    """From the offset of a link's address to that of its ``[``, ``!`` or ``<``; the address itself where it has
    none."""
    if target and text[target - 1] == "<":
        target -= 1
    if text[max(0, target - 2) : target] != "](":
        return target
    depth = 0
    for offset in range(target - 2, max(-1, target - _FAR), -1):
        depth += (text[offset] == "]") - (text[offset] == "[")
        if depth == 0:
            return offset - (offset > 0 and text[offset - 1] == "!")
    return target
