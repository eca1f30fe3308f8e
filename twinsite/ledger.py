"""The ledger: what the last build worked out of the whole site, so that the next need not.

Each part of it stands beside the digest of all that it was made of, and is used only if that is still the same; the
whole only at moments inside the ``window`` in which the clock says that nothing comes out differently. It is written
only by a build that found no errors. Takes and gives values; lives in the cache, so that it may vanish at any time.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from twinsite.cache.store import Cache
from twinsite.core.clock import Window
from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.notes import FileNote, LinkableNote, PlanNote
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest


class Ledger(Struct, frozen=True, array_like=True):
    """What the last build worked out.

    ``inputs`` is the digest of all that made ``files`` and ``linkables`` (by path; kept apart under the key given here,
    because they are rarely needed) besides the files themselves; ``media`` are the files that were shown. ``site`` is
    the digest of all that made ``linked``, the problems found between records, and ``withheld``; with ``shape``, that
    of the theme, of all that made ``plan``.
    """

    inputs: str
    start: datetime
    end: datetime
    files: dict[str, FileNote]
    linkables: str
    media: tuple[str, ...]
    site: str
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
    stored = cache.get(ledger_key(request, salt))
    try:
        return _decode_ledger(stored) if stored else None
    except msgspec.DecodeError:
        return None


def read_linkables(ledger: Ledger, cache: Cache) -> dict[str, LinkableNote] | None:
    """What each record brought to the site, by its file."""
    stored = cache.get(ledger.linkables)
    try:
        return _decode_linkables(stored) if stored else None
    except msgspec.DecodeError:
        return None


def encode_linkables(linkables: dict[str, LinkableNote]) -> tuple[str, bytes]:
    """The bytes to keep for ``read_linkables``, and their key."""
    data = msgspec.msgpack.encode(linkables)
    return digest_bytes(b"linkables" + data), data


def keep_ledger(request: BuildRequest, cache: Cache, salt: str, ledger: Ledger) -> None:
    """Keep a ledger for the next build."""
    cache.put(ledger_key(request, salt), msgspec.msgpack.encode(ledger))
