"""Front matter and other YAML, from bytes to plain values: scalars as text, ``None`` where empty.

Takes bytes, gives values or problems with their lines; nothing is converted to a type here, and nothing ever raises
for what a file holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct

from twinsite.core.problem import Problem
from twinsite.read.characters import blank_forbidden, check_characters, may_be_forbidden
from twinsite.read.positions import FRONT_LINE, locate, place_problems
from twinsite.read.yaml_lines import Mistake
from twinsite.read.yaml_quick import read_quickly

__all__ = [
    "FRONT_LINE",
    "FrontText",
    "decode_text",
    "locate",
    "parse_front",
    "parse_yaml",
    "place_problems",
    "split_front",
]

LARGEST_FRONT: Final = 1_000_000
LARGEST_YAML: Final = 10_000_000
_OPENING: Final = re.compile(r"---[ \t]*(?:\n|\Z)")
_FENCE: Final = re.compile(r"---[ \t]*(?=\n|\Z)")
_CLOSING: Final = re.compile(r"(?m)^---[ \t]*$")
_NEAR_FENCE: Final = re.compile(r"[ \t]*(?:-{2,}|[—–]+-*|[+*_;=~]{3,}|\.\.\.|```\w*)[ \t]*")
_OPENING_NEAR: Final = re.compile(rf"{_NEAR_FENCE.pattern}|---\S?.*|-")
_FIELD_LIKE: Final = re.compile(r"[A-Za-z_][\w-]*:(?:[ \t]|$)")


class FrontText(Struct, frozen=True):
    """A file cut at its fences: ``text`` is the YAML, which begins on ``first_line``; ``body`` begins on
    ``body_line``.
    """

    text: str
    body: str
    body_line: int
    first_line: int = FRONT_LINE


def decode_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file: UTF-8, a byte-order mark dropped, all ends of lines as a line feed. Errors: ``not-utf-8``,
    ``null-byte``.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [_not_utf8(path, 1, 1, "This file is saved as UTF-16.")]
    null = data.find(b"\0")
    if null >= 0:
        return None, [_null_byte(data, path, null)]
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return None, [_wrong_byte(data, path, error.start)]
    return (text.replace("\r\n", "\n").replace("\r", "\n") if b"\r" in data else text), []


def _place_of_byte(data: bytes, index: int) -> tuple[int, int]:
    before = data[:index].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _not_utf8(path: str, line: int, column: int, message: str) -> Problem:
    hint = 'Save the file again with the encoding UTF-8 (in most editors: "Save with encoding").'
    return Problem("not-utf-8", path, message, hint, line, column)


def _wrong_byte(data: bytes, path: str, index: int) -> Problem:
    letter = data[index : index + 1].decode("cp1252", "replace")
    guess = f' (perhaps "{letter}")' if letter.isprintable() and letter != "\ufffd" else ""
    message = f"The character here{guess} is not saved as UTF-8."
    return _not_utf8(path, *_place_of_byte(data, index), message)


def _null_byte(data: bytes, path: str, index: int) -> Problem:
    if data.count(b"\0") * 4 > len(data):
        return _not_utf8(path, 1, 1, "This file is not saved as UTF-8, but probably as UTF-16.")
    line, column = _place_of_byte(data, index)
    hint = "Delete it; if the file is a picture or a document, it does not belong here."
    return Problem("null-byte", path, "There is a null byte here, which no text has.", hint, line, column)


def split_front(data: bytes, path: str) -> tuple[FrontText | None, list[Problem]]:
    """A Markdown file cut into front matter and body, or why it cannot be. A body with problems is given all the same.

    Errors: ``not-utf-8``, ``null-byte``, ``control-character``, ``empty-file``, ``bad-fence``,
    ``missing-front-matter``, ``unclosed-front-matter``, ``front-matter-too-large``.
    """
    text, problems = decode_text(data, path)
    if text is None:
        return None, problems
    opening = _OPENING.match(text)
    if opening is None:
        return None, [_no_opening(text, path)]
    closing = _find_closing(text, opening.end())
    if closing is None:
        return None, [_unclosed(text, path, opening.end())]
    front = text[opening.end() : closing.start()]
    if len(front) > LARGEST_FRONT // 4 and len(front.encode()) > LARGEST_FRONT:
        message = f"The front matter has {len(front.encode()):,} bytes; it may have {LARGEST_FRONT:,}."
        return None, [
            Problem("front-matter-too-large", path, message, "Move long texts below the second line ---.", 1, 1)
        ]
    body_line = text.count("\n", 0, closing.end()) + 2
    body = text[closing.end() + 1 :]
    problems = check_characters(body, path, body_line) if may_be_forbidden(data) else []
    return FrontText(front, blank_forbidden(body) if problems else body, body_line), problems


def _find_closing(text: str, start: int) -> re.Match[str] | None:
    """The fence below the front matter that begins at ``start``, which is the beginning of a line."""
    at = text.find("\n---", start - 1)
    while at >= 0:
        found = _FENCE.match(text, at + 1)
        if found:
            return found
        at = text.find("\n---", at + 1)
    return None


def _no_opening(text: str, path: str) -> Problem:
    """Why the first line is no fence."""
    hint = "Begin the file with a line ---, then the fields such as title: Spring contest, then another line ---."
    if not text.strip():
        return Problem("empty-file", path, "This file is empty.", hint, 1, 1)
    first = text.partition("\n")[0]
    if first.strip() == "---" or _OPENING_NEAR.fullmatch(first):
        return _bad_fence(path, 1, first, "does not open the front matter")
    above = re.match(r"\s*?\n---[ \t]*\n", text)
    later = re.search(r"(?m)^---[ \t]*\n(?:[ \t]*\n|#.*\n)*[A-Za-z_][\w-]*:(?:[ \t]|\n)", text)
    if above or (later and _CLOSING.search(text, later.end())):
        line = text.count("\n", 0, text.index("---", 0 if above else later.start() if later else 0)) + 1
        message = f"The front matter must begin on the first line of the file, but its --- is on line {line}."
        return Problem(
            "bad-fence",
            path,
            message,
            "Delete what stands above it, or move that below the front matter.",
            1,
            1,
            len(first) or 1,
        )
    if _FIELD_LIKE.match(first):
        hint = "Put a line --- above the first field, and another below the last one."
    message = "This file has no front matter."
    return Problem("missing-front-matter", path, message, hint, 1, 1, max(len(first), 1))


def _bad_fence(path: str, line: int, written: str, what: str) -> Problem:
    message = f'"{written.strip()[:40]}" {what}.'
    hint = "Write three hyphens alone on the line, with nothing before them: ---"
    if written.strip().startswith("+++"):
        hint = f"{hint} Fields are written as YAML (title: Spring), not as TOML."
    return Problem("bad-fence", path, message, hint, line, 1, max(len(written.rstrip()), 1))


def _unclosed(text: str, path: str, start: int) -> Problem:
    for number, line in enumerate(text[start:].split("\n"), start=FRONT_LINE):
        if _NEAR_FENCE.fullmatch(line):
            return _bad_fence(path, number, line, "does not close the front matter")
    message = "The front matter that begins here is never closed."
    return Problem("unclosed-front-matter", path, message, "Put a line --- below the last field.", 1, 1, 3)


def parse_front(text: str, path: str, first_line: int = FRONT_LINE) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a front matter, and all that is wrong with its YAML, placed; the values are empty if it cannot be
    read.
    """
    values, mistakes = _read_text(text, first_line)
    problems = _as_problems(mistakes, path, first_line)
    if values is None or isinstance(values, dict):
        return values or {}, problems
    return {}, problems or [_no_fields(text, path, first_line)]


def _read_text(text: str, first_line: int) -> tuple[Any, tuple[Mistake, ...]]:
    """The plain values of a YAML text, and all mistakes in it. libyaml takes long to import, and few sites need it."""
    quick = read_quickly(text)
    if quick is not None:
        return quick, ()
    from twinsite.read.yaml_nodes import read_text

    return read_text(text, first_line)


def _no_fields(text: str, path: str, first_line: int) -> Problem:
    number, line = next(
        ((number, line) for number, line in enumerate(text.split("\n")) if line.strip() and line[0] != "#"), (0, "")
    )
    unspaced = re.fullmatch(r"([\w-]+)[ ]*[:=][ ]*(\S.*)", line)
    hint = (
        f"Write {unspaced[1]}: {unspaced[2]}"
        if unspaced
        else "Write each field as its name, a colon, a space and its value: title: Spring contest"
    )
    rule = "missing-space" if unspaced and ":" in line else "not-fields"
    message = (
        "There is no space after the colon." if rule == "missing-space" else "The front matter is not made of fields."
    )
    return Problem(rule, path, message, hint, first_line + number, 1, max(len(line), 1))


def parse_yaml(data: bytes, path: str) -> tuple[Any, list[Problem]]:
    """The values of a YAML file (a dict, a list, a text or ``None``) and all that is wrong with it, placed."""
    text, problems = decode_text(data, path)
    if text is None:
        return None, problems
    if len(data) > LARGEST_YAML:
        message = f"This file has {len(data):,} bytes; a YAML file may have {LARGEST_YAML:,}."
        return None, [Problem("file-too-large", path, message, "Split it, or write it as a CSV table.", 1, 1)]
    values, mistakes = _read_text(text, 1)
    return values, _as_problems(mistakes, path, 1)


def _as_problems(mistakes: Iterable[Mistake], path: str, first_line: int) -> list[Problem]:
    return [
        Problem(own.rule, path, own.message, own.hint, own.line + first_line, own.column, own.width) for own in mistakes
    ]
