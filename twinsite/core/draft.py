"""A record as it was written: raw values and a body, not yet checked against its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from twinsite.core.fragment import NO_HOLES, Fragment, Holes, decode_holes
from twinsite.core.later import Later


class Draft(Struct, frozen=True):
    """One file with front matter.

    ``kind`` by its folder (``contest``, ``page``, ``home``, ``list`` for an ``_index.md``); ``slug`` from its name
    (for pages and lists the path below their folder, ``guide/first-site``); ``folder`` is the folder that relative file
    names count from, site-relative. ``digest`` is of the whole file, ``body_digest`` of the body's text and the
    Markdown settings (the fragment's key). ``body_line`` is the line of the file on which the body's text begins.

    ``encoded`` are the front matter's values as JSON. ``outline`` is the digest of all that others may know of it
    beside its name: the front matter as written, and of the body the summary, whether there are words, the names and
    the anchors. Of the body, ``wordy`` and ``summary`` are those of its fragment, ``names`` everything in it that may
    name a file, ``anchors`` all places in it that a link can lead to, and ``packed`` the fragment as bytes; ``telling``
    says that a check of the record may find something in the body's text. These few
    are at hand; what else the file says is worked out only when it is asked for: ``values`` and ``body``, and ``front``
    and ``body_text``, for which the file is read again.
    """

    kind: str
    path: str
    slug: str
    folder: str
    digest: str
    encoded: bytes
    outline: str
    body_digest: str
    body_line: int
    wordy: bool
    summary: str
    names: tuple[str, ...]
    anchors: tuple[str, ...]
    telling: bool
    packed: bytes
    written: Later[str]
    text: Later[Fragment]
    source: Later[str]

    @property
    def values(self) -> dict[str, Any]:
        """The front matter with scalars as text, ``None`` where empty."""
        return msgspec.json.decode(self.encoded, type=dict[str, Any])

    @property
    def front(self) -> str:
        """The YAML text as written, to find positions in; its first line is line 2 of the file. Raises
        ``SourceChangedError`` where that is no longer the one that was read.
        """
        return self.written.get()

    @property
    def body(self) -> Fragment:
        """The body after Markdown ran."""
        return self.text.get()

    @property
    def holes(self) -> Holes | Fragment:
        """What must be filled in the body, and its headings: of a body that nobody has asked for, without working it
        out, for the process that plans is often not the one that renders.
        """
        if self.text.ready:
            return self.text.get()
        return decode_holes(self.packed) if self.packed else NO_HOLES

    @property
    def is_empty(self) -> bool:
        """Whether the body shows nothing at all."""
        return not self.wordy and not self.holes.slots and not "".join(self.body.parts).strip()

    @property
    def body_text(self) -> str:
        """The body as written. Raises ``SourceChangedError`` where the file is no longer the one that was read."""
        return self.source.get()


class Column(Struct, frozen=True):
    """A column of a data table: ``type`` is a name from ``core.values.TYPES``; ``label`` is what a reader sees;
    ``means`` is one of ``core.measures.MEANINGS``, or empty.
    """

    name: str
    type: str
    label: str
    required: bool = False
    means: str = ""


def nowhere(row: int, column: str) -> tuple[int | None, int | None]:
    """No place is known of any cell."""
    return None, None


class Table(Struct, frozen=True):
    """A data table: rows of plain values (text, whole numbers, ``None``; amounts and dates as text), as wide as
    ``columns``. ``digest`` is that of its file and its schema. ``row`` says what one row of an export is (one of
    ``core.measures.ROWS``), empty in any other table. ``find`` gives line and column of a cell, by the number of its
    row from 1 (0 for the names of the columns) and the name of its column (empty for the row as a whole).
    """

    name: str
    path: str
    digest: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | bool | None, ...], ...]
    title: str = ""
    source: str = ""
    row: str = ""
    find: Callable[[int, str], tuple[int | None, int | None]] = nowhere
