"""Announcements, programmes, campaigns, products, pages, and the texts of the home page and of lists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.records import make_record
from twinsite.kinds import announcement, campaign, page, product, programme
from twinsite.kinds.kind import Facts

LONDON = ZoneInfo("Europe/London")
SECOND = timedelta(seconds=1)
TERM = {"starts": "2026-03-29", "ends": "2026-10-25"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_an_embargo_lasts_until_its_very_second():
    news = make_record(announcement.KIND, "title: News\ndate: 2026-04-14\nembargo: 2026-04-14 06:00")
    end = at("2026-04-14 06:00")
    assert announcement.KIND.withhold(news, end - SECOND) == ("embargo", news.embargo)
    assert announcement.KIND.withhold(news, end) is None
    (change,) = announcement.KIND.changes(news, LONDON)
    assert (change.at, change.what) == (end, "is released")


def test_an_embargo_in_the_hour_that_happens_twice():
    news = make_record(announcement.KIND, "title: News\ndate: 2026-10-25\nembargo: 2026-10-25 01:30+00:00")
    first = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    assert announcement.KIND.withhold(news, first) is not None
    assert announcement.KIND.withhold(news, first.replace(fold=1)) is None


def test_news_without_an_embargo_is_free():
    news = make_record(announcement.KIND, "title: News\ndate: 2026-04-14")
    assert announcement.KIND.withhold(news, at("2020-01-01 00:00")) is None
    assert announcement.KIND.changes(news, LONDON) == ()


def test_the_newest_news_comes_first():
    older = make_record(announcement.KIND, "title: News\ndate: 2026-04-13")
    newer = make_record(announcement.KIND, "title: News\ndate: 2026-04-14")
    assert announcement.KIND.order(newer, None, "Z") < announcement.KIND.order(older, None, "A")


TERMS = [
    (campaign.KIND, "title: Spring"),
    (programme.KIND, "title: Twinternship\npurpose: To learn.\npaid: yes"),
]


@pytest.mark.parametrize(("kind", "text"), TERMS)
def test_a_term_begins_and_ends_at_midnight(kind, text):
    record = make_record(kind, text, **TERM)
    starts, ends = kind.changes(record, LONDON)
    assert (starts.at.isoformat(), starts.what) == ("2026-03-29T00:00:00+00:00", "says that it has begun")
    assert (ends.at.isoformat(), ends.what) == ("2026-10-26T00:00:00+00:00", "says that it is over")
    for change, before, after in ((starts, "upcoming", "running"), (ends, "running", "ended")):
        assert kind.state(record, (change.at.astimezone(UTC) - SECOND).astimezone(LONDON)) == before
        assert kind.state(record, change.at) == after


@pytest.mark.parametrize(("kind", "text"), TERMS)
def test_without_days_it_runs(kind, text):
    record = make_record(kind, text)
    assert kind.state(record, at("2026-01-01 00:00")) == "running"
    assert kind.changes(record, LONDON) == ()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_ends_of_the_calendar_mean_never(zone):
    record = make_record(campaign.KIND, "title: Spring\nstarts: 0001-01-01\nends: 9999-12-31")
    assert campaign.KIND.changes(record, ZoneInfo(zone)) == ()
    assert campaign.KIND.state(record, at("2026-01-01 00:00")) == "running"


@pytest.mark.parametrize(("kind", "text"), TERMS)
def test_a_term_in_disorder_is_wrong(kind, text):
    (problem,) = kind.check(make_record(kind, text, starts="2026-03-02", ends="2026-03-01"), "x.md")
    assert (problem.rule, problem.field) == ("dates-out-of-order", ("ends",))
    assert problem.message == '"ends" is earlier than "starts".'
    assert problem.hint == 'Write the last day in "ends"; it may be the same day as "starts", or any later one.'


def make_programme(**changes):
    return make_record(programme.KIND, TERMS[1][1], **changes)


def test_a_cohort_in_disorder_is_wrong():
    cohorts = [{"name": "A"}, {"name": "B", "starts": "2026-03-02", "ends": "2026-03-01"}]
    (problem,) = programme.KIND.check(make_programme(cohorts=cohorts), "x.md")
    assert (problem.rule, problem.field) == ("dates-out-of-order", ("cohorts", 1, "ends"))


def test_applying_leads_somewhere():
    (problem,) = programme.KIND.check(make_programme(apply={"label": "Apply"}), "x.md")
    assert (problem.rule, problem.field) == ("apply-without-target", ("apply",))
    assert problem.message == '"apply" says nothing about where to apply.'


@pytest.mark.parametrize(
    ("now", "state", "takes"),
    [
        ("2026-06-30 17:59:59", "running", True),
        ("2026-06-30 18:00", "running", False),
        ("2026-06-01 12:00", "ended", False),
    ],
)
def test_applications_close(now, state, takes):
    record = make_programme(apply={"url": "/apply/", "closes": "2026-06-30 18:00"})
    facts = Facts(at(now), "Europe/London", state, {})
    assert programme.KIND.compute(record, facts)["takes_applications"] is takes
    (change,) = programme.KIND.changes(record, LONDON)
    assert (change.at, change.what) == (at("2026-06-30 18:00"), "closes for applications")
    without = programme.KIND.compute_card(make_programme(), facts)
    assert without == {"applications": "none", "takes_applications": False}


@pytest.mark.parametrize("gtin", ["4006381333931", "96385074", "036000291452", "10012345678902", "0000000000000"])
def test_the_number_of_a_bar_code(gtin):
    assert product.is_gtin(gtin)


@pytest.mark.parametrize(
    "gtin", ["4006381333932", "400638133393", "", "4006381 333931", "٤006381333931", "40063813339311"]
)
def test_a_wrong_number_of_a_bar_code(gtin):
    assert not product.is_gtin(gtin)


def test_a_product_says_so():
    (problem,) = product.KIND.check(make_record(product.KIND, "title: Beans\ngtin: 123"), "x.md")
    assert (problem.rule, problem.field) == ("wrong-gtin", ("gtin",))
    assert problem.message == '"123" is not the number of a bar code: its length or its last digit does not fit.'


def test_what_has_no_day_stands_by_weight_then_title():
    light, heavy = make_record(page.KIND, "title: A\nweight: 1"), make_record(page.KIND, "title: A\nweight: 2")
    assert page.KIND.order(light, None, "Z") < page.KIND.order(heavy, None, "A")
    assert page.KIND.order(light, None, "apple") < page.KIND.order(light, None, "Banana")


def test_the_text_of_a_list_needs_no_title():
    assert page.LIST.title(make_record(page.LIST, "summary: All contests.")) == ""
    assert page.LIST.title(make_record(page.LIST, "title: Contests")) == "Contests"


def test_the_home_page_has_a_title():
    assert page.HOME.title(make_record(page.HOME, "title: Larkfield")) == "Larkfield"
