"""Published, withheld, wrong: what is shown when, and what a withheld record leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.conftest import MakeSite
from tests.support.texts import announcement, contest, page, showcase

JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "reason", "until"),
    [
        ("draft: true\n", "draft", None),
        ("publish_at: 2026-06-02 09:00\n", "scheduled", "2026-06-02T09:00:00+01:00"),
        ("expires_at: 2026-05-02 09:00\n", "expired", None),
        ("embargo: 2026-06-03 09:00\n", "embargo", "2026-06-03T09:00:00+01:00"),
    ],
)
def test_a_withheld_record_is_named_with_its_reason(
    make_site: MakeSite, more: str, reason: str, until: str | None
) -> None:
    site = make_site({"content/announcements/x.md": announcement("Planted", more=more)})
    result = site.build()
    assert result.ok
    assert [(held.path, held.reason, held.until) for held in result.withheld] == [
        ("content/announcements/x.md", reason, until)
    ]
    assert not [path for path, data in site.files().items() if b"Planted" in data]


@pytest.mark.parametrize("status", ["requested", "declined", "revoked", "expired"])
def test_a_showcase_without_permission_leaves_no_trace(make_site: MakeSite, status: str) -> None:
    site = make_site({"content/showcases/x.md": showcase("Planted words", status=status)})
    result = site.build(drafts=True)
    assert [held.reason for held in result.withheld] == ["permission"]
    assert not [path for path, data in site.files().items() if b"Planted" in data]


def test_drafts_are_shown_with_a_banner_and_kept_from_search_engines_when_asked_for(make_site: MakeSite) -> None:
    site = make_site({"content/announcements/x.md": announcement("Planted", more="draft: true\n")})
    result = site.build(drafts=True)
    assert result.withheld == ()
    assert 'content="noindex"' in site.text("announcements/x/")
    assert "draft" in site.text("announcements/x/").lower()


def test_an_embargo_is_never_previewed(make_site: MakeSite) -> None:
    site = make_site({"content/announcements/x.md": announcement("Planted", more="embargo: 2026-06-03 09:00\n")})
    assert [held.reason for held in site.build(drafts=True).withheld] == ["embargo"]


def test_a_scheduled_record_appears_at_its_very_second(make_site: MakeSite) -> None:
    site = make_site({"content/announcements/x.md": announcement(more="publish_at: 2026-06-02 09:00\n")})
    assert site.build(now=datetime(2026, 6, 2, 7, 59, 59, tzinfo=UTC)).withheld
    assert not site.build(now=datetime(2026, 6, 2, 8, 0, 0, tzinfo=UTC)).withheld


def test_a_future_date_does_not_withhold(make_site: MakeSite) -> None:
    site = make_site({"content/announcements/x.md": announcement(day="2030-01-01")})
    assert not site.build().withheld


def test_a_link_to_a_withheld_record_becomes_plain_text_with_a_notice(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/announcements/x.md": announcement("Planted", more="draft: true\n"),
            "content/pages/about.md": page(body="Read [the news](../announcements/x.md) soon."),
        }
    )
    result = site.build(strict=True)
    assert result.ok
    assert [(problem.rule, problem.severity, problem.line) for problem in result.problems] == [
        ("link-to-withheld", "notice", 4)
    ]
    assert "Read the news soon." in site.text("about/")


def test_a_reference_to_a_withheld_record_resolves_and_is_left_out(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest(more="draft: true\n"),
            "content/announcements/x.md": announcement(more="contest: spring\n"),
        }
    )
    result = site.build()
    assert result.ok
    assert "spring" not in site.text("announcements/x/")


def test_a_component_that_shows_a_withheld_record_shows_nothing(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/showcases/kim.md": showcase("Planted words", status="requested"),
            "content/pages/about.md": page(body="Before.\n\n::: quote kim\n:::\n\nAfter."),
        }
    )
    result = site.build(strict=True)
    assert result.ok, result.problems
    assert "component-withheld" in {problem.rule for problem in result.problems}
    assert "Planted" not in site.text("about/")


def test_references_go_both_ways(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest("Spring draw"),
            "content/announcements/x.md": announcement("It opens", more="contest: spring\n"),
        }
    )
    assert site.build().ok
    assert "It opens" in site.text("contests/spring/")
    assert "Spring draw" in site.text("announcements/x/")


def test_an_unknown_reference_names_the_nearest(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest(),
            "content/announcements/x.md": announcement(more="contest: sprign\n"),
        }
    )
    (problem,) = [one for one in site.build().problems if one.severity == "error"]
    assert (problem.rule, problem.line, problem.column) == ("unknown-reference", 4, 10)
    assert problem.message == 'There is no contest "sprign". Did you mean "spring"?'


def test_an_alias_is_a_name_too_and_redirects(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest(more="aliases: [/contests/lenz/]\n"),
            "content/announcements/x.md": announcement(more="contest: lenz\n"),
        }
    )
    assert site.build().ok
    assert "../../contests/spring/" in site.text("contests/lenz/")
    assert site.files()["_redirects"].splitlines() == [
        b"/contests/lenz/ /contests/spring/ 301",
        b"/contests/lenz/calendar.ics /contests/spring/calendar.ics 301",
        b"/contests/lenz/rules/ /contests/spring/rules/ 301",
    ]


def test_an_alias_on_a_real_page_is_an_error(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest(more="aliases: [/about/]\n"),
            "content/pages/about.md": page(),
        }
    )
    assert {one.rule for one in site.build().problems if one.severity == "error"} == {"same-address"}


def test_the_sites_own_redirects_and_headers_come_after_ours(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/contests/spring.md": contest(more="aliases: [/lenz/]\n"),
            "content/static/_redirects": "/x /y 302\n",
            "content/static/_headers": "/x\n  A: b\n",
        }
    )
    assert site.build().ok
    lines = site.files()["_redirects"].splitlines()
    assert lines[0] == b"/lenz/ /contests/spring/ 301"
    assert lines[-1] == b"/x /y 302"
    assert site.files()["_headers"].endswith(b"/x\n  A: b\n")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 5, 1, 7, 59, 59, tzinfo=UTC), "upcoming"),
        (datetime(2026, 5, 1, 8, 0, 0, tzinfo=UTC), "open"),
        (datetime(2026, 7, 1, 15, 59, 59, tzinfo=UTC), "open"),
        (datetime(2026, 7, 1, 16, 0, 0, tzinfo=UTC), "closed"),
    ],
)
def test_a_contest_changes_its_state_at_the_second(make_site: MakeSite, now: datetime, state: str) -> None:
    site = make_site({"content/contests/spring.md": contest()})
    assert site.build(now=now).ok
    assert f'data-state="{state}"' in site.text("contests/spring/")


def test_only_pages_that_show_a_state_are_rendered_when_it_changes(make_site: MakeSite) -> None:
    site = make_site(
        {"content/contests/spring.md": contest()} | {f"content/pages/p{i}.md": page(f"Page {i}") for i in range(10)}
    )
    site.build(now=JUNE)
    result = site.build(now=datetime(2026, 7, 2, tzinfo=UTC))
    assert 0 < result.rendered <= 6


def test_pages_of_a_folder_lead_from_one_to_the_next_in_the_order_of_their_list(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/pages/guide/_index.md": page("Guide"),
            "content/pages/guide/b.md": page("First", more="weight: 1\n"),
            "content/pages/guide/a.md": page("Second", more="weight: 2\n"),
            "content/pages/alone.md": page("Alone"),
        }
    )
    assert site.build().ok
    assert 'rel="next" class="next" href="../../guide/a/"' in site.text("guide/b/")
    assert 'rel="prev" href="../../guide/b/"' in site.text("guide/a/")
    assert 'rel="next"' not in site.text("alone/")
