"""The preview as a real browser sees it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context()
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


def open_page(bench, page, path="/"):
    page.goto(f"http://127.0.0.1:{bench.port}{path}")


def wait_connected(bench, page):
    """The page's script has opened its socket."""
    page.wait_for_function("() => window.LiveReload && window.LiveReload.connector.protocol >= 7")


@pytest.mark.alone
def test_a_save_is_seen_in_the_browser_within_a_second(bench, page):
    bench.start()
    bench.await_build()
    open_page(bench, page)
    taken = []
    for number in range(3):
        wait_connected(bench, page)
        before = time.monotonic()
        bench.save("content/index.md", f"save {number}.")
        expect(page.locator("body")).to_contain_text(f"save {number}.", timeout=20_000)
        taken.append(time.monotonic() - before)
    assert min(taken) < 1.0
    assert page.said == []


def test_a_page_under_the_strict_policy_of_a_theme_loads_again(bench, page):
    policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
    bench.save("content/index.md", f'<meta http-equiv="Content-Security-Policy" content="{policy}">one')
    bench.start()
    bench.await_build()
    open_page(bench, page)
    wait_connected(bench, page)
    bench.save("content/index.md", "two")
    expect(page.locator("body")).to_contain_text("two", timeout=20_000)


def test_an_error_comes_and_goes_by_itself(bench, page):
    bench.start()
    bench.await_build()
    open_page(bench, page)
    wait_connected(bench, page)
    bench.save("content/index.md", "all BROKEN <script>alert(1)</script>")
    expect(page.locator("h1")).to_have_text("1 error to mend", timeout=20_000)
    expect(page.locator("mark")).to_have_text("BROKEN")
    wait_connected(bench, page)
    bench.save("content/index.md", "mended words")
    expect(page.locator("body")).to_contain_text("mended words", timeout=20_000)
    assert [said for said in page.said if "500" not in said] == []


def test_a_first_build_that_fails_shows_its_page_until_it_is_mended(bench, page):
    bench.save("content/index.md", "BROKEN")
    bench.hold()
    bench.start()
    open_page(bench, page)
    expect(page.locator("body")).to_contain_text("Building the site")
    wait_connected(bench, page)
    bench.let_go()
    expect(page.locator("h1")).to_have_text("1 error to mend", timeout=20_000)
    wait_connected(bench, page)
    bench.save("content/index.md", "mended words")
    expect(page.locator("body")).to_contain_text("mended words", timeout=20_000)


def test_a_page_that_connects_too_late_for_a_reload_is_loaded_again(bench, page):
    """The build ends after the page was read and before its script has connected."""
    bench.start()
    bench.await_build()
    held = []
    page.route("**/livereload.js*", lambda route: held.append(route), times=1)
    page.goto(f"http://127.0.0.1:{bench.port}/", wait_until="commit")
    bench.wait_for(lambda: page.wait_for_timeout(20) is None and bool(held))
    bench.save("content/index.md", "later words")
    bench.wait_for(lambda: "later words" in bench.get("/").text)
    bench.await_build(2)
    held[0].continue_()
    expect(page.locator("body")).to_contain_text("later words", timeout=20_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_error_page_is_readable_in_light_and_dark(bench, browser, scheme):
    bench.save("content/index.md", "BROKEN")
    bench.start()
    bench.await_build()
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800})
    page = context.new_page()
    open_page(bench, page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(250, 248, 244)") == (scheme == "light")
    context.close()
