"""The plain values of ordinary front matter without a YAML library: about three times as fast as with one.

Takes a YAML text; gives its values, or nothing wherever a text is not as plain as most are: names and values on one
line each, lists by hyphens, simple values in brackets, lines that are comments. Other comments, texts over several
lines, escapes, all that is wrong and all that could be understood in two ways are left to libyaml, which stays the
judge: ``tests/read`` holds every answer given here against its own.
"""

from __future__ import annotations

import re
from typing import Any, Final

_LINE: Final = re.compile(
    r"^( *+)(?=[^ \n])(?!# [^#\n]*+$)(- )?(?:([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: ++|$))?"
    r"(?:([^\n?:,\[\]{}#&*!|>'\"%@` -][^\n:#]*+(?<! ))$|(.*+))\n?+",
    re.MULTILINE,
)
"""A line that is neither empty nor a plain comment: its spaces, its hyphen, the name of its field, its value if that is
nothing but words, or else the rest. Each match ends where the next one may begin.
"""

_PRINTED: Final = bytes({*range(0x20, 0x7F), 0x0A})
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_WORDS: Final = r"""("[^"\\]*"|'[^']*'|[\w(/+$£€][^,:?#\[\]{}"'\n]*)"""
_WORD: Final = re.compile(_WORDS)
_LIST: Final = re.compile(rf"\[ *{_WORDS}(?: *, *{_WORDS})* *\]")
_FIELD: Final = re.compile(rf"([A-Za-z_]\w{{0,99}}): +{_WORDS}")
_FIELDS: Final = re.compile(rf"\{{ *{_FIELD.pattern}(?: *, *{_FIELD.pattern})* *\}}")
_DEEPEST: Final = 20
_LONGEST: Final = 1000
"""Characters of a value in brackets that is worth a try."""

_Token = tuple[str, str, str, str, str]
"""A line as ``_LINE`` finds it."""


class _NotPlainError(Exception):
    """The text needs libyaml."""


def read_quickly(text: str) -> dict[str, Any] | None:
    """The values of a text in which nothing is wrong and nothing unusual; ``None`` for any other."""
    if not _is_printable(text):
        return None
    tokens: list[_Token] = _LINE.findall(text)
    try:
        values, end = _Reader(tokens).fields(0, 0, 0)
    except _NotPlainError:
        return None
    return values if end == len(tokens) > 0 else None


def _is_printable(text: str) -> bool:
    """Whether all characters but the ends of lines are; of ASCII all but the control characters are."""
    if text.isascii():
        return not text.encode().translate(None, _PRINTED)
    return text.replace("\n", "").isprintable()


class _Reader:
    """The walk over the lines of one text. Raises ``_NotPlainError`` at the first that is out of the ordinary."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._count = len(tokens)

    def fields(self, at: int, column: int, depth: int) -> tuple[dict[str, Any], int]:
        """The fields that begin at a column from a line on, and the line after them."""
        tokens, count = self._tokens, self._count
        values: dict[str, Any] = {}
        while at < count:
            spaces, hyphen, name, words, value = tokens[at]
            start = len(spaces)
            if start < column:
                break
            if start > column or hyphen or not name or name in values:
                raise _NotPlainError
            at += 1
            if words:
                values[name] = words
            elif value:
                values[name] = _read_value(value)
            else:
                values[name], at = self._below(at, column, depth + 1)
        return values, at

    def _below(self, at: int, column: int, depth: int) -> tuple[Any, int]:
        """What stands below the name of a field."""
        if at == self._count:
            return None, at
        spaces, hyphen, _, _, _ = self._tokens[at]
        start = len(spaces)
        if depth > _DEEPEST:
            raise _NotPlainError
        if hyphen and start >= column:
            return self._items(at, start, depth)
        return self.fields(at, start, depth) if start > column else (None, at)

    def _items(self, at: int, column: int, depth: int) -> tuple[list[Any], int]:
        tokens, count = self._tokens, self._count
        items: list[Any] = []
        while at < count:
            spaces, hyphen, name, words, value = tokens[at]
            start = len(spaces)
            if start < column or (start == column and not hyphen):
                break
            if start > column or not (name or words or value):
                raise _NotPlainError
            if name:
                tokens[at] = (f"{spaces}  ", "", name, words, value)
                item, at = self.fields(at, column + 2, depth + 1)
                items.append(item)
            else:
                items.append(words or _read_value(value))
                at += 1
        return items, at


def _read_value(text: str) -> Any:
    """The value that stands on one line: words, words in quotes, or simple words in brackets."""
    first = text[:1]
    if first not in _INDICATORS:
        text = text.rstrip(" ")
        if ": " in text or " #" in text or text[-1] == ":":
            raise _NotPlainError
        return text
    text = text.rstrip(" ")
    inner = text[1:-1]
    if first == "'" and text[-1] == "'" and len(text) > 1 and "'" not in inner.replace("''", ""):
        return inner.replace("''", "'")
    if first == '"' and text[-1] == '"' and len(text) > 1 and '"' not in inner and "\\" not in inner:
        return inner
    if len(text) > _LONGEST:
        raise _NotPlainError
    if first == "[" and _LIST.fullmatch(text):
        return [_strip(word) for word in _WORD.findall(inner)]
    if first == "{" and _FIELDS.fullmatch(text):
        pairs = _FIELD.findall(inner)
        values = {name: _strip(word) for name, word in pairs}
        if len(values) == len(pairs):
            return values
    raise _NotPlainError


def _strip(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" else word.rstrip(" ")
