"""The menu: each target is a page that exists, or a problem at its line of ``site.yaml``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS

PAGES = {
    "content/index.md": "---\ntitle: Home\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\n## People\n",
    "content/pages/later.md": "---\ntitle: Later\ndraft: yes\n---\n",
    "content/announcements/news.md": "---\ntitle: News\ndate: 2026-01-01\n---\n",
    "content/static/price-list.txt": "1",
}


def build(make_site: MakeSite, menu: str) -> Any:
    return make_site({**BARE, **PAGES}, f"{SETTINGS}theme: bare\nmenu:\n{menu}").build()


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("/", "/"),
        ("/announcements/", "/announcements/"),
        ("/about/#people", "/about/#people"),
        ("pages/about.md", "/about/"),
        ("content/pages/about.md#people", "/about/#people"),
        ("/price-list.txt", "/price-list.txt"),
        ("https://shop.example/", "https://shop.example/"),
        ("mailto:hello@example.org", "mailto:hello@example.org"),
        ("pages/later.md", None),
        ("/later/", None),
    ],
)
def test_a_target_that_exists(make_site: MakeSite, target: str, url: str | None) -> None:
    """A withheld page is left out of the menu until it is published; that is no mistake."""
    result = build(make_site, f"  - label: There\n    to: {target}\n")
    assert result.ok, result.problems
    assert [item["url"] for item in result.plan.frame["menu"]] == [url]


@pytest.mark.parametrize("target", ["/abuot/", "pages/abuot.md", "/announcement/", "/price-lst.txt"])
def test_a_missing_target_is_an_error_at_its_line(make_site: MakeSite, target: str) -> None:
    result = build(make_site, f"  - label: Home\n    to: /\n  - label: There\n    to: {target}\n")
    (problem,) = result.problems
    line = len(SETTINGS.splitlines()) + 6
    assert (problem.rule, problem.path, problem.line, problem.column) == ("broken-menu", "site.yaml", line, 9)
    assert not result.ok


def test_an_item_below_another_is_looked_at_too(make_site: MakeSite) -> None:
    result = build(make_site, "  - label: More\n    children:\n      - {label: There, to: /nowhere/}\n")
    (problem,) = result.problems
    assert (problem.rule, problem.line) == ("broken-menu", len(SETTINGS.splitlines()) + 5)


def test_the_menu_stands_on_every_page(make_site: MakeSite) -> None:
    site = make_site({**BARE, **PAGES}, f"{SETTINGS}theme: bare\nmenu: [{{label: About us, to: pages/about.md}}]\n")
    assert site.build().ok
    assert '<a href="./about/">About us</a>' in site.text("")
    assert '<a href="../../about/">About us</a>' in site.text("announcements/news/")
