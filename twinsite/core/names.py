"""The nearest right name to a mistyped one. Takes and gives text; knows nothing of what the names stand for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_ENOUGH = 0.6
_ENOUGH_SHORT = 0.75
_LONGEST = 100


def _fold(name: str) -> str:
    """A name without regard to letter case and to ``-``, ``_`` and spaces."""
    return name.casefold().replace("-", " ").replace("_", " ")


def nearest_name(word: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``word`` was probably meant to be, or ``None`` if none is near.

    Equal likeness is settled by the alphabet, so that the answer never depends on the order of ``names``. Words over
    100 characters have no neighbour: comparing them would cost more than the hint is worth.
    """
    if not word or len(word) > _LONGEST:
        return None
    left = _fold(word)
    matcher = SequenceMatcher(None, "", left, autojunk=False)
    best, nearest = (_ENOUGH_SHORT if len(left) <= 3 else _ENOUGH), None
    for name in sorted(set(names)):
        likeness = _likeness(left, _fold(name), matcher, best) if len(name) <= _LONGEST else 0.0
        if likeness > best or (likeness == best and nearest is None):
            best, nearest = likeness, name
    return nearest


def nearest_path(path: str, paths: Iterable[str]) -> str | None:
    """The one of ``paths`` (with ``/``) that ``path`` was probably meant to be, or ``None`` if none is near.

    Files of the same name come first, whatever their folder and ending; then names that are alike. Folders and endings
    are left out of the comparison, because they make all names alike.
    """
    folder = path.rpartition("/")[0]
    stems: dict[str, str] = {}
    for known in sorted(set(paths), key=lambda known: (not known.startswith(f"{folder}/"), known)):
        stems.setdefault(_fold(_stem(known)), known)
    near = nearest_name(_fold(_stem(path)), stems)
    return stems[near] if near is not None else None


def _stem(path: str) -> str:
    """The name of a file without folder and ending; of ``spring/index.md`` that of the folder."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0] or name
    return folder.rpartition("/")[2] if stem == "index" and folder else stem


def _likeness(left: str, right: str, matcher: SequenceMatcher[str], least: float) -> float:
    """How alike two folded names are, from 0 to 1; 0 without much work where it would be below ``least``."""
    if left == right:
        return 1.0
    floor = 0.0
    if len(left) > 2 and len(right) > 2:
        if sorted(left) == sorted(right):
            floor = 0.9  # the same letters in another order: a slip of the fingers
        elif left.startswith(right) or right.startswith(left):
            floor = 0.8
    matcher.set_seq1(right)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return floor
    return max(floor, matcher.ratio())
