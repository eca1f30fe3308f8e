"""Where pages stand: addresses from names of files, slugs, patterns and aliases, and what links to them mean."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS, Site
from tests.support.texts import announcement, contest, named, page, showcase, twintern

HOME = {"content/index.md": page("Home", body="Hello.")}

Write = Callable[..., Site]


@pytest.fixture
def write(make_site: MakeSite) -> Write:
    """Writes a small site with a home page and the bare theme, whose templates are quick to compile."""
    return lambda files, more="": make_site(BARE | HOME | files, f"{SETTINGS}theme: bare\n{more}")


def rules(site: Site) -> list[str]:
    return [problem.rule for problem in site.build().problems if problem.severity != "notice"]


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("Spring Fair.md", "spring-fair/"),
        ("Größe.md", "grosse/"),
        ("README.md", "readme/"),
        ("v1.2_notes.md", "v1-2-notes/"),
        ("Getting Started/Step One.md", "getting-started/step-one/"),
        ("東京 2026.md", "東京-2026/"),
        ("東京.md", "東京/"),
        ("★.md", "u2605/"),
        ("a/index.md", "a/"),
    ],
)
def test_a_page_stands_at_an_address_made_from_the_name_of_its_file(write: Write, file: str, address: str) -> None:
    site = write({f"content/pages/{file}": page()})
    assert site.build().ok
    assert "<h1>About</h1>" in site.text(address)


def test_a_record_is_named_by_the_slug_that_its_file_gives(write: Write) -> None:
    site = write(
        {
            "content/contests/Big One.md": contest("Big"),
            "content/announcements/x.md": announcement(
                more="contest: big-one\n", body="[It](../contests/Big%20One.md)"
            ),
        }
    )
    assert rules(site) == []
    assert 'href="../../contests/big-one/"' in site.text("announcements/x/")


def test_the_slug_of_a_page_replaces_the_last_step_of_its_address(write: Write) -> None:
    site = write({"content/pages/guide/first.md": page(more="slug: start\n")})
    assert site.build().ok
    assert "guide/start/index.html" in site.files()


@pytest.mark.parametrize("path", ["contests/index.md", "pages/index.md", "pages/_index.md", "contests/2026/_index.md"])
def test_a_text_that_would_have_no_page_is_an_error(write: Write, path: str) -> None:
    site = write({f"content/{path}": page()})
    (problem,) = site.build().problems
    assert (problem.rule, problem.path) == ("unknown-file", f"content/{path}")


def test_folders_of_a_section_only_group(write: Write) -> None:
    site = write({"content/contests/2026/spring.md": contest()})
    assert site.build().ok
    assert "contests/spring/index.html" in site.files()


def test_a_section_with_a_text_and_no_records_has_a_list(write: Write) -> None:
    site = write({"content/contests/_index.md": page("Competitions", body="None yet.")})
    assert site.build().ok
    assert "None yet." in site.text("contests/")
    assert "Competitions" in site.text("contests/")


def test_a_list_whose_text_has_no_title_is_called_as_its_kind_or_folder(write: Write) -> None:
    text = "---\nsummary: All of them.\n---\n"
    site = write(
        {
            "content/contests/_index.md": text,
            "content/pages/our-guide/_index.md": text,
            "content/pages/our-guide/a.md": page(),
        }
    )
    assert site.build().ok
    assert "<h1>Contests</h1>" in site.text("contests/")
    assert "<h1>Our guide</h1>" in site.text("our-guide/")


def test_permalinks_place_records_by_year_and_month(write: Write) -> None:
    settings = "permalinks: {announcement: '/news/{year}/{month}/{slug}/', page: '/info/{slug}/'}\n"
    site = write(
        {"content/announcements/x.md": announcement(body="[us](../pages/about.md)"), "content/pages/about.md": page()},
        settings,
    )
    assert rules(site) == []
    assert 'href="../../../../info/about/"' in site.text("news/2026/05/x/")


def test_an_address_that_nothing_can_have_is_no_alias(write: Write) -> None:
    aliases = '[https://example.org/a/, "/b/?x=1", "/c/#d", old.md]'
    site = write({"content/pages/a.md": page(more=f"aliases: {aliases}\n")})
    problems = site.build().problems
    assert [(p.rule, p.line) for p in problems] == [("not-an-alias", 3)] * 4
    assert [p.column for p in problems] == [11, 35, 46, 55]


def test_an_alias_that_an_other_page_has_is_told_at_the_alias(write: Write) -> None:
    site = write({"content/pages/a.md": page(more="aliases: [/x/, /b/]\n"), "content/pages/b.md": page("B")})
    first, second = site.build().problems
    assert (first.path, first.line, first.column) == ("content/pages/a.md", 3, 16)
    assert first.message == "This alias is the address of content/pages/b.md already (/b/)."
    assert second.path == "content/pages/b.md"


def test_an_alias_that_is_the_pages_own_address_is_an_error(write: Write) -> None:
    site = write({"content/pages/a.md": page(more="aliases: [/a/]\n")})
    (problem,) = site.build().problems
    assert problem.message == "This alias is the address of this very page already (/a/)."


def test_two_aliases_that_differ_only_in_capitals_collide(write: Write) -> None:
    files = {f"content/pages/{n}.md": page(n, more=f"aliases: [{a}]\n") for n, a in (("a", "/x/"), ("b", "/X/"))}
    assert rules(write(files)) == ["same-address", "same-address"]


def test_an_alias_without_a_last_slash_is_a_folder_and_with_an_ending_a_file(write: Write) -> None:
    site = write({"content/pages/a.md": page(more="aliases: [/old, /deep/old.html]\n")})
    assert site.build().ok
    assert 'href="../a/"' in site.text("old/")
    assert 'href="/a/"' in site.text("deep/old.html")
    assert site.text("_redirects") == "/deep/old.html /a/ 301\n/old/ /a/ 301\n"


def test_redirects_carry_the_path_of_the_sites_address_and_are_percent_encoded(write: Write) -> None:
    site = write({"content/pages/東京.md": page(more="aliases: [/old%20name/]\n")})
    assert site.build(base_url="https://example.org/some/sub/").ok
    assert site.text("_redirects") == "/some/sub/old%20name/ /some/sub/%E6%9D%B1%E4%BA%AC/ 301\n"


def test_a_link_to_an_alias_leads_to_the_page_itself(write: Write) -> None:
    site = write(
        {"content/pages/a.md": page(more="aliases: [/old/]\n"), "content/pages/b.md": page(body="[a](/old/#top)")}
    )
    assert rules(site) == []
    assert 'href="../a/#top"' in site.text("b/")


def test_a_static_page_and_a_static_file_can_be_linked_to(write: Write) -> None:
    site = write(
        {
            "content/pages/a.md": page(body="[game](/game/) [form](/Entry%20form.pdf)"),
            "content/static/game/index.html": "<!doctype html><title>Game</title>",
            "content/static/Entry form.pdf": b"%PDF-1.4",
        }
    )
    assert rules(site) == []
    assert 'href="../Entry%20form.pdf"' in site.text("a/")


def test_names_of_pictures_and_downloads_are_made_fit_for_addresses(write: Write) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
    site = write(
        {
            "content/pages/a.md": page(
                more="image: {src: my%20photo.svg, alt: A}\n", body="![B](<kite, red.svg>) [plan](my%20plan.pdf)"
            ),
            "content/pages/my photo.svg": svg,
            "content/pages/kite, red.svg": svg + "\n",
            "content/pages/my plan.pdf": b"%PDF-1.4",
        }
    )
    assert rules(site) == []
    media = sorted(path for path in site.files() if path.startswith("media/") and "/share-" not in path)
    assert [re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in media] == [
        "media/kite-red.svg",
        "media/my-photo.svg",
        "media/my-plan.pdf",
    ]
    for path in media:
        assert f"/{path}" in site.text("a/")


def test_links_to_records_with_errors_are_not_told_as_well(write: Write) -> None:
    body = "[a](/contests/spring/) [b](../contests/spring.md) [c](/contests/)\n\n::: show spring\n:::\n"
    site = write(
        {
            "content/contests/spring.md": page("Spring"),
            "content/announcements/x.md": announcement(
                more="contest: spring\ndesired_action: {verb: enter, url: /contests/spring/}\n", body=body
            ),
        },
        "menu:\n  - {label: Spring, to: /contests/spring/}\n",
    )
    assert {problem.path for problem in site.build().problems} == {"content/contests/spring.md"}


def test_other_broken_links_are_told_even_while_some_record_is_wrong(write: Write) -> None:
    site = write(
        {
            "content/contests/spring.md": page("Spring"),
            "content/pages/b.md": page(more="desired_action: {verb: read, url: /nowhere/}\n", body="[x](/nothing/)"),
        },
        "menu:\n  - {label: None, to: /never/}\n",
    )
    told = {(p.rule, p.path) for p in site.build().problems if p.rule.startswith("broken")}
    assert told == {
        ("broken-link", "content/pages/b.md"),
        ("broken-menu", "site.yaml"),
    }


def test_a_static_file_where_pages_need_a_folder_is_an_error(write: Write) -> None:
    site = write({"content/pages/a/b/c.md": page(), "content/static/a": "a file"})
    assert rules(site) == ["same-address", "same-address"]


def test_terms_of_signs_alone_have_addresses_of_their_own(write: Write) -> None:
    site = write({"content/pages/a.md": page(more='tags: ["★", "..", "C/C++", "日本/東京"]\n')})
    assert rules(site) == []
    found = {path.split("/")[1] for path in site.files() if path.startswith("tags/") and path.count("/") == 2}
    assert found == {"u2605", "u2e-u2e", "c-c", "日本-東京"}


def test_every_planned_address_can_be_linked_to(write: Write) -> None:
    files = {
        **{f"content/announcements/a{n}.md": announcement(f"A{n}", more="tags: [x, y]\n") for n in range(7)},
        "content/contests/spring.md": contest(),
        "content/twinterns/ana.md": twintern(more="regions: [uk]\n"),
        "content/showcases/kim.md": showcase(),
        "content/products/p.md": named("P"),
        "content/pages/g/_index.md": page("G"),
        "content/pages/g/a.md": page(more="aliases: [/old/]\n"),
    }
    settings = "pagination: {size: 2}\ntaxonomies: {regions: {label: Where}}\n"
    plan = write(files, settings).build().plan
    assert plan is not None
    addresses = [item.url for item in plan.pages] + [f"/{item.path}" for item in plan.documents]
    body = "\n".join(f"[x]({address})" for address in addresses)
    assert rules(write(files | {"content/pages/links.md": page(body=body)}, settings)) == []
