"""The files of a theme: listed and read so that whatever the disk refuses, or a link leads elsewhere, is a problem.

Takes the folder of one theme; gives names, bytes, texts or problems. A theme is looked at as strictly as the content:
a file that was left out without a word would be a wrong page without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from twinsite.core.problem import Problem
from twinsite.read.characters import check_characters, may_be_forbidden
from twinsite.read.front import decode_text

IGNORED = ("~", ".swp", ".tmp", ".orig")
"""Ends of the names that editors and merges leave behind."""


class ThemeFile(Struct, frozen=True):
    """A file of a theme: ``name`` below its part (``parts/head.html``), ``shown`` as messages name it."""

    name: str
    path: Path
    shown: str


def list_files(theme: Path, part: str, shown: str) -> tuple[list[ThemeFile], list[Problem]]:
    """Every file below a part of a theme (``templates``, ``assets`` …), sorted by its name, and what cannot be used.

    ``shown`` is how messages name the theme. Rules: ``cannot-read``, ``link-outside-site``, ``symlink-loop``.
    """
    found: list[ThemeFile] = []
    problems: list[Problem] = []
    if os.path.lexists(theme / part):
        for item in _walk(theme, part, shown, (_identity(theme),)):
            (problems if isinstance(item, Problem) else found).append(item)  # type: ignore[arg-type]
    return sorted(found, key=lambda file: file.name), problems


def read_file(file: ThemeFile) -> bytes | Problem:
    """The bytes of a file, or why it cannot be read."""
    try:
        return file.path.read_bytes()
    except OSError as error:
        return _unreadable(file.shown, error)


def read_text(file: ThemeFile) -> str | list[Problem]:
    """The text of a file with line feeds and without a byte-order mark, or what is wrong with it."""
    data = read_file(file)
    if isinstance(data, Problem):
        return [data]
    text, problems = decode_text(data, file.shown)
    if text is not None and may_be_forbidden(data):
        problems = check_characters(text, file.shown)
    return problems if text is None or problems else text


def _walk(theme: Path, folder: str, shown: str, above: tuple[tuple[int, int], ...]) -> Iterator[ThemeFile | Problem]:
    """Every file below a folder of a theme. Links lead to files and folders of the same theme only."""
    place, part = f"{shown}/{folder}", folder.partition("/")[0]
    try:
        identity = _identity(theme / folder)
        listing = sorted(os.scandir(theme / folder), key=lambda item: item.name)
    except OSError as error:
        yield _unreadable(place, error)
        return
    if identity in above:
        message = "This symbolic link leads back to a folder above it, so the folder has no end."
        yield Problem("symlink-loop", place, message, "Remove the link.")
        return
    for item in listing:
        if item.name.startswith(".") or item.name.endswith(IGNORED):
            continue
        path = f"{folder}/{item.name}"
        if item.is_symlink() and not _leads_inside(theme, path):
            yield _outside(f"{shown}/{path}")
        elif item.is_dir():
            yield from _walk(theme, path, shown, (*above, identity))
        else:
            yield ThemeFile(path.removeprefix(f"{part}/"), theme / path, f"{shown}/{path}")


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_dev, status.st_ino)


def _leads_inside(theme: Path, path: str) -> bool:
    try:
        return (theme / path).resolve(strict=True).is_relative_to(theme.resolve())
    except (OSError, RuntimeError):
        return False


def _outside(shown: str) -> Problem:
    message = "This symbolic link leads to nothing, or out of the theme, so its target could be published by accident."
    return Problem("link-outside-site", shown, message, "Copy the file into the theme instead.")


def _unreadable(shown: str, error: OSError) -> Problem:
    message = f"This cannot be read: {error.strerror or error}."
    hint = "Check that it is what its name says, and its permissions (chmod u+r), then build again."
    return Problem("cannot-read", shown, message, hint)
