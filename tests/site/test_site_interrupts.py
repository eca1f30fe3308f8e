"""Ctrl-C: a build that is interrupted ends its processes first and then removes what they had made."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.test_site_kill import check_success, group_ends, start
from tests.support.bare import BARE
from tests.support.site import NOW, SETTINGS, Site, write_site
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore
from twinsite.early import FEWEST
from twinsite.write.names import PENDING, is_temporary

WORDS = "---\ntitle: News {0}\ndate: 2026-03-11\n---\n\nThe same.\n"


def write_news(folder: Path, count: int) -> Site:
    """A site of so many announcements."""
    files = {f"content/announcements/news-{number}.md": WORDS.format(number) for number in range(count)}
    return write_site(folder, {**BARE, **files}, SETTINGS + "theme: mine\n")


def find_leftovers(output: Path) -> list[str]:
    """Temporary files and folders in the output, and the list of them."""
    paths = (path.relative_to(output).as_posix() for path in output.rglob("*"))
    return [path for path in paths if path == PENDING or any(map(is_temporary, path.split("/")))]


class Interrupted(MemoryStore):
    """A cache at which Ctrl-C comes when something is put into it after ``armed``."""

    armed = False

    def put(self, key: str, data: bytes) -> None:
        if self.armed:
            raise KeyboardInterrupt
        super().put(key, data)


@pytest.mark.usefixtures("forking")
def test_nobody_stages_pages_after_an_interrupt_while_one_is_received(tmp_path: Path) -> None:
    site, cache = write_news(tmp_path, FEWEST), Interrupted()

    def watch(label: str, _length: int) -> Callable[[int], None]:
        def move(_steps: int) -> None:
            cache.armed = label == "Rendering" and find_leftovers(site.output) != []

        return move

    with pytest.raises(KeyboardInterrupt) as caught:
        build_site(BuildRequest(site.folder, site.output, now=NOW, jobs=2, progress=watch), cache)
    time.sleep(0.5)
    assert find_leftovers(site.output) == []
    assert caught.tb is not None


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_interrupts_at_random_moments_leave_nothing(tmp_path: Path) -> None:
    choose, caught = random.Random(3), 0
    site = write_news(tmp_path, 2 * FEWEST)
    begun = time.monotonic()
    check_success(start(site.folder, tmp_path / "whole", "--jobs", "2"))
    usual = time.monotonic() - begun
    for number in range(16):
        output = tmp_path / str(number)
        options = choose.choice(((), ("--no-cache",)))
        child = start(site.folder, output, "--jobs", "2", *options)
        time.sleep(choose.uniform(0.3, 1) * usual)
        os.kill(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=120)
        assert child.returncode in (0, 130), (out, err)
        assert group_ends(child.pid), "a worker outlived its build"
        caught += child.returncode == 130
        assert find_leftovers(output) == [], number
    assert caught > 5, "hardly any interrupt came in time"
