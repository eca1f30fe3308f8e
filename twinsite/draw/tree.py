"""Merkle trees over leaf hashes, as RFC 6962 (2.1) has them: root, paths of inclusion, and the check of a path.

Takes the leaf hashes (32 bytes each) in their order; gives 32 bytes. A stack of at most log n nodes is all that it
keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

SIZE = 32
"""Bytes of a hash."""


def join_nodes(left: bytes, right: bytes) -> bytes:
    """The node above two others."""
    return sha256(b"\x01" + left + right).digest()


def find_root(leaves: Iterable[bytes]) -> tuple[bytes, int]:
    """The root of the tree and how many leaves it has; of no leaves, the hash of nothing."""
    stack: list[bytes] = []
    count = 0
    for node in leaves:
        count += 1
        rest = count
        while rest % 2 == 0:
            node = join_nodes(stack.pop(), node)
            rest //= 2
        stack.append(node)
    return (_join_rest(stack) if stack else sha256(b"").digest()), count


def _join_rest(stack: list[bytes]) -> bytes:
    node = stack.pop()
    while stack:
        node = join_nodes(stack.pop(), node)
    return node


def cut_leaves(data: bytes | bytearray | memoryview, start: int = 0, end: int | None = None) -> Iterable[bytes]:
    """The leaf hashes from ``start`` to ``end`` (numbers of leaves) of those that stand one after another."""
    last = len(data) // SIZE if end is None else end
    return (bytes(data[place : place + SIZE]) for place in range(start * SIZE, last * SIZE, SIZE))


def find_paths(data: bytes, wanted: Sequence[int]) -> dict[int, list[bytes]]:
    """For each wanted leaf (numbers from 0) the hashes that lead from it to the root, the lowest first."""
    paths: dict[int, list[bytes]] = {index: [] for index in wanted}
    _climb(data, 0, len(data) // SIZE, sorted(paths), paths)
    return paths


def _climb(data: bytes, start: int, end: int, wanted: Sequence[int], paths: dict[int, list[bytes]]) -> bytes:
    """The root of some leaves, each of which gets the hash beside it in ``paths``. Deep as the tree is high."""
    if not wanted or end - start == 1:
        return find_root(cut_leaves(data, start, end))[0]
    middle = start + split_size(end - start)
    lower = [index for index in wanted if index < middle]
    upper = [index for index in wanted if index >= middle]
    left = _climb(data, start, middle, lower, paths)
    right = _climb(data, middle, end, upper, paths)
    for index in lower:
        paths[index].append(right)
    for index in upper:
        paths[index].append(left)
    return join_nodes(left, right)


def split_size(count: int) -> int:
    """How many of some leaves (two or more) are in the left half: the largest power of two below their number."""
    return 1 << ((count - 1).bit_length() - 1)


def follow_path(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path leads from a leaf, or ``None`` where it is too long or too short for its place."""
    if not 0 <= index < count:
        return None
    sides = []
    while count > 1:
        half = split_size(count)
        sides.append(index < half)
        index, count = (index, half) if index < half else (index - half, count - half)
    if len(sides) != len(path):
        return None
    node = leaf
    for other, is_left in zip(path, reversed(sides), strict=True):
        node = join_nodes(node, other) if is_left else join_nodes(other, node)
    return node
