"""The account: files that nobody touched since are not read again, and all others are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.write import site as writing
from twinsite.write.account import MARGIN, Stamp, keep_account, look_at_output, make_stamp
from twinsite.write.foreign import find_foreign_files
from twinsite.write.manifest import encode_manifest, read_manifest
from twinsite.write.names import MANIFEST
from twinsite.write.site import SiteWriter, Written

SITE = {f"{folder}/{number}/index.html": b"%d" % number * 9 for folder in "abc" for number in range(30)}
LONG_AGO = 1_700_000_000_123_456_789


class ByteStore(MemoryStore):
    """A cache that keeps bytes alone, as one on a disk does."""

    def recall(self, name: str) -> None:
        """Nothing."""

    def remember(self, name: str, value: object) -> bool:
        """Nothing is kept so."""
        return False


def build(folder: Path, cache: ByteStore, site: dict[str, bytes] = SITE, thorough: bool = False) -> Written:
    outlook = look_at_output(folder, None if thorough else cache)
    assert not find_foreign_files(folder, site.keys(), False, outlook)
    with SiteWriter(folder, site, thorough=thorough, outlook=outlook) as writer:
        for path, data in site.items():
            if not writer.keep(path, digest_bytes(data)):
                writer.put(path, data)
        written = writer.commit()
        writer.keep_account(cache)
    return written


def settle(folder: Path, cache: ByteStore) -> None:
    """Let the files be old, and the account know it."""
    for path in SITE:
        os.utime(folder / path, ns=(LONG_AGO, LONG_AGO))
    build(folder, cache)
    stamps = {path: make_stamp(digest_bytes(data), os.lstat(folder / path)) for path, data in SITE.items()}
    later = max(stamp.changed for stamp in stamps.values()) + 2 * MARGIN
    keep_account(folder, (folder / MANIFEST).read_bytes(), stamps, later, cache)


@pytest.fixture
def settled(tmp_path: Path) -> tuple[Path, ByteStore]:
    cache = ByteStore()
    tmp_path.mkdir(exist_ok=True)
    assert build(tmp_path, cache) == Written(written=90)
    settle(tmp_path, cache)
    return tmp_path, cache


def test_intact_files_are_not_read(settled: tuple[Path, ByteStore], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = settled
    monkeypatch.setattr(writing, "digest_bytes", None)
    monkeypatch.setattr(writing, "open", None, raising=False)
    assert look_at_output(folder, cache).intact.keys() == SITE.keys()
    assert build(folder, cache) == Written(unchanged=90)


def test_files_written_a_moment_ago_are_read_again(tmp_path: Path) -> None:
    cache = ByteStore()
    build(tmp_path, cache)
    outlook = look_at_output(tmp_path, cache)
    last = max(os.lstat(tmp_path / path).st_ctime_ns for path in SITE)
    young = {path for path in SITE if os.lstat(tmp_path / path).st_ctime_ns > last - MARGIN // 2}
    assert young
    assert not young & outlook.intact.keys()


def test_a_change_of_equal_size_is_undone(settled: tuple[Path, ByteStore]) -> None:
    folder, cache = settled
    (folder / "a/1/index.html").write_bytes(b"2" * 9)
    # Someone sets the time back, but the system notes when that was done.
    os.utime(folder / "a/1/index.html", ns=(LONG_AGO, LONG_AGO))
    assert build(folder, cache) == Written(written=1, unchanged=89)
    assert (folder / "a/1/index.html").read_bytes() == SITE["a/1/index.html"]


def test_another_file_in_its_place_is_noticed(settled: tuple[Path, ByteStore]) -> None:
    folder, cache = settled
    (folder / "new").write_bytes(b"3" * 9)
    (folder / "new").replace(folder / "a/1/index.html")
    (folder / "b/2/index.html").unlink()
    assert build(folder, cache) == Written(written=2, unchanged=88)


def test_an_account_of_another_manifest_is_not_believed(settled: tuple[Path, ByteStore]) -> None:
    folder, cache = settled
    files = dict(read_manifest(folder).files)
    del files["a/1/index.html"]
    (folder / MANIFEST).write_bytes(encode_manifest(files))
    outlook = look_at_output(folder, cache)
    assert not outlook.intact
    assert [problem.rule for problem in find_foreign_files(folder, SITE.keys(), False, outlook)] == ["foreign-file"]


def test_a_damaged_account_is_not_believed(settled: tuple[Path, ByteStore]) -> None:
    folder, cache = settled
    for key in list(cache._values):
        cache.put(key, b"\x91\x93")
    assert not look_at_output(folder, cache).intact
    assert build(folder, cache) == Written(unchanged=90)


def test_thorough_believes_nothing(settled: tuple[Path, ByteStore]) -> None:
    folder, cache = settled
    assert not look_at_output(folder).intact
    stamps = {path: Stamp("0" * 32, 9, 1, 1, 1) for path in SITE}
    keep_account(folder, (folder / MANIFEST).read_bytes(), stamps, LONG_AGO, cache)
    assert build(folder, cache, thorough=True) == Written(unchanged=90)


def test_many_that_had_to_be_read_are_noted(tmp_path: Path) -> None:
    cache = ByteStore()
    build(tmp_path, cache)
    for path in SITE:
        os.utime(tmp_path / path, ns=(LONG_AGO, LONG_AGO))
    assert not look_at_output(tmp_path, cache).intact
    before = dict(cache._values)
    assert build(tmp_path, cache) == Written(unchanged=90)
    assert cache._values != before
