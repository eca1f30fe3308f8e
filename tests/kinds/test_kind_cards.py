"""What kinds compute for cards: a part of what they compute for pages, made of the record alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.records import make_record
from twinsite.kinds import INTERNAL, KINDS
from twinsite.kinds.contest.states import find_next_change, list_changes
from twinsite.kinds.kind import Facts, no_values
from twinsite.kinds.twintern.rates import rate_in_percent

SAMPLES = Path(__file__).parents[1] / "samples"
ZONE = ZoneInfo("Europe/London")
MOMENTS = [datetime(2026, month, 5, 12, 0, tzinfo=ZONE) for month in range(1, 13)]


class Closed(Mapping[str, Any]):
    """Facts of other records that nobody may look at."""

    def __getitem__(self, name: str) -> Any:
        raise AssertionError(f"a card looked at other records: {name}")

    def __iter__(self) -> Any:
        raise AssertionError("a card looked at other records")

    def __len__(self) -> int:
        raise AssertionError("a card looked at other records")


def sample(kind: Any) -> Any:
    return make_record(kind, (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%m}")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_card_shows_a_part_of_what_the_page_shows_and_looks_at_no_other_record(kind: Any, now: datetime) -> None:
    record = sample(kind)
    state = kind.state(record, now)
    card = kind.compute_card(record, Facts(now, "Europe/London", state, {}, Closed(), "one"))
    page = kind.compute(record, Facts(now, "Europe/London", state, {}, {}, "one"))
    assert card.items() <= page.items()


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%m}")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_wanted_of_a_page_is_what_stands_among_all_of_it(kind: Any, now: datetime) -> None:
    record = sample(kind)
    facts = Facts(now, "Europe/London", kind.state(record, now), {}, {}, "one")
    page = kind.compute(record, facts)
    for name in page:
        wanted = kind.compute(record, replace(facts, wanted=frozenset({name})))
        assert wanted[name] == page[name]
        assert list(wanted) == list(page)


def test_kinds_that_compute_nothing_for_pages_compute_nothing_for_cards() -> None:
    assert all(kind.compute_card is no_values for kind in (*KINDS, *INTERNAL) if kind.compute is no_values)


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%m}")
def test_the_next_change_is_the_first_of_all_changes_that_lies_ahead(now: datetime) -> None:
    contest = sample(KINDS[0])
    ahead = [change.at for change in list_changes(contest, ZONE) if change.at > now]
    assert find_next_change(contest, now) == (ahead[0] if ahead else None)
    void = contest.model_copy(update={"status_override": "void"})
    assert find_next_change(void, now) is None


@given(st.integers(0, 10**12), st.integers(1, 10**9))
def test_rates_are_rounded_as_decimals_are(engagements: int, base: int) -> None:
    exact = Decimal(engagements) * 100 / Decimal(base)
    assert rate_in_percent(engagements, base) == str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))


@pytest.mark.parametrize(
    ("engagements", "base", "percent"),
    [(1, 20000, "0.00"), (3, 20000, "0.02"), (5, 20000, "0.02"), (7, 20000, "0.04"), (0, 7, "0.00"), (9, 4, "225.00")],
)
def test_halves_go_to_the_even_neighbour(engagements: int, base: int, percent: str) -> None:
    assert rate_in_percent(engagements, base) == percent
