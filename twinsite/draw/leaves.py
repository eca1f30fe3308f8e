"""The leaves of a draw: the salted hash of each code, all of them in ascending order.

In order of their bytes, so that neither the root nor the ranks depend on the order of the entries. A million leaves
take 32 MB; they are sorted in 256 parts, so that there is never more than one part as single values.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256

from twinsite.draw.tree import SIZE, cut_leaves


def hash_code(salt: bytes, code: str) -> bytes:
    """The leaf of a code: SHA-256 of a zero byte, the salt, and the code in UTF-8."""
    return sha256(b"\x00" + salt + code.encode()).digest()


def sort_leaves(leaves: Iterable[bytes]) -> bytes:
    """The leaves one after another in ascending order, equal ones as often as they come."""
    parts = [bytearray() for _ in range(256)]
    for leaf in leaves:
        parts[leaf[0]] += leaf
    joined = bytearray()
    for number, part in enumerate(parts):
        parts[number] = bytearray()
        joined += b"".join(sorted(cut_leaves(part)))
    return bytes(joined)


def find_equal(data: bytes) -> set[bytes]:
    """The leaves that come more than once among sorted ones."""
    found = set()
    before = b""
    for leaf in cut_leaves(data):
        if leaf == before:
            found.add(leaf)
        before = leaf
    return found


def are_sorted(data: bytes) -> bool:
    """Whether these are whole leaves in ascending order, each once."""
    before = b""
    for leaf in cut_leaves(data):
        if leaf <= before:
            return False
        before = leaf
    return len(data) % SIZE == 0


class Sorted:
    """Sorted leaves as a sequence to search in."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // SIZE

    def __getitem__(self, index: int) -> bytes:
        return self._data[index * SIZE : (index + 1) * SIZE]

    def find(self, leaf: bytes) -> int | None:
        """The number of a leaf (from 0), or ``None`` where it is not among them."""
        place = bisect_left(self, leaf)
        return place if place < len(self) and self[place] == leaf else None
