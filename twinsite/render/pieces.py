"""A finished page in pieces. What stands around its head and its main part is mostly the same on many pages, so that
whoever looks through all pages need look at it once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

Pieces = tuple[bytes, ...]
"""A page (UTF-8) cut where its head ends, its main part begins and this ends: its own head, what follows, its own main
part, the rest; or all of it in one piece, where it is not built so.
"""

MOST: Final = 500
"""Pieces remembered at most."""

LONGEST: Final = 50_000
"""Bytes of a piece that is worth remembering."""

_What = TypeVar("_What")


def cut_page(page: bytes) -> Pieces:
    """The pieces of a page, which joined are the page again."""
    first = page.find(b"</head>")
    second = page.find(b"<main", first)
    third = page.rfind(b"</main>")
    if not 0 < first < second < third:
        return (page,)
    return page[:first], page[first:second], page[second:third], page[third:]


def look_at_pieces(look: Callable[[bytes], _What]) -> Callable[[Pieces], list[_What]]:
    """A function that looks at each piece of a page. It remembers what was seen around the pages' own pieces, so make
    one for each build.
    """
    known: dict[bytes, _What] = {}

    def look_around(piece: bytes) -> _What:
        if piece in known:
            return known[piece]
        seen = look(piece)
        if len(known) < MOST and len(piece) < LONGEST:
            known[piece] = seen
        return seen

    looks = (look, look_around, look, look_around)
    return lambda pieces: [one(piece) for one, piece in zip(looks, pieces, strict=False)]
