"""Walk over the lines of Markdown and know which of them are literal: fenced code, indented code, HTML comments.

Takes one line after another; says of each whether ``:::`` on it would be text. It follows CommonMark closely enough for
that question and parses nothing else.
"""

from __future__ import annotations

import re

from msgspec import Struct

_FENCE = re.compile(r"([ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?:(`{3,})[^`]*|(~{3,}).*)")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


class LineReader(Struct):
    """Where the walk stands: inside a fence of code (``fence`` is its mark), a comment, or a list."""

    fence: str = ""
    quoted: bool = False
    nested: bool = False
    comment: bool = False
    in_list: bool = False
    blank: bool = True

    def is_literal(self, line: str) -> bool:
        """Whether the next line, ``line``, is code or comment. Call it for every line in turn."""
        stripped = line.lstrip(" \t")
        if self.comment:
            self.comment = "-->" not in line
            return True
        if self.fence and self._stays_in_fence(line, stripped):
            return True
        indent = len(line.expandtabs(4)) - len(stripped.expandtabs(4)) if line[:1] in " \t" else 0
        self._follow_lists(line, stripped, indent)
        return self._opens_fence(line, indent) or self._opens_comment(stripped, indent) or indent >= 4

    def _stays_in_fence(self, line: str, stripped: str) -> bool:
        """Whether a line belongs to the open fence: its end does, a line outside its quote or list item does not."""
        if (self.quoted and not stripped.startswith(">")) or (self.nested and stripped and line[:1] not in " \t>"):
            self.fence = ""
            return False
        mark = stripped.lstrip("> \t").rstrip()
        if len(mark) >= len(self.fence) and not mark.strip(self.fence[0]):
            self.fence = ""
        return True

    def _follow_lists(self, line: str, stripped: str, indent: int) -> None:
        """A list goes on until a line at the left edge that is no item and follows a blank line."""
        if _LIST_ITEM.match(line) and (indent < 4 or self.in_list):
            self.in_list = True
        elif stripped and indent == 0 and self.blank:
            self.in_list = False
        self.blank = not stripped

    def _opens_fence(self, line: str, indent: int) -> bool:
        if "```" not in line and "~~~" not in line:
            return False
        fence = _FENCE.fullmatch(line)
        if fence is None or (indent >= 4 and not self.in_list):
            return False
        self.fence = fence[2] or fence[3]
        self.quoted = ">" in fence[1]
        self.nested = self.in_list and not self.quoted and bool(fence[1])
        return True

    def _opens_comment(self, stripped: str, indent: int) -> bool:
        if indent >= 4 or not stripped.startswith("<!--"):
            return False
        self.comment = "-->" not in stripped[4:]
        return True
