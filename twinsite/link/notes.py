"""What records bring to the site as notes, and back."""

from __future__ import annotations

from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.notes import EntryNote, LinkableNote
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.link.entries import Linkable


def note_linkable(linkable: Linkable) -> LinkableNote:
    """All of it but the record and the problems, which are those of its file."""
    entry = linkable.entry
    note = EntryNote(
        entry.kind,
        entry.slug,
        entry.url,
        entry.title,
        entry.path,
        entry.folder,
        entry.name,
        entry.zone,
        entry.day,
        entry.state,
        entry.held,
        entry.banner,
        entry.tags,
        entry.aliases,
        entry.references,
        entry.order,
        entry.updated,
        entry.featured,
        entry.unlisted,
    )
    return LinkableNote(note, linkable.references, linkable.tables, linkable.terms)


def restore_linkable(note: LinkableNote, source: Later[tuple[Draft, Record]]) -> Linkable:
    """The same, with its record where it can be had."""
    one = note.entry
    entry = Entry(
        one.kind,
        one.slug,
        one.url,
        one.title,
        one.path,
        one.folder,
        one.name,
        one.zone,
        source,
        one.day,
        one.state,
        one.held,
        one.banner,
        one.tags,
        one.aliases,
        one.references,
        one.order,
        one.updated,
        one.featured,
        one.unlisted,
    )
    return Linkable(entry, (), note.references, note.tables, note.terms)
