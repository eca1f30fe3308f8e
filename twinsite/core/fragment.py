"""A Markdown body after its engine ran: HTML with slots for everything that depends on the rest of the site.

A fragment is keyed by its text and the Markdown settings alone, so a page that moves never runs Markdown again. What
points elsewhere (links, images, components) stays a ``Slot``; the planner decides what fills it, once for each use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from twinsite.core.digest import digest_value


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading: ``level`` 1 to 6, its ``id`` by GitHub's rule or as written, ``text`` without markup. Views hold it
    as it is, so its fields keep their names when it is encoded.
    """

    level: int
    id: str
    text: str


class Section(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A part of a component's body under one of its headings (the shallowest level found); text before is untitled."""

    title: str
    body: Fragment
    line: int


class Slot(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place in the HTML that the planner fills.

    ``link``: the opening tag of a link to ``target`` (as written, unescaped); its ``end`` slot is the closing tag.
    ``image``: a whole ``<img>`` with alternative ``text`` and ``title``. ``component``: ``target`` is its name,
    ``parameters`` are (name, value, line, column) with the name "" for a bare word; ``body`` is its content as a
    fragment, ``sections`` the same content cut at its headings. ``line`` and ``column`` count from 1 in the body's
    text.
    """

    kind: Literal["link", "end", "image", "component"]
    target: str = ""
    line: int = 1
    column: int = 1
    text: str = ""
    title: str = ""
    parameters: tuple[tuple[str, str, int, int], ...] = ()
    body: Fragment | None = None
    sections: tuple[Section, ...] = ()


class Flaw(msgspec.Struct, frozen=True, gc=False):
    """Something wrong in the body itself: becomes a ``Problem`` once the body's place in its file is known."""

    rule: str
    line: int
    column: int
    width: int
    message: str
    hint: str
    severity: Literal["error", "warning"] = "error"


class Fragment(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """``parts`` are pieces of HTML, one more than there are ``slots``: part, slot, part, slot, ... part.

    ``headings`` in order; ``summary`` is the first paragraph as plain text (whole, not cut); ``wordy``: there are words
    to see, in the bodies of components at least; ``flaws`` are problems found while parsing.
    """

    parts: tuple[str, ...] = ("",)
    slots: tuple[Slot, ...] = ()
    headings: tuple[Heading, ...] = ()
    summary: str = ""
    wordy: bool = False
    flaws: tuple[Flaw, ...] = ()


EMPTY = Fragment()


class Holes(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a planner asks of a fragment: what must be filled, and its headings. The ``html`` around them stays encoded;
    the fields are the first ones of a fragment.
    """

    html: msgspec.Raw = msgspec.Raw()
    slots: tuple[Slot, ...] = ()
    headings: tuple[Heading, ...] = ()


NO_HOLES = Holes()

decode_holes = msgspec.msgpack.Decoder(Holes).decode
"""The holes of a fragment that ``read.parsed.encode_fragment`` wrote."""


def index_fragments(body: Fragment, digest: str) -> dict[str, Fragment]:
    """The fragments of a body by the digests by which views name them: itself, and those inside its components."""
    found = {digest: body}
    for slot in body.slots:
        if slot.sections or slot.body:
            inner = [section.body for section in slot.sections] + ([slot.body] if slot.body else [])
            for fragment in inner:
                found |= index_fragments(fragment, digest_fragment(fragment))
    return found


def digest_fragment(fragment: Fragment) -> str:
    """The digest of a fragment inside a component, which has no text of its own on record."""
    return digest_value([list(fragment.parts), [[s.kind, s.target, s.text, s.title] for s in fragment.slots]])


_ESCAPED = re.compile("[&<>\"']")
_ID = re.compile(r'id="([^"]*)"')


def list_anchors(body: Fragment) -> tuple[str, ...]:
    """The anchors of a text, those inside its components included; sorted."""
    found: set[str] = set()
    waiting = [body]
    while waiting:
        fragment = waiting.pop()
        found.update(_list_ids(fragment))
        for slot in fragment.slots:
            if slot.kind == "component":
                waiting += [section.body for section in slot.sections] + ([slot.body] if slot.body else [])
    return tuple(sorted(found))


def _list_ids(fragment: Fragment) -> Iterable[str]:
    """The ids in the HTML of a fragment, as they stand there. Each heading has one; where there are no more, these are
    all.
    """
    html = " ".join(fragment.parts)
    ids = [heading.id for heading in fragment.headings]
    if html.count('id="') == len(ids) and not _ESCAPED.search(" ".join(ids)):
        return ids
    return _find_ids(html)


def _find_ids(html: str) -> Iterator[str]:
    """The ids in some HTML. An expression that begins with letters is looked for much faster than one with a bound."""
    for found in _ID.finditer(html):
        before = html[found.start() - 1 : found.start()]
        if not (before.isalnum() or before == "_"):
            yield found[1]
