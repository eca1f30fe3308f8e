"""Whether the outputs of two generators say the same: counts, titles, headings, texts, links, lists, feed, sitemap.

Takes the corpus and output folders; gives the differences in plain words. The yardstick for counts is the corpus,
for texts the first output given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random
from typing import Final

from bench.corpus import PAGE_SIZE, Entry
from bench.layout import SECTIONS
from bench.pages import (
    ListFacts,
    PageFacts,
    count_pages,
    fold,
    page_path,
    read_feed,
    read_list,
    read_page,
    read_sitemap,
)

SINGLE_PAGES: Final = ("/", "/404.html", "/tags/")
SAMPLE: Final = 1000
"""So many records are compared word by word; of a larger corpus a random sample."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a corpus must come to: the lists by address with their records, and HTML pages altogether."""

    lists: dict[str, list[Entry]]
    records: int

    def pages(self, count: Callable[[int], int]) -> int:
        """HTML pages, by the number of pages that a list of so many records has."""
        return self.records + len(SINGLE_PAGES) + sum(count(len(inside)) for inside in self.lists.values())


def slug_of(tag: str) -> str:
    """A tag as a step of an address."""
    return tag.casefold().replace(" ", "-")


def expect(entries: Sequence[Entry]) -> Expected:
    """The lists that the corpus makes: one for each section and tag."""
    lists: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        lists[f"/{entry.folder}/"].append(entry)
        for tag in entry.tags:
            lists[f"/tags/{slug_of(tag)}/"].append(entry)
    return Expected(dict(lists), len(entries))


def from_newest(number: int) -> int:
    """How many pages a list has that is cut from its beginning, the last page being short."""
    return max(1, -(-number // PAGE_SIZE))


def from_oldest(number: int) -> int:
    """How many pages a list has in Twinsite: its front takes what does not fill a page, so that no page is short."""
    return max(1, number // PAGE_SIZE)


def find_faults(entries: Sequence[Entry], output: Path, count: Callable[[int], int] = from_newest) -> Iterator[str]:
    """What an output lacks that the corpus asks for: pages, lists in their order, the feed's and sitemap's records."""
    expected = expect(entries)
    wanted, found = expected.pages(count), count_pages(output)
    if found != wanted:
        yield f"{found} HTML pages instead of {wanted}"
    for url in SINGLE_PAGES:
        if not page_path(output, url).is_file():
            yield f"no page {url}"
    for url, inside in expected.lists.items():
        yield from _check_list(output, url, inside, count)
    missing = {entry.url for entry in entries} - read_sitemap(output)
    if missing:
        yield f"{len(missing)} records are not in the sitemap, such as {min(missing)}"
    newest = sorted(entries, key=lambda entry: entry.day, reverse=True)[:PAGE_SIZE]
    if read_feed(output) != sorted((entry.url, fold(entry.title)) for entry in newest):
        yield "the feed does not hold the newest records"


def _check_list(output: Path, url: str, inside: Sequence[Entry], count: Callable[[int], int]) -> Iterator[str]:
    try:
        found = read_list(output, url)
    except FileNotFoundError:
        yield f"no list {url}"
        return
    if found.pages != count(len(inside)):
        yield f"{url} has {found.pages} pages instead of {count(len(inside))}"
    order = [entry.url for entry in inside]
    listed = [card.url for card in found.cards]
    if listed != order:
        place = next((i for i, pair in enumerate(zip(listed, order, strict=False)) if pair[0] != pair[1]), len(order))
        yield f"{url} lists {len(listed)} records instead of {len(order)}, or in another order from number {place + 1}"


def find_differences(entries: Sequence[Entry], first: Path, second: Path) -> Iterator[str]:
    """Where two outputs say different things: each record's page word by word, the home page, and the lists."""
    sample = entries if len(entries) <= SAMPLE else Random(len(entries)).sample(list(entries), SAMPLE)
    for url in ("/", *(entry.url for entry in sample)):
        yield from _compare_pages(url, first, second)
    lists = list(expect(entries).lists)
    for url in lists[: len(SECTIONS) + 5]:
        one, other = read_list(first, url), read_list(second, url)
        yield from _compare_lists(url, one, other)


def _compare_pages(url: str, first: Path, second: Path) -> Iterator[str]:
    if not page_path(second, url).is_file():
        yield f"no page {url}"
        return
    one, other = read_page(first, url), read_page(second, url)
    for field in fields(PageFacts):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if left != right:
            yield f"{url} differs in its {field.name}: {_show(left, right)}"


def _compare_lists(url: str, one: ListFacts, other: ListFacts) -> Iterator[str]:
    if one.heading != other.heading:
        yield f"{url} differs in its heading: {one.heading} and {other.heading}"
    for left, right in zip(one.cards, other.cards, strict=False):
        if left != right:
            yield f"{url} differs in a card: {_show(left.text, right.text)}"
            return


def _show(left: str | tuple[str, ...], right: str | tuple[str, ...]) -> str:
    """The neighbourhood of the first difference of two texts; of lists, what only one of them has."""
    if isinstance(left, tuple) or isinstance(right, tuple):
        return f"{sorted(set(left) ^ set(right))[:4]}"
    start = next((i for i, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, start - 20)
    return f"…{left[start : start + 60]}… and …{right[start : start + 60]}…"
