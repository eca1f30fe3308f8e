"""What records bring to the site as notes, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter

from msgspec.structs import replace

from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.notes import EntryNote, LinkableNote
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.core.witness import Witness
from twinsite.link.entries import Linkable

_TAKE = attrgetter(*EntryNote.__struct_fields__)
"""The values of an entry or of its note, in the order in which both are made of them."""


def note_linkable(linkable: Linkable) -> LinkableNote:
    """All of it but the record and the problems, which are those of its file."""
    note = EntryNote(*_TAKE(linkable.entry))
    return LinkableNote(
        note, linkable.references, linkable.tables, linkable.terms, linkable.insiders, linkable.outsiders
    )


def restore_linkable(note: LinkableNote, source: Later[tuple[Draft, Record]], witness: Witness) -> Linkable:
    """The same, with its record where it can be had, for the site of the ``witness``."""
    entry = Entry(*_TAKE(note.entry), source=source, witness=witness)
    return Linkable(entry, (), note.references, note.tables, note.terms, note.insiders, note.outsiders)


def have_same_bones(
    before: Mapping[str, LinkableNote], now: Mapping[str, LinkableNote], changed: Iterable[str]
) -> bool:
    """Whether a site of the same files hangs together as it did, although some of them ``changed``: every record has
    the same address, state, terms, references and place in lists. Only titles may differ, and what stands in no note.
    """
    changed = [path for path in changed if before.get(path) != now[path]]
    if not all(path in before and has_same_bones(before[path], now[path]) for path in changed):
        return False
    if any(now[path].entry.kind == "list" for path in changed):
        return False  # the titles of lists stand on many pages and in what all pages share
    kinds = {now[path].entry.kind for path in changed}
    return all(_sort_kind(before, kind) == _sort_kind(now, kind) for kind in kinds)


def has_same_bones(before: LinkableNote, now: LinkableNote) -> bool:
    """Whether a record differs in no more than its title, and its place in lists where that follows from it."""
    return _take_bones(before) == _take_bones(now)


def _take_bones(note: LinkableNote) -> LinkableNote:
    return replace(note, entry=replace(note.entry, heading="", order=()))


def _sort_kind(notes: Mapping[str, LinkableNote], kind: str) -> list[str]:
    """The files of a kind in list order."""
    entries = [note.entry for note in notes.values() if note.entry.kind == kind]
    return [entry.path for entry in sorted(entries, key=attrgetter("order"))]
