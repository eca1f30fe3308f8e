"""Pages rendered early: while the rest of the site is still planned, by processes that were hired before it was read.

Takes orders with all that some pages are made of; gives what became of them. Nothing depends on it: a page that was not
made here, whatever the reason, is made when its turn comes, and what is wrong with it is told then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.aspect import Aspect
from twinsite.core.facts import PageFacts
from twinsite.core.fragment import Fragment
from twinsite.core.leads import Leads, Note
from twinsite.core.notes import DocumentNote, PageNote
from twinsite.core.page import Document, Page, view_key
from twinsite.core.problem import Problem
from twinsite.plan.notes import show_document, show_page
from twinsite.read.parsed import decode_fragment
from twinsite.render.keys import Keys
from twinsite.render.pages import Made, Maker, Rendered, Stage, Work, read_facts

if TYPE_CHECKING:
    from twinsite.render.renderer import FindBody, Renderer


class Body(msgspec.Struct, frozen=True, array_like=True):
    """The body of a record: its ``digest`` and its fragment, encoded."""

    digest: str
    fragment: bytes


class Order(msgspec.Struct, frozen=True, array_like=True):
    """Pages and documents, each with its view; the bodies that they name, by file; and the temporary places in the
    output of those that may be staged.
    """

    pages: list[tuple[PageNote, bytes]]
    documents: list[tuple[DocumentNote, bytes]]
    bodies: dict[str, Body]
    places: dict[str, str]


class Early(msgspec.Struct, frozen=True, array_like=True):
    """A page or document that was made: under which key; what is told of it; its facts, encoded; its size in bytes; how
    it looked when it was staged, if it was; how many seconds rendering took; and its bytes, where they were not staged
    but are wanted.
    """

    path: str
    key: str
    note: Note
    facts: bytes
    size: int
    staged: Aspect | None
    seconds: float
    data: bytes | None = None


class Start(msgspec.Struct, frozen=True, array_like=True):
    """What all pages see, and the output folder with a slash; empty where nobody wants the pages but the cache. The
    others say with what they are made, to those who were hired before that was known.
    """

    frame: dict[str, Any]
    folder: str
    theme: str
    language: str
    base: str
    salt: str


encode_start = msgspec.msgpack.Encoder().encode
decode_start = msgspec.msgpack.Decoder(Start).decode
encode_order = msgspec.msgpack.Encoder().encode
decode_early = msgspec.msgpack.Decoder(list[Early]).decode
_decode_order = msgspec.msgpack.Decoder(Order).decode
_encode_early = msgspec.msgpack.Encoder().encode

Prepare = Callable[[str, Mapping[str, str]], Stage]
"""Gives the function that stages files at these temporary places in a folder."""


def receive_early(made: Early) -> Rendered:
    """A page that was made early, as if it were made now."""
    return Rendered(made.path, made.note.digest, made.facts, made.data, True, made.staged, made.size, made.seconds)


class EarlyMaker:
    """Makes the pages of orders, in a process that was forked, into a cache that is shared."""

    def __init__(
        self,
        open_renderer: Callable[[FindBody], Renderer],
        open_keys: Callable[[dict[str, Any]], Keys],
        prepare: Prepare,
        cache: Cache,
    ) -> None:
        self._renderer = open_renderer(self._find_body)
        self._open_keys, self._prepare, self._cache = open_keys, prepare, cache
        self._bodies: Mapping[str, Body] = {}
        self._leads = Leads()
        self._notes: dict[str, Note] = {}

    def begin(self, message: bytes) -> None:
        """Get ready for the pages of a site."""
        start = decode_start(message)
        self._renderer.frame = start.frame
        self._keys = self._open_keys(start.frame)
        self._stage_at = partial(self._prepare, start.folder)
        self._wanted = bool(start.folder)

    def do(self, order: bytes) -> bytes:
        """What was made of an order; of what could not be made, nothing."""
        try:
            made = self._make(_decode_order(order))
        except Exception:  # whatever it is happens again, and is told, when these pages have their turn
            made = []
        return _encode_early(made)

    def end(self) -> None:
        """Have everything in the cache."""
        self._cache.flush()

    def _make(self, order: Order) -> list[Early]:
        self._bodies = order.bodies
        pages: list[Page | Document] = [show_page(note, view) for note, view in order.pages]
        pages += [show_document(note, view) for note, view in order.documents]
        for page in pages:
            self._cache.put(view_key(page), page.encoded.get())
        known = {page.path: self._keys.of(page) for page in pages}
        had = {} if self._cache.blank else read_facts(list(known.values()), self._cache)
        return self._render([page for page in pages if known[page.path] not in had], known, order.places)

    def _render(self, pages: Work, known: Mapping[str, str], places: Mapping[str, str]) -> list[Early]:
        stage = self._stage_at(places)
        maker = Maker(self._renderer, self._keys, known, self._cache, _as_they_are, stage, tell=self._tell)
        found = maker.make(pages)
        assert not isinstance(found, str)
        return [
            self._hand_over(page.path, known[page.path], made)
            for page, made in zip(pages, found, strict=True)
            if not isinstance(made, Problem)
        ]

    def _tell(self, page: Page | Document, facts: PageFacts) -> None:
        tells = isinstance(page, Page)
        self._notes[page.path] = self._leads.tell(page.path, facts) if tells else Note(facts.digest, facts.personal)

    def _hand_over(self, path: str, key: str, made: Made) -> Early:
        facts, size, data, _, staged, seconds = made
        return Early(path, key, self._notes.pop(path), facts, size, staged, seconds, data if self._wanted else None)

    def _find_body(self, path: str) -> tuple[Fragment, str]:
        body = self._bodies[path]
        return decode_fragment(body.fragment), body.digest


def _as_they_are(pages: Sequence[Any]) -> Sequence[Any]:
    return pages
