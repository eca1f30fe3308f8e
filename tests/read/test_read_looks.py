"""Files that look the same are read again until no change can hide behind their times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.read import looks
from twinsite.read.looks import MARGIN, read_digests_again


class Watch:
    """This process's clock, set by hand; and a note of the files that were read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
        self.seconds, self.read, self.site, self.cache = 100.0, [], site, MemoryStore()
        read_bytes = looks.read_bytes
        monkeypatch.setattr(looks, "perf_counter", lambda: self.seconds)
        monkeypatch.setattr(looks, "read_bytes", lambda site, path: (self.read.append(path), read_bytes(site, path))[1])

    def look(self, seconds: float) -> tuple[dict[str, str], list[str]]:
        """The digests so many seconds later, and what was read for them."""
        self.seconds += seconds
        self.read.clear()
        return read_digests_again(self.site, ["a.md", "gone.md"], self.cache), list(self.read)


def digests(text: str) -> dict[str, str]:
    return {"a.md": digest_bytes(text.encode())}


def test_a_file_is_read_until_it_is_sure_and_after_each_change(monkeypatch, tmp_path):
    (tmp_path / "a.md").write_text("one")
    watch = Watch(monkeypatch, tmp_path)
    both = ["a.md", "gone.md"]
    assert watch.look(0) == (digests("one"), both)
    assert watch.look(MARGIN / 2) == (digests("one"), both)
    assert watch.look(MARGIN) == (digests("one"), both)
    assert watch.look(0) == (digests("one"), ["gone.md"])
    (tmp_path / "a.md").write_text("four")
    assert watch.look(0) == (digests("four"), both)


def test_a_change_within_one_step_of_the_disks_clock_is_seen(monkeypatch, tmp_path):
    path = tmp_path / "a.md"
    path.write_text("one")
    watch = Watch(monkeypatch, tmp_path)
    status = os.stat(path)
    watch.look(0)
    path.write_text("two")
    monkeypatch.setattr(looks.os, "stat", lambda path: status)  # it looks just as before
    assert watch.look(MARGIN / 2)[0] == digests("two")
