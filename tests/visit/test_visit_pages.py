"""A visit to whole sites: they build cleanly, their HTML is right, their links work, anyone can read them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest

from tests.support.files import find_dead_links, find_foreign_loads, find_pages
from tests.support.markup import find_faults

if TYPE_CHECKING:
    from tests.visit.conftest import Built

STATES = {"upcoming", "open", "voting", "judging", "announced", "closed", "void"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.slow


def choose_pages(built: Built) -> list[str]:
    """As few pages as show every template, every component and every state of a contest."""
    shown: set[str] = set()
    chosen = []
    for page in built.result.plan.pages if built.result.plan else ():
        text = (built.folder / page.path).read_text(encoding="utf-8")
        parts = {page.template, *page.components, *re.findall(r'data-state="\w+"', text)}
        if parts - shown:
            chosen.append(page.path.removesuffix("index.html"))
            shown |= parts
    return chosen


def test_it_builds_without_a_problem(tried):
    found = [
        f"{problem.path}:{problem.line}:{problem.column} {problem.rule}: {problem.message}"
        for problem in tried.result.problems
        if problem.severity != "notice"
    ]
    assert not found, "\n".join(found)
    assert tried.result.ok
    assert tried.name != "own" or tried.result.pages >= 60


def test_its_html_has_no_fault(built):
    faults = [
        f"{page.relative_to(built.folder).as_posix()}: {fault}"
        for page in find_pages(built.folder)
        for fault in find_faults(page.read_text(encoding="utf-8"))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.network
@pytest.mark.skipif(not (shutil.which("java") and shutil.which("npm")), reason="The W3C's checker needs Java and npm.")
def test_the_checker_of_the_w3c_finds_nothing_either(built, tmp_path):
    install = ["npm", "install", "--silent", "--ignore-scripts", "--prefix", str(tmp_path), "vnu-jar@26.9.27"]
    subprocess.run(install, check=True, stdin=subprocess.DEVNULL)
    (jar,) = tmp_path.rglob("vnu.jar")
    check = ["java", "-jar", str(jar), "--format", "json", "--stdout", "--skip-non-html", str(built.folder)]
    said = json.loads(subprocess.run(check, capture_output=True, stdin=subprocess.DEVNULL).stdout)
    errors = [one for one in said["messages"] if one["type"] == "error"]
    found = [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in errors]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("prefix", ["/", None])
def test_its_links_lead_somewhere(built, prefix):
    # The page for missing files is shown at any depth, so it alone knows where the site stands.
    dead = find_dead_links(built.folder, prefix or built.prefix)
    found = [link for link in dead if not prefix or not link.startswith("404.html:")]
    assert not found, "\n".join(found)


def test_it_loads_nothing_from_other_sites(built):
    found = find_foreign_loads(built.folder)
    assert not found, "\n".join(found)


def test_its_contests_are_in_every_state(built):
    if built.name != "own":
        pytest.skip("A first site has but one contest.")
    page = (built.folder / "contests" / "index.html").read_text(encoding="utf-8")
    assert STATES - set(re.findall(r'data-state="(\w+)"', page)) == set()


def watch(page, address: str) -> list[str]:
    """A list that fills with what goes wrong when a browser opens pages: failures, and requests to others."""
    found: list[str] = []
    page.on("console", lambda said: found.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("response", lambda got: found.append(f"{got.url}: {got.status}") if got.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else found.append(asked.url))
    return found


def find_misfit(page) -> list[str]:
    """Whether the page that is open is wider than the window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{page.url} is {over} pixels wider than the window"] if over > 0 else []


@pytest.mark.browser
def test_all_its_pages_fit_a_narrow_phone(built, address, page_at):
    page = page_at(320)
    found = watch(page, address)
    for file in find_pages(built.folder):
        page.goto(address + file.relative_to(built.folder).as_posix().removesuffix("index.html"), wait_until="load")
        found += find_misfit(page)
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_its_pages_fit_a_desk_and_are_accessible_in_the_light_and_in_the_dark(built, address, page_at):
    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page = page_at(1280, "light")
    found = watch(page, address)
    for path in choose_pages(built):
        page.goto(address + path, wait_until="load")
        page.evaluate(axe)
        # In the dark, only the colours differ.
        for scheme, rules in (("light", TAGS), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            found += find_misfit(page)
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
            found += [f"{path} {scheme} {one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_its_pages_can_be_read_without_scripts(built, address, page_at):
    page = page_at(360, "light", java_script_enabled=False)
    page.goto(address, wait_until="load")
    assert page.locator("main").inner_text().strip()
    assert page.locator("h1").count() == 1


@pytest.mark.browser
def test_a_missing_page_is_shown_as_part_of_the_site(built, address, page_at):
    page = page_at(360)
    answer = page.goto(f"{address}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").count() == 1
