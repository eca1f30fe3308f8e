"""Cuts the lines around a problem out of its file, ready to be shown with the wrong part marked."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from twinsite.core.problem import Problem

_LONGEST = 160
_LARGEST = 4_000_000


class Line(Struct, frozen=True):
    """A line of an excerpt: its ``number`` in the file and its text in three pieces, the middle one marked."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


def read_excerpt(site: Path, problem: Problem) -> tuple[Line, ...]:
    """The problem's line with its neighbours; nothing when it has no line or its file cannot be read as text.

    The file must lie in the site's folder. Columns count in characters; a long line is cut around the marked part.
    """
    if problem.line is None or not problem.path:
        return ()
    lines = _read_lines(site, problem.path)
    numbers = range(max(1, problem.line - 1), min(len(lines), problem.line + 1) + 1)
    if problem.line not in numbers:
        return ()
    return tuple(_cut(lines[number - 1], number, problem) for number in numbers)


def _read_lines(site: Path, path: str) -> list[str]:
    try:
        root = site.resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not file.is_file() or file.stat().st_size > _LARGEST:
            return []
        text = file.read_bytes().decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cut(line: str, number: int, problem: Problem) -> Line:
    if number != problem.line or problem.column is None:
        return Line(number, _shorten_end(_printable(line)))
    start = min(problem.column - 1, len(line))
    end = min(start + max(problem.width, 1), start + _LONGEST)
    marked = _printable(line[start:end]) or " "
    return Line(number, _shorten_start(_printable(line[:start])), marked, _shorten_end(_printable(line[end:])))


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() or one == "\t" else "\N{REPLACEMENT CHARACTER}" for one in text)


def _shorten_end(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _shorten_start(text: str) -> str:
    return text if len(text) <= _LONGEST // 4 else "… " + text[-_LONGEST // 4 :]
