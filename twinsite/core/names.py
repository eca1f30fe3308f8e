"""The nearest right name to a mistyped one. Takes and gives text; knows nothing of what the names stand for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_ENOUGH = 0.6


def _likeness(word: str, name: str) -> float:
    """How alike two names are, from 0 to 1, without regard to case and to ``-``, ``_`` and spaces."""
    plain = str.maketrans("-_ ", "   ")
    left, right = word.casefold().translate(plain), name.casefold().translate(plain)
    if left == right:
        return 1.0
    if len(left) > 2 and (right.startswith(left) or left.startswith(right)) and right:
        return max(0.8, SequenceMatcher(None, left, right).ratio())
    return SequenceMatcher(None, left, right).ratio()


def nearest_name(word: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``word`` was probably meant to be, or ``None`` if none is near.

    Equal likeness is settled by the alphabet, so that the answer never depends on the order of ``names``. Words over
    100 characters have no neighbour: comparing them would cost more than the hint is worth.
    """
    if not word or len(word) > 100:
        return None
    best = min(((-_likeness(word, name), name) for name in names), default=None)
    return best[1] if best is not None and -best[0] >= _ENOUGH else None
