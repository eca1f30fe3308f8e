"""What records bring to the site as notes, and back."""

from __future__ import annotations

from operator import attrgetter

from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.notes import EntryNote, LinkableNote
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.link.entries import Linkable

_TAKE = attrgetter(*EntryNote.__struct_fields__)
"""The values of an entry or of its note, in the order in which both are made of them."""


def note_linkable(linkable: Linkable) -> LinkableNote:
    """All of it but the record and the problems, which are those of its file."""
    note = EntryNote(*_TAKE(linkable.entry))
    return LinkableNote(note, linkable.references, linkable.tables, linkable.terms)


def restore_linkable(note: LinkableNote, source: Later[tuple[Draft, Record]]) -> Linkable:
    """The same, with its record where it can be had."""
    return Linkable(Entry(*_TAKE(note.entry), source=source), (), note.references, note.tables, note.terms)
