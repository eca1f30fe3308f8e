"""A first build of a small site, half of which another process has prepared: what a visitor gets is what one makes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.early import count_orders
from tests.support.quotes import write_quote
from tests.support.site import NOW, Site, write_site
from twinsite.core.digest import digest_bytes
from twinsite.core.theme import Template, Theme
from twinsite.preparation import Preparation
from twinsite.render.early import EarlyMaker

pytestmark = pytest.mark.usefixtures("forking")

WORDS = "Words of my own, and [another](voice-{}.md)."
BASE = "<!doctype html><html lang=en><head><title>{{ page.title }}</title></head><body>{{ page.title }}</body></html>"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr("twinsite.mate.IMPORTED", "what no process imports")
    files = {f"content/showcases/voice-{n}.md": write_quote(n, WORDS.format(n % 4 + 1)) for n in range(1, 5)}
    return write_site(tmp_path, {**files, "content/pages/visit.md": "---\ntitle: Visit\n---\n\nOpen on Monday.\n"})


@pytest.fixture
def whole(site: Site, tmp_path: Path) -> dict[str, bytes]:
    """The files that one process makes, without a cache."""
    alone = Site(site.folder, tmp_path / "alone")
    assert alone.build(jobs=1, use_cache=False).ok
    return alone.files()


def check_same(site: Site, whole: dict[str, bytes]) -> None:
    """A build gives these files, nobody is left behind, and the next build renders nothing."""
    made = site.build(jobs=2)
    assert (made.ok, made.rendered) == (True, made.pages)
    assert site.files() == whole
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    site.write("content/pages/visit.md", "---\ntitle: Visit\n---\n\nOpen on Tuesday.\n")
    again = site.build(jobs=2)
    assert (again.ok, again.rendered) == (True, 1)


def test_a_mate_makes_the_same_files(
    site: Site, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = count_orders(monkeypatch, tmp_path)
    check_same(site, whole)
    assert marks.read_text()


def test_a_mate_renders_the_documents_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("there is nothing left to render")

    monkeypatch.setattr("twinsite.press.Press._make_renderer", refuse)
    made = site.build(jobs=2)
    assert made.ok
    assert len(made.timings) == len(made.plan.rendered())


@pytest.mark.parametrize(("where", "name"), [(Preparation, "_read_theme"), (Preparation, "open"), (EarlyMaker, "do")])
@pytest.mark.parametrize("end", ["dies", "fails"])
def test_one_that_does_not_come_far_does_no_harm(
    site: Site, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, where: type, name: str, end: str
) -> None:
    def stop(*arguments: object) -> None:
        if end == "dies":
            os._exit(9)
        raise RuntimeError

    monkeypatch.setattr(where, name, stop)
    check_same(site, whole)


def test_what_was_made_of_another_text_is_not_used(
    site: Site, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Preparation._read_theme

    def read_another(folder: Path, name: str) -> Theme:
        theme = read(folder, name)
        other = Template("showcase/page.html", "", BASE, digest_bytes(BASE.encode()))
        return replace(
            theme, templates={**theme.templates, "showcase/page.html": other, "default:showcase/page.html": other}
        )

    monkeypatch.setattr(Preparation, "_read_theme", staticmethod(read_another))
    check_same(site, whole)


def test_a_template_that_fails_is_told_once_and_nothing_is_left(site: Site) -> None:
    site.write("themes/own/theme.yaml", "extends: default\n")
    site.write("themes/own/templates/showcase/page.html", "{{ page.nothing.at_all }}")
    site.write("themes/own/templates/page/page.html", "{% if %}")
    site.write("site.yaml", (site.folder / "site.yaml").read_text() + "theme: own\n")
    failed, alone = site.build(jobs=2), site.build(jobs=1, use_cache=False)
    assert not failed.ok
    assert failed.problems == alone.problems
    assert not site.output.exists()


@pytest.mark.parametrize("settings", ["", "title: [", "- a\n", "title: x\ntheme: nowhere\nlanguage: [a]\n"])
def test_settings_that_are_wrong_are_told_as_ever(site: Site, settings: str) -> None:
    site.write("site.yaml", settings)
    failed, alone = site.build(jobs=2), site.build(jobs=1, use_cache=False)
    assert not failed.ok
    assert failed.problems == alone.problems


def test_a_process_that_has_imported_nothing_makes_the_same(site: Site, whole: dict[str, bytes]) -> None:
    where = ["--site", str(site.folder), "--output", str(site.output), "--now", NOW.isoformat(), "--format", "json"]

    def build(*more: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "twinsite", "build", *where, *more]
        said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return said

    first = build("--jobs", "2")
    assert first["rendered"] == first["pages"]
    assert site.files() == whole
    assert build("--jobs", "1")["rendered"] == 0
    site.write("content/pages/visit.md", "---\ntitle: Visit\n---\n\nOpen on Tuesday.\n")
    assert build("--jobs", "1")["rendered"] == 1


def test_who_prepares_to_render_imports_no_model() -> None:
    code = "import sys, twinsite.preparation; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {"jinja2", "twinsite.render.renderer"} <= set(loaded)
    assert not {"pydantic", "twinsite.kinds", "twinsite.config", "multiprocessing", "sqlite3"} & set(loaded)
