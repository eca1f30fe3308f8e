"""A template is touched, so that all pages change, under force: pages are exchanged with spare files."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import twinsite.write.account
import twinsite.write.site
import twinsite.write.spares
from tests.site.test_site_kill import ROOT, group_ends, make_version, pages_of, read_site, wait_for_moment
from tests.site.test_site_random_edits import run_edits
from tests.support.site import SETTINGS, Site, write_site
from twinsite.write.manifest import UNKNOWN, read_manifest
from twinsite.write.names import MANIFEST

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges files")

BASE = "themes/mine/templates/base.html"
CONSTANTS = {(twinsite.write.site, "MANY"): 1, (twinsite.write.spares, "REST"): -(10**15)}
CONSTANTS |= {(twinsite.write.account, "MARGIN"): -(10**15), (twinsite.write.spares, "WORTH"): 10**6}
"""Spares for a small site too, usable at once."""

PATCHED = "\n".join(
    [
        "import sys, twinsite.write.account, twinsite.write.site, twinsite.write.spares",
        *(f"{module.__name__}.{name} = {value}" for (module, name), value in CONSTANTS.items()),
        "from twinsite.cli import main",
        "sys.exit(main())",
    ]
)


@pytest.fixture(autouse=True)
def _spares_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    for (module, name), value in CONSTANTS.items():
        monkeypatch.setattr(module, name, value)


def make_site(folder: Path) -> Site:
    return write_site(folder, make_version(0), SETTINGS + "theme: mine\n")


def touch(site: Site, mark: str) -> None:
    """Let all pages say a mark."""
    base = site.folder / BASE
    kept = site.folder / "../base.html"
    if not kept.exists():
        shutil.copy(base, kept)
    base.write_text(kept.read_text().replace("{{ super() }}", f"{{{{ super() }}}} {mark}"))


def start(site: Site, output: Path, jobs: int = 1) -> subprocess.Popen[str]:
    options = ["--site", site.folder, "--output", output, "--now", "2026-06-01T12:00:00Z", "--jobs", str(jobs)]
    return subprocess.Popen(
        [sys.executable, "-c", PATCHED, "build", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=ROOT,
    )


def count_spares(site: Site) -> int:
    return len(list((site.folder / ".twinsite/spare").glob("*.spare")))


def test_a_touched_template_exchanges_pages(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    assert site.build().ok
    pages = list(site.output.rglob("*.html"))
    for mark in ("one", "two, which is longer", "3"):
        before = {path.stat().st_ino for path in pages}
        touch(site, mark)
        result = site.build()
        assert (result.ok, result.problems) == (True, ())
        assert result.written >= len(pages) - 3
        assert count_spares(site) >= len(pages) - 6
        if mark != "one":
            kept = {path.stat().st_ino for path in (site.folder / ".twinsite/spare").glob("*.spare")}
            assert len(kept & before) == len(kept)
        clean = Site(site.folder, tmp_path / mark)
        assert clean.build(use_cache=False).ok
        assert site.files() == clean.files()
        assert mark in site.text("")
        assert site.build().rendered == 0
        if mark == "two, which is longer":
            shutil.rmtree(site.folder / ".twinsite/spare")


@pytest.mark.slow
def test_kills_while_pages_are_exchanged(tmp_path: Path) -> None:
    choose, site, old = random.Random(5), make_site(tmp_path), {}
    assert site.build().ok
    clean = Site(site.folder, tmp_path / "clean")
    caught = early = 0
    for number in range(40):
        if caught > 1 and early > 1:
            break
        old = site.files()
        touch(site, f"mark {number} " * choose.randrange(1, 300))
        assert clean.build(use_cache=False).ok
        new = clean.files()
        child = start(site, site.output, choose.choice((1, 2)))
        wait_for_moment(child, site.output, choose, usual=1)
        child.kill()
        child.communicate()
        assert group_ends(child.pid)
        found = read_site(site.output)
        assert all(data in (old[path], new[path]) for path, data in found.items()), number
        assert found.keys() == new.keys() - {MANIFEST}
        if child.returncode == -signal.SIGKILL:
            begun = any(entry.digest == UNKNOWN for entry in read_manifest(site.output).files.values())
            caught, early = caught + begun, early + (not begun)
            assert begun or (site.output / MANIFEST).read_bytes() != old[MANIFEST] or found == pages_of(old)
        assert site.build().ok
        assert site.files() == new
    assert caught > 1, "no kill came between the exchanges"
    assert early > 1, "no kill came before the exchanges"


@pytest.mark.slow
def test_two_builds_of_one_site_into_two_outputs(tmp_path: Path) -> None:
    """They share a cache and its spares: who comes second renames."""
    site, outputs = make_site(tmp_path), [tmp_path / "one", tmp_path / "two"]
    for number in range(5):
        touch(site, f"mark {number}")
        children = [start(site, output) for output in outputs]
        results = [child.communicate(timeout=120) for child in children]
        assert [child.returncode for child in children] == [0, 0], results
        clean = Site(site.folder, tmp_path / "clean")
        assert clean.build(use_cache=False).ok
        for output in outputs:
            assert Site(site.folder, output).files() == clean.files()
    assert count_spares(site)


@pytest.mark.slow
def test_random_edits_with_spares(monkeypatch: pytest.MonkeyPatch) -> None:
    exchanged = []

    class Counting(twinsite.write.spares.Spares):
        def exchange(self, spare: str, target: str) -> bool:
            exchanged.append(super().exchange(spare, target))
            return exchanged[-1]

    monkeypatch.setattr(twinsite.write.spares, "Spares", Counting)
    machine = run_edits(4, 25, 9)
    assert machine.steps >= 60
    assert sum(exchanged) > 50
