"""Notes: what was worked out of a site in one build, kept for the next. Only values; see ``ledger`` for their use.

A note says of a page what it is made of by digests, without its view, which can always be worked out again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from twinsite.core.held import Held
from twinsite.core.page import Archive, Copy, Picture, ShareImage
from twinsite.core.problem import FieldPath, Problem


class PageNote(Struct, frozen=True, array_like=True):
    """A ``Page`` without its view."""

    url: str
    path: str
    template: str
    digest: str
    source: str
    components: tuple[str, ...] = ()
    field: FieldPath = ()
    bodies: tuple[str, ...] = ()
    unlisted: bool = False
    owes: tuple[tuple[str, str], ...] = ()


class DocumentNote(Struct, frozen=True, array_like=True):
    """A ``Document`` without its view."""

    path: str
    template: str
    digest: str
    source: str = ""


class PartNote(Struct, frozen=True, array_like=True):
    """A part of the plan (``Planned``) without its views. ``seen`` are the numbers of the files that it saw, among all
    files of records in order (see ``plan.notes``).
    """

    pages: tuple[PageNote, ...] = ()
    documents: tuple[DocumentNote, ...] = ()
    copies: tuple[Copy, ...] = ()
    pictures: tuple[Picture, ...] = ()
    problems: tuple[Problem, ...] = ()
    bodies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    drawn: tuple[ShareImage, ...] = ()
    archives: tuple[Archive, ...] = ()
    seen: bytes = b""


class FinaleNote(Struct, frozen=True, array_like=True):
    """What is planned of the site as a whole, when all else is known: ``hosts`` are files (path, bytes, source)."""

    frame: dict[str, Any]
    part: PartNote
    hosts: tuple[tuple[str, bytes, str], ...] = ()
    later: tuple[str, ...] = ()
    anchors: str = ""


class PlanNote(Struct, frozen=True, array_like=True):
    """A whole plan: its ``parts`` by their names, in order, and the ``finale``."""

    parts: dict[str, PartNote]
    finale: FinaleNote


class EntryNote(Struct, frozen=True, array_like=True):
    """An ``Entry`` without its source."""

    kind: str
    slug: str
    url: str
    heading: str
    path: str
    folder: str
    name: str
    zone: str
    day: date | None
    state: str | None
    held: Held | None
    banner: str | None
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    order: tuple[Any, ...]
    updated: date | None
    featured: bool
    unlisted: bool
    further: tuple[tuple[str, str], ...]
    form_origins: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()


class LinkableNote(Struct, frozen=True, array_like=True):
    """A ``Linkable`` without its record and its problems."""

    entry: EntryNote
    references: tuple[tuple[FieldPath, str, str], ...]
    tables: tuple[tuple[FieldPath, str], ...]
    terms: tuple[tuple[str, FieldPath, str], ...]
    insiders: tuple[str, ...] = ()
    outsiders: tuple[tuple[FieldPath, str, str], ...] = ()


class FileNote(Struct, frozen=True, array_like=True):
    """A file of a record: the ``digest`` of its bytes; the ``outline``, that of all that the rest of the site may know
    of it; ``named``, the files that it may name; all ``problems`` that it has by itself, with their lines.
    """

    digest: str
    outline: str
    named: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
