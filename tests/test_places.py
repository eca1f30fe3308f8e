"""Where a build may write: nothing it makes may lie in the source, and no cache in what is published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.command import run_command
from tests.support.site import NOW, SETTINGS

PAGE = "---\ntitle: About\nprivate: {notes: SECRET}\n---\nHello.\n"
HINT = "Name a folder of its own, such as public."


@pytest.fixture
def site(make_site):
    return make_site({"content/pages/about.md": PAGE})


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): path.read_bytes() for path in files if path.parent.name != ".twinsite"}


def refuse(site, command: str, *options: object, within: str) -> None:
    before = snapshot(site.folder)
    outcome = run_command(command, "--site", site.folder, "--now", NOW.isoformat(), *options)
    assert outcome.code == 1
    assert within in outcome.err
    assert "not-a-folder" in outcome.err
    assert snapshot(site.folder) == before


@pytest.mark.parametrize("output", ["content", "content/static/site", "themes/x", ".git/hooks"])
def test_no_output_inside_the_source(site, output):
    within = f"lies inside {output.partition('/')[0]}/, the site's own source."
    refuse(site, "build", "--output", site.folder / output, within=within)


@pytest.mark.parametrize("output", [".", "..", "content/..", "/"])
def test_no_output_around_the_source(site, output):
    within = "is or holds the folder of the site, with the source of its pages."
    refuse(site, "build", "--output", site.folder / output, within=within)


def test_an_empty_output_is_the_working_folder(site, monkeypatch):
    monkeypatch.chdir(site.folder)
    refuse(site, "build", "--output", "", within="is or holds the folder of the site")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_are_seen_through(site, tmp_path):
    (tmp_path / "link").symlink_to(site.folder / "content")
    refuse(site, "build", "--output", tmp_path / "link" / "x", within="lies inside content/")


@pytest.mark.parametrize(
    ("output", "cache", "words"),
    [
        ("public", "public/.cache", 'The folder of the cache, "public/.cache", lies inside the output folder'),
        ("public", "public", "lies inside the output folder, so that it would be published."),
        (".twinsite/site", ".twinsite", 'The output folder, ".twinsite/site", lies inside the folder of the cache.'),
        ("..", ".twinsite", 'The output folder, "..", cannot be used'),
        ("../", "x", 'The output folder, "../", cannot be used'),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_output_and_cache_stay_apart(site, command, output, cache, words):
    if "cannot be used" in words:
        words = "cannot be used: what the build makes must stay apart from its source."
    site.write("site.yaml", SETTINGS + f"build: {{output: {output}, cache: {cache}}}\n")
    refuse(site, command, within=words)


def test_a_cache_leaves_version_control_of_others_alone(site):
    site.write("site.yaml", SETTINGS + "build: {cache: notes}\n")
    site.write("notes/mine.txt", "mine")
    assert site.build().ok
    assert not (site.folder / "notes" / ".gitignore").exists()


def test_a_folder_beside_the_site_is_fine(site, tmp_path):
    for place in ("con tent ü", "content2", "deep/er/place"):
        outcome = run_command("build", "--site", site.folder, "--output", tmp_path / place, "--now", NOW.isoformat())
        assert outcome.code == 0
        assert "SECRET" not in "".join(
            path.read_text("utf-8", "replace") for path in (tmp_path / place).rglob("*") if path.is_file()
        )
