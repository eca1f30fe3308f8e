"""Files as they were read: bytes with a name and a digest."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from twinsite.core.problem import Problem

PICTURE_ENDINGS: Final = MappingProxyType(
    {
        ".jpg": "jpeg",
        ".jpeg": "jpeg",
        ".jfif": "jpeg",
        ".png": "png",
        ".webp": "webp",
        ".gif": "gif",
        ".svg": "svg",
    }
)
"""The picture format that the end of a name promises: those that browsers show and that we can free of metadata."""

RAW_ENTRIES: Final = "entries-raw"
"""The name of folders that hold entries as they came in: nothing below one is ever published."""

PICTURE_HINT: Final = "Export it as JPEG, PNG or WebP, and write the new name here."


def is_picture(name: str) -> bool:
    """Whether a file's name is that of a picture which may be shown on a page."""
    return PurePosixPath(name).suffix.lower() in PICTURE_ENDINGS


def not_a_picture(name: str) -> str:
    """What the rule ``not-a-picture`` says of a file."""
    return f'"{name}" is no picture that every browser shows.'


def list_meanings(folder: str, name: str) -> tuple[str, ...]:
    """The site-relative paths that the name of a file may mean in a folder, the likeliest first.

    As it is written; then as an address, without ``?query`` and ``#anchor`` and with ``%20`` for a space. A leading
    ``/`` means ``content/static``.
    """
    try:
        plain = unquote(urlsplit(name).path)
    except ValueError:
        plain = name
    return tuple(dict.fromkeys(_join(folder, meant) for meant in (name, plain)))


def _join(folder: str, name: str) -> str:
    return posixpath.normpath(f"content/static{name}" if name.startswith("/") else f"{folder}/{name}")


CHANGED: Final = "changed-while-building"


class SourceChangedError(Exception):
    """A file is no longer as it was at the start of the build, which must begin anew. ``path`` is site-relative."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def problem(self) -> Problem:
        """What the editor is told where it happens again and again."""
        message = "This file was changed while the site was being built."
        hint = "Build again, once no program is writing to the folder of the site."
        return Problem(CHANGED, self.path, message, hint)


class Source(Struct, frozen=True):
    """One file of the site. ``path`` is relative to the site's folder, with ``/``; ``digest`` is of ``data``."""

    path: str
    digest: str
    data: bytes


class Media(Struct, frozen=True):
    """A file beside a record that a published field or body names, probed but not processed.

    ``width`` and ``height`` are in pixels with the EXIF orientation applied; both are 0 for what is no picture we
    process (PDF, SVG, video ...). ``format`` is ``jpeg``, ``png``, ``webp``, ``gif``, ``svg`` or ``""`` for any other.
    ``facts`` is what a file of a draw says (see ``read.draw_file``), empty for any other.
    """

    path: str
    digest: str
    size: int
    width: int = 0
    height: int = 0
    format: str = ""
    facts: str = ""
