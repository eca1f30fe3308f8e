"""Parts of the plan as notes, and back: a part that is known already is not planned again.

The view of a page from a note is worked out only if the page has to be rendered.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.later import Later
from twinsite.core.notes import DocumentNote, PageNote, PartNote, PlanNote
from twinsite.core.page import Archive, Copy, Document, Made, Page, Picture, Planned, ShareImage, view_key
from twinsite.core.source import SourceChangedError

Output = TypeVar("Output", bound=Made)

LARGE = 5000
"""Parts of a plan, or records, from which on what can be had again takes so much room that it is worth the time."""

_TAKE_PAGE = attrgetter(*PageNote.__struct_fields__)
_TAKE_DOCUMENT = attrgetter(*DocumentNote.__struct_fields__)
"""The values of a page or document or of its note, in the order in which both are made of them."""


def number_files(paths: Iterable[str]) -> dict[str, int]:
    """The numbers of the files of records, by which notes name them: their places among all of them."""
    return {path: number for number, path in enumerate(paths)}


def has_seen(note: PartNote, numbers: Collection[int]) -> bool:
    """Whether a part saw one of the files with these numbers."""
    return bool(numbers) and not set(array("I", note.seen)).isdisjoint(numbers)


def note_page(page: Page) -> PageNote:
    """A page without its view and the places of its links."""
    return PageNote(*_TAKE_PAGE(page))


def note_document(document: Document) -> DocumentNote:
    """A document without its view."""
    return DocumentNote(*_TAKE_DOCUMENT(document))


def show_page(note: PageNote, view: bytes) -> Page:
    """The page of a note with its view, without the places of its links."""
    return Page(*_TAKE_PAGE(note), encoded=Later.of(view))


def show_document(note: DocumentNote, view: bytes) -> Document:
    """The document of a note with its view."""
    return Document(*_TAKE_DOCUMENT(note), encoded=Later.of(view))


def note_part(part: Planned, numbers: Mapping[str, int]) -> PartNote:
    """All of a part but its views and the places of its links."""
    return PartNote(
        pages=tuple(map(note_page, part.pages)),
        documents=tuple(map(note_document, part.documents)),
        copies=_take(part, Copy),
        pictures=_take(part, Picture),
        problems=part.problems,
        bodies=part.bodies,
        contacts=part.contacts,
        drawn=_take(part, ShareImage),
        archives=_take(part, Archive),
        seen=array("I", sorted([numbers[path] for path in part.seen])).tobytes(),
    )


def _take(part: Planned, kind: type[Output]) -> tuple[Output, ...]:
    """The files of a part that are made in one way; most parts have none at all."""
    return tuple([one for one in part.outputs.values() if isinstance(one, kind)]) if part.outputs else ()


def restore_part(note: PartNote, again: Later[Planned], views: Sequence[bytes] | None = None) -> Planned:
    """The part of a note. ``views`` are those of its pages and documents, encoded, where they are at hand; what else is
    wanted is taken from ``again``, the same part planned anew.
    """
    pages = tuple(_restore_page(page, place, again, views) for place, page in enumerate(note.pages))
    first = len(pages)
    documents = tuple(
        _restore_document(one, place, again, views[first + place] if views else None)
        for place, one in enumerate(note.documents)
    )
    made: tuple[Made, ...] = (*note.copies, *note.pictures, *note.drawn, *note.archives)
    outputs = {one.path: one for one in made}
    return Planned(pages, documents, outputs, note.problems, note.bodies, note.contacts)


def _restore_page(note: PageNote, place: int, again: Later[Planned], views: Sequence[bytes] | None) -> Page:
    encoded = Later.of(views[place]) if views else Later(partial(_take_page_view, note, place, again))
    return Page(*_TAKE_PAGE(note), encoded=encoded, written=Later(lambda: again.get().pages[place].origins))


def _restore_document(note: DocumentNote, place: int, again: Later[Planned], view: bytes | None) -> Document:
    encoded = Later(partial(_take_document_view, note, place, again)) if view is None else Later.of(view)
    return Document(*_TAKE_DOCUMENT(note), encoded=encoded)


def _take_page_view(known: PageNote | Page, place: int, again: Later[Planned]) -> bytes:
    return _expect(known, again.get().pages[place])


def _take_document_view(known: DocumentNote | Document, place: int, again: Later[Planned]) -> bytes:
    return _expect(known, again.get().documents[place])


def _expect(known: PageNote | DocumentNote | Page | Document, anew: Page | Document) -> bytes:
    """The view of a page planned anew, which must be the one that is known: under its digest the page goes into the
    cache.
    """
    if anew.digest != known.digest:
        raise SourceChangedError(known.source)
    return anew.encoded.get()


def put_views(part: Planned, cache: Cache | None, again: Later[Planned]) -> Planned:
    """The same part, with its views in a ``cache``, if one is given, not in memory."""
    if cache is None:
        return part
    rendered: tuple[Page | Document, ...] = (*part.pages, *part.documents)
    for one in rendered:
        cache.put(view_key(one), one.encoded.get())
    return drop_views(part, again)


def drop_views(part: Planned, again: Later[Planned]) -> Planned:
    """The same part without its views in memory: where they are not in the cache, they are taken from ``again``, the
    same part planned anew.
    """
    for place, page in enumerate(part.pages):
        page.encoded.renew(partial(_take_page_view, page, place, again))
    for place, one in enumerate(part.documents):
        one.encoded.renew(partial(_take_document_view, one, place, again))
    return part


def list_views(note: PlanNote) -> frozenset[str]:
    """The digests of all views of a plan."""
    parts = (*note.parts.values(), note.finale.part)
    pages = frozenset(page.digest for part in parts for page in part.pages)
    return pages.union(document.digest for part in parts for document in part.documents)


Sent = tuple[PartNote, list[bytes], frozenset[str]]


def send_part(part: Planned) -> bytes:
    """A part as bytes, to be handed to another process with its views."""
    views = [page.encoded.get() for page in part.pages] + [one.encoded.get() for one in part.documents]
    return msgspec.msgpack.encode((note_part(replace(part, seen=frozenset()), {}), views, part.seen))


def receive_part(data: bytes, again: Later[Planned]) -> Planned:
    """The part of ``send_part``."""
    note, views, seen = _decode_sent(data)
    return replace(restore_part(note, again, views), seen=seen)


_decode_sent = msgspec.msgpack.Decoder(Sent).decode
