"""More outputs of a record: pages and documents below its address, with all that holds for its own page."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import force_setattr

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import NOW, SETTINGS, Site
from tests.support.texts import contest, page
from twinsite.cache.store import Store
from twinsite.core.request import BuildRequest
from twinsite.explain import explain_path
from twinsite.kinds import kind_named
from twinsite.kinds.further import Family, Further, Surroundings

KIND = kind_named("contest")
SPRING = "content/contests/spring.md"
THEMED = SETTINGS + "theme: bare\n"
WORKS = "aliases: [/old/]\ntags: [ab12, cd34]\n"


def show_terms(record: Any, around: Surroundings) -> Further:
    return Further({"sponsor": record.sponsor.name, "opens": record.opens}, f"Terms: {record.title}", "All of them.")


def show_dates(record: Any, around: Surroundings) -> Further:
    return Further({"uid": f"{around.uid}@{around.host}", "closes": record.closes, "at": around.full})


def show_work(record: Any, around: Surroundings) -> Further:
    return Further({"step": around.step}, around.step, noindex=True)


FAMILIES = (
    Family("terms", "contest/terms.html", lambda record: ("terms/",), show_terms),
    Family("dates", "machine/dates.txt", lambda record: ("dates.txt",), show_dates),
    Family("works", "contest/work.html", lambda record: tuple(f"works/{tag}/" for tag in record.tags), show_work),
)
TEMPLATES = {
    "themes/bare/templates/contest/terms.html": '{% extends "plain.html" %}',
    "themes/bare/templates/contest/work.html": '{% extends "plain.html" %}',
    "themes/bare/templates/machine/dates.txt": "{{ page | json }}",
}


@pytest.fixture(autouse=True)
def families() -> Iterator[None]:
    """Contests with three families of their own, for one test."""
    before = KIND.families
    force_setattr(KIND, "families", FAMILIES)
    yield
    force_setattr(KIND, "families", before)


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    files = {**BARE, **TEMPLATES, SPRING: contest(more=WORKS)}
    files["content/pages/about.md"] = page(body="[Terms](/contests/spring/terms/) and [dates](/old/dates.txt)")
    return make_site(files, f"{THEMED}menu: [{{label: Terms, to: /contests/spring/terms/}}]\n")


def build(site: Site, **options: Any) -> list[str]:
    """The errors and warnings of a build."""
    result = site.build(jobs=1, **options)
    return [problem.message for problem in result.problems if problem.severity != "notice"]


def test_they_are_made_and_found(site: Site) -> None:
    assert build(site) == []
    made = [path for path in site.files() if path.startswith("contests/spring/")]
    assert made == [
        "contests/spring/dates.txt",
        "contests/spring/index.html",
        "contests/spring/terms/index.html",
        "contests/spring/works/ab12/index.html",
        "contests/spring/works/cd34/index.html",
    ]
    assert "/contests/spring/terms/" in site.text("about/")
    text = html.unescape(site.text("contests/spring/dates.txt"))
    assert '"closes":{"iso":"2026-07-01T17:00:00+01:00"' in text
    assert '"uid":"contest/old@example.org"' in text


def test_a_page_shows_its_record_and_leads_back_to_it(site: Site) -> None:
    assert build(site) == []
    result = site.build(jobs=1)
    assert result.plan is not None
    view = next(one.view for one in result.plan.pages if one.url == "/contests/spring/terms/")
    assert view["own"]["sponsor"] == "Brightleaf"
    assert view["record"]["sponsor"]["name"] == "Brightleaf"
    assert view["computed"]["prize_count"] == 1
    assert (view["title"], view["seo_title"], view["description"]) == ("Terms: Spring", "Terms: Spring", "All of them.")
    assert [crumb["url"] for crumb in view["crumbs"]] == ["/", "/contests/", "/contests/spring/"]
    own = next(one.view for one in result.plan.pages if one.url == "/contests/spring/")
    assert own["further"] == {
        "terms": ["/contests/spring/terms/"],
        "dates": ["/contests/spring/dates.txt"],
        "works": ["/contests/spring/works/ab12/", "/contests/spring/works/cd34/"],
    }


def test_the_sitemap_has_the_listed_ones(site: Site) -> None:
    assert build(site) == []
    text = site.text("sitemap.xml")
    assert "https://example.org/contests/spring/terms/" in text
    assert "works" not in text


def test_an_unlisted_record_has_unlisted_pages(site: Site) -> None:
    site.write(SPRING, contest(more="seo: {noindex: true, title: Of the contest alone}\naliases: [/old/]\n"))
    assert build(site) == []
    assert "terms" not in site.text("sitemap.xml")
    assert "Of the contest alone" not in site.text("contests/spring/terms/")


def test_they_move_with_their_record(site: Site) -> None:
    assert build(site) == []
    lines = site.text("_redirects").splitlines()
    assert "/old/terms/ /contests/spring/terms/ 301" in lines
    assert "/old/dates.txt /contests/spring/dates.txt 301" in lines
    assert (site.output / "old/terms/index.html").exists()
    assert not (site.output / "old/dates.txt").exists()
    assert 'href="../contests/spring/dates.txt"' in site.text("about/")


def test_a_withheld_record_withholds_them(site: Site) -> None:
    site.write(SPRING, contest(more="draft: true\naliases: [/old/]\n"))
    result = site.build(jobs=1)
    assert result.ok
    told = [(problem.path, problem.rule) for problem in result.problems]
    assert told == [("content/pages/about.md", "link-to-withheld")] * 2
    assert not [path for path in site.files() if "spring" in path]
    assert build(site, drafts=True) == []
    assert "terms" not in site.text("sitemap.xml")


def test_a_link_to_one_of_a_scheduled_record_is_no_mistake(site: Site) -> None:
    site.write(SPRING, contest(more="publish_at: 2026-06-10 12:00\naliases: [/old/]\n"))
    assert build(site) == []
    assert build(site, now=datetime(2026, 6, 11, tzinfo=UTC)) == []
    assert "Terms: Spring" in site.text("contests/spring/terms/")


def test_a_page_of_that_address_collides(site: Site) -> None:
    site.write("content/pages/contests/spring/terms.md", page())
    told = build(site)
    assert len(told) == 2
    assert all("Two files would be published at /contests/spring/terms/" in message for message in told)


def test_a_switch_takes_a_family_away(site: Site) -> None:
    assert build(site) == []
    force_setattr(KIND, "families", (Family("rules", "contest/terms.html", FAMILIES[0].steps, show_terms),))
    assert (site.output / "contests/spring/terms/index.html").exists()
    site.write("content/pages/about.md", page())
    site.write("site.yaml", f"{THEMED}outputs: {{contest: {{rules: false}}}}\n")
    assert build(site) == []
    assert [path for path in site.files() if path.startswith("contests/spring/")] == ["contests/spring/index.html"]


def test_nothing_is_rendered_twice_and_all_that_changes_is_seen(site: Site) -> None:
    assert build(site) == []
    assert site.build(jobs=1).rendered == 0
    site.write(SPRING, contest(more=WORKS, body="Enter now.\n\nOther words."))
    again = {timing.path for timing in site.build(jobs=1).timings}
    assert again == {"contests/spring/index.html"}
    site.write(SPRING, contest(more=WORKS.replace("cd34", "ef56"), body="Enter now."))
    assert build(site) == []
    works = [path for path in site.files() if path.startswith("contests/spring/works/")]
    assert works == ["contests/spring/works/ab12/index.html", "contests/spring/works/ef56/index.html"]
    old = site.files()
    site.build(jobs=1, use_cache=False)
    assert site.files() == old


def test_several_processes_make_the_same(site: Site, monkeypatch: pytest.MonkeyPatch, forking: None) -> None:
    assert build(site) == []
    expected = site.files()
    monkeypatch.setattr("twinsite.plan.parts.FEWEST", 2)
    monkeypatch.setattr("twinsite.plan.parts.FEWEST_JOBS", 2)
    other = Site(site.folder, site.output.with_name("other"))
    assert other.build(jobs=2, use_cache=False).ok
    assert other.files() == expected


def test_explain_knows_them(site: Site) -> None:
    assert build(site) == []
    cache = Store.open(site.folder / ".twinsite")
    lines, problems = explain_path(BuildRequest(site.folder, now=NOW), "/contests/spring/terms/", cache)
    cache.close()
    assert problems == []
    assert lines[0] == "/contests/spring/terms/ is made from content/contests/spring.md."
    assert lines[1].endswith(" is made with contest/terms.html.")
