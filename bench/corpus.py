"""The corpus: contests (20 %), twinterns (30 %) and showcases (50 %), the same for the same number and seed.

Gives frozen ``Entry`` values that know nothing of any generator; ``sites`` writes them in each generator's own layout.
Every date lies so that nothing is withheld and nothing changes after ``NOW``. Words of tags are dealt in twenties, so
that every list fills its pages where the number of records is a multiple of 100.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import Any, Final

from bench import words
from bench.body import Link, write_body
from bench.fields import make_contest, make_showcase, make_twintern

NOW: Final = "2026-11-22T00:00:00Z"
"""The instant at which every site is built that is built at an instant."""
PAGE_SIZE: Final = 20
FEED_SIZE: Final = 20
FOLDERS: Final = MappingProxyType({"contest": "contests", "twintern": "twinterns", "showcase": "showcases"})
_LAST: Final = date(2026, 10, 31)
_ALONE: Final = 2 * FEED_SIZE
"""So many of the newest records have a day of their own: the feed's twenty are the same by any tie break."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: ``fields`` in Twinsite's words, without those named here; ``rank`` counts from 1 in list order."""

    kind: str
    slug: str
    title: str
    summary: str
    day: date
    tags: tuple[str, ...]
    fields: dict[str, Any]
    body: str
    rank: int = 0

    @property
    def folder(self) -> str:
        """The folder and section of its kind."""
        return FOLDERS[self.kind]

    @property
    def url(self) -> str:
        """Its address from the site's root."""
        return f"/{self.folder}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Stub:
    """What other records may say of one before its fields and body exist."""

    kind: str
    slug: str
    title: str
    day: date
    tags: tuple[str, ...]

    @property
    def link(self) -> Link:
        """The words and the address of a link to it."""
        return self.title, f"/{FOLDERS[self.kind]}/{self.slug}/"


def make_corpus(number: int, seed: int = 1) -> tuple[Entry, ...]:
    """``number`` records in list order: contests, twinterns, showcases. Fewer than ten is a ``ValueError``."""
    if number < 10:
        raise ValueError("a corpus has ten records or more")
    random = Random(f"{seed} {number}")
    stubs = _make_stubs(random, number)
    contests = [stub for stub in stubs if stub.kind == "contest"]
    twinterns = [stub for stub in stubs if stub.kind == "twintern"]
    entries = [_make_entry(stub, seed, contests, twinterns) for stub in stubs]
    return tuple(replace(entry, rank=rank) for rank, entry in enumerate(sorted(entries, key=list_order), 1))


def list_order(entry: Entry) -> tuple[Any, ...]:
    """Where an entry stands in lists: contests by their end, twinterns by name, showcases from the newest."""
    place = list(FOLDERS).index(entry.kind)
    first = {"contest": entry.fields.get("closes"), "showcase": -entry.day.toordinal()}.get(entry.kind, "")
    return (place, first, entry.title.casefold(), entry.slug)


def _make_stubs(random: Random, number: int) -> list[Stub]:
    kinds = ["contest"] * (number // 5) + ["twintern"] * (number * 3 // 10)
    kinds += ["showcase"] * (number - len(kinds))
    random.shuffle(kinds)
    days = _deal_days(random, number)
    tags = zip(*(_deal_words(random, column, number) for column in _columns()), strict=True)
    stubs = []
    for index, (kind, day, own) in enumerate(zip(kinds, days, tags, strict=True)):
        title = _make_title(random, kind)
        slug = f"{re.sub(r'[^a-z0-9]+', '-', title.casefold().replace('’', '')).strip('-')[:60].strip('-')}-{index}"
        stubs.append(Stub(kind, slug, title, day, tuple(sorted(own, key=str.casefold))))
    return stubs


def _columns() -> tuple[Sequence[str], ...]:
    return words.TOPICS, words.TOWNS, words.MOODS


def _deal_words(random: Random, column: Sequence[str], number: int) -> list[str]:
    """A word for each record: common words and rare ones, each for a multiple of ``PAGE_SIZE`` records but the last."""
    weights = [1 / (place + 2) for place in range(len(column))]
    blocks = random.choices(column, weights, k=number // PAGE_SIZE)
    dealt = [word for word in blocks for _ in range(PAGE_SIZE)]
    dealt += [column[0]] * (number - len(dealt))
    random.shuffle(dealt)
    return dealt


def _deal_days(random: Random, number: int) -> list[date]:
    """A day for each record: the newest forty have one each, the others lie within the three years before."""
    alone = [_LAST - timedelta(days=back) for back in range(min(_ALONE, number))]
    before = _LAST - timedelta(days=_ALONE)
    days = alone + [before - timedelta(days=random.randint(0, 1050)) for _ in range(number - len(alone))]
    random.shuffle(days)
    return days


def _make_title(random: Random, kind: str) -> str:
    if kind == "twintern":
        return words.person(random)
    pattern = {
        "contest": "{Idea} from {place}, {year}",
        "showcase": "{Number} {unit} and {idea} from {town}",
    }[kind]
    return words.fill(random, pattern.replace("{year}", str(random.randint(2024, 2026))))


def _make_entry(stub: Stub, seed: int, contests: Sequence[Stub], twinterns: Sequence[Stub]) -> Entry:
    """The whole record; its random numbers are its own, so that records may be made in any order."""
    random = Random(f"{seed} {stub.slug}")
    people = random.sample(twinterns, min(3, len(twinterns)))
    others = random.sample(contests, min(2, len(contests)))
    if stub.kind == "contest":
        fields = make_contest(random, stub.day, [person.slug for person in people[:2]])
    elif stub.kind == "twintern":
        fields = make_twintern(random, stub.slug, stub.day)
    else:
        contest, person = others[0].slug if others else None, people[0].slug if people else None
        fields = make_showcase(random, stub.day, contest, person)
    links = [other.link for other in (*people[1:], *others[1:]) if other.slug != stub.slug]
    return Entry(
        kind=stub.kind,
        slug=stub.slug,
        title=stub.title,
        summary=words.sentence(random),
        day=stub.day,
        tags=stub.tags,
        fields=fields,
        body=write_body(random, links),
    )
