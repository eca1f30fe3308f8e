"""Files of records that may not be shown: no other text may bring them in by their names."""

from __future__ import annotations

from collections.abc import Mapping

from twinsite.core.record import files
from twinsite.core.site import Entry
from twinsite.core.source import Media, list_meanings
from twinsite.link.entries import SHOWN_WITH_DRAFTS
from twinsite.plan.library import Library


def find_keeper(library: Library, media: Media) -> Entry | None:
    """The record to which a file belongs that is withheld for good reason (no permission, no consent, an embargo), if
    there is one. A file of a draft is not kept back: who names it elsewhere may well want it shown.
    """
    kept = library.once("kept files", lambda: list_kept_files(library))
    if not kept:
        return None
    # Which files are kept follows from these records: whoever asks is planned again when one of them changes.
    for entry in _list_keepers(library):
        entry.witness.seen.add(entry.path)
    return kept.get(media.path)


def list_kept_files(library: Library) -> Mapping[str, Entry]:
    """The files that records which may not be shown name in their fields and bodies, by their paths."""
    return {
        path: entry
        for entry in _list_keepers(library)
        for name in (*(name for _, name in files(entry.record)), *entry.draft.names)
        for path in list_meanings(entry.folder, name)
        if not path.startswith("content/static/")
    }


def _list_keepers(library: Library) -> list[Entry]:
    return [entry for entry in library.site.withheld if entry.held and entry.held.reason not in SHOWN_WITH_DRAFTS]
