"""The clock of a build knows how long the answers it gave stay the same."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinsite.core.clock import FIRST, LAST, TICK, Clock, Window

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
TOMORROW = datetime(2026, 6, 2, tzinfo=LONDON)
"""An hour before midnight in UTC."""


def ask(question: Callable[[datetime], Any], now: datetime = NOON) -> tuple[Any, Window]:
    clock = Clock(now)
    return question(clock.moment()), clock.window()


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_a_moment_that_is_asked_nothing_is_good_for_ever() -> None:
    assert ask(lambda now: 0) == (0, Window(FIRST, LAST))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (lambda now: now < TOMORROW, True),
        (lambda now: min(TOMORROW, now) is now, True),
        (lambda now: now >= TOMORROW, False),
        (lambda now: now.astimezone(LONDON) >= TOMORROW, False),
    ],
)
def test_what_has_not_come_yet_ends_the_window(question: Callable[[datetime], Any], answer: bool) -> None:
    assert ask(question) == (answer, Window(FIRST, utc(2026, 6, 1, 23)))


def test_what_has_come_begins_the_window() -> None:
    assert ask(lambda now: now >= NOON) == (True, Window(NOON, LAST))
    assert ask(lambda now: now > NOON) == (False, Window(FIRST, NOON + TICK))


def test_a_day_lasts_from_midnight_to_midnight_in_its_zone() -> None:
    day, window = ask(lambda now: now.astimezone(LONDON).date())
    assert day.isoformat() == "2026-06-01"
    assert window == Window(utc(2026, 5, 31, 23), utc(2026, 6, 1, 23))


@pytest.mark.parametrize(
    "question",
    [
        lambda now: now.year,
        lambda now: f"{now:%d}",
        lambda now: str(now),
        lambda now: repr(now),
        lambda now: now.isoformat(),
        lambda now: now - NOON,
        lambda now: TOMORROW - now,
        lambda now: now + timedelta(1),
        lambda now: hash(now),
        lambda now: now == NOON,
        lambda now: copy.copy(now),
        lambda now: now.replace(hour=3),
        lambda now: now.timestamp(),
    ],
)
def test_any_other_question_is_answered_for_this_moment_alone(question: Callable[[datetime], Any]) -> None:
    answer, window = ask(question)
    assert answer == question(NOON)
    assert window == Window(NOON, NOON + TICK)


def test_a_naive_moment_cannot_be_compared() -> None:
    with pytest.raises(TypeError, match="aware"):
        ask(lambda now: now < datetime(2026, 1, 1))


ZONES = [UTC, LONDON, ZoneInfo("America/St_Johns"), ZoneInfo("Africa/Cairo"), ZoneInfo("Asia/Kathmandu")]
MOMENTS = st.datetimes(datetime(2026, 3, 26), datetime(2026, 11, 2)).map(lambda at: at.replace(tzinfo=UTC))


@given(MOMENTS, MOMENTS, st.lists(st.tuples(MOMENTS, st.sampled_from(ZONES)), min_size=1, max_size=4))
def test_inside_the_window_every_answer_is_the_same(
    now: datetime, later: datetime, others: list[tuple[datetime, ZoneInfo]]
) -> None:
    def answer(moment: datetime) -> list[Any]:
        found: list[Any] = []
        for other, zone in others:
            at = other.astimezone(zone)
            found += [moment < at, moment <= at, at < moment, at <= moment, moment.astimezone(zone).date()]
        return found

    answers, window = ask(answer, now)
    assert answers == answer(now)
    assert now in window
    for moment in (later, window.start, window.end - TICK):
        if moment in window and moment.year not in (1, 9999):
            assert ask(answer, moment)[0] == answers
