"""The comparison of outputs finds what is missing or differs, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bench.compare import find_differences, find_faults, from_newest, from_oldest
from bench.corpus import NOW, make_corpus
from bench.peers import twinsite
from bench.scenarios import SCENARIOS, edit_body, edit_title, prepare, restore
from bench.tools import all_tools
from twinsite.build import build_site
from twinsite.core.request import BuildRequest

ENTRIES = make_corpus(60)
TOOL = all_tools()["twinsite"]


def build(site: Path) -> Path:
    result = build_site(BuildRequest(site, now=datetime.fromisoformat(NOW), use_cache=False, jobs=1))
    assert result.ok
    return site / "public"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    site = tmp_path_factory.mktemp("whole")
    twinsite.write_site(ENTRIES, site)
    return build(site)


@pytest.fixture
def copy(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_an_output_equals_itself(whole, copy):
    assert list(find_differences(ENTRIES, whole, copy)) == []


def test_white_space_and_curly_quotes_are_no_difference(whole, copy):
    page = copy / ENTRIES[0].url.strip("/") / "index.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace("<h1>", "<h1>\n  ").replace("’", "'"), "utf-8")
    assert list(find_differences(ENTRIES, whole, copy)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<h1>", "<h1>Another ", "heading"),
        ("<title>", "<title>Another ", "title"),
        ('<div class="prose">', '<div class="prose">One word more ', "text"),
        ('<p class="tags"><a href="../../tags/', '<p class="tags"><a href="../../taggs/', "links"),
        ('name="description" content="', 'name="description" content="Another ', "description"),
        ("https://lumenandlane.example/", "https://other.example/", "canonical"),
    ],
)
def test_a_planted_difference_is_found(whole, copy, old, new, said):
    page = copy / ENTRIES[-1].url.strip("/") / "index.html"
    change(page, old, new)
    found = list(find_differences(ENTRIES, whole, copy))
    assert found
    assert all(line.startswith(f"{ENTRIES[-1].url} differs in its ") for line in found)
    assert any(f"in its {said}" in line for line in found)


def test_a_missing_page_is_found(whole, copy):
    shutil.rmtree(copy / ENTRIES[3].url.strip("/"))
    assert f"no page {ENTRIES[3].url}" in list(find_differences(ENTRIES, whole, copy))
    assert any("HTML pages instead of" in line for line in find_faults(ENTRIES, copy, from_oldest))


def test_a_record_that_a_list_leaves_out_is_found(copy):
    change(copy / "twinterns" / "index.html", '<li class="card">', '<li class="lost">')
    assert any(line.startswith("/twinterns/ lists") for line in find_faults(ENTRIES, copy, from_oldest))


def test_a_wrong_feed_and_sitemap_are_found(copy):
    change(copy / "feed.xml", "<title>", "<title>Another ")
    assert list(find_faults(ENTRIES, copy, from_oldest)) == []
    newest = max(ENTRIES, key=lambda entry: entry.day)
    change(copy / "feed.xml", newest.url, "/elsewhere/")
    change(copy / "sitemap.xml", newest.url, "/elsewhere/")
    found = list(find_faults(ENTRIES, copy, from_oldest))
    assert "the feed does not hold the newest records" in found
    assert f"1 records are not in the sitemap, such as {newest.url}" in found


def test_lists_are_cut_in_two_ways():
    assert [from_newest(number) for number in (1, 20, 21, 40)] == [1, 1, 2, 2]
    assert [from_oldest(number) for number in (1, 20, 39, 40)] == [1, 1, 1, 2]


def test_a_build_that_forgot_an_edit_is_found(whole, tmp_path):
    site = tmp_path / "site"
    twinsite.write_site(ENTRIES, site)
    entries = ENTRIES
    for name in ("body", "title", "template"):
        scenario = next(one for one in SCENARIOS if one.name == name)
        edited = scenario.change(entries, 7)
        assert list(scenario.find_faults(TOOL, whole, edited)), name
        prepare(TOOL, site, scenario, edited)
        entries = edited.entries
    output = build(site)
    for name in ("body", "title", "template"):
        scenario = next(one for one in SCENARIOS if one.name == name)
        edited = replace(scenario.change(ENTRIES, 7), entries=entries)
        assert list(scenario.find_faults(TOOL, output, edited)) == [], name


def test_sources_come_back_after_the_edits(tmp_path):
    twinsite.write_site(ENTRIES, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for number in (1, 2):
        for edit in (edit_body, edit_title):
            edited = edit(ENTRIES, number).edited
            assert edited
            TOOL.write_entry(tmp_path, edited)
    prepare(TOOL, tmp_path, SCENARIOS[-1], SCENARIOS[-1].change(ENTRIES, 2))
    assert before != {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    restore(TOOL, tmp_path, ENTRIES, 2)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
