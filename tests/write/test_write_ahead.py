"""Files that are staged by those who make them: the same site, and nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.write.account import look_at_output
from twinsite.write.names import MANIFEST, PENDING
from twinsite.write.site import SiteWriter, Written, write_site

OLD = {"index.html": b"home", "a/index.html": b"a", "a/b/index.html": b"b", "c": b"c", "same/index.html": b"same"}
NEW = {
    "index.html": b"new home",
    "a/index.html": b"new a",
    "a/b/index.html": b"b",
    "c/index.html": b"now a folder",
    "same/index.html": b"same",
    "d/index.html": b"d",
    "d/e/index.html": b"e",
    "d/e/feed.xml": b"feed",
    "top.txt": b"t",
}


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != MANIFEST}


def build(folder: Path, site: dict[str, bytes], cache: MemoryStore) -> tuple[Written, set[str]]:
    """Write a site, staging ahead what may be; its outcome and what was staged."""
    ahead = set()
    with SiteWriter(folder, site, outlook=look_at_output(folder, cache)) as writer:
        stage = writer.prepare(site).stage
        for path, data in site.items():
            digest = digest_bytes(data)
            staged = stage(path, data, digest)
            if staged is None:
                writer.put(path, data, digest)
            else:
                writer.take(path, digest, len(data), staged)
                ahead.add(path)
        written = writer.commit()
        writer.keep_account(cache)
    return written, ahead


def settle(folder: Path, site: dict[str, bytes], cache: MemoryStore) -> None:
    """An account in which all files are known, however young they are."""
    from twinsite.write.account import keep_account, make_stamp

    stamps = {path: make_stamp(digest_bytes(data), os.lstat(folder / path)) for path, data in site.items()}
    later = max(stamp.changed for stamp in stamps.values()) + 10**12
    keep_account(folder, (folder / MANIFEST).read_bytes(), stamps, later, cache)


def test_the_same_site(tmp_path: Path) -> None:
    cache = MemoryStore()
    written, ahead = build(tmp_path, OLD, cache)
    assert written == Written(written=5)
    assert ahead == {"a/b/index.html", "same/index.html"}
    assert tree(tmp_path) == OLD
    settle(tmp_path, OLD, cache)
    written, ahead = build(tmp_path, NEW, cache)
    assert written == Written(written=7, unchanged=2, deleted=1)
    assert {"a/index.html", "d/e/index.html"} <= ahead
    assert not ahead & {"index.html", "a/b/index.html", "same/index.html", "c/index.html"}
    assert tree(tmp_path) == NEW
    write_site(tmp_path / "plain", NEW, NEW.items())
    assert (tmp_path / MANIFEST).read_bytes() == (tmp_path / "plain" / MANIFEST).read_bytes()


@pytest.mark.parametrize("taken", [True, False])
def test_an_abort_leaves_nothing_behind(tmp_path: Path, taken: bool) -> None:
    cache = MemoryStore()
    build(tmp_path, OLD, cache)
    settle(tmp_path, OLD, cache)
    before = sorted(tmp_path.rglob("*"))
    with SiteWriter(tmp_path, NEW, outlook=look_at_output(tmp_path, cache)) as writer:
        stage = writer.prepare(NEW).stage
        for path, data in NEW.items():
            staged = stage(path, data, digest_bytes(data))
            if staged is not None and taken:
                writer.take(path, digest_bytes(data), len(data), staged)
        assert len(list(tmp_path.rglob("*.tw-tmp"))) >= 2
    assert sorted(tmp_path.rglob("*")) == before
    assert tree(tmp_path) == OLD


def test_a_kill_leaves_what_the_next_build_removes(tmp_path: Path) -> None:
    build(tmp_path, OLD, MemoryStore())
    writer = SiteWriter(tmp_path, NEW).__enter__()
    stage = writer.prepare(NEW).stage
    for path, data in NEW.items():
        stage(path, data, digest_bytes(data))
    assert (tmp_path / PENDING).exists()
    assert list(tmp_path.rglob("*.tw-tmp"))
    assert write_site(tmp_path, OLD, OLD.items()) == Written(unchanged=5)
    assert tree(tmp_path) == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a", "c", "index.html", "same"]


def test_what_stands_in_the_way_is_left_to_the_writer(tmp_path: Path) -> None:
    cache = MemoryStore()
    build(tmp_path, OLD, cache)
    settle(tmp_path, OLD, cache)
    outlook = look_at_output(tmp_path, cache)
    with SiteWriter(tmp_path, NEW, outlook=outlook) as writer:
        stage = writer.prepare(NEW).stage
        (tmp_path / "a").rename(tmp_path / "moved")
        (tmp_path / "a").symlink_to(tmp_path / "moved")
        (tmp_path / "d/e").mkdir(parents=True, exist_ok=True)
        assert stage("a/index.html", b"new a", digest_bytes(b"new a")) is None
        assert stage("d/e/index.html", b"e", digest_bytes(b"e")) is None
        assert stage("not planned", b"x", digest_bytes(b"x")) is None
