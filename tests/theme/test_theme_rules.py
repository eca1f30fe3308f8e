"""The page of official rules in a browser: readable narrow and wide, and made to be printed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conftest import MakeSite, PageAt, ServeFolder
from tests.kinds.test_kind_contest_rules import FULL
from tests.support.site import SETTINGS

RULES = "contests/spring/rules/"


@pytest.fixture
def address(make_site: MakeSite, serve_folder: ServeFolder) -> str:
    """The address of a page with every clause."""
    settings = f"{SETTINGS}policies: {{contest_locks: false}}\n"
    files = {
        "content/contests/spring.md": f"---\ntitle: Spring\n{FULL}---\nText.\n",
        "content/pages/privacy.md": "---\ntitle: Privacy\n---\nText.\n",
        "content/index.md": "---\ntitle: Home\n---\n[Privacy](pages/privacy.md)\n",
    }
    site = make_site(files, settings)
    assert site.build().ok
    return serve_folder(site.output) + RULES


def headings(page: Any) -> list[str]:
    found: list[str] = page.locator(".clauses-numbered h2").all_inner_texts()
    return found


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(address: str, page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(headings(page)) > 15


def test_it_prints_as_a_document_of_numbered_clauses(address: str, page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto(address)
    names = headings(page)
    page.emulate_media(media="print")
    assert not page.locator(".site-menu, .crumbs, .rules-foot .act").filter(visible=True).count()
    numbers = page.locator(".clauses-numbered h2").evaluate_all(
        """(all) => all.map((one) => getComputedStyle(one, "::before").content)"""
    )
    assert all('counter(clause) "."' in number for number in numbers)
    pdf = page.pdf(format="A4", tagged=True, outline=True)
    assert pdf.startswith(b"%PDF-")
    assert 1 < len(re.findall(rb"/Type /Page\b(?!s)", pdf)) <= 5
    titles = [title.decode("latin-1") for title in re.findall(rb"/Title \(([^)]*)\)", pdf)]
    assert [title for title in titles if title in names] == names


def test_it_reads_without_a_script_and_leads_back(address: str, page_at: PageAt) -> None:
    page = page_at(390, java_script_enabled=False)
    page.goto(address)
    assert page.locator("code").first.inner_text()
    page.get_by_role("link", name="Back to the contest").click()
    assert page.url.endswith("/contests/spring/")
    page.get_by_role("link", name="Read the official rules").click()
    assert page.url == address
