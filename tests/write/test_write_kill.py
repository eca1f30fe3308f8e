"""Builds that are killed: every file is whole at every moment, and the next build puts everything right."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.publishing import write_site
from twinsite.write import staging
from twinsite.write.manifest import UNKNOWN, read_manifest
from twinsite.write.names import MANIFEST, PENDING, SUFFIX
from twinsite.write.site import SiteWriter, Written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

Site = dict[str, bytes]
FOREIGN: Site = {"CNAME": b"campaign.example", ".git/config": b"[core]"}
ROOT = str(Path(staging.__file__).parents[2])

BUILD = """
import json, sys
from pathlib import Path
from tests.support.publishing import write_site
site = {path: text.encode() for path, text in json.loads(Path(sys.argv[2]).read_text()).items()}
print("ready", flush=True)
written = write_site(Path(sys.argv[1]), site, site.items())
print(written.problems or "done", flush=True)
"""


def make_version(number: int) -> Site:
    """One of many sites: some pages stay, some change, some come and go, a page becomes a folder and back."""
    choose = random.Random(number)
    site: Site = {"index.html": b"home %d" % number * 900, "style.css": b"css" * 50, "feed.xml": b"feed %d" % number}
    for page in range(40):
        if choose.random() < 0.7:
            site[f"contests/{page}/index.html"] = b"page %d " % page * choose.choice((1, 400, 2000))
    site |= {f"year/{number % 5}/{page}.html": b"archive %d" % number for page in range(5)}
    site["now" if number % 2 else "now/index.html"] = b"now %d" % number
    return site


def read_tree(folder: Path) -> Site:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (MANIFEST, PENDING) and not path.name.endswith(SUFFIX)
    }


def start(folder: Path, site: Site) -> subprocess.Popen[str]:
    import json

    plan = folder.parent / "plan.json"
    plan.write_text(json.dumps({path: data.decode() for path, data in site.items()}))
    child = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(plan)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def wait_for_moment(child: subprocess.Popen[str], folder: Path, choose: random.Random, usual: float) -> None:
    """Wait for a moment to kill: any, or one soon after the first file was staged, when the renames are near."""
    if choose.random() < 0.5:
        time.sleep(choose.uniform(0, usual))
        return
    while child.poll() is None and not (folder / PENDING).exists():
        time.sleep(0.0005)
    time.sleep(choose.uniform(0, 0.5) * usual)


@pytest.mark.slow
def test_sixty_kills(tmp_path: Path) -> None:
    """Kill a real process at random moments; what is on the disk then is the beginning of the next build."""
    choose, folder = random.Random(20261122), tmp_path / "public"
    old = make_version(0)
    assert not write_site(folder, old, old.items()).problems
    for path, data in FOREIGN.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    child, begun = start(folder, old := make_version(1)), time.monotonic()
    assert child.communicate()[0] == "done\n"
    usual = time.monotonic() - begun
    possible = {path: {data} for path, data in old.items()}
    killed = renaming = 0
    for number in range(2, 300):
        if killed >= 60 and renaming > 5:
            break
        new = make_version(number)
        child = start(folder, new)
        wait_for_moment(child, folder, choose, usual)
        child.kill()
        output = child.communicate()[0]
        killed += not output
        for path, data in new.items():
            possible.setdefault(path, set()).add(data)
        found = read_tree(folder)
        renaming += any(entry.digest == UNKNOWN for entry in read_manifest(folder).files.values())
        assert found.items() >= FOREIGN.items()
        assert all(data in possible[path] for path, data in found.items() if path not in FOREIGN)
        if choose.random() < 0.4:
            assert not write_site(folder, new, new.items()).problems
            assert read_tree(folder) == {**new, **FOREIGN}
            assert not list(folder.rglob(f"*{SUFFIX}"))
            assert not (folder / PENDING).exists()
            assert set(read_manifest(folder).files) == new.keys()
            possible = {path: {data} for path, data in new.items()}
    assert killed >= 60
    assert renaming > 5, "the kills were too early or too late to show anything"


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it, and no cleaning up runs."""


STEPS = ("open", "replace", "unlink", "rmdir", "mkdir")


def stop_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Let the process "die" at its next change of the disk after so many."""
    left = [steps]

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def step(*parts: object, **named: object) -> object:
            changes = name != "open" or (len(parts) > 1 and isinstance(parts[1], int) and parts[1] & os.O_CREAT)
            if changes:
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
            return real(*parts, **named)

        monkeypatch.setattr(os, name, step)

    for name in STEPS:
        wrap(name)


def build(folder: Path, site: Site) -> Written:
    """As ``write_site``, without the cleaning up that a killed process cannot do."""
    writer = SiteWriter(folder, site)
    writer.__enter__()
    for path, data in site.items():
        writer.put(path, data)
    return writer.commit()


OLD: Site = {"index.html": b"old", "a/index.html": b"same", "b/index.html": b"gone", "now": b"file", "x/y/z": b"deep"}
NEW: Site = {"index.html": b"new", "a/index.html": b"same", "c/d/index.html": b"new", "now/x": b"now", "x": b""}
OTHER: Site = {"a/index.html": b"third", "c": b"file", "x/y/z": b"deep"}


@pytest.mark.parametrize("following", [OLD, NEW, OTHER])
def test_a_kill_at_each_single_step(tmp_path: Path, following: Site) -> None:
    """Every change of the disk that a build makes is once the last one."""
    for steps in range(200):
        folder = tmp_path / str(steps)
        folder.mkdir()
        build(folder, OLD)
        with pytest.MonkeyPatch.context() as patched:
            stop_after(patched, steps)
            try:
                build(folder, NEW)
                break
            except Killed:
                pass
        found = read_tree(folder)
        assert all(data in (OLD.get(path), NEW.get(path)) for path, data in found.items()), steps
        if read_manifest(folder).files.keys() == OLD.keys():
            assert found == OLD
        assert not write_site(folder, following, following.items()).problems, steps
        assert read_tree(folder) == following
        assert sorted(path.name for path in folder.rglob("*") if SUFFIX in path.name or path.name == PENDING) == []
        assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())
    else:
        pytest.fail("the build never came to its end")
    assert steps > 20


def test_a_kill_before_the_renames_leaves_the_old_site(tmp_path: Path) -> None:
    write_site(tmp_path, OLD, OLD.items())
    manifest = (tmp_path / MANIFEST).read_bytes()
    writer = SiteWriter(tmp_path, NEW)
    writer.__enter__()
    for path, data in NEW.items():
        writer.put(path, data)
    assert read_tree(tmp_path) == OLD
    assert (tmp_path / MANIFEST).read_bytes() == manifest
    assert len(list(tmp_path.rglob(f"*{SUFFIX}"))) == 4
    assert write_site(tmp_path, OLD, OLD.items()) == Written(unchanged=5)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        tmp_path / path for path in [*OLD, MANIFEST]
    )


def test_leftovers_of_others_stay(tmp_path: Path) -> None:
    write_site(tmp_path, OLD, OLD.items())
    (tmp_path / f".mine{SUFFIX}").write_bytes(b"mine")
    (tmp_path / "empty").mkdir()
    write_site(tmp_path, NEW, NEW.items())
    assert (tmp_path / f".mine{SUFFIX}").exists()
    assert (tmp_path / "empty").is_dir()
