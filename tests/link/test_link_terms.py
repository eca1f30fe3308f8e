"""Taxonomies: declared vocabularies, spellings, labels, and the pages of their words."""

from __future__ import annotations

from typing import Any

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS

HOME = {"content/index.md": "---\ntitle: Home\n---\n"}


def build(make_site: MakeSite, taxonomies: str, *tags: str) -> Any:
    files = {
        f"content/announcements/a{number}.md": f"---\ntitle: N\ndate: 2026-01-0{number + 1}\ntags: {given}\n---\n"
        for number, given in enumerate(tags)
    }
    return make_site({**BARE, **HOME, **files}, f"{SETTINGS}theme: bare\n{taxonomies}").build()


def pages(result: Any) -> set[str]:
    return {page.url for page in result.plan.pages}


def test_without_a_vocabulary_any_word_goes(make_site: MakeSite) -> None:
    result = build(make_site, "", "[Tea, Green leaf]", "[Tea]")
    assert result.problems == ()
    assert {"/tags/", "/tags/tea/", "/tags/green-leaf/"} <= pages(result)
    assert [(term.label, len(term.entries)) for term in result.linked.taxonomies["tags"]] == [
        ("Green leaf", 1),
        ("Tea", 2),
    ]


def test_a_word_outside_a_declared_vocabulary_is_an_error_at_the_word(make_site: MakeSite) -> None:
    result = build(make_site, "taxonomies: {tags: {terms: [tea, coffee]}}\n", "[tea, cofee]")
    (problem,) = result.problems
    assert (problem.rule, problem.line, problem.column) == ("undeclared-term", 4, 13)
    assert 'Did you mean "coffee"?' in problem.message


def test_a_declared_word_may_be_written_in_any_case_and_has_one_label(make_site: MakeSite) -> None:
    result = build(make_site, "taxonomies: {tags: {label: Topics, terms: {tea: Fine tea}}}\n", "[Tea]", "[tea]")
    assert result.problems == ()
    assert [term.label for term in result.linked.taxonomies["tags"]] == ["Fine tea"]
    page = next(page for page in result.plan.pages if page.url == "/tags/")
    assert page.view["title"] == "Topics"


def test_two_spellings_of_one_word_are_a_warning(make_site: MakeSite) -> None:
    result = build(make_site, "", "[Green tea]", "[green-tea]")
    (problem,) = result.problems
    assert (problem.rule, problem.severity, problem.path) == ("two-spellings", "warning", "content/announcements/a0.md")
    assert result.ok
    assert "/tags/green-tea/" in pages(result)


def test_words_without_pages(make_site: MakeSite) -> None:
    result = build(make_site, "taxonomies: {tags: {pages: no}}\n", "[tea]")
    assert result.ok
    assert not any(url.startswith("/tags/") for url in pages(result))


def test_words_of_withheld_records_have_no_pages(make_site: MakeSite) -> None:
    files = {"content/announcements/a.md": "---\ntitle: N\ndate: 2026-01-01\ntags: [secret]\ndraft: yes\n---\n"}
    result = make_site({**BARE, **HOME, **files}, SETTINGS + "theme: bare\n").build()
    assert result.ok
    assert not any("secret" in url for url in pages(result))


def test_other_taxonomies_gather_where_they_are_declared(make_site: MakeSite) -> None:
    record = "---\nname: Ana\nhandle: ana\nrelationship: none\nregions: [Kent, Leeds]\n---\n\nAna.\n"
    settings = f"{SETTINGS}theme: bare\ntaxonomies: {{regions: {{label: Where}}}}\n"
    result = make_site({**BARE, **HOME, "content/twinterns/ana.md": record}, settings).build()
    assert result.ok, result.problems
    assert {"/regions/", "/regions/kent/", "/regions/leeds/"} <= pages(result)
