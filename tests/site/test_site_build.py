"""The build as a whole: what a visitor gets, how much was rendered, and what a second build does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import MakeSite
from tests.support.site import SETTINGS
from tests.support.texts import announcement, contest, page, showcase, twintern

FILES = {
    "content/index.md": page("Welcome", body="See the [contest](contests/spring.md) and [us](pages/about.md)."),
    "content/contests/spring.md": contest(),
    "content/twinterns/ana.md": twintern(),
    "content/showcases/kim.md": showcase(),
    "content/announcements/news.md": announcement(),
    "content/pages/about.md": page(),
}


def test_every_record_has_a_page_and_every_kind_a_list(make_site: MakeSite) -> None:
    site = make_site(FILES)
    result = site.build()
    assert [problem.rule for problem in result.problems] == ["contest-not-locked"]
    for path in (
        "",
        "contests/",
        "contests/spring/",
        "twinterns/ana/",
        "showcases/kim/",
        "announcements/news/",
        "about/",
    ):
        assert "<h1" in site.text(path)
    assert "404.html" in site.files()


def test_a_second_build_renders_and_writes_nothing(make_site: MakeSite) -> None:
    site = make_site(FILES)
    first = site.build()
    before = site.files()
    second = site.build()
    assert (second.rendered, second.written, second.deleted) == (0, 0, 0)
    assert second.reused == first.pages
    assert site.files() == before


def test_a_changed_body_renders_its_own_page_alone(make_site: MakeSite) -> None:
    site = make_site(FILES | {"content/announcements/news.md": announcement(more="summary: Short.\n")})
    site.build()
    site.write("content/announcements/news.md", announcement(more="summary: Short.\n", body="It happened twice."))
    result = site.build()
    assert result.rendered == 1
    assert "happened twice" in site.text("announcements/news/")


def test_a_changed_title_renders_every_page_that_shows_it(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    site.write("content/announcements/news.md", announcement("Great news"))
    site.build()
    for path in ("", "announcements/", "announcements/news/", "2026/05/", "announcements/2026/"):
        assert "Great news" in site.text(path), path


def test_a_moved_line_alone_renders_nothing(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    site.write("content/pages/about.md", "---\n# a comment\ntitle: About\n---\nWe are.\n")
    assert site.build().rendered == 0


def test_a_deleted_record_leaves_no_trace(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    site.delete("content/showcases/kim.md")
    result = site.build()
    assert result.ok
    assert result.deleted > 0
    assert not [path for path in site.files() if "kim" in path or path.startswith("showcases/")]


def test_an_error_leaves_the_old_site_as_it_was(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    before = site.files()
    site.write("content/pages/about.md", "---\ntitel: About\n---\n")
    result = site.build()
    assert not result.ok
    assert (result.rendered, result.written, result.reused, result.deleted) == (0, 0, 0, 0)
    assert site.files() == before


def test_strict_stops_at_warnings_and_leaves_the_old_site(make_site: MakeSite) -> None:
    site = make_site(FILES | {"content/pages/html.md": page("Html", body="<script>x</script>Text.")})
    assert site.build().ok
    assert not site.build(strict=True).ok


def test_problems_of_all_files_are_told_in_one_run(make_site: MakeSite) -> None:
    site = make_site(
        {
            "content/pages/a.md": "---\ntitel: A\n---\n[x](nowhere.md)\n",
            "content/pages/b.md": page("B", body="![](none.png)"),
            "content/contests/c.md": contest(more="campaign: nothing\n", body="::: nonsense\n:::"),
            "content/pictures/d.jpg": b"",
            "content/data/e.csv": "a,b\n1\n",
        }
    )
    rules = {problem.rule for problem in site.build().problems}
    assert rules >= {
        "unknown-field", "broken-link", "missing-image", "unknown-reference", "unknown-component",
        "unknown-folder", "ragged-row",
    }  # fmt: skip


def test_problems_are_sorted_and_told_once(make_site: MakeSite) -> None:
    site = make_site({"content/pages/b.md": "---\nx: 1\ny: 2\n---\n", "content/pages/a.md": "---\nz: 1\n---\n"})
    problems = site.build().problems
    places = [(problem.path, problem.line) for problem in problems]
    assert places == sorted(places, key=lambda place: (place[0], place[1] or 0))
    assert len(set(problems)) == len(problems)


def test_two_records_on_one_address_are_an_error_for_both(make_site: MakeSite) -> None:
    site = make_site({"content/pages/contests/spring.md": page("Other"), "content/contests/spring.md": contest()})
    found = [problem for problem in site.build().problems if problem.rule == "same-address"]
    assert [problem.path for problem in found] == ["content/contests/spring.md", "content/pages/contests/spring.md"]


def test_two_records_with_one_slug_are_an_error_for_both(make_site: MakeSite) -> None:
    site = make_site({"content/contests/a/spring.md": contest(), "content/contests/b/spring.md": contest()})
    found = [problem for problem in site.build().problems if problem.rule == "same-slug"]
    assert [problem.path for problem in found] == ["content/contests/a/spring.md", "content/contests/b/spring.md"]


def test_a_static_file_on_the_address_of_a_page_is_an_error(make_site: MakeSite) -> None:
    site = make_site(FILES | {"content/static/About/index.html": "x"})
    found = [problem for problem in site.build().problems if problem.rule == "same-address"]
    assert sorted(problem.path for problem in found) == ["content/pages/about.md", "content/static/About/index.html"]


def test_static_files_are_copied_dotfiles_too(make_site: MakeSite) -> None:
    site = make_site(FILES | {"content/static/.well-known/x": "y", "content/static/CNAME": "example.org"})
    assert site.build().ok
    assert site.files()[".well-known/x"] == b"y"
    assert site.files()["CNAME"] == b"example.org"


def test_only_files_that_something_names_are_published(make_site: MakeSite) -> None:
    site = make_site(
        FILES
        | {
            "content/pages/about.md": page(body="[The rules](rules.pdf)"),
            "content/pages/rules.pdf": b"%PDF-1",
            "content/pages/secret.pdf": b"%PDF-2",
        }
    )
    assert site.build().ok
    published = [data for data in site.files().values() if data.startswith(b"%PDF")]
    assert published == [b"%PDF-1"]


@pytest.mark.parametrize("base", ["https://example.org/", "https://example.org/some/where/"])
def test_the_same_folder_works_at_a_root_and_under_a_sub_folder(make_site: MakeSite, base: str) -> None:
    site = make_site(FILES)
    assert site.build(base_url=base).ok
    for path, data in site.files().items():
        if path.endswith(".html") and path != "404.html":
            assert b'href="/' not in data, path
            assert b'src="/' not in data, path


def test_only_full_addresses_differ_between_two_base_urls(make_site: MakeSite) -> None:
    # A share kit and a media kit have the address in another writing, and in a QR code.
    site = make_site(FILES, SETTINGS + "outputs: {share: {contest: false}, twintern: {kit: false}}\n")
    site.build()
    one = site.files()
    site.build(base_url="https://example.org/some/where/")
    two = site.files()
    differing = {path for path in one if one[path] != two[path] and path.endswith(".html") and path != "404.html"}
    for path in differing:
        assert two[path].replace(b"https://example.org/some/where/", b"https://example.org/") == one[path]


def test_a_folder_without_a_site_is_one_clear_problem(make_site: MakeSite) -> None:
    site = make_site({})
    site.delete("site.yaml")
    rules = [problem.rule for problem in site.build().problems]
    assert rules == ["no-settings"]


def test_moving_the_clock_never_changes_whether_a_strict_build_passes(make_site: MakeSite) -> None:
    winners = "winners:\n  - {place: First, name: Jo Doe, publish_as: full, consent: true}\n"
    site = make_site(
        FILES
        | {
            "content/contests/won.md": contest("Won", winners),
            "content/showcases/old.md": showcase(more="", status="granted, expires: 2026-08-01"),
            "content/announcements/later.md": announcement("Later", more="publish_at: 2026-09-01 09:00\n"),
            "content/pages/link.md": page("Link", body="[later](../announcements/later.md) [old](../showcases/old.md)"),
        }
    )
    start = datetime(2026, 4, 1, tzinfo=UTC)
    outcomes = {site.build(now=start + timedelta(days=days), strict=True).ok for days in range(0, 300, 20)}
    assert outcomes == {True}


SCRIPT = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from twinsite.build import BuildRequest, build_site
site, output, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
result = build_site(BuildRequest(site, output, now=datetime(2026, 6, 1, 12, tzinfo=UTC), jobs=jobs, use_cache=False))
assert result.ok, result.problems
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "PYTHONHASHSEED": "77", "LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "HOME": "/nonexistent"},
    ],
)
def test_same_bytes_in_another_folder_zone_locale_and_hash_seed(
    make_site: MakeSite, environment: dict[str, str]
) -> None:
    site = make_site(FILES)
    site.build()
    elsewhere = make_site(FILES)
    command = [sys.executable, "-c", SCRIPT, str(elsewhere.folder), str(elsewhere.output), "2"]
    subprocess.run(command, check=True, env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert elsewhere.files() == site.files()


@pytest.mark.usefixtures("forking")
def test_serial_and_parallel_builds_make_the_same_bytes(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twinsite.render.pages.FEWEST", 64)
    many = {f"content/announcements/n{i}.md": announcement(f"News {i}", f"2026-05-{i % 28 + 1:02}") for i in range(90)}
    site = make_site(FILES | many)
    site.build(jobs=1, use_cache=False)
    serial = site.files()
    site.build(jobs=2, use_cache=False)
    assert site.files() == serial


def test_the_manifest_names_no_source_and_no_time(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    manifest = site.files()[".twinsite-manifest"].decode()
    assert "content/" not in manifest
    assert "2026-06-01" not in manifest


def test_a_verified_build_finds_no_difference(make_site: MakeSite) -> None:
    from twinsite.core.request import BuildRequest
    from twinsite.verify import verify_output

    site = make_site(FILES)
    result = site.build()
    request = BuildRequest(site.folder, site.output, now=datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert verify_output(request, result).ok
    (site.output / "about/index.html").write_text("changed")
    found = verify_output(request, result)
    assert [problem.path for problem in found.problems if problem.severity == "error"] == ["about/index.html"]


def test_json_ld_is_valid_and_names_the_page(make_site: MakeSite) -> None:
    site = make_site(FILES)
    site.build()
    text = site.text("announcements/news/")
    scripts = [part.split("</script>")[0] for part in text.split('<script type="application/ld+json">')[1:]]
    kinds = [json.loads(script)["@type"] for script in scripts]
    assert kinds == ["NewsArticle", "BreadcrumbList"]
