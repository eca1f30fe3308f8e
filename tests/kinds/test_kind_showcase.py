"""Showcases: shown only while permitted, honest about who speaks, titled by themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.records import make_record
from twinsite.kinds.kind import Facts, check_body
from twinsite.kinds.showcase import KIND
from twinsite.kinds.showcase.answers import is_critical
from twinsite.kinds.showcase.averages import sum_up
from twinsite.kinds.showcase.collection import find_claim

LONDON = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)

SHOWCASE = """\
medium: review
author: {name: Maria K.}
relationship: none
platform: Trustpilot
published: 2026-02-11
quote: The best coffee in Leeds.
permission: {status: granted}
"""


def make(**changes):
    return make_record(KIND, SHOWCASE, **changes)


def check(**changes):
    return KIND.check(make(**changes), "x.md")


def only(**changes):
    (problem,) = check(**changes)
    return problem


def at(text, zone=LONDON):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def permission(**more):
    return {"permission": {"status": "granted", **more}}


def test_nothing_is_wrong_with_it():
    assert check() == ()


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Review by Maria K. on Trustpilot"),
        ({"platform": None}, "Review by Maria K."),
        ({"medium": "article", "platform": "The Guardian"}, "Article by Maria K. in The Guardian"),
        ({"title": "Best in Leeds"}, "Best in Leeds"),
    ],
)
def test_the_title_is_made_up(changes, title):
    assert KIND.title(make(**changes)) == title


@pytest.mark.parametrize("status", ["requested", "declined", "revoked", "expired"])
def test_without_permission_it_is_withheld(status):
    assert KIND.withhold(make(permission={"status": status}), at("2026-06-01 12:00")) == ("permission", None)


@pytest.mark.parametrize("status", ["granted", "quotation"])
def test_with_permission_it_is_shown(status):
    assert KIND.withhold(make(permission={"status": status}), at("2026-06-01 12:00")) is None


@pytest.mark.parametrize(
    ("scope", "shown"), [(["site"], True), (["ads", "site"], True), (["ads", "print"], False), ([], True)]
)
def test_the_permission_must_be_for_the_site(scope, shown):
    found = KIND.withhold(make(**permission(scope=scope)), at("2026-06-01 12:00"))
    assert (found is None) is shown


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-06-01"])
def test_it_goes_at_the_very_second_at_which_the_permission_expires(day):
    showcase = make(**permission(expires=day))
    (change,) = KIND.changes(showcase, LONDON)
    assert change.at.isoformat(sep=" ")[:19] == f"{day} 00:00:00"
    assert change.what == "is taken down, because the permission expires"
    assert KIND.withhold(showcase, (change.at.astimezone(UTC) - SECOND).astimezone(LONDON)) is None
    assert KIND.withhold(showcase, change.at) == ("permission", None)


def test_what_is_not_shown_does_not_go():
    assert KIND.changes(make(permission={"status": "requested", "expires": "2026-06-01"}), LONDON) == ()
    assert KIND.changes(make(), LONDON) == ()


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        ("2026-07-01", "30 days, on 2026-07-01"),
        ("2026-06-02", "1 day, on 2026-06-02"),
        ("2026-07-02", None),
        ("2026-06-01", None),
    ],
)
def test_an_end_that_is_near_is_noted(expires, words):
    facts = Facts(at("2026-06-01 12:00"), "Europe/London", None, {"permission_notice_days": 30})
    found = KIND.notices(make(**permission(expires=expires)), "x.md", facts)
    assert [problem.message for problem in found] == (
        [f"The permission ends in {words}; then this showcase is taken down."] if words else []
    )
    assert all((problem.rule, problem.severity) == ("permission-ends-soon", "notice") for problem in found)
    assert all(problem.field == ("permission", "expires") and not problem.overdue for problem in found)


def test_a_twintern_is_no_customer():
    problem = only(author={"name": "Ana Lopez", "twintern": "ana"})
    assert (problem.rule, problem.field) == ("hidden-relationship", ("relationship",))
    assert problem.message == "The author is one of your twinterns, so the relationship cannot be none."
    assert check(author={"name": "Ana Lopez", "twintern": "ana"}, relationship="intern_paid") == ()


def test_an_incentive_is_disclosed():
    problem = only(incentive={"given": "yes", "what": "A bag"})
    assert (problem.rule, problem.field) == ("missing-disclosure", ("incentive",))
    assert problem.message == "The author got something for it, and nothing says so to readers."
    assert check(incentive={"given": "no"}) == ()
    assert check(incentive={"given": "yes", "disclosure": "Got a bag"}) == ()


@pytest.mark.parametrize(
    ("rating", "message"),
    [
        ({"value": "5.5"}, "The rating 5.5 does not lie between 1 (worst) and 5 (best)."),
        ({"value": "0"}, "The rating 0 does not lie between 1 (worst) and 5 (best)."),
        ({"value": "11", "best": "10"}, "The rating 11 does not lie between 1 (worst) and 10 (best)."),
        ({"value": "3", "best": "1", "worst": "5"}, "The rating 3 does not lie between 5 (worst) and 1 (best)."),
    ],
)
def test_a_rating_lies_on_its_scale(rating, message):
    problem = only(rating=rating)
    assert (problem.rule, problem.field, problem.message) == ("rating-out-of-range", ("rating", "value"), message)


@pytest.mark.parametrize(
    "rating", [{"value": "5"}, {"value": "1"}, {"value": "0", "worst": "0"}, {"value": "92", "best": "100"}]
)
def test_a_rating_on_its_scale(rating):
    assert check(rating=rating) == ()


@pytest.mark.parametrize(
    ("days", "later", "earlier"),
    [
        ({"asked_on": "2026-02-12", "answered_on": "2026-02-11"}, "answered_on", "asked_on"),
        ({"answered_on": "2026-02-12", "expires": "2026-02-11"}, "expires", "answered_on"),
    ],
)
def test_the_days_of_a_permission_are_in_order(days, later, earlier):
    problem = only(**permission(**days))
    assert (problem.rule, problem.field) == ("dates-out-of-order", ("permission", later))
    assert problem.message == f'"permission.{later}" is earlier than "permission.{earlier}".'


@pytest.mark.parametrize("medium", ["review", "comment", "post", "photo"])
def test_only_the_press_is_quoted_without_leave(medium):
    problem = only(medium=medium, permission={"status": "quotation"})
    assert (problem.rule, problem.field) == ("quotation-not-press", ("permission", "status"))
    assert problem.message == f"A {medium} cannot be shown as a quotation: that is for articles, podcasts and videos."


def test_a_quotation_is_short():
    sixty = " ".join(["word"] * 60)
    press = {"medium": "article", "permission": {"status": "quotation"}}
    assert check(**press, quote=sixty) == ()
    problem = only(**press, quote=f"{sixty} more")
    assert (problem.rule, problem.field, problem.severity) == ("quotation-too-long", ("quote",), "warning")
    assert problem.message == "This quotation has 61 words; without permission a quote should be short."


def test_media_speak_to_everybody():
    problem = only(media=[{"src": "cup.jpg"}])
    assert (problem.rule, problem.field, problem.severity) == ("missing-alt", ("media", 0), "error")
    assert problem.message == 'The picture "cup.jpg" has no "alt".'
    problem = only(media=[{"src": "talk.mp4", "type": "video", "alt": "A talk"}])
    assert (problem.rule, problem.field, problem.severity) == ("missing-transcript", ("media", 0), "warning")
    assert problem.message == '"talk.mp4" has no transcript.'


def test_it_needs_a_quote_or_a_body():
    assert check_body(KIND, make(), "x.md", False) == ()
    assert check_body(KIND, make(quote=None), "x.md", True) == ()
    (problem,) = check_body(KIND, make(quote=None), "x.md", False)
    assert (problem.rule, problem.field) == ("missing-body", ())
    assert problem.message == "This showcase has no words: neither a quote in its front matter nor a text below it."


def test_the_newest_comes_first():
    older, newer = make(published="2026-02-10"), make()
    assert KIND.order(newer, None, "Z") < KIND.order(older, None, "A")
    assert KIND.order(newer, None, "apple") < KIND.order(newer, None, "Banana")
    assert KIND.day(make(date="2026-03-01")).isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("changes", "critical"),
    [
        ({}, False),
        ({"critical": "yes"}, True),
        ({"rating": {"value": "2"}}, True),
        ({"rating": {"value": "3"}}, False),
        ({"rating": {"value": "4", "best": "10", "worst": "0"}}, True),
        ({"rating": {"value": "5", "best": "10", "worst": "0"}}, False),
    ],
)
def test_the_lower_half_of_a_scale_finds_fault(changes, critical):
    assert is_critical(make(**changes)) is critical


@pytest.mark.parametrize(("day", "overdue"), [("2026-02-20", False), ("2026-03-06", False), ("2026-03-07", True)])
def test_a_complaint_without_an_answer_is_overdue_after_some_days(day, overdue):
    facts = Facts(at(f"{day} 09:00"), "Europe/London", None, {"reply_days": 14})
    (problem,) = KIND.notices(make(rating={"value": "1"}, captured="2026-02-20"), "x.md", facts)
    assert (problem.rule, problem.severity, problem.overdue) == ("unanswered-criticism", "notice", overdue)
    answered = make(rating={"value": "1"}, reply={"by": "Jo", "date": "2026-02-21", "text": "Sorry."})
    assert KIND.notices(answered, "x.md", facts) == ()


def test_an_answer_or_a_copy_is_not_older_than_the_words():
    assert only(captured="2026-02-10").field == ("captured",)
    assert only(reply={"by": "Jo", "date": "2026-02-10", "text": "Hm."}).field == ("reply", "date")


def test_a_film_needs_a_place_and_a_length_in_minutes():
    assert only(media=[{"type": "video", "transcript": "Good."}]).rule == "missing-media"
    assert only(media=[{"alt": "A cup"}]).rule == "missing-media"
    film = {"type": "video", "url": "https://video.example/1", "transcript": "Good.", "length": "1:03:20"}
    assert check(media=[film]) == ()
    assert only(media=[{**film, "poster": "talk.mp4"}]).rule == "not-a-picture"


@pytest.mark.parametrize(
    "text",
    [
        "All our reviews",
        "Here you find every customer review.",
        "100 % of our customers",
        "Read all the feedback we got",
    ],
)
def test_words_for_all_are_found(text):
    assert find_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is not all of our reviews.",
        "These are hardly all the reviews.",
        "Are these all our reviews?",
        "We read every review that comes in.",
        "All reviews are checked by Sam.",
        "The same invitation goes to all customers.",
        "All of us like kites. Reviews are below.",
        "Some reviews",
    ],
)
def test_other_words_are_left_alone(text):
    assert find_claim(text) is None


@given(st.lists(st.integers(1, 5).map(Decimal), min_size=1, max_size=60))
def test_an_average_is_exact_and_never_flatters(ratings):
    found = sum_up(ratings, Decimal(5), Decimal(1))
    mean = sum(map(Fraction, ratings)) / len(ratings)
    assert abs(Fraction(found["mean"]) - mean) <= Fraction(1, 10)
    assert 0 <= mean - Fraction(found["exact"]) < Fraction(1, 10_000)
    assert Fraction(found["total"]) == mean * found["count"]
    assert (found["mean"] == "5.0") is (mean == 5)
    assert (found["mean"] == "1.0") is (mean == 1)
    assert sum(share["count"] for share in found["shares"]) == len(ratings)
