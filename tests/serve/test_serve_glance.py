"""The page that was saved is shown before the site is built; then the site is, and nobody loads the same page twice."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.serve.test_serve_browser import open_page, page, wait_connected

__all__ = ("page",)


@pytest.fixture
def glanced(bench):
    bench.glances = True
    bench.save("content/other.md", "other words")
    bench.start()
    bench.await_build()
    return bench


def begin_build(bench) -> None:
    """Have a build begin that goes on until it is let go."""
    bench.hold()
    bench.save("content/index.md", "save 1.")
    bench.wait_for(lambda: bench.begun == 2)


def save_meanwhile(bench, words: str) -> None:
    """Save another page, and wait until it is served."""
    bench.save("content/other.md", words)
    bench.wait_for(lambda: words in bench.get("/other/").text)


def test_a_saved_page_is_served_while_the_build_goes_on(glanced):
    glanced.hold()
    glanced.save("content/other.md", "saved words")
    glanced.wait_for(lambda: "saved words" in glanced.get("/other/").text)
    assert len(glanced.builds) == 1
    assert "other words" in (glanced.output / "other/index.html").read_text("utf-8")
    answer = glanced.get("/other/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "/livereload.js?port=" in answer.text
    assert "first words" in glanced.get("/").text
    glanced.let_go()
    glanced.wait_for(lambda: "saved words" in (glanced.output / "other/index.html").read_text("utf-8"))


def test_a_page_saved_during_a_build_is_served_at_once_and_stays_until_its_own_build_is_done(glanced):
    begin_build(glanced)
    for number in range(2, 5):
        glanced.save("content/index.md", f"save {number}.")
        glanced.wait_for(lambda number=number: f"save {number}." in glanced.get("/").text)
    save_meanwhile(glanced, "saved words")
    assert glanced.begun == 2
    seen = set()
    glanced.let_go()
    glanced.wait_for(lambda: seen.add(glanced.get("/").text.count("save 4.")) or len(glanced.reports) >= 3)
    assert seen == {1}, "the page of an earlier save is never shown again"
    assert "saved words" in (glanced.output / "other/index.html").read_text("utf-8")


def test_what_changed_during_a_build_is_built_next(glanced):
    begin_build(glanced)
    glanced.save("content/other.md", "NEW words")
    time.sleep(0.5)
    assert "other words" in glanced.get("/other/").text, "of this page only a build knows"
    glanced.let_go()
    glanced.wait_for(lambda: "NEW words" in glanced.get("/other/").text)
    assert [{path.name for path in one or ()} for one in glanced.told[1:3]] == [{"index.md"}, {"other.md"}]


def test_an_error_takes_the_page_away_and_stays_until_it_is_mended(glanced):
    glanced.save("content/index.md", "all BROKEN")
    glanced.wait_for(lambda: glanced.get("/").status == 500)
    glanced.hold()
    glanced.save("content/other.md", "saved words")
    glanced.wait_for(lambda: glanced.begun >= 3)
    time.sleep(0.3)
    assert glanced.get("/other/").status == 500
    glanced.let_go()
    glanced.save("content/index.md", "mended words")
    glanced.wait_for(lambda: "mended words" in glanced.get("/").text)
    assert "saved words" in glanced.get("/other/").text


def test_a_glance_that_fails_leaves_it_to_the_build(glanced, monkeypatch):
    monkeypatch.setattr("tests.serve.conftest.SKIN", None)
    glanced.hold()
    glanced.save("content/other.md", "saved words")
    glanced.wait_for(lambda: glanced.begun >= 2)
    monkeypatch.undo()
    glanced.let_go()
    glanced.wait_for(lambda: "saved words" in glanced.get("/other/").text)
    assert glanced.reports[-1].ok


def test_who_was_left_alone_loads_again_for_what_only_the_build_saw(glanced):
    """A style sheet was saved just before a build that nobody told of it: the next build finds nothing to write."""
    glanced.save("content/other.md", "saved words")
    glanced.await_build(2)
    glanced.changed = False
    numbers = [find_number(glanced)]
    for place in (3, 4):
        glanced.save("themes/style.css", f"NEW {place}")
        glanced.await_build(place)
        numbers.append(find_number(glanced))
    assert numbers[0] < numbers[1] == numbers[2]


class Holding(list):
    """Reports of builds; after each the next one has to be let go."""

    def __init__(self, bench) -> None:
        self.bench = bench

    def append(self, report) -> None:
        self.bench.hold()
        super().append(report)


def test_a_page_that_only_an_older_build_knew_is_not_shown_longer_than_that_build(bench):
    bench.glances, bench.reports = True, Holding(bench)
    bench.save("content/other.md", "other words")
    bench.start()
    bench.await_build()
    begin_build(bench)
    save_meanwhile(bench, "glanced words")
    bench.save("content/other.md", "NEW words")
    time.sleep(0.5)
    bench.let_go()
    bench.wait_for(lambda: bench.begun == 3)
    bench.wait_for(lambda: "other words" in bench.get("/other/").text)
    bench.let_go()
    bench.wait_for(lambda: "NEW words" in bench.get("/other/").text)


def test_the_end_during_a_build_begins_no_other(glanced):
    begin_build(glanced)
    save_meanwhile(glanced, "saved words")
    glanced.stop.set()
    glanced.let_go()
    glanced.thread.join(10)
    assert (glanced.begun, glanced.codes) == (2, [0])


def find_number(glanced) -> int:
    """The number of the build that pages carry."""
    return int(re.search(r"snipver=([0-9]+)", glanced.get("/").text)[1])


@pytest.mark.browser
def test_a_browser_loads_the_saved_page_once_and_a_list_when_it_is_built(glanced, browser, page):
    page.add_init_script("sessionStorage.loads = Number(sessionStorage.loads || 0) + 1")
    lists = browser.new_context().new_page()
    open_page(glanced, page, "/other/")
    open_page(glanced, lists)
    for shown in (page, lists):
        wait_connected(glanced, shown)
        shown.wait_for_timeout(300)  # it has said which page it shows
    lists.evaluate("window.before = true")
    glanced.hold()
    glanced.save("content/other.md", "saved words")
    expect(page.locator("body")).to_contain_text("saved words", timeout=20_000)
    wait_connected(glanced, page)
    page.wait_for_timeout(300)
    assert lists.evaluate("window.before"), "nothing on this page has changed yet"
    glanced.let_go()
    expect(lists.locator("body")).to_contain_text("first words")
    lists.wait_for_function("!window.before", timeout=20_000)
    page.wait_for_timeout(300)
    assert page.evaluate("Number(sessionStorage.loads)") == 2, "the build made the very page that it shows"
    glanced.save("content/other.md", "NEW words")
    expect(page.locator("body")).to_contain_text("NEW words", timeout=20_000)
    assert page.evaluate("Number(sessionStorage.loads)") == 3
    lists.context.close()
