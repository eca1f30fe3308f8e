"""Related records: what is shared counts first, then the nearest by date, found without looking at all records."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from twinsite.core.later import Later
from twinsite.core.site import Entry
from twinsite.plan import related
from twinsite.plan.related import BOND, REACH, SHOWN, Neighbours

FIRST = date(2026, 1, 1)
KINDS = ("contest", "twintern", "showcase", "product", "page")
entries = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.one_of(st.none(), st.integers(0, 12)),
        st.sets(st.sampled_from("abc"), max_size=3),
        st.sets(st.sampled_from([("contest", "r0"), ("twintern", "r1"), ("product", "r2")]), max_size=2),
    ),
    max_size=50,
)


def make_entry(number: int, kind: str, day: int | None, tags: set[str], references: set[tuple[str, str]]) -> Entry:
    slug = f"r{number}"
    return Entry(
        kind, slug, f"/{slug}/", slug, f"{slug}.md", "", slug, "UTC", source=Later.of(()),  # type: ignore[arg-type]
        day=None if day is None else FIRST + timedelta(days=day), tags=tuple(sorted(tags)),
        references=tuple(sorted(references)),
    )  # fmt: skip


def make_neighbours(everything: list[Entry]) -> Neighbours:
    published: dict[str, list[Entry]] = {}
    for entry in everything:
        published.setdefault(entry.kind, []).append(entry)
    library: Any = SimpleNamespace(site=SimpleNamespace(published=published, lists={}))
    return Neighbours(library)


def place(entry: Entry) -> tuple[date, str, str]:
    return (entry.day or related.NEVER, entry.kind, entry.slug)


def bonds(entry: Entry) -> set[str]:
    named = {f"{kind} {slug}" for kind, slug in entry.references if kind in related.BINDING}
    return named | ({f"{entry.kind} {entry.slug}"} if entry.kind in related.BINDING else set())


def find_slowly(everything: list[Entry], entry: Entry) -> list[str]:
    """The same by looking at all records for each: of each group, eight on each side of the record's own place."""
    scores: dict[str, int] = {}
    for weight, of in ((BOND, bonds), (1, lambda other: set(other.tags))):
        for name in of(entry):
            group = sorted((other for other in everything if other.kind != "page" and name in of(other)), key=place)
            before = [other for other in group if place(other) < place(entry)][-REACH:]
            after = [other for other in group if place(other) > place(entry)]
            after = after[: REACH if entry in group else REACH + 1]
            for other in (*before, *after):
                scores[other.slug] = scores.get(other.slug, 0) + weight
    by_slug = {other.slug: other for other in everything}

    def rank(slug: str) -> tuple[Any, ...]:
        other = by_slug[slug]
        days = abs(((other.day or related.NEVER) - (entry.day or related.NEVER)).days)
        return (-scores[slug], days, other.kind, other.slug)

    return sorted(scores, key=rank)[:SHOWN]


@given(entries)
def test_the_quick_way_finds_what_the_slow_one_finds(rows: list[Any]) -> None:
    everything = [make_entry(number, *row) for number, row in enumerate(rows)]
    neighbours = make_neighbours(everything)
    for entry in everything:
        assert [other.slug for other in neighbours.find_related(entry)] == find_slowly(everything, entry)


def test_a_record_looks_at_few_others_whatever_their_number() -> None:
    """The work for one record is bounded: eight to each side in each of its groups."""
    everything = [make_entry(number, "showcase", number, {"a"}, set()) for number in range(1000)]
    found = make_neighbours(everything).find_related(everything[500])
    assert {other.slug for other in found} == {f"r{number}" for number in (497, 498, 499, 501, 502, 503)}
