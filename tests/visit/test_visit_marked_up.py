"""Structured data of whole sites: everything that search engines are told can be read on the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from tests.support.files import find_pages, parse_page
from tests.support.machine import read_structured_data

if TYPE_CHECKING:
    from pathlib import Path

    from tests.visit.conftest import Built

NOT_TEXT = frozenset(
    "@context @type @id url item image logo sameAs inLanguage contentUrl position priceCurrency knowsLanguage"
    " interactionType".split()
)
"""Addresses, and what a page shows in another form: a currency as its sign, a place in a list by the order, a language
by its name, what was counted in the head of a column.
"""

GROUPED = re.compile(r"(?<=[0-9])[,.\u00a0\u202f](?=[0-9]{3})")
"""The signs between thousands."""

NEVER = frozenset({"Event", "AggregateRating"})
"""A contest is no event, and ratings of the brand's own products may not be marked up."""

pytestmark = pytest.mark.slow


def find_texts(value: Any) -> Iterator[str]:
    """Every text of a block."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_TEXT:
                yield from find_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from find_texts(item)
    else:
        yield str(value)


def find_types(value: Any) -> Iterator[str]:
    """Every type of a block."""
    if isinstance(value, dict):
        yield str(value.get("@type"))
        for item in value.values():
            yield from find_types(item)
    elif isinstance(value, list):
        for item in value:
            yield from find_types(item)


def read_shown(page: Path) -> str:
    """What people read on a page, and the dates behind it, in one line and small letters; each number also without
    signs between its thousands.
    """
    tree = parse_page(page)
    for hidden in tree.xpath("//script|//style|//template"):
        hidden.drop_tree()
    dates = " ".join(element.get("datetime", "") for element in tree.iter(html.etree.Element))
    shown = " ".join(f"{tree.text_content()} {dates}".split()).casefold()
    return f"{shown} {GROUPED.sub('', shown)}"


def test_every_value_can_be_read_on_its_page(built: Built) -> None:
    missing = []
    for page in find_pages(built.folder):
        shown = read_shown(page)
        for block in read_structured_data(page.read_text(encoding="utf-8")):
            texts = [" ".join(text.removesuffix("…").split()).casefold() for text in find_texts(block)]
            missing += [f"{page}: {text}" for text in texts if text not in shown]
    assert not missing, "\n".join(missing)


def test_nothing_is_called_what_it_is_not(built: Built) -> None:
    found = {
        kind
        for page in find_pages(built.folder)
        for block in read_structured_data(page.read_text(encoding="utf-8"))
        for kind in find_types(block)
    }
    assert {"BreadcrumbList", "WebSite", "Organization", "NewsArticle", "Product"} <= found
    assert found & NEVER == set()
