"""The linked site: every record with its address, its references both ways, and where it stands at ``now``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from twinsite.core.draft import Draft, Table
from twinsite.core.held import Held
from twinsite.core.later import Later
from twinsite.core.law import NO_LAW, Law
from twinsite.core.lock import Locks
from twinsite.core.record import Record
from twinsite.core.source import Media
from twinsite.core.witness import Witness

Key = tuple[str, str]
"""A record's name in the site: kind and slug."""


class Outline(Struct, frozen=True):
    """What all of a site may ask of a record, known without its words and fields. See ``Entry``."""

    kind: str
    slug: str
    url: str
    heading: str
    path: str
    folder: str
    name: str
    zone: str
    day: date | None = None
    state: str | None = None
    held: Held | None = None
    banner: str | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    references: tuple[Key, ...] = ()
    order: tuple[Any, ...] = ()
    updated: date | None = None
    featured: bool = False
    unlisted: bool = False
    further: tuple[tuple[str, str], ...] = ()
    form_origins: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()


class Entry(Outline, frozen=True, kw_only=True):
    """A valid record in its site.

    ``url`` is site-absolute. ``day`` is its date for order and archives, ``state`` what its kind says at ``now``;
    ``zone`` is the IANA zone its instants are written in. ``held`` is set when it is withheld; ``banner`` when it is
    shown only because drafts are asked for. ``path`` is its file, ``folder`` the one that file names in it count from,
    ``name`` what its file is called (as ``Draft.slug``). ``references`` are the records that it may be seen to refer
    to, by kind and slug as written; ``order`` is its place among those of its kind (ascending). ``updated`` is the day
    of its last change, ``featured`` asks for a place on the home page, ``unlisted`` keeps it from search engines.
    ``further`` are its outputs beside the page: the name of the family and the end of the address after ``url``;
    ``form_origins`` the servers to which forms on its page are sent, in any state; ``facets`` the values (facet, value)
    by which the list of its kind is narrowed.

    These few values are all that most of the site asks of a record; ``source``, the whole of it, is worked out only
    for the pages that show it. Whoever asks for that, or for the title (``heading``), is noted by the ``witness``,
    which all records of a site share; the other values are the same for the whole site.
    """

    source: Later[tuple[Draft, Record]]
    witness: Witness = field(default_factory=Witness)

    @property
    def title(self) -> str:
        """What people read for it."""
        self.witness.seen.add(self.path)
        return self.heading

    @property
    def draft(self) -> Draft:
        """The record as written."""
        self.witness.seen.add(self.path)
        return self.source.get()[0]

    @property
    def record(self) -> Record:
        """The record as its kind understands it."""
        self.witness.seen.add(self.path)
        return self.source.get()[1]

    @property
    def key(self) -> Key:
        """The name by which other records refer to it."""
        return (self.kind, self.slug)


class Term(Struct, frozen=True):
    """A term of a taxonomy: the word in addresses (``slug``), the word people read, and its records in list order."""

    slug: str
    label: str
    entries: tuple[Entry, ...]


class Site(Struct, frozen=True):
    """All that the planner needs to know.

    ``published`` holds the shown records of each kind in list order; ``everything`` also the withheld ones, by key;
    ``wrong`` are the paths of files that have errors, so that links to them are not reported as well; ``wrong_drafts``
    those of them that could be read, whose bodies are still looked at. ``all_taxonomies`` are the terms of all records
    that are shown at some time. ``back`` lists
    the published records that refer to one; ``taxonomies`` are the terms of each taxonomy in order; ``lists`` are the
    ``_index.md`` texts by section (``contests``; for pages the folder, ``pages/guide``); ``wrong_tables`` are the
    names of data tables that have errors of their own; ``kept_back`` those that nobody may see, each with the file
    of the record that says so. The ``witness`` is that of all its records. ``law`` is
    what jurisdictions and platforms ask of contests; ``locks`` what was made binding of records. ``insiders`` are the
    keys of people whom something connects with the brand, each with the file that says so.
    """

    now: datetime
    published: Mapping[str, tuple[Entry, ...]]
    everything: Mapping[Key, Entry]
    by_path: Mapping[str, Entry]
    back: Mapping[Key, tuple[Entry, ...]]
    taxonomies: Mapping[str, tuple[Term, ...]]
    lists: Mapping[str, Entry]
    home: Entry | None
    media: Mapping[str, Media]
    tables: Mapping[str, Table]
    static: Mapping[str, str]
    files: frozenset[str]
    wrong: frozenset[str] = frozenset()
    wrong_drafts: tuple[Draft, ...] = ()
    wrong_tables: frozenset[str] = frozenset()
    kept_back: Mapping[str, str] = field(default_factory=dict)
    withheld: tuple[Entry, ...] = ()
    preview: bool = False
    all_taxonomies: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    locks: Locks = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    witness: Witness = field(default_factory=Witness)
    law: Law = NO_LAW
    insiders: Mapping[str, str] = field(default_factory=dict)
