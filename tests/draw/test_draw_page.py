"""The field for an entrant's own code, in a real Chromium under a strict policy, below a sub-folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.support.draws import DrawSite, make_code
from tests.support.web import serve

NOW = datetime.fromisoformat("2026-05-04T12:00:00Z")
COUNT = 1204
PREFIX = "/some/sub/folder/"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A site with a draw of 1,204 entries, built."""
    draw = DrawSite.make(tmp_path_factory.mktemp("draw"), [make_code(number) for number in range(COUNT)])
    assert draw.commit("--reserves", 2).code == 0
    assert draw.run().code == 0
    draw.name("draw: spring.receipt.json", "draw_list: spring.leaves.bin")
    assert draw.site.build(NOW, base_url=f"https://example.org{PREFIX}").problems == ()
    return draw


@pytest.fixture(scope="module")
def winners(drawn):
    """The codes that were drawn, by rank."""
    rows = drawn.private("winners.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [row.split(",")[2] for row in rows]


@pytest.fixture
def opened(drawn, page_at):
    """The contest's page, with all that it asked for and all that went wrong."""
    with serve(drawn.site.output, PREFIX) as root:
        page = page_at(390)
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(request.url.removeprefix(root)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{root}contests/spring/")
        yield page, asked, wrong


def look(page, code: str) -> str:
    """What the page answers for a code."""
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Look").click()
    status = page.locator(".draw-answer")
    expect(status).not_to_have_attribute("data-result", "busy")
    expect(page.get_by_role("button", name="Look")).to_be_enabled()
    return str(status.inner_text())


@pytest.mark.browser
def test_an_entrant_finds_the_own_code(opened, winners):
    page, asked, wrong = opened
    assert look(page, winners[0]) == "In the draw, rank 1 of 1,204: a winner (First)."
    assert look(page, winners[2]) == "In the draw, rank 3 of 1,204: a winner (Second)."
    assert look(page, f"  {winners[3]} ") == "In the draw, rank 4 of 1,204: a reserve."
    loser = next(code for code in map(make_code, range(COUNT)) if code not in winners)
    assert look(page, loser).startswith("In the draw, rank ")
    assert look(page, loser).endswith(" of 1,204, not a winner.")
    assert look(page, make_code("nobody")).startswith("Not in the draw.")
    assert wrong == []
    assert len([url for url in asked if url.endswith(".bin")]) == 1, "the list is fetched once"
    assert not any(code in url for url in asked for code in (*winners, loser)), "the code is sent to nobody"


@pytest.mark.browser
def test_the_list_is_fetched_only_on_request(opened):
    page, asked, _ = opened
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/media/" in url or url.startswith("media/")] == []


@pytest.mark.browser
def test_the_ranks_are_those_of_the_command(opened, drawn):
    """Every code of the draw, as far as the page goes: the very same ranks."""
    from twinsite.draw.leaves import hash_code
    from twinsite.draw.ranks import draw_first
    from twinsite.draw.statement import Receipt, read_statement
    from twinsite.draw.tree import cut_leaves
    from twinsite.draw.verify import key_of

    receipt = read_statement(drawn.file("receipt.json").read_bytes())
    assert isinstance(receipt, Receipt)
    leaves = drawn.file("leaves.bin").read_bytes()
    order = [leaf for _, leaf in draw_first(key_of(receipt), cut_leaves(leaves), COUNT)]
    page, *_ = opened
    for number in range(0, COUNT, 301):
        code = make_code(number)
        rank = order.index(hash_code(bytes.fromhex(receipt.salt), code)) + 1
        assert f"rank {rank:,} of 1,204" in look(page, code)


@pytest.mark.browser
@pytest.mark.parametrize("part", ["leaves", "receipt"])
def test_the_page_sees_what_was_changed(opened, part, winners):
    page, *_ = opened
    ending = "bin" if part == "leaves" else "json"

    def change(route):
        body = bytearray(route.fetch().body())
        if part == "leaves":
            body[100] ^= 1
        else:
            body = body.replace(b'"reserves": 2', b'"reserves": 3')
        route.fulfill(body=bytes(body))

    page.route(f"**/*.{ending}", change)
    assert look(page, winners[0]).startswith("This list does not fit the commitment")


@pytest.mark.browser
def test_a_list_that_cannot_be_fetched_may_be_asked_for_again(opened, winners):
    page, *_ = opened
    page.route("**/*.bin", lambda route: route.abort())
    assert look(page, winners[0]).startswith("The list could not be fetched.")
    page.unroute("**/*.bin")
    assert "a winner (First)" in look(page, winners[0])


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_with_an_answer_on_it(drawn, page_at, winners, scheme):
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    with serve(drawn.site.output, PREFIX) as root:
        page = page_at(390, scheme)
        page.goto(f"{root}contests/spring/")
        page.get_by_text("Do the whole draw again").click()
        look(page, winners[0])
        page.evaluate(axe)
        rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("rules => axe.run('.draw', {runOnly: rules})", rules)["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.browser
def test_without_script_the_page_says_how_to_do_it_by_hand(drawn, page_at):
    with serve(drawn.site.output, PREFIX) as root:
        page = page_at(java_script_enabled=False)
        page.goto(f"{root}contests/spring/")
        assert not page.get_by_label("Your code").is_visible()
        page.get_by_text("Do the whole draw again").click()
        assert page.get_by_text("twinsite draw verify spring-receipt.").is_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="The list of all hashes").click()
        assert download.value.path().read_bytes() == drawn.file("leaves.bin").read_bytes()


def test_the_script_stays_small(drawn):
    (script,) = (drawn.site.output / "assets").glob("draw.*.js")
    assert script.stat().st_size < 7000
