"""A record as it was written: raw values and a body, not yet checked against its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twinsite.core.fragment import Fragment


@dataclass(frozen=True, slots=True)
class Draft:
    """One file with front matter.

    ``kind`` by its folder (``contest``, ``page``, ``home``, ``list`` for an ``_index.md``); ``slug`` from its name
    (for pages and lists the path below their folder, ``guide/first-site``); ``values`` are the front matter with
    scalars as text, ``None`` where empty. ``front`` is the YAML text as written, kept to find positions; its first
    line is line 2 of the file. ``body_line`` is the line of the file on which the body's text begins; ``digest`` is
    of the whole file, ``body_digest`` of the body's text and the Markdown settings (the fragment's key). ``folder``
    is the folder that relative file names count from, site-relative.
    """

    kind: str
    path: str
    slug: str
    folder: str
    digest: str
    front: str
    values: dict[str, Any]
    body: Fragment
    body_digest: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data table: ``type`` is a name from ``core.values.TYPES``; ``label`` is what a reader sees."""

    name: str
    type: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: rows of plain values (text, whole numbers, ``None``; amounts and dates as text), as wide as
    ``columns``.
    """

    name: str
    path: str
    digest: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | bool | None, ...], ...]
    title: str = ""
    source: str = ""
