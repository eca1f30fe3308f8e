"""What one record brings to the site by itself: its entry, its problems, all that it names and its terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_origin

import pytest

from tests.support.records import make_record
from twinsite.core.held import Held
from twinsite.core.later import Later
from twinsite.core.site import Entry, Term
from twinsite.kinds import KINDS, kind_named
from twinsite.link.addresses import make_url
from twinsite.link.terms import FIELDS, keep_shown, list_terms

SAMPLES = Path(__file__).parents[1] / "samples"


def walk(value: Any, names: tuple[Any, ...], place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, names, (*place, index))
    elif names:
        yield from walk(getattr(value, names[0], None), names[1:], (*place, names[0]))
    elif isinstance(value, str):
        yield place, value


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_terms_are_found_at_their_places(kind: Any) -> None:
    record = make_record(kind, (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8"))
    slowly = [(taxonomy, place, word) for taxonomy, field in FIELDS for place, word in walk(record, field, ())]
    assert list(list_terms(record)) == slowly


def test_the_samples_carry_terms_of_nearly_every_field() -> None:
    fields = {("audience", "audience")}
    for kind in KINDS:
        record = make_record(kind, (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8"))
        terms = list_terms(record)
        fields |= {(taxonomy, *(step for step in place if isinstance(step, str))) for taxonomy, place, _ in terms}
    assert fields == {(taxonomy, *field) for taxonomy, field in FIELDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_fields_of_terms_with_one_name_are_lists_of_words(kind: Any) -> None:
    for _, field in FIELDS:
        info = kind.model.model_fields.get(field[0])
        if info is not None and len(field) == 1:
            assert get_origin(info.annotation) is tuple


@pytest.mark.parametrize("slug", ["one", "guide/one", "spring-2026"])
@pytest.mark.parametrize("kind", ["contest", "page"])
def test_the_usual_address_is_that_of_its_pattern(kind: str, slug: str) -> None:
    pattern = "/{slug}/" if kind == "page" else f"/{kind}s/{{slug}}/"
    day = date(2026, 6, 1)
    assert make_url(kind_named(kind), slug, day, {}) == make_url(kind_named(kind), slug, day, {kind: pattern})


def test_an_address_of_a_day_is_made_of_its_pattern() -> None:
    contest = kind_named("contest")
    assert make_url(contest, "one", date(2026, 6, 1), {"contest": "/{year}/{month}/{slug}"}) == "/2026/06/one/"
    assert make_url(contest, "one", None, {"contest": "/{year}/{month}/{slug}"}) == "/undated/one/"


def make_entry(slug: str, held: Held | None = None) -> Entry:
    source: Later[Any] = Later.of(())
    return Entry("contest", slug, f"/{slug}/", slug, f"{slug}.md", "", slug, "UTC", source=source, held=held)


def test_terms_without_a_shown_record_are_left_out() -> None:
    shown, away = make_entry("a"), make_entry("b", Held("scheduled", datetime(2027, 1, 1, tzinfo=UTC), True))
    taxonomies = {
        "tags": (Term("both", "Both", (shown, away)), Term("away", "Away", (away,))),
        "regions": (Term("uk", "UK", (away,)),),
    }
    assert keep_shown(taxonomies) == {"tags": (Term("both", "Both", (shown,)),)}
