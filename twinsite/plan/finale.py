"""What is planned last, of the site as a whole: the value that every page sees, redirects, files for machines and
hosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from twinsite.core.draft import Draft
from twinsite.core.later import Later
from twinsite.core.notes import FinaleNote
from twinsite.core.page import Literal, Planned
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.frame import plan_frame
from twinsite.plan.library import Library
from twinsite.plan.machine import listed_entries, plan_host_files, plan_machine_files
from twinsite.plan.notes import note_part, restore_part
from twinsite.plan.parts import RECORD
from twinsite.plan.redirects import plan_redirects


class Finale(Struct, frozen=True):
    """``frame`` and the rest of the plan; ``later`` and ``anchors`` as in ``Plan``, ``hosts`` its files for hosts."""

    frame: dict[str, Any]
    part: Planned
    hosts: tuple[Literal, ...]
    later: frozenset[str]
    anchors: str


def plan_finale(library: Library, parts: Mapping[str, Planned], static_texts: dict[str, bytes]) -> Finale:
    """What remains to be planned when all ``parts`` are. ``static_texts`` are the site's own ``_redirects`` and
    ``_headers``.
    """
    finale, seen = library.site.witness.listen(lambda: _plan_finale(library, parts, static_texts))
    return replace(finale, part=replace(finale.part, seen=seen))


def _plan_finale(library: Library, parts: Mapping[str, Planned], static_texts: dict[str, bytes]) -> Finale:
    entries = listed_entries(library)
    others = [page for name, part in parts.items() for page in part.pages[name.startswith(RECORD) :]]
    frame, logo = plan_frame(library)
    redirects, lines = plan_redirects(library, entries)
    wrong = check_wrong_bodies(library)
    problems = (*redirects.problems, *logo.problems, *wrong.problems)
    documents = tuple(plan_machine_files(library, entries, others))
    return Finale(
        frame=frame,
        part=Planned(redirects.pages, documents, logo.outputs, problems, (*logo.bodies, *wrong.bodies)),
        hosts=tuple(plan_host_files(library, lines, static_texts)),
        later=library.eventual - library.addresses,
        anchors=library.anchors.patterns,
    )


def check_wrong_bodies(library: Library) -> Planned:
    """The problems in the bodies of records with wrong fields, so that all problems are told in one run."""
    beside = library.for_one()
    for draft in library.site.wrong_drafts:
        fill_entry_body(beside, _make_stub(draft, library.settings.timezone))
    return Planned(problems=tuple(beside.problems), bodies=tuple(sorted(beside.bodies)))


def _make_stub(draft: Draft, zone: str) -> Entry:
    source = Later.of((draft, Record()))
    return Entry(draft.kind, draft.slug, "", draft.slug, draft.path, draft.folder, draft.slug, zone, source=source)


def note_finale(finale: Finale, numbers: Mapping[str, int]) -> FinaleNote:
    """All of it but the views of its pages. ``numbers`` as in ``plan.notes``."""
    hosts = tuple((one.path, one.data, one.source) for one in finale.hosts)
    return FinaleNote(finale.frame, note_part(finale.part, numbers), hosts, tuple(sorted(finale.later)), finale.anchors)


def restore_finale(note: FinaleNote, again: Later[Finale]) -> Finale:
    """The finale of a note; views are taken from ``again``, the same planned anew."""
    part = restore_part(note.part, Later(lambda: again.get().part))
    hosts = tuple(Literal(path, data, source) for path, data, source in note.hosts)
    return Finale(note.frame, part, hosts, frozenset(note.later), note.anchors)
