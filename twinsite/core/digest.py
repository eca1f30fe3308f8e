"""Digests of bytes and of plain values: the keys of everything that is cached."""

from __future__ import annotations

from typing import Any

import msgspec

try:
    # What hashlib gives, without OpenSSL, which to load takes a twentieth of a build in which nothing changed.
    from _blake2 import blake2b
except ImportError:  # not every Python has its own
    from hashlib import blake2b


def open_digest() -> blake2b:
    """An empty digest, to be made bit by bit: 128 bits of BLAKE2b."""
    return blake2b(digest_size=16)


def digest_raw(data: bytes) -> bytes:
    """The digest of some bytes: 128 bits of BLAKE2b."""
    return blake2b(data, digest_size=16).digest()


def digest_bytes(data: bytes) -> str:
    """The same as 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def encode_canonical(value: Any) -> bytes:
    """The one JSON text of a plain value: keys sorted, no spaces, UTF-8. Sets and other unordered values are
    refused.
    """
    return msgspec.json.encode(value, order="sorted")


def digest_value(value: Any) -> str:
    """The digest of a plain value (see ``encode_canonical``)."""
    return digest_bytes(encode_canonical(value))


def encode_view(view: dict[str, Any]) -> bytes:
    """A view as JSON, its keys in the order in which templates meet them."""
    return msgspec.json.encode(view)


def decode_view(data: bytes) -> dict[str, Any]:
    """The view of ``encode_view``: equal to the one it was, in plain dicts and lists."""
    view: dict[str, Any] = msgspec.json.decode(data)
    return view
