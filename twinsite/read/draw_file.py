"""What the files of a draw say: the text of a statement, the root of a list of leaves.

Takes a file beside a record; gives a short text, empty for any other file. A list of a million leaves takes a second,
so what was found is kept in the cache.
"""

from __future__ import annotations

from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_value
from twinsite.draw.leaves import are_sorted
from twinsite.draw.names import ENDINGS
from twinsite.draw.tree import cut_leaves, find_root

STATEMENTS = (ENDINGS["commitment"], ENDINGS["receipt"])
LARGEST_STATEMENT = 16 << 20
"""Bytes of the largest statement that is believed to be one."""


def read_facts(path: Path, size: int, digest: str, cache: Cache | None, salt: str) -> str:
    """What a file of a draw says: of a statement its text, of leaves ``<root> <count>``. Empty for what is neither.

    Raises ``OSError``.
    """
    if path.name.endswith(STATEMENTS):
        return _read_text(path) if size <= LARGEST_STATEMENT else ""
    key = digest_value(["leaves", salt, digest])
    kept = cache.get(key) if cache else None
    if kept is not None:
        return kept.decode()
    facts = _read_leaves(path.read_bytes())
    if cache:
        cache.put(key, facts.encode())
    return facts


def _read_text(path: Path) -> str:
    """The text of a file. Bytes that are no text are told by whoever wants to understand it."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return ""


def _read_leaves(data: bytes) -> str:
    if not data or not are_sorted(data):
        return ""
    root, count = find_root(cut_leaves(data))
    return f"{root.hex()} {count}"
