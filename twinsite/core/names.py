"""The nearest right name to a mistyped one. Takes and gives text; knows nothing of what the names stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_ENOUGH = 0.6
_ENOUGH_SHORT = 0.75
_LONGEST = 100
_MANY = 200
"""From this many names on, only those that share rare triples of letters with the word are compared with it."""
_VISITED = 3000
_COMPARED = 40


def _fold(name: str) -> str:
    """A name without regard to letter case and to ``-``, ``_`` and spaces."""
    return name.casefold().replace("-", " ").replace("_", " ")


def nearest_name(word: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that ``word`` was probably meant to be, or ``None`` if none is near.

    Equal likeness is settled by the alphabet, so that the answer never depends on the order of ``names``. Words over
    100 characters have no neighbour: comparing them would cost more than the hint is worth. Who asks many times for
    names among thousands gives them as one frozen set: it is indexed once.
    """
    if not word or len(word) > _LONGEST:
        return None
    return _find_nearest(word, names if isinstance(names, frozenset) else frozenset(names))


@lru_cache(maxsize=2048)
def _find_nearest(word: str, names: frozenset[str]) -> str | None:
    from difflib import SequenceMatcher  # imported where something is wrong, which is seldom

    left = _fold(word)
    matcher = SequenceMatcher(None, "", left, autojunk=False)
    best, nearest = (_ENOUGH_SHORT if len(left) <= 3 else _ENOUGH), None
    for name in sorted(names if len(names) < _MANY else _find_candidates(left, names)):
        likeness = _likeness(left, _fold(name), matcher, best) if len(name) <= _LONGEST else 0.0
        if likeness > best or (likeness == best and nearest is None):
            best, nearest = likeness, name
    return nearest


def _find_candidates(left: str, names: frozenset[str]) -> list[str]:
    """The names that share most triples of letters with a folded word, the rarest triples counted first."""
    index = _index_triples(names)
    found: Counter[str] = Counter()
    visited = 0
    for holders in sorted((index.get(triple, ()) for triple in _triples(left)), key=len):
        visited += len(holders)
        if found and visited > _VISITED:
            break
        found.update(holders)
    return sorted(found, key=lambda name: (-found[name], name))[:_COMPARED]


@lru_cache(maxsize=8)
def _index_triples(names: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """The names that hold each triple of letters."""
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for triple in _triples(_fold(name)):
            index[triple].append(name)
    return {triple: tuple(holders) for triple, holders in index.items()}


def _triples(text: str) -> list[str]:
    padded = f"  {text} "
    return sorted({padded[start : start + 3] for start in range(len(padded) - 2)})


def nearest_path(path: str, paths: Iterable[str]) -> str | None:
    """The one of ``paths`` (with ``/``) that ``path`` was probably meant to be, or ``None`` if none is near.

    Files of the same name come first, whatever their folder and ending; then names that are alike. Folders and endings
    are left out of the comparison, because they make all names alike; they count only among files of one name.
    """
    by_stem = _index_stems(paths if isinstance(paths, frozenset) else frozenset(paths))
    near = nearest_name(_fold(_stem(path)), by_stem.names)
    if near is None:
        return None
    folder = path.rpartition("/")[0]
    known = by_stem.paths[near]
    beside = [one for one in known if one.startswith(f"{folder}/")] or known
    name = nearest_name(path.rpartition("/")[2], [one.rpartition("/")[2] for one in beside])
    return next((one for one in beside if one.rpartition("/")[2] == name), beside[0])


class _Stems(Struct, frozen=True):
    """Paths by their folded stems, each group sorted."""

    paths: Mapping[str, tuple[str, ...]]
    names: frozenset[str]


@lru_cache(maxsize=8)
def _index_stems(paths: frozenset[str]) -> _Stems:
    index: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        index[_fold(_stem(path))].append(path)
    return _Stems({stem: tuple(group) for stem, group in index.items()}, frozenset(index))


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
