"""Pages rendered early, while others are still planned: what a visitor gets is what one process makes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.early import count_orders
from tests.support.profiles import FOLDER, PAGES
from tests.support.quotes import write_quote
from tests.support.site import Site, write_site
from twinsite.core.leads import Note
from twinsite.render.early import Early, EarlyMaker, Order

pytestmark = pytest.mark.usefixtures("forking")

NAMES = range(1, 10)
LINK = "Words of my own, and [another](voice-{}.md)."


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr("twinsite.early.FEWEST", 1)
    monkeypatch.setattr("twinsite.early.CHUNK", 2)
    files = {f"content/showcases/voice-{n}.md": write_quote(n, LINK.format(n % 9 + 1)) for n in NAMES}
    return write_site(tmp_path, {**files, "content/pages/visit.md": "---\ntitle: Visit\n---\n\nOpen on Monday.\n"})


@pytest.fixture
def whole(site: Site, tmp_path: Path) -> dict[str, bytes]:
    """The files that one process makes, without a cache."""
    alone = Site(site.folder, tmp_path / "alone")
    assert alone.build(use_cache=False).ok
    return alone.files()


def test_an_empty_output_gets_the_same_files(
    site: Site, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = count_orders(monkeypatch, tmp_path)
    first = site.build(jobs=2)
    assert (first.ok, first.rendered, first.reused) == (True, first.pages, 0)
    assert len(first.timings) == len(first.plan.rendered())
    assert site.files() == whole
    assert len(marks.read_text()) > 3
    again = site.build(jobs=2)
    assert (again.rendered, again.written) == (0, 0)
    site.write("content/pages/visit.md", "---\ntitle: Visit\n---\n\nOpen on Tuesday.\n")
    assert site.build(jobs=2).rendered == 1


def test_an_output_with_files_gets_the_same_too(site: Site, whole: dict[str, bytes]) -> None:
    assert site.build(use_cache=False).ok
    site.write("site.yaml", (site.folder / "site.yaml").read_text().replace("title: ", "title: New "))
    new = site.build(jobs=2)
    assert new.rendered == new.pages
    site.write("site.yaml", (site.folder / "site.yaml").read_text().replace("title: New ", "title: "))
    assert site.build(jobs=2).ok
    assert site.files() == whole


def test_pages_from_the_cache_are_not_rendered(site: Site, whole: dict[str, bytes], tmp_path: Path) -> None:
    assert site.build(jobs=2).ok
    site.write("content/pages/more.md", "---\ntitle: More\n---\n\nMore.\n")
    other = Site(site.folder, tmp_path / "other")
    made = other.build(jobs=2)
    assert made.ok
    assert made.rendered < made.pages
    assert {path: data for path, data in other.files().items() if path in whole}.keys() == whole.keys()


def test_those_who_die_do_no_harm(site: Site, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EarlyMaker, "do", lambda self, order: os._exit(9))
    made = site.build(jobs=2)
    assert (made.ok, made.rendered) == (True, made.pages)
    assert site.files() == whole
    assert site.build(jobs=2).rendered == 0


def test_a_page_that_was_staged_by_one_who_died_is_made_again(
    site: Site, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = EarlyMaker._make

    def die_afterwards(self: EarlyMaker, order: object) -> object:
        make(self, order)  # type: ignore[arg-type]
        os._exit(9)

    monkeypatch.setattr(EarlyMaker, "_make", die_afterwards)
    assert site.build(jobs=2).ok
    assert site.files() == whole


def test_a_template_that_fails_is_told_once_and_nothing_is_left(site: Site) -> None:
    site.write("themes/own/theme.yaml", "extends: default\n")
    site.write("themes/own/templates/showcase/page.html", "{{ page.nothing.at_all }}")
    site.write("site.yaml", (site.folder / "site.yaml").read_text() + "theme: own\n")
    failed = site.build(jobs=2)
    alone = site.build(jobs=1, use_cache=False)
    assert not failed.ok
    assert failed.problems == alone.problems
    assert not site.output.exists()


def test_an_error_of_the_plan_leaves_nothing(site: Site) -> None:
    site.write("content/pages/z.md", "---\ntitle: Z\n---\n\n{{< no-such-component >}}\n\n[Lost](nowhere.md)\n")
    failed = site.build(jobs=2)
    assert not failed.ok
    assert failed.problems == site.build(jobs=1, use_cache=False).problems
    assert not site.output.exists()


def test_a_check_writes_nothing(site: Site) -> None:
    checked = site.build(jobs=2, write=False)
    assert (checked.ok, checked.rendered) == (True, checked.pages)
    assert not site.output.exists()


BODIES = {
    "links": "See [a place](voice-2.md#words), [another](/showcases/nowhere/) and <a href='x.html'>one more</a>.\n",
    "anchors": "[Away](voice-2.md#no-such-place), [here](#words), and [not here](#neither).\n",
    "people": "Write to someone@private.example, or call +44 20 7946 0123.\n",
    "nothing": "No link at all.\n",
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("home", [True, False])
def test_what_is_said_is_the_same(site: Site, body: str, home: bool) -> None:
    if home:
        site.write("content/index.md", "---\ntitle: Home\n---\n\nOur [first](/showcases/voice-1/).\n")
    told = (site.folder / "site.yaml").read_text()
    site.write("site.yaml", f"{told}policies: {{broken_links: warning}}\n")  # so that they do not stop the build
    site.write("content/pages/wrong.md", f"---\ntitle: Wrong\n---\n\n## Words\n\n{BODIES[body]}")
    together, alone = site.build(jobs=2, write=False), site.build(jobs=1, use_cache=False, write=False)
    assert together.rendered == alone.rendered
    assert together.problems == alone.problems


LOSSES: dict[str, Callable[[Early], list[Early]]] = {
    "it was not made": lambda made: [],
    "it was another page then": lambda made: [replace(made, key="0" * 32, note=Note(made.note.digest))],
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_where_one_page_is_made_later_all_links_are_looked_at(
    site: Site, monkeypatch: pytest.MonkeyPatch, lose: Callable[[Early], list[Early]]
) -> None:
    told = (site.folder / "site.yaml").read_text()
    site.write("site.yaml", f"{told}policies: {{broken_links: warning}}\n")
    site.write("content/pages/wrong.md", f"---\ntitle: Wrong\n---\n\n{BODIES['anchors']}")
    make = EarlyMaker._make

    def make_others(self: EarlyMaker, order: Order) -> list[Early]:
        made = [(one, one.path == "wrong/index.html") for one in make(self, order)]
        return [kept for one, wrong in made for kept in (lose(one) if wrong else [one])]

    monkeypatch.setattr(EarlyMaker, "_make", make_others)
    together, alone = site.build(jobs=2, write=False), site.build(jobs=1, use_cache=False, write=False)
    assert "broken-anchor" in {problem.rule for problem in together.problems}
    assert together.problems == alone.problems


def test_what_a_page_must_say_is_looked_for(site: Site) -> None:
    for path, text in PAGES.items():
        site.write(path, text)
    site.write("content/contests/us--void.md", (FOLDER / "us/void.md").read_text())
    site.write("site.yaml", f"{(site.folder / 'site.yaml').read_text()}theme: bare\n")
    together, alone = site.build(jobs=2, write=False), site.build(jobs=1, use_cache=False, write=False)
    assert "statement-not-shown" in {problem.rule for problem in together.problems}
    assert together.problems == alone.problems
