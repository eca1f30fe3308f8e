"""This repository's own site: it builds cleanly, its HTML is right, its links work, anyone can read it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.files import find_dead_links, find_foreign_loads, find_pages
from tests.support.markup import find_faults
from tests.support.web import serve

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
"""An instant at which the example's contests are in every state."""

SUB_FOLDER = "/some/sub/folder/"
STATES = {"upcoming", "open", "voting", "judging", "announced", "closed", "void"}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "site.yaml").is_file(), reason="There is no content yet."),
]


@dataclass(frozen=True, slots=True)
class Built:
    """The site as it was built for these tests."""

    folder: Path
    result: Any


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site, built once into a folder of its own."""
    from twinsite.build import BuildRequest, build_site

    folder = tmp_path_factory.mktemp("own") / "public"
    base_url = f"https://example.org{SUB_FOLDER}"
    request = BuildRequest(site=ROOT, output=folder, now=NOW, base_url=base_url, use_cache=False)
    return Built(folder, build_site(request))


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    """Where the site is served, under a sub-folder."""
    with serve(built.folder, SUB_FOLDER) as root:
        yield root


def choose_pages(folder: Path) -> list[str]:
    """One page of every sort: the first of each folder, and each page that is no record of a kind."""
    chosen: dict[str, str] = {}
    for page in find_pages(folder):
        path = page.relative_to(folder).as_posix().removesuffix("index.html")
        shape = re.sub(r"\d+", "0", path.rsplit("/", 2)[0]) if path.count("/") > 1 else path
        chosen.setdefault(shape, path)
    return sorted(chosen.values())


def test_it_builds_without_a_problem(built):
    assert [problem for problem in built.result.problems if problem.severity != "notice"] == []
    assert built.result.ok
    assert built.result.pages >= 60


def test_its_html_has_no_fault(built):
    faults = {
        page.relative_to(built.folder).as_posix(): found
        for page in find_pages(built.folder)
        if (found := find_faults(page.read_text(encoding="utf-8")))
    }
    assert faults == {}


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
    assert [(one["url"], one.get("lastLine"), one["message"]) for one in errors] == []


@pytest.mark.parametrize("prefix", ["/", SUB_FOLDER])
def test_its_links_lead_somewhere(built, prefix):
    dead = find_dead_links(built.folder, prefix)
    # The page for missing files is shown at any depth, so it alone knows where the site stands.
    assert [link for link in dead if prefix == SUB_FOLDER or not link.startswith("404.html:")] == []


def test_it_loads_nothing_from_other_sites(built):
    assert find_foreign_loads(built.folder) == []


def test_its_contests_are_in_every_state(built):
    page = (built.folder / "contests" / "index.html").read_text(encoding="utf-8")
    assert STATES - set(re.findall(r'data-state="(\w+)"', page)) == set()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_its_pages_fit_and_load(built, address, page_at, width, scheme):
    page = page_at(width, scheme)
    problems: list[str] = []
    page.on("console", lambda said: problems.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("response", lambda got: problems.append(f"{got.url}: {got.status}") if got.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else problems.append(asked.url))
    for path in choose_pages(built.folder):
        page.goto(address + path, wait_until="load")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            problems.append(f"{path} is {over} pixels wider than a window of {width}")
    assert problems == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible(built, address, page_at, scheme):
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    options = {"runOnly": list(RULES), "resultTypes": ["violations"]}
    page = page_at(1280, scheme)
    found = {}
    for path in choose_pages(built.folder):
        page.goto(address + path, wait_until="load")
        page.evaluate(axe)
        violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
        if violations:
            found[path] = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    assert found == {}


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
