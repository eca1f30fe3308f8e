"""Where a contest stands: each state at each boundary, across changes of the clocks, and its winners."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.records import make_record
from twinsite.core.record import references
from twinsite.kinds.contest import KIND
from twinsite.kinds.contest.winners import WITHHELD, displayed_name, initials_of, split_name
from twinsite.kinds.kind import Facts, Reference, shown_references

LONDON = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)

CONTEST = """\
title: A cup of spring
kind_of: judged
sponsor: {name: Larkfield}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
voting: {opens: 2026-04-03 09:00, closes: 2026-04-10 18:00}
judging_ends: 2026-04-20 18:00
winners_announced: 2026-04-24 12:00
prizes:
  - {place: 1, name: Machine, quantity: 2, value: {amount: 640.50, currency: GBP}}
  - {place: 2, name: Coffee, value: {amount: 20, currency: EUR}}
  - {place: 2, name: Cup, value: {amount: 0.10, currency: GBP}}
"""
WINNER = {"place": "1", "name": "Ana Lopez", "publish_as": "full", "consent": "true"}


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def make(**changes):
    return make_record(KIND, CONTEST, **changes)


def facts(state, now="2026-05-01 12:00"):
    return Facts(now=at(now), zone="Europe/London", state=state, policies={})


BOUNDARIES = [
    ("2026-03-02 09:00", "upcoming", "open"),
    ("2026-04-02 18:00", "open", "judging"),
    ("2026-04-03 09:00", "judging", "voting"),
    ("2026-04-10 18:00", "voting", "judging"),
    ("2026-04-20 18:00", "judging", "closed"),
    ("2026-04-24 12:00", "closed", "announced"),
]


@pytest.mark.parametrize(("moment", "before", "after"), BOUNDARIES)
def test_each_state_begins_at_its_very_second(moment, before, after):
    contest = make(winners=[WINNER])
    assert KIND.state(contest, at(moment) - SECOND) == before
    assert KIND.state(contest, at(moment)) == after
    assert KIND.state(contest, at(moment) + SECOND) == after


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_state_does_not_depend_on_the_zone_of_now(zone):
    contest = make(winners=[WINNER])
    for moment, before, after in BOUNDARIES:
        assert KIND.state(contest, (at(moment) - SECOND).astimezone(ZoneInfo(zone))) == before
        assert KIND.state(contest, at(moment).astimezone(ZoneInfo(zone))) == after


def test_a_draw_is_never_judging():
    contest = make(kind_of="draw", voting=None)
    assert KIND.state(contest, at("2026-04-02 18:00")) == "closed"
    assert KIND.state(contest, at("2026-04-19 18:00")) == "closed"


def test_without_winners_it_stays_closed():
    assert KIND.state(make(), at("2027-01-01 00:00")) == "closed"


def test_without_an_announcement_it_stays_closed():
    contest = make(winners=[WINNER], winners_announced=None)
    assert KIND.state(contest, at("2027-01-01 00:00")) == "closed"


@pytest.mark.parametrize("moment", ["2026-01-01 00:00", "2026-03-10 00:00", "2027-01-01 00:00"])
def test_a_void_contest_is_void_at_all_times(moment):
    contest = make(status_override="void", winners=[WINNER])
    assert KIND.state(contest, at(moment)) == "void"
    assert KIND.changes(contest, LONDON) == ()


def test_it_closes_in_the_first_of_two_equal_hours():
    """On 25 October 2026 the hour from 01:00 to 02:00 happens twice in London; the offset says which is meant."""
    contest = make(
        opens="2026-10-01 09:00",
        closes="2026-10-25 01:30+01:00",
        voting=None,
        judging_ends=None,
        winners_announced=None,
    )
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)
    assert KIND.state(contest, first - SECOND) == "open"
    assert KIND.state(contest, first) == "closed"
    assert KIND.state(contest, second.astimezone(UTC) - SECOND) == "closed"
    later = contest.model_copy(update={"closes": second})
    assert KIND.state(later, first + timedelta(minutes=20)) == "open"
    assert KIND.state(later, second) == "closed"


def test_it_opens_in_the_hour_that_the_clocks_skip():
    """On 29 March 2026 London goes from 01:00 to 02:00; a contest may open at the first second after."""
    contest = make(opens="2026-03-29 02:00", closes="2026-04-02 18:00")
    moment = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert KIND.state(contest, moment - SECOND) == "upcoming"
    assert KIND.state(contest, moment) == "open"


def test_the_changes_in_words():
    found = [(change.at.isoformat(sep=" "), change.what) for change in KIND.changes(make(winners=[WINNER]), LONDON)]
    assert found == [
        ("2026-03-02 09:00:00+00:00", "opens for entries"),
        ("2026-04-02 18:00:00+01:00", "closes for entries"),
        ("2026-04-03 09:00:00+01:00", "opens for votes"),
        ("2026-04-10 18:00:00+01:00", "closes for votes"),
        ("2026-04-20 18:00:00+01:00", "ends the judging"),
        ("2026-04-24 12:00:00+01:00", "shows the winners"),
    ]


def test_winners_that_are_not_given_are_due():
    assert KIND.changes(make(), LONDON)[-1].what == "is due to show the winners"


STEP = st.integers(min_value=0, max_value=400)


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(
    kind_of=st.sampled_from(["judged", "draw", "vote"]),
    hours=st.lists(STEP, min_size=6, max_size=6).map(sorted),
    given=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_the_state_changes_only_at_its_changes(kind_of, hours, given):
    start = datetime(2026, 10, 20, 0, 0, tzinfo=UTC)
    moments = [(start + timedelta(hours=hour)).astimezone(LONDON) for hour in hours]
    votes, judges, announces, wins = given
    base = make(winners=[WINNER] if wins else None)
    voting = base.voting.model_copy(update={"opens": moments[2], "closes": moments[3]})
    contest = base.model_copy(
        update={
            "kind_of": kind_of,
            "opens": moments[0],
            "closes": moments[1],
            "voting": voting if votes else None,
            "judging_ends": moments[4] if judges else None,
            "winners_announced": moments[5] if announces else None,
        }
    )
    marks = {change.at.astimezone(UTC) for change in KIND.changes(contest, LONDON)}
    for hour in range(-1, 402):
        now = start + timedelta(hours=hour)
        if now not in marks:
            assert KIND.state(contest, now - SECOND) == KIND.state(contest, now)


def test_contests_stand_in_lists_by_state_then_by_their_end():
    early, late = make(), make(closes="2026-04-02 19:00")
    places = [KIND.order(early, state, "A") for state in ("open", "voting", "judging", "upcoming", "closed")]
    places += [KIND.order(early, "announced", "A"), KIND.order(early, "void", "A")]
    assert places == sorted(places)
    assert KIND.order(early, "open", "B") < KIND.order(late, "open", "A")
    assert KIND.order(early, "open", "apple") < KIND.order(early, "open", "Banana")


def test_the_day_is_that_of_the_opening_unless_written():
    assert KIND.day(make()).isoformat() == "2026-03-02"
    assert KIND.day(make(date="2026-02-01")).isoformat() == "2026-02-01"


def test_prizes_are_counted_and_added_up_by_currency():
    computed = KIND.compute(make(), facts("open"))
    assert computed["prize_totals"] == [
        {"amount": "20", "currency": "EUR"},
        {"amount": "1281.10", "currency": "GBP"},
    ]
    assert computed["prize_count"] == 4
    assert Decimal(computed["prize_totals"][1]["amount"]) == Decimal("1281.10")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-01 00:00", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02 09:00", "2026-04-02T18:00:00+01:00"),
        ("2026-04-24 11:59", "2026-04-24T12:00:00+01:00"),
        ("2026-04-24 12:00", None),
    ],
)
def test_the_next_change_is_an_instant(now, expected):
    found = KIND.compute(make(), facts("open", now))["next_change"]
    assert (found and found.isoformat()) == expected


def test_nothing_is_shown_of_winners_before_the_announcement():
    contest = make(winners=[WINNER, {**WINNER, "name": None, "twintern": "ana", "place": "2"}])
    for state in ("upcoming", "open", "voting", "judging", "closed", "void"):
        assert KIND.compute(contest, facts(state))["shown_winners"] == []
        assert KIND.also_names(contest, state) == ()
        assert ("twintern", "ana") not in shown_references(KIND, contest, state, references(contest))
    assert shown_references(KIND, contest, "announced", references(contest)) == (("twintern", "ana"),)


def test_a_twintern_who_is_not_shown_in_full_is_not_linked():
    hidden = {"place": "1", "name": "Ana Lopez", "twintern": "ana", "consent": "true"}
    for publish_as in ("initials", "surname_region", "withheld"):
        contest = make(winners=[{**hidden, "publish_as": publish_as, "region": "Kent"}])
        assert shown_references(KIND, contest, "announced", references(contest)) == ()
        shown = KIND.compute(contest, facts("announced"))["shown_winners"]
        assert shown[0]["twintern"] is None
        assert "Ana" not in repr(shown)
        assert "'ana'" not in repr(shown)


def test_winners_are_shown_as_they_chose_in_the_order_of_the_prizes():
    contest = make(
        winners=[
            {"place": "2", "twintern": "ana", "publish_as": "full", "consent": "true", "status": "offered"},
            {
                "place": "1",
                "name": "Lopez Garcia, Ana",
                "region": "Kent",
                "publish_as": "surname_region",
                "consent": "true",
                "entry": "Steam at six",
                "status": "delivered",
                "delivered_on": "2026-05-04",
            },
            {"place": "1", "name": "Ben Okafor", "region": "York", "publish_as": "withheld", "entry": "Ben's cup"},
        ]
    )
    computed = KIND.compute(contest, facts("announced"))
    first, second, third = computed["shown_winners"]
    assert first == {
        "place": "1",
        "prize": "Machine",
        "name": "Lopez Garcia",
        "region": "Kent",
        "twintern": None,
        "entry": None,
        "status": "delivered",
        "since": contest.winners[1].delivered_on,
        "redrawn_on": None,
        "delivered_on": contest.winners[1].delivered_on,
    }
    assert (second["name"], second["region"], second["entry"]) == (WITHHELD, None, None)
    assert (third["name"], third["twintern"], third["prize"]) == (None, Reference("twintern", "ana"), "Coffee, Cup")
    assert not computed["all_delivered"]


@pytest.mark.parametrize(
    ("publish_as", "name", "shown"),
    [
        ("full", "Ana Lopez", "Ana Lopez"),
        ("full", "Lopez Garcia, Ana", "Ana Lopez Garcia"),
        ("full", "Cher", "Cher"),
        ("initials", "Ana Lopez", "A. L."),
        ("initials", "lopez garcia, Ana-Maria", "A. M. L. G."),
        ("initials", "李 明", "李. 明."),
        ("surname_region", "Ana Lopez", "Lopez"),
        ("surname_region", "Lopez Garcia, Ana", "Lopez Garcia"),
        ("withheld", "Ana Lopez", WITHHELD),
    ],
)
def test_a_name_is_shown_as_agreed(publish_as, name, shown):
    contest = make(winners=[{**WINNER, "name": name, "publish_as": publish_as, "region": "Kent"}])
    assert displayed_name(contest.winners[0]) == shown


def test_without_consent_no_name_is_shown():
    contest = make(winners=[{**WINNER, "consent": "false"}])
    assert displayed_name(contest.winners[0]) == WITHHELD


def test_names_are_cut_and_shortened():
    assert split_name("  Ana   Maria Lopez ") == ("Ana Maria", "Lopez")
    assert split_name("Lopez , Ana") == ("Ana", "Lopez")
    assert initials_of("Émile Zola") == "É. Z."


def test_overdue_winners_are_noted_and_make_check_fail():
    contest = make()
    due = at("2026-04-24 12:00")
    before = Facts(now=due - SECOND, zone="Europe/London", state="closed", policies={})
    after = Facts(now=due, zone="Europe/London", state="closed", policies={})
    assert KIND.notices(contest, "x.md", before) == ()
    (problem,) = KIND.notices(contest, "x.md", after)
    assert (problem.rule, problem.severity, problem.overdue) == ("winners-overdue", "notice", True)
    assert problem.field == ("winners_announced",)
    assert problem.message == "The winners were to be announced by now, and none is given."
    assert KIND.notices(make(winners=[WINNER]), "x.md", after) == ()
    assert KIND.notices(make(status_override="void"), "x.md", after) == ()
