"""What is measured: the changes made to a site before each build, and what the build must then show.

A change writes the source of one site; a check reads its output. Each change carries words of its own, so that a page
that was not made again is found out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.compare import expect, slug_of
from bench.corpus import Entry
from bench.pages import count_pages, fold, page_path, read_list, read_page
from bench.tools import OUTPUT, Tool

_EDITION: Final = re.compile(r'(name="edition" content=")[^"]*')
_LOOKED_AT: Final = 40
"""So many pages are looked into after a change of the base template."""


@dataclass(frozen=True, slots=True)
class Change:
    """A state of the corpus after an edit: its entries, which of them changed, and the words that must show."""

    entries: tuple[Entry, ...]
    edited: Entry | None
    words: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A build after one kind of change.

    ``change`` gives the corpus of a round after it; ``find_faults`` looks at the output.
    """

    name: str
    label: str
    change: Callable[[Sequence[Entry], int], Change]
    find_faults: Callable[[Tool, Path, Change], Iterator[str]]


def make_words(number: int) -> str:
    """The words of a round's edits, which stand nowhere else: ``Freshly written 17a``."""
    return f"Freshly written {number}a"


def _no_change(entries: Sequence[Entry], number: int) -> Change:
    return Change(tuple(entries), None, str(number))


def _edit(entries: Sequence[Entry], number: int, kind: str, edit: Callable[[Entry, str], Entry]) -> Change:
    """The corpus with one record of a kind edited: another one in each round, spread over the kind."""
    places = [place for place, entry in enumerate(entries) if entry.kind == kind]
    place = places[number * 7919 % len(places)]
    words = make_words(number)
    edited = edit(entries[place], words)
    return Change((*entries[:place], edited, *entries[place + 1 :]), edited, words)


def edit_body(entries: Sequence[Entry], number: int) -> Change:
    """A showcase with one more paragraph."""
    return _edit(entries, number, "showcase", lambda entry, words: replace(entry, body=f"{entry.body}\n{words}.\n"))


def edit_title(entries: Sequence[Entry], number: int) -> Change:
    """A contest with a longer title: it stands on its page, its lists, and the pages of showcases that name it."""
    return _edit(entries, number, "contest", lambda entry, words: replace(entry, title=f"{entry.title} ({words})"))


def _look_at_count(tool: Tool, output: Path, change: Change) -> Iterator[str]:
    wanted, found = expect(change.entries).pages(tool.count), count_pages(output)
    if wanted != found:
        yield f"{found} HTML pages instead of {wanted}"


def _look_at_body(tool: Tool, output: Path, change: Change) -> Iterator[str]:
    yield from _look_at_count(tool, output, change)
    assert change.edited is not None
    if fold(change.words) not in read_page(output, change.edited.url).text:
        yield f"{change.edited.url} lacks the edited words"


def _look_at_title(tool: Tool, output: Path, change: Change) -> Iterator[str]:
    yield from _look_at_count(tool, output, change)
    edited = change.edited
    assert edited is not None
    words = fold(change.words)
    page = read_page(output, edited.url)
    if words not in page.title or words not in page.heading:
        yield f"{edited.url} lacks the edited title"
    for url in (f"/{edited.folder}/", *(f"/tags/{slug_of(tag)}/" for tag in edited.tags)):
        cards = {card.url: card.text for card in read_list(output, url).cards}
        if words not in cards.get(edited.url, ""):
            yield f"{url} lacks the edited title"
    for other in change.entries:
        if other.fields.get(edited.kind) == edited.slug and words not in read_page(output, other.url).text:
            yield f"{other.url} lacks the edited title"


def _look_at_template(tool: Tool, output: Path, change: Change) -> Iterator[str]:
    yield from _look_at_count(tool, output, change)
    step = max(1, len(change.entries) // _LOOKED_AT)
    addresses = ["/", "/tags/", "/contests/", *(entry.url for entry in change.entries[::step])]
    for url in addresses:
        if f'content="{change.words}"' not in page_path(output, url).read_text("utf-8"):
            yield f"{url} lacks the change of the base template"


SCENARIOS: Final = (
    Scenario("cold", "cold build", _no_change, _look_at_count),
    Scenario("none", "no change", _no_change, _look_at_count),
    Scenario("body", "one body edited", edit_body, _look_at_body),
    Scenario("title", "one title edited", edit_title, _look_at_title),
    Scenario("template", "base template touched", _no_change, _look_at_template),
)


def restore(tool: Tool, site: Path, entries: Sequence[Entry], rounds: int) -> None:
    """Bring a site's source back to the corpus, whatever earlier or interrupted rounds have edited."""
    _mark_edition(tool, site, "0")
    for number in range(rounds + 1):
        for edit in (edit_body, edit_title):
            edited = edit(entries, number).edited
            assert edited is not None
            tool.write_entry(site, next(entry for entry in entries if entry.url == edited.url))


def _mark_edition(tool: Tool, site: Path, edition: str) -> None:
    base = site / tool.base
    base.write_text(_EDITION.sub(rf"\g<1>{edition}", base.read_text("utf-8")), "utf-8")


def prepare(tool: Tool, site: Path, scenario: Scenario, change: Change) -> None:
    """Bring a site's source into the state of a change, just before its build."""
    if scenario.name == "template":
        _mark_edition(tool, site, change.words)
    elif change.edited is not None:
        tool.write_entry(site, change.edited)


def put_away(tool: Tool, site: Path, attic: Path) -> None:
    """Move output and caches into the attic: deleting them now would make the next build's files slower to create."""
    for name in (OUTPUT, *tool.caches):
        if (site / name).exists():
            put_aside(site / name, attic)


def put_aside(path: Path, attic: Path) -> None:
    """Move a file or folder into the attic under a name of its own."""
    attic.mkdir(parents=True, exist_ok=True)
    path.rename(attic / f"{path.parent.name}-{path.name}-{time.time_ns()}")
