"""Ranks: what order the seed gives to the leaves.

The key is made of the whole commitment and the seed, the ticket of each leaf of the key and the leaf; the smallest
ticket is drawn first. As SHA-256 has no structure that anybody knows of, every order is as likely as any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest


def make_key(commitment: bytes, seed: str) -> bytes:
    """The key of a draw: SHA-256 of a byte 2, the SHA-256 of the commitment's canonical JSON, and the seed in UTF-8."""
    return sha256(b"\x02" + sha256(commitment).digest() + seed.encode()).digest()


def make_ticket(key: bytes, leaf: bytes) -> bytes:
    """What decides over a leaf's rank: SHA-256 of a byte 3, the key and the leaf."""
    return sha256(b"\x03" + key + leaf).digest()


def draw_first(key: bytes, leaves: Iterable[bytes], count: int) -> list[tuple[bytes, bytes]]:
    """The first ``count`` leaves by rank, each after its ticket. Keeps no more than these."""
    prefix = sha256(b"\x03" + key)

    def take(leaf: bytes) -> tuple[bytes, bytes]:
        hasher = prefix.copy()
        hasher.update(leaf)
        return hasher.digest(), leaf

    return nsmallest(count, map(take, leaves))
