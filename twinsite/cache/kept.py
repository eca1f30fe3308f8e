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
    pieces = _cut(data)
    names = [digest_bytes(piece) for piece in pieces]
    known = cache.get_many(names)
    for name, piece in zip(names, pieces, strict=True):
        if name not in known:
            cache.put(name, piece)
    cache.put(key, "\n".join(names).encode())


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
