"""Related records: those of the same campaign, contest or twintern first, then the nearest by date within each tag.

Linear: each group and each tag keeps its records in order, and a record looks at most eight steps to each side of its
own place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from twinsite.core.site import Entry, Key
from twinsite.kinds import KINDS
from twinsite.plan.library import Library
from twinsite.plan.views import make_card

REACH = 8
"""How far to each side of a record's own date its neighbours are looked for, in each group and tag."""
SHOWN = 6
"""How many related records a page shows."""
BINDING = ("campaign", "contest", "twintern")
NEVER = date(1, 1, 1)

Order = tuple[date, str, str]


class Neighbours:
    """For each record the ones near it: by shared references, by tags, and the previous and next of its own kind."""

    def __init__(self, library: Library) -> None:
        self._library = library
        shown = [entry for kind in KINDS for entry in library.site.published.get(kind.name, ()) if kind.name != "page"]
        self._groups = _gather(shown, _bonds)
        self._tags = _gather(shown, lambda entry: entry.tags)
        self._dated = _gather([entry for entry in shown if entry.day], lambda entry: (entry.kind,))
        self._chapters = _find_chapters(library)

    def of(self, entry: Entry) -> dict[str, Any]:
        """``related``: cards, the closest first; ``prev`` and ``next``: the dated neighbours of its kind, of a
        page those in its folder, as links.
        """
        before, after = self._beside(entry)
        return {
            "related": [make_card(self._library, other) for other in self._related(entry)],
            "prev": {"title": before.title, "url": before.url} if before else None,
            "next": {"title": after.title, "url": after.url} if after else None,
        }

    def _related(self, entry: Entry) -> list[Entry]:
        scores: dict[tuple[str, str], tuple[int, int, Order, Entry]] = {}
        for weight, groups, names in (
            (100, self._groups, _bonds(entry)),
            (1, self._tags, entry.tags),
        ):
            for name in names:
                for other in _near(groups.get(name, ()), entry):
                    if other.key == entry.key:
                        continue
                    score = weight + (scores[other.key][0] if other.key in scores else 0)
                    scores[other.key] = (score, _distance(entry, other), _order(other), other)
        best = sorted(scores.values(), key=lambda item: (-item[0], item[1], item[2][1:], item[2][0]))
        return [item[3] for item in best[:SHOWN]]

    def _beside(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        if entry.kind == "page":
            return self._chapters.get(entry.key, (None, None))
        ranked = self._dated.get(entry.kind, ())
        if not entry.day or not ranked:
            return None, None
        place = bisect_left(ranked, _order(entry), key=_order)
        before = ranked[place - 1] if place > 0 else None
        after = ranked[place + 1] if place + 1 < len(ranked) else None
        return before, after


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


def _gather(entries: Iterable[Entry], names: Any) -> Mapping[str, Sequence[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in names(entry):
            groups[name].append(entry)
    return {name: sorted(group, key=_order) for name, group in groups.items()}


def _order(entry: Entry) -> Order:
    return (entry.day or NEVER, entry.kind, entry.slug)


def _near(ranked: Sequence[Entry], entry: Entry) -> Sequence[Entry]:
    """At most eight records on each side of this record's place."""
    place = bisect_left(ranked, _order(entry), key=_order)
    return ranked[max(0, place - REACH) : place + REACH + 1]


def _distance(one: Entry, other: Entry) -> int:
    """Days between two records."""
    return abs(((one.day or NEVER) - (other.day or NEVER)).days)
