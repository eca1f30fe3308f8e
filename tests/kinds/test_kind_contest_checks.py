"""What can be wrong about a contest, each with its exact words and its place."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.support.records import make_record
from twinsite.kinds.contest import KIND

CONTEST = """\
title: A cup of spring
kind_of: draw
sponsor: {name: Larkfield}
opens: 2026-03-02 09:00
closes: 2026-04-02 18:00
winners_announced: 2026-04-24 12:00
prizes: [{place: 1, name: Machine, value: {amount: 640, currency: GBP}}]
"""
ORDER = "The order is: opens, closes, voting.opens, voting.closes, judging_ends, winners_announced."
POSITION = {
    "title": "Twintern",
    "starts": "2026-06-01",
    "ends": "2026-11-27",
    "hours_per_week": "24",
    "place": "Leeds",
    "supervisor": "Noor Haddad",
    "employer": "Larkfield",
}
PAY = {"amount": "14.20", "currency": "GBP", "per": "hour"}


def check(**changes):
    return KIND.check(make_record(KIND, CONTEST, **changes), "x.md")


def only(**changes):
    (problem,) = check(**changes)
    assert problem.path == "x.md"
    return problem


def test_nothing_is_wrong_with_it():
    assert check() == ()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"opens": "2026-04-02 18:01"}, ("closes",), '"closes" is earlier than "opens".'),
        (
            {"voting": {"opens": "2026-04-02 17:59", "closes": "2026-04-10 18:00", "url": "/vote/"}},
            ("voting", "opens"),
            '"voting.opens" is earlier than "closes".',
        ),
        (
            {"voting": {"opens": "2026-04-10 18:00", "closes": "2026-04-10 17:00", "url": "/vote/"}},
            ("voting", "closes"),
            '"voting.closes" is earlier than "voting.opens".',
        ),
        (
            {
                "voting": {"opens": "2026-04-03 18:00", "closes": "2026-04-10 17:00", "url": "/vote/"},
                "judging_ends": "2026-04-09 12:00",
            },
            ("judging_ends",),
            '"judging_ends" is earlier than "voting.closes".',
        ),
        ({"judging_ends": "2026-04-02 17:00"}, ("judging_ends",), '"judging_ends" is earlier than "closes".'),
        (
            {"winners_announced": "2026-04-02 17:59:59"},
            ("winners_announced",),
            '"winners_announced" is earlier than "closes".',
        ),
    ],
)
def test_instants_out_of_order_are_wrong_at_the_later(changes, field, message):
    problem = only(**changes)
    assert (problem.rule, problem.field, problem.message, problem.hint) == ("dates-out-of-order", field, message, ORDER)


def test_equal_instants_are_in_order():
    same = "2026-04-02 18:00"
    voting = {"opens": same, "closes": same, "url": "/vote/"}
    assert check(opens=same, voting=voting, judging_ends=same, winners_announced=same) == ()


def test_order_is_that_of_time_and_not_of_the_clock():
    """01:45 the first time is earlier than 01:15 the second time."""
    assert check(opens="2026-10-25 01:45+01:00", closes="2026-10-25 01:15+00:00", winners_announced=None) == ()


def test_a_vote_needs_its_days():
    problem = only(kind_of="vote")
    assert (problem.rule, problem.field) == ("voting-missing", ("kind_of",))
    assert problem.message == "The public decides this contest, but nothing says when it votes."


def test_a_judged_contest_should_have_criteria():
    problem = only(kind_of="judged")
    assert (problem.rule, problem.field, problem.severity) == ("criteria-missing", ("kind_of",), "warning")
    assert problem.message == "A panel judges this contest, but nothing says what it looks at."


@pytest.mark.parametrize(
    ("method", "lacks"),
    [
        ({"type": "form"}, "url"),
        ({"type": "post", "platform": "Instagram"}, "hashtag or url or instructions"),
        ({"type": "email"}, "url or instructions"),
        ({"type": "mail", "url": "https://example.com"}, "instructions"),
    ],
)
def test_a_way_to_enter_must_lead_somewhere(method, lacks):
    problem = only(entry={"methods": [method]})
    assert (problem.rule, problem.field) == ("entry-method-incomplete", ("entry", "methods", 0))
    assert problem.message == f'Nobody can enter by "{method["type"]}": it lacks {lacks}.'


def test_a_prize_has_a_value():
    problem = only(prizes=[{"name": "Machine"}])
    assert (problem.rule, problem.field) == ("prize-without-value", ("prizes", 0))
    assert problem.message == 'The prize "Machine" has no value.'


def test_there_is_a_prize():
    with pytest.raises(ValidationError) as found:
        make_record(KIND, CONTEST, prizes=[])
    (error,) = found.value.errors()
    assert (error["type"], error["loc"], error["msg"]) == (
        "no-prize",
        ("prizes",),
        "A contest needs at least one prize.",
    )


@pytest.mark.parametrize(
    ("position", "rule", "field", "message"),
    [
        (POSITION, "pay-not-stated", (), 'Nothing says what the position "Twintern" pays.'),
        ({**POSITION, "unpaid": "no"}, "pay-not-stated", (), 'Nothing says what the position "Twintern" pays.'),
        (
            {**POSITION, "pay": PAY, "unpaid": "yes"},
            "pay-and-unpaid",
            ("unpaid",),
            'The position "Twintern" has pay and is called unpaid.',
        ),
        (
            {**POSITION, "pay": PAY, "starts": "2026-09-02", "ends": "2026-09-01"},
            "dates-out-of-order",
            ("ends",),
            '"ends" is earlier than "starts".',
        ),
    ],
)
def test_a_position_states_its_pay_once(position, rule, field, message):
    problem = only(prizes=[{"name": "A place", "position": position}])
    assert (problem.rule, problem.field) == (rule, ("prizes", 0, "position", *field))
    assert problem.message == message


@pytest.mark.parametrize("position", [{**POSITION, "pay": PAY}, {**POSITION, "unpaid": "true"}])
def test_a_position_needs_no_other_value(position):
    assert check(prizes=[{"name": "A place", "position": position}]) == ()


@pytest.mark.parametrize(
    ("without", "message"),
    [
        ("starts", 'Nothing says when the position "Twintern" starts.'),
        ("ends", 'Nothing says when the position "Twintern" ends.'),
        ("hours_per_week", 'Nothing says how many hours a week the position "Twintern" asks for.'),
        ("place", 'Nothing says where the work of the position "Twintern" is done.'),
        ("supervisor", 'Nothing says who supervises the position "Twintern".'),
        ("employer", 'Nothing says who employs the person in the position "Twintern".'),
    ],
)
def test_a_position_says_what_one_would_ask(without, message):
    position = {name: value for name, value in {**POSITION, "pay": PAY}.items() if name != without}
    problem = only(prizes=[{"name": "A place", "position": position}])
    assert (problem.rule, problem.field) == ("position-incomplete", ("prizes", 0, "position"))
    assert problem.message == message


def test_work_from_anywhere_needs_no_place():
    position = {**POSITION, "pay": PAY, "place": None, "remote": "true"}
    assert check(prizes=[{"name": "A place", "position": position}]) == ()


def criteria(*weights):
    return {"criteria": [{"name": "A", "weight": weight} if weight else {"name": "A"} for weight in weights]}


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (("50", "40"), "The weights of the criteria add up to 90, not to 100."),
        (("50.5", "50"), "The weights of the criteria add up to 100.5, not to 100."),
        (("100", None), "1 of 2 criteria has no weight."),
        (("100", None, None), "2 of 3 criteria have no weight."),
    ],
)
def test_weights_add_up(weights, message):
    problem = only(judging=criteria(*weights))
    assert (problem.rule, problem.field) == ("weights-do-not-add-up", ("judging", "criteria"))
    assert problem.message == message


@pytest.mark.parametrize("weights", [(None, None), ("60", "40"), ("33.3", "33.3", "33.4"), ()])
def test_weights_that_add_up_are_right(weights):
    assert check(judging=criteria(*weights)) == ()


ANA = {"place": "1", "name": "Ana Lopez", "publish_as": "full", "consent": "true"}


@pytest.mark.parametrize(
    ("changes", "rule", "field", "message"),
    [
        ({"place": "2"}, "unknown-place", ("winners", 0, "place"), 'No prize has the place "2".'),
        ({"name": ""}, "winner-without-name", ("winners", 0), "This winner has no name to show."),
        (
            {"name": "", "twintern": "ana", "publish_as": "initials"},
            "winner-without-name",
            ("winners", 0),
            "This winner has no name to show.",
        ),
        (
            {"publish_as": "surname_region"},
            "winner-without-region",
            ("winners", 0),
            'This winner is to be shown by surname and region, but has no "region".',
        ),
        (
            {"consent": ""},
            "winner-without-consent",
            ("winners", 0),
            "Nothing says that this winner agreed to be shown.",
        ),
    ],
)
def test_a_winner_is_whole(changes, rule, field, message):
    winner = {name: value for name, value in {**ANA, **changes}.items() if value}
    problem = only(winners=[winner])
    assert (problem.rule, problem.field, problem.message) == (rule, field, message)


@pytest.mark.parametrize(
    "winner",
    [
        ANA,
        {"place": "1", "publish_as": "withheld"},
        {"place": "1", "twintern": "ana", "publish_as": "full", "consent": "yes"},
        {**ANA, "publish_as": "initials"},
        {**ANA, "publish_as": "surname_region", "region": "Kent"},
    ],
)
def test_winners_that_are_whole(winner):
    assert check(winners=[winner]) == ()


def test_there_are_no_more_winners_than_prizes():
    problem = only(winners=[ANA, ANA, ANA])
    assert (problem.rule, problem.field) == ("too-many-winners", ("winners", 1, "place"))
    assert problem.message == 'More people won the place "1" than there are prizes for it (1).'


def test_a_prize_without_a_place_has_its_number():
    prizes = [{"name": "Machine", "value": {"amount": "1", "currency": "GBP"}}] * 2
    assert check(prizes=prizes, winners=[ANA, {**ANA, "place": "2"}]) == ()


def test_winners_need_a_day_from_which_they_are_shown():
    problem = only(winners=[ANA], winners_announced=None)
    assert (problem.rule, problem.field) == ("winners-never-shown", ("winners",))
    assert problem.message == 'The winners are given, but no "winners_announced"; they would never be shown.'


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"eligibility": {"minimum_age": "-1"}}, ("eligibility", "minimum_age")),
        ({"eligibility": {"minimum_age": "121"}}, ("eligibility", "minimum_age")),
        ({"entry": {"limit_per_person": "0"}}, ("entry", "limit_per_person")),
        ({"prizes": [{"name": "Machine", "quantity": "0"}]}, ("prizes", 0, "quantity")),
        ({"judging": {"criteria": [{"name": "A", "weight": "100.5"}]}}, ("judging", "criteria", 0, "weight")),
    ],
)
def test_numbers_out_of_range_are_refused(changes, field):
    with pytest.raises(ValidationError) as found:
        make_record(KIND, CONTEST, **changes)
    (error,) = found.value.errors()
    assert (error["type"], error["loc"]) == ("out-of-range", field)
    assert error["msg"].endswith("is out of range.")
