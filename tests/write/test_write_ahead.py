"""Files that are staged by those who make them: the same site, and nothing left behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.publishing import write_site
from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.write.account import keep_account, look_at_output
from twinsite.write.failure import WriteError
from twinsite.write.names import MANIFEST, PENDING, are_publishable, is_reserved
from twinsite.write.site import SiteWriter, Written

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
    assert ahead == {"a/index.html", "a/b/index.html", "same/index.html"}
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
    assert list(tmp_path.rglob("*.tw-tmp")) == []
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
        assert stage("a/index.html", b"new a", digest_bytes(b"new a")) is None
        assert stage("not planned", b"x", digest_bytes(b"x")) is None


FRESH = {
    "w/index.html": b"w",
    "w/x/index.html": b"x",
    "w/x/rules/index.html": b"rules",
    "w/x/calendar.ics": b"days",
    "w/y/index.html": b"y",
    "v/index.html": b"v",
    "press/feed.xml": b"feed",
    "index.html": b"home",
}


def begin(folder: Path, more: dict[str, bytes], fresh: dict[str, bytes] = FRESH) -> SiteWriter:
    """A writer to whom a site was handed over: pages and documents staged ahead, ``more`` of it put."""
    writer = SiteWriter(folder, {**FRESH, **more}).__enter__()
    stage = writer.prepare(fresh).stage
    for path, data in fresh.items():
        staged = stage(path, data, digest_bytes(data))
        if path not in FRESH or path in more:
            continue
        if staged is None:
            writer.put(path, data)
        else:
            writer.take(path, digest_bytes(data), len(data), staged)
    for path, data in more.items():
        writer.put(path, data)
    return writer


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"w/x/kit/pictures.zip": b"before the pages", "w/notes.txt": b"after them"},
        {"w/x/index.html": b"made once more"},
        {f"w/{number}/calendar.ics": b"many" for number in range(210)},
    ],
)
def test_new_folders_are_put_in_place_whole(tmp_path: Path, more: dict[str, bytes]) -> None:
    fresh = {**FRESH, "w/z/index.html": b"planned no more", "u/a/index.html": b"nor this"}
    writer = begin(tmp_path, more, fresh)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
    assert writer.commit() == Written(written=len({**FRESH, **more}))
    assert tree(tmp_path) == {**FRESH, **more}
    assert not list(tmp_path.rglob("*.tw-tmp"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "index.html", "press", "v", "w"]
    assert write_site(tmp_path, tree(tmp_path), tree(tmp_path).items()).written == 0


def test_what_somebody_writes_into_a_page_before_it_is_in_place_is_mended_by_the_next_build(tmp_path: Path) -> None:
    writer, cache = begin(tmp_path, {}), MemoryStore()
    (place,) = tmp_path.rglob("x/index.html")
    status = os.lstat(place)
    place.write_bytes(b"!")  # of equal size
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    writer.commit()
    stamps = dict(writer._stamps)
    keep_account(tmp_path, (tmp_path / MANIFEST).read_bytes(), stamps, status.st_ctime_ns + 10**12, cache)
    assert tree(tmp_path) == {**FRESH, "w/x/index.html": b"!"}
    assert look_at_output(tmp_path, cache).intact.keys() == FRESH.keys() - {"w/x/index.html"}
    assert build(tmp_path, FRESH, cache)[0].written == 1
    assert tree(tmp_path) == FRESH


def test_what_somebody_puts_there_meanwhile_stays(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    folder.mkdir()
    writer = begin(folder, {})
    (folder / "w/x").mkdir(parents=True)
    (folder / "w/x/mine.txt").write_bytes(b"mine")
    writer.commit()
    assert tree(folder) == {**FRESH, "w/x/mine.txt": b"mine"}
    assert not list(folder.rglob("*.tw-tmp"))


def test_no_link_that_somebody_puts_there_meanwhile_is_followed(tmp_path: Path) -> None:
    folder, other = tmp_path / "public", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    writer = begin(folder, {"w/x/kit/pictures.zip": b"zip"})
    (folder / "w").symlink_to(other)
    with pytest.raises(WriteError):
        writer.commit()
    writer.abort()
    assert not list(other.iterdir())
    assert not list(folder.rglob("*.tw-tmp"))


@pytest.mark.parametrize("renames", range(6))
def test_a_kill_while_folders_are_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int) -> None:
    writer = begin(tmp_path, {"w/x/kit/pictures.zip": b"zip"})
    real, left = os.rename, [renames]

    def rename(source: str, target: str) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(source, target)

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(os, "rename", rename)
        writer.commit()
    found = tree(tmp_path)
    assert found.pop(PENDING, b"").count(b"tw-tmp") >= (renames < 3)
    assert set(found.values()) <= {*FRESH.values(), b"zip"}
    assert write_site(tmp_path, OLD, OLD.items()).problems == ()
    assert tree(tmp_path) == OLD
    assert not list(tmp_path.rglob("*.tw-tmp"))


def test_nobody_may_publish_in_a_folder_of_ours() -> None:
    assert is_reserved(".w.tw-tmp/index.html")
    assert not are_publishable(["index.html", ".w.tw-tmp/index.html"])
    assert not is_reserved("w/.tw-tmp.html")
