"""Values as they are kept: decoded, or nothing where their bytes are no longer what they were; large ones in pieces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes

Value = TypeVar("Value")

PIECE = 64 * 1024
"""Bytes of a piece of a large value."""


def decode_kept(decode: Callable[[bytes], Value], data: bytes | None) -> Value | None:
    """What ``decode`` makes of kept bytes; ``None`` where there are none, or where they are of another shape."""
    try:
        return decode(data) if data else None
    except (msgspec.DecodeError, ValueError):
        return None


def put_pieces(cache: Cache, key: str, data: bytes) -> None:
    """Keep a large value that changes little from build to build: only pieces that the cache lacks are written."""
    pieces = {digest_bytes(piece): piece for piece in _cut(data)}
    known = cache.get_many(pieces)
    for digest, piece in pieces.items():
        if digest not in known:
            cache.put(digest, piece)
    cache.put(key, "\n".join(map(digest_bytes, _cut(data))).encode())


def touch_pieces(cache: Cache, key: str) -> None:
    """Count the value of ``put_pieces`` as used, without reading it."""
    cache.touch([key, *_list_names(cache, key)])


def get_pieces(cache: Cache, key: str) -> bytes | None:
    """The value of ``put_pieces``; ``None`` unless all of it is there."""
    names = _list_names(cache, key)
    found = cache.get_many(names)
    return b"".join(found[name] for name in names) if found.keys() >= set(names) else None


def _list_names(cache: Cache, key: str) -> list[str]:
    return (cache.get(key) or b"").decode("utf-8", "replace").split("\n")


def _cut(data: bytes) -> list[bytes]:
    return [data[start : start + PIECE] for start in range(0, len(data), PIECE)]
