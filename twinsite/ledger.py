"""The ledger: what the last build worked out of the whole site, so that the next need not.

Each part of it stands beside the digest of all that it was made of, and is used only if that is still the same; the
whole only at moments inside the ``window`` in which the clock says that nothing comes out differently. It is written
only by a build that found no errors. Takes and gives values; lives in the cache, so that it may vanish at any time.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept, get_pieces, put_pieces, touch_pieces
from twinsite.cache.store import Cache
from twinsite.core.clock import Window
from twinsite.core.digest import digest_value
from twinsite.core.notes import FileNote, LinkableNote, PlanNote
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest

LINKABLES = "linkables"
"""The name under which a cache in memory keeps them."""


class Ledger(Struct, frozen=True, array_like=True):
    """What the last build worked out.

    ``inputs`` is the digest of all that made ``files`` and ``linkables`` (by path; kept apart under the key given here,
    because they are rarely needed) besides the files themselves; ``media`` are the files that were shown. ``site`` is
    the digest of all that made ``linked``, the problems found between records, and ``withheld``; with ``shape``, that
    of the theme, of all that made ``plan``; ``around`` is ``site`` without what each file says.
    """

    inputs: str
    start: datetime
    end: datetime
    files: dict[str, FileNote]
    linkables: str
    media: tuple[str, ...]
    site: str
    around: str
    linked: tuple[Problem, ...]
    withheld: tuple[tuple[str, str, str | None], ...]
    shape: str
    plan: PlanNote

    def window(self) -> Window:
        """The moments at which all of it would come out the same."""
        return Window(self.start, self.end)


_decode_ledger = msgspec.msgpack.Decoder(Ledger).decode
_decode_linkables = msgspec.msgpack.Decoder(dict[str, LinkableNote]).decode


def ledger_key(request: BuildRequest, salt: str) -> str:
    """The name of the ledger: one for each way of building, so that a preview does not undo a build's."""
    return digest_value(["ledger", salt, request.drafts, request.preview, request.base_url])


def read_ledger(request: BuildRequest, cache: Cache, salt: str) -> Ledger | None:
    """The ledger of the last build, if this cache has one."""
    key = ledger_key(request, salt)
    kept = cache.recall(key)
    if isinstance(kept, Ledger):
        return kept
    return decode_kept(_decode_ledger, get_pieces(cache, key))


def read_linkables(ledger: Ledger, cache: Cache) -> dict[str, LinkableNote] | None:
    """What each record brought to the site, by its file."""
    key, kept = cache.recall(LINKABLES) or ("", None)
    if key == ledger.linkables:
        return cast("dict[str, LinkableNote]", kept)
    return decode_kept(_decode_linkables, get_pieces(cache, ledger.linkables))


def touch_linkables(ledger: Ledger, cache: Cache) -> None:
    """Have them kept for a build that will need them, though this one may not."""
    touch_pieces(cache, ledger.linkables)


def keep_linkables(site: str, window: Window, linkables: dict[str, LinkableNote], cache: Cache) -> str:
    """Keep them for ``read_linkables``; their key. All that they are made of is in the digest of the ``site``, and the
    moment, which counts for no more than the ``window``.
    """
    key = digest_value([LINKABLES, site, window.start, window.end])
    if not cache.remember(LINKABLES, (key, linkables)):
        put_pieces(cache, key, msgspec.msgpack.encode(linkables))
    return key


def keep_ledger(request: BuildRequest, cache: Cache, salt: str, ledger: Ledger) -> None:
    """Keep a ledger for the next build."""
    key = ledger_key(request, salt)
    if not cache.remember(key, ledger):
        put_pieces(cache, key, msgspec.msgpack.encode(ledger))
