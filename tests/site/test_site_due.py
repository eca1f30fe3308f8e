"""What changes by itself, and what the sitemap says of days: only what a visitor would see."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import MakeSite
from tests.support.command import run_command
from tests.support.site import NOW, Site
from tests.support.texts import announcement, contest
from twinsite.cache.memory import MemoryStore
from twinsite.core.request import BuildRequest
from twinsite.due import GITHUB_STEP, DueChange, list_due, plan_runs, write_cron, write_github_cron
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


def change(at: str, what: str = "closes for entries") -> DueChange:
    return DueChange(datetime.fromisoformat(at), "content/contests/a.md", "/contests/a/", what)


def test_a_run_comes_in_the_minute_after_and_each_once() -> None:
    changes = [change("2026-12-31T23:59:30+00:00"), change("2026-12-31T23:59:59+00:00", "opens for votes")]
    assert write_cron(plan_runs(changes)) == [
        "# 2026-12-31 23:59:30 UTC: /contests/a/ closes for entries",
        "# 2026-12-31 23:59:59 UTC: /contests/a/ opens for votes",
        "0 0 1 1 *",
    ]


def test_github_gets_steps_of_five_minutes_and_no_change_is_lost() -> None:
    changes = [change(f"2026-07-01T17:{minute:02}:00+01:00") for minute in (0, 1, 5, 7, 30)]
    runs = plan_runs(changes, GITHUB_STEP)
    assert [(f"{run.at:%H:%M}", len(run.changes)) for run in runs] == [
        ("16:01", 1),
        ("16:06", 2),
        ("16:11", 1),
        ("16:31", 1),
    ]
    assert write_github_cron(runs)[0] == "schedule:"
    assert write_github_cron(runs)[-1] == '  - cron: "31 16 1 7 *"'


MINUTES = st.lists(st.integers(min_value=0, max_value=100_000), min_size=1, max_size=30)


@settings(derandomize=True, database=None, deadline=None)
@given(MINUTES, st.sampled_from([timedelta(0), GITHUB_STEP]))
def test_every_change_is_shown_by_a_run_after_it_and_soon(seconds: list[int], least: timedelta) -> None:
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    changes = [change((start + timedelta(seconds=one)).isoformat()) for one in seconds]
    runs = plan_runs(changes, least)
    assert sorted(one.at for run in runs for one in run.changes) == sorted(one.at for one in changes)
    assert all(timedelta(0) < run.at - one.at <= timedelta(minutes=1) + least for run in runs for one in run.changes)
    assert all(later.at - earlier.at >= max(least, timedelta(minutes=1)) for earlier, later in pairwise(runs))


def run_due(site: Site, *arguments: str) -> str:
    done = run_command("due", "--site", site.folder, "--now", "2026-06-25T12:00Z", *arguments)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_the_command_prints_all_four_formats(make_site: MakeSite) -> None:
    site = make_site({"content/contests/spring.md": contest()})
    assert run_due(site) == "2026-07-01 17:00 BST    in 6 d 4 h  /contests/spring/  closes for entries\n"
    (row,) = json.loads(run_due(site, "--format", "json"))
    assert row == {
        "at": "2026-07-01T17:00:00+01:00",
        "path": "content/contests/spring.md",
        "url": "/contests/spring/",
        "what": "closes for entries",
    }
    said = "2026-07-01 16:00:00 UTC: /contests/spring/ closes for entries"
    assert run_due(site, "--format", "cron") == f"# {said}\n1 16 1 7 *\n"
    lines = run_due(site, "--format", "github-cron", "--within", "4w")
    assert lines.splitlines()[:3] == ["schedule:", f"  # {said}", '  - cron: "1 16 1 7 *"']
    assert [one["cron"] for one in yaml.safe_load(lines)["schedule"]] == ["1 16 1 7 *", "1 11 15 7 *"]
    assert run_due(site, "--format", "github-cron", "--within", "1d") == "# No page changes by itself in this time.\n"


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
