"""Twinterns: standing by the day, disclosure, numbers with their day, rates by named formulas, the timeline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.support.records import make_record
from twinsite.kinds.kind import Facts, Reference
from twinsite.kinds.twintern import KIND

LONDON = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)

TWINTERN = """\
name: Ana Lopez
handle: ana
relationship: intern_paid
disclosure: Paid intern at Larkfield
programme: {programme: twinternship, starts: 2026-03-29, ends: 2026-10-25}
"""


def make(**changes):
    return make_record(KIND, TWINTERN, **changes)


def check(**changes):
    return KIND.check(make(**changes), "x.md")


def only(**changes):
    (problem,) = check(**changes)
    return problem


def facts(now="2026-06-01 12:00", zone=LONDON, back=None, **policies):
    moment = datetime.fromisoformat(now).replace(tzinfo=zone)
    return Facts(now=moment, zone="Europe/London", state="current", policies=policies, back=back or {}, slug="ana")


def test_nothing_is_wrong_with_it():
    assert check() == ()


def test_the_name_is_the_title():
    assert KIND.title(make()) == "Ana Lopez"


def test_the_standing_changes_at_midnight_in_the_zone():
    """The first and the last day of the term are those on which the clocks change in London."""
    twintern = make()
    starts, ends = KIND.changes(twintern, LONDON)
    assert (starts.at.isoformat(), starts.what) == ("2026-03-29T00:00:00+00:00", "shows a current twintern")
    assert (ends.at.isoformat(), ends.what) == ("2026-10-26T00:00:00+00:00", "moves to the alumni")
    for change, before, after in ((starts, "incoming", "current"), (ends, "current", "alumni")):
        just_before = (change.at.astimezone(UTC) - SECOND).astimezone(LONDON)
        assert KIND.state(twintern, just_before) == before
        assert KIND.state(twintern, change.at) == after
        assert KIND.state(twintern, change.at + SECOND) == after


def test_where_clocks_skip_midnight_the_day_begins_when_they_do():
    """In Beirut 29 March 2026 begins at 01:00, because the clocks go from 00:00 to 01:00."""
    beirut = ZoneInfo("Asia/Beirut")
    (starts, _) = KIND.changes(make(), beirut)
    assert starts.at.astimezone(UTC) == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    assert starts.at.isoformat() == "2026-03-29T01:00:00+03:00"
    assert KIND.state(make(), starts.at) == "current"
    assert KIND.state(make(), (starts.at.astimezone(UTC) - SECOND).astimezone(beirut)) == "incoming"


@pytest.mark.parametrize(
    ("programme", "standing"),
    [
        (None, "current"),
        ({}, "current"),
        ({"starts": "2026-06-02"}, "incoming"),
        ({"starts": "2026-06-01"}, "current"),
        ({"ends": "2026-06-01"}, "current"),
        ({"ends": "2026-05-31"}, "alumni"),
    ],
)
def test_an_open_end_is_open(programme, standing):
    assert KIND.state(make(programme=programme), facts().now) == standing


def test_twinterns_stand_in_lists_by_standing_then_by_name():
    found = [KIND.order(make(), state, name) for state in ("current", "incoming", "alumni") for name in ("ana", "Ben")]
    assert found == sorted(found)


def test_another_title_is_wrong():
    problem = only(title="The best")
    assert (problem.rule, problem.field) == ("title-not-used", ("title",))
    assert problem.message == 'A twintern\'s title is the name; this "title" would not be shown.'
    assert check(title="Ana Lopez") == ()


def test_a_relationship_is_disclosed():
    problem = only(disclosure=None)
    assert (problem.rule, problem.field) == ("missing-disclosure", ("relationship",))
    assert problem.message == 'The relationship is "intern_paid", and no words tell readers so.'


def test_without_a_relationship_nothing_is_disclosed():
    assert check(relationship="none", disclosure=None, programme=None) == ()


def test_who_is_in_a_programme_has_a_relationship():
    problem = only(relationship="none")
    assert (problem.rule, problem.field) == ("hidden-relationship", ("relationship",))
    assert problem.message == "Who is in a programme is connected with the brand, so the relationship cannot be none."


def test_a_term_ends_after_it_starts():
    problem = only(programme={"starts": "2026-03-02", "ends": "2026-03-01"})
    assert (problem.rule, problem.field) == ("dates-out-of-order", ("programme", "ends"))
    assert problem.message == '"ends" is earlier than "starts".'


WORK = {"title": "Latte art", "published": "2026-04-02"}


def test_each_work_in_a_programme_tells_of_the_connection():
    problem = only(works=[{**WORK, "disclosure": "Ad"}, WORK])
    assert (problem.rule, problem.field) == ("missing-disclosure", ("works", 1))
    assert problem.message == 'Nothing says how the work "Latte art" tells of the connection with the brand.'


@pytest.mark.parametrize(
    ("work", "wrong"),
    [
        ({"relationship": "none"}, True),
        ({"relationship": "none", "published": "2026-03-28"}, False),
        ({"relationship": "gifted", "published": "2026-03-28"}, True),
        ({"published": "2026-03-28"}, True),
    ],
)
def test_only_what_was_made_before_and_freely_needs_no_label(work, wrong):
    assert bool(check(works=[{**WORK, **work}])) is wrong


def test_outside_a_programme_the_profile_may_speak_for_the_works():
    assert check(programme=None, works=[WORK]) == ()


def test_followers_have_a_day():
    problem = only(channels=[{"network": "TikTok", "handle": "ana", "followers": "3400"}])
    assert (problem.rule, problem.field) == ("number-without-date", ("channels", 0))
    assert problem.message == "Nothing says when the followers on TikTok were counted."


CHANNELS = [
    {"network": "Instagram", "handle": "ana", "followers": "12000", "as_of": "2026-03-03"},
    {"network": "TikTok", "handle": "ana", "followers": "3400", "as_of": "2026-03-02"},
    {"network": "YouTube", "handle": "ana"},
]
METRICS = {"impressions": "9000", "reach": "7000", "likes": "500", "comments": "40", "shares": "20", "saves": "30"}
NUMBERS = {**METRICS, "as_of": "2026-02-01"}
POST = {**WORK, "network": "instagram", "disclosure": "Ad", "metrics": NUMBERS}


@pytest.mark.parametrize(("limit", "fields"), [(91, 1), (90, 2), (119, 1), (120, 0)])
def test_old_numbers_are_noted(limit, fields):
    """On 1 June 2026 the followers on TikTok are 91 days old and the numbers of the work 120."""
    twintern = make(channels=CHANNELS, works=[POST])
    found = KIND.notices(twintern, "x.md", facts(metrics_max_age_days=limit))
    assert len(found) == fields
    assert all(
        (problem.rule, problem.severity, problem.overdue) == ("numbers-are-old", "notice", False) for problem in found
    )


def test_numbers_of_alumni_may_be_old():
    """What an alumna reached in her term is history; nobody will read it again."""
    former = replace(facts(metrics_max_age_days=1), state="alumni")
    assert KIND.notices(make(works=[POST]), "x.md", former) == ()


def test_old_numbers_say_how_old():
    (problem,) = KIND.notices(make(works=[POST]), "x.md", facts(metrics_max_age_days=1))
    assert problem.message == "These numbers are 120 days old; the limit is 1 day."
    assert problem.field == ("works", 0, "metrics", "as_of")


def test_the_age_counts_days_of_the_zone():
    """At 23:30 UTC on 1 June it is 2 June in London."""
    late = facts("2026-06-01 23:30", UTC)
    local = Facts(late.now.astimezone(LONDON), late.zone, late.state, {"metrics_max_age_days": 120})
    assert len(KIND.notices(make(works=[POST]), "x.md", local)) == 1


def test_followers_are_added_up_with_their_oldest_day():
    computed = KIND.compute(make(channels=CHANNELS), facts())
    assert computed["followers"] == {"total": 15400, "as_of": date(2026, 3, 2), "channels": 2}
    assert KIND.compute(make(), facts())["followers"] is None


def rates(**changes):
    twintern = make(channels=CHANNELS, works=[{**POST, **changes}])
    return {rate["formula"]: rate for rate in KIND.compute(twintern, facts())["works"][0]["rates"]}


def test_rates_by_hand():
    """Instagram counts likes, comments, saves and shares: 590 of 7000, of 9000 and of 12000."""
    found = rates()
    assert {formula: rate["percent"] for formula, rate in found.items()} == {
        "by_reach": "8.43",
        "by_impressions": "6.56",
        "by_followers": "4.92",
    }
    assert found["by_reach"] == {
        "formula": "by_reach",
        "percent": "8.43",
        "engagements": 590,
        "counted": ["likes", "comments", "saves", "shares"],
        "base": 7000,
    }


@pytest.mark.parametrize(
    ("network", "engagements"),
    [
        ("Instagram", 590),
        ("TikTok", 560),
        ("YouTube", 540),
        ("LinkedIn", 560),
        ("X", 560),
        ("Facebook", 560),
        ("Blog", 560),
    ],
)
def test_what_counts_differs_from_network_to_network(network, engagements):
    assert rates(network=network)["by_reach"]["engagements"] == engagements


def test_a_missing_number_is_not_zero():
    found = rates(metrics={"likes": "5", "reach": "100", "as_of": "2026-02-01"})
    assert found["by_reach"]["counted"] == ["likes"]
    assert "by_impressions" not in found
    assert rates(metrics={"reach": "100", "as_of": "2026-02-01"}) == {}
    assert rates(metrics={"likes": "5", "reach": "0", "as_of": "2026-02-01"}).keys() == {"by_followers"}
    assert rates(metrics=None) == {}


def test_the_rate_per_post():
    twintern = make(channels=CHANNELS, works=[POST, {**POST, "metrics": {"likes": "10", "as_of": "2026-02-01"}}, WORK])
    assert KIND.compute(twintern, facts())["channel_rates"] == [
        {
            "network": "Instagram",
            "handle": "ana",
            "formula": "per_post",
            "percent": "2.50",
            "engagements": 600,
            "posts": 2,
            "base": 24000,
        }
    ]


def test_a_work_takes_the_twinterns_relationship_and_label():
    own, other = KIND.compute(
        make(programme=None, works=[WORK, {**WORK, "relationship": "gifted", "disclosure": "Gift"}]), facts()
    )["works"]
    assert (own["relationship"], own["disclosure"]) == ("intern_paid", "Paid intern at Larkfield")
    assert (other["relationship"], other["disclosure"]) == ("gifted", "Gift")


def contest(slug, state, **winner):
    record = SimpleNamespace(
        winners=(SimpleNamespace(**{"twintern": "ana", "publish_as": "full", "consent": True, **winner}),),
        winners_announced=datetime(2026, 5, 1, 23, 30, tzinfo=UTC),
    )
    title = slug.title()
    return SimpleNamespace(kind="contest", slug=slug, title=title, record=record, state=state, zone="Europe/London")


def test_contests_won_and_the_timeline():
    back = {
        "contest": [
            contest("spring", "announced"),
            contest("soon", "closed"),
            contest("shy", "announced", publish_as="initials"),
            contest("other", "announced", twintern="ben"),
        ],
        "showcase": [SimpleNamespace(kind="showcase", slug="maria", title="Review by Maria", day=date(2026, 4, 1))],
    }
    computed = KIND.compute(make(works=[POST]), facts(back=back))
    spring, maria = Reference("contest", "spring"), Reference("showcase", "maria")
    assert computed["contests_won"] == [spring]
    assert computed["showcases"] == [maria]
    assert [
        (event["date"].isoformat(), event["event"], event["title"], event["record"]) for event in computed["timeline"]
    ] == [
        ("2026-03-29", "start", None, None),
        ("2026-04-01", "showcase", "Review by Maria", maria),
        ("2026-04-02", "work", "Latte art", None),
        ("2026-05-02", "won", "Spring", spring),
        ("2026-10-25", "end", None, None),
    ]
