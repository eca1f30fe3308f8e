"""What changes by itself, and what the sitemap says of days: only what a visitor would see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.conftest import MakeSite
from tests.support.site import NOW, Site
from tests.support.texts import announcement, contest
from twinsite.cache.store import MemoryStore
from twinsite.core.request import BuildRequest
from twinsite.due import list_due, write_cron
from twinsite.stages import Stopwatch
from twinsite.survey import survey_site


def due_in(site: Site, days: int) -> list[tuple[str, str]]:
    """(when, what) of all that changes within some days."""
    survey = survey_site(BuildRequest(site.folder, now=NOW, write=False), MemoryStore(), Stopwatch())
    assert survey.site is not None
    return [(f"{change.at:%m-%d %H:%M}", change.what) for change in list_due(survey.site, NOW, NOW + timedelta(days))]


def test_a_contest_is_due_at_its_own_moments(make_site: MakeSite) -> None:
    site = make_site({"content/contests/spring.md": contest()})
    assert due_in(site, 90) == [("07-01 17:00", "closes for entries"), ("07-15 12:00", "is due to show the winners")]
    assert due_in(site, 10) == []


def test_what_happens_while_a_record_is_withheld_is_not_due(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/draft.md": contest(more="draft: true\n"),
            "content/contests/later.md": contest(more="publish_at: 2026-07-10 09:00\n"),
        }
    )
    assert due_in(site, 90) == [("07-10 09:00", "is published"), ("07-15 12:00", "is due to show the winners")]


def test_cron_lines_come_a_minute_after_and_each_once() -> None:
    moment = datetime(2026, 12, 31, 23, 59, 30, tzinfo=UTC)
    assert write_cron([moment, moment]) == ["0 0 1 1 *"]


def test_the_sitemap_names_no_day_that_has_not_come(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/announcements/a.md": announcement(day="2026-05-01"),
            "content/announcements/b.md": announcement(day="2030-05-01"),
        }
    )
    assert site.build().ok
    assert "<lastmod>2026-05-01" in site.text("sitemap.xml")
    assert "2030" not in site.text("sitemap.xml").replace("/2030/", "")


def test_a_theme_that_extends_a_list_is_a_problem_of_its_file(make_site: MakeSite) -> None:
    settings = "title: B\nbase_url: https://example.org/\ntimezone: UTC\ntheme: mine\n"
    site = make_site(
        {"themes/mine/theme.yaml": "extends: [default]\n", "content/index.md": "---\ntitle: A\n---\n"}, settings
    )
    (problem,) = site.build().problems
    assert (problem.rule, problem.path, problem.line) == ("list-for-value", "themes/mine/theme.yaml", 1)


def test_an_unknown_set_of_words_is_an_error(make_site: MakeSite) -> None:
    settings = "title: B\nbase_url: https://example.org/\ntimezone: UTC\ntaxonomies:\n  tgas: {}\n"
    site = make_site({"content/index.md": "---\ntitle: A\n---\n"}, settings)
    (problem,) = site.build().problems
    assert (problem.rule, problem.line) == ("unknown-name", 5)
    assert 'Did you mean "tags"?' in problem.message
