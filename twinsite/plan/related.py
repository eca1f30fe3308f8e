"""Related records: those of the same campaign, contest or twintern first, then the nearest by date within each tag.

Linear: all records are put in order of date once, and a record looks at most eight steps to each side of its own place
in each of its groups and tags.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date
from itertools import chain

from msgspec import Raw

from twinsite.core.later import Later
from twinsite.core.site import Entry, Key
from twinsite.kinds import KINDS
from twinsite.plan.library import Library
from twinsite.plan.views import make_card

REACH = 8
"""How far to each side of a record's own date its neighbours are looked for, in each group and tag."""
SHOWN = 6
"""How many related records a page shows."""
BINDING = ("campaign", "contest", "twintern")
BOND = 100
"""What one shared campaign, contest or twintern weighs; a shared tag weighs 1."""
NEVER = date(1, 1, 1)
ONE_DAY, ONE_POINT = 2**30, 2**54
"""What a day of distance and a point weigh against places in the order of names."""


class Neighbours:
    """For each record the ones near it: by shared references, by tags, and the previous and next of its own kind.

    Each record of a kind that is related to others has a number: its place among them in order of date, kind and slug.
    """

    def __init__(self, library: Library) -> None:
        published = library.site.published
        shown = [entry for kind in KINDS if kind.related for entry in published.get(kind.name, ())]
        self._ranked = sorted(shown, key=_order)
        self._numbers = {entry.path: number for number, entry in enumerate(self._ranked)}
        self._kinds = _gather(self._ranked, lambda entry: (entry.kind,) if entry.day else ())
        self._bands = Later(lambda: _Bands(self._ranked))
        self._chapters = _find_chapters(library)

    def exchange(self, library: Library, entry: Entry) -> Neighbours:
        """The same with this record in place of the one of the same file, which says the same openly but for its title;
        in a ``library`` that has it.
        """
        other = copy(self)
        number = self._numbers.get(entry.path)
        if number is not None:
            other._ranked = [*self._ranked[:number], entry, *self._ranked[number + 1 :]]
        if entry.kind == "page":
            other._chapters = _find_chapters(library)
        return other

    def make_cards(self, library: Library, entry: Entry) -> list[Raw]:
        """The cards of related records, the closest first. The files that they name are noted in ``library``."""
        return [make_card(library, other) for other in self.find_related(entry)]

    def link_beside(self, entry: Entry) -> dict[str, dict[str, str] | None]:
        """``prev`` and ``next``: the dated neighbours of its kind, of a page those in its folder, as links."""
        before, after = self._beside(entry)
        return {
            "prev": {"title": before.title, "url": before.url} if before else None,
            "next": {"title": after.title, "url": after.url} if after else None,
        }

    def find_related(self, entry: Entry) -> list[Entry]:
        """The records to show beside one: those that share most with it, of these the nearest by date, then by kind
        and slug.
        """
        own = self._numbers.get(entry.path, -1)
        place = own if own >= 0 else bisect_left(self._ranked, _order(entry), key=_order)
        bands = self._bands.get()
        groups = [bands.tags.get(tag, ()) for tag in entry.tags]
        scores = Counter(chain.from_iterable([_near(group, place) for group in groups]))
        for bond in _bonds(entry):
            for number in _near(bands.bonds.get(bond, ()), place):
                scores[number] += BOND
        del scores[own]
        day, days, names = (entry.day or NEVER).toordinal(), bands.days, bands.names
        # One whole number for each, so that sorting compares nothing else: score, then distance, then name.
        keys = [abs(days[n] - day) * ONE_DAY + names[n] - score * ONE_POINT for n, score in scores.items()]
        keys.sort()
        return [self._ranked[bands.by_name[key % ONE_DAY]] for key in keys[:SHOWN]]

    def _beside(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        if entry.kind == "page":
            return self._chapters.get(entry.key, (None, None))
        if not entry.day or entry.path not in self._numbers:
            return None, None
        ranked = self._kinds[entry.kind]
        place = bisect_left(ranked, self._numbers[entry.path])
        before = self._ranked[ranked[place - 1]] if place > 0 else None
        after = self._ranked[ranked[place + 1]] if place + 1 < len(ranked) else None
        return before, after


class _Bands:
    """What records share, of all in order: for each name of a tag or of a bond the numbers of those that have it; the
    ``days`` of all, and their places in the order of ``names``. A theme that shows no related records never asks.
    """

    def __init__(self, ranked: Sequence[Entry]) -> None:
        # Arrays, because what lies side by side in memory is found much faster among many thousands.
        self.days = array("q", [(entry.day or NEVER).toordinal() for entry in ranked])
        self.bonds = _gather(ranked, _bonds)
        self.tags = _gather(ranked, lambda entry: entry.tags)
        self.by_name = sorted(range(len(ranked)), key=lambda number: (*ranked[number].key, number))
        self.names = array("q", bytes(8 * len(ranked)))
        for place, number in enumerate(self.by_name):
            self.names[number] = place


def _find_chapters(library: Library) -> dict[Key, tuple[Entry | None, Entry | None]]:
    """Before and after each page of a folder that has a list, in the order of that list."""
    folders: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.site.published.get("page", ()):
        folder = entry.slug.rpartition("/")[0]
        if folder and f"pages/{folder}" in library.site.lists:
            folders[folder].append(entry)
    found: dict[Key, tuple[Entry | None, Entry | None]] = {}
    for pages in folders.values():
        around = [None, *pages, None]
        found |= {page.key: (around[place], around[place + 2]) for place, page in enumerate(pages)}
    return found


def _bonds(entry: Entry) -> tuple[str, ...]:
    """The campaigns, contests and twinterns a record belongs to, itself included where it is one."""
    own = [f"{entry.kind} {entry.slug}"] if entry.kind in BINDING else []
    named = [f"{kind} {slug}" for kind, slug in entry.references if kind in BINDING]
    return tuple(dict.fromkeys(own + named))


def _gather(ranked: Sequence[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, array[int]]:
    """The numbers of the records that carry each name, ascending."""
    groups: dict[str, array[int]] = defaultdict(lambda: array("q"))
    for number, entry in enumerate(ranked):
        for name in names(entry):
            groups[name].append(number)
    return dict(groups)


def _order(entry: Entry) -> tuple[date, str, str]:
    return (entry.day or NEVER, entry.kind, entry.slug)


def _near(group: Sequence[int], number: int) -> Sequence[int]:
    """At most eight records on each side of this record's place in a group."""
    if len(group) <= REACH:
        return group
    place = bisect_left(group, number)
    return group[max(0, place - REACH) : place + REACH + 1]
