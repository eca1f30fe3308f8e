"""Pages that are exchanged with spare files: the same site as ever, whatever lies in the folder of spares."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.publishing import write_site
from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.write import account, site, spares
from twinsite.write.account import look_at_output
from twinsite.write.failure import WriteError
from twinsite.write.manifest import UNKNOWN, read_manifest
from twinsite.write.names import MANIFEST
from twinsite.write.site import SiteWriter, Written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges files")

Site = dict[str, bytes]
PAGES = [f"{place}/index.html" for place in ("a", "a/b", "c", "d", "e/f")]


def version(number: int) -> Site:
    """All pages in other words, of other lengths; some files that stay."""
    choose = random.Random(number)
    pages = {path: f"{path} {number} ".encode() * choose.randrange(1, 900) for path in PAGES}
    return {**pages, "style.css": b"css", "index.html": b"home %d" % number}


@pytest.fixture(autouse=True)
def _always() -> Iterator[None]:
    """Spares are looked for at once, and are usable at once; files are never too young to be known."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(site, "MANY", 1)
        patched.setattr(spares, "REST", -(10**15))
        patched.setattr(account, "MARGIN", -(10**15))
        yield


class World:
    """An output folder, a folder of spares beside it, and what is known of both."""

    def __init__(self, folder: Path) -> None:
        self.output, self.spares = folder / "public", folder / "spare"
        self.output.mkdir()
        self.cache = MemoryStore()
        self.build(version(0))

    def begin(self, files: Site) -> tuple[SiteWriter, int]:
        """A writer to whom all was handed over; how many files wait in spares."""
        writer = SiteWriter(self.output, files, outlook=look_at_output(self.output, self.cache), spares=self.spares)
        writer.__enter__()
        ahead = writer.prepare(files)
        for path, data in files.items():
            staged = ahead.stage(path, data, digest_bytes(data))
            if staged is None:
                writer.put(path, data)
            else:
                writer.take(path, digest_bytes(data), len(data), staged)
        return writer, len(ahead.spares)

    def build(self, files: Site) -> int:
        """Build a version; how many spares were allotted."""
        writer, number = self.begin(files)
        with writer:
            assert writer.commit().problems == ()
            writer.keep_account(self.cache)
        self.check(files)
        self.now = files
        return number

    def check(self, files: Site) -> None:
        """The output is just this."""
        assert tree(self.output) == files
        entries = read_manifest(self.output).files
        assert {path: entry.digest for path, entry in entries.items()} == {
            path: digest_bytes(data) for path, data in files.items()
        }
        assert look_at_output(self.output, self.cache).intact.keys() >= set(PAGES) & files.keys()


def tree(folder: Path) -> Site:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def inodes(*folders: Path) -> set[int]:
    return {path.stat().st_ino for folder in folders for path in folder.rglob("*.*") if path.suffix != ""}


def test_nothing_is_made_and_nothing_removed(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert world.build(version(1)) == len(PAGES)
    assert sorted(tree(world.spares).values()) == sorted(version(0)[path] for path in PAGES)
    pages = [world.output / path for path in PAGES]
    before = {path.stat().st_ino for path in pages} | inodes(world.spares)
    for number in range(2, 6):
        assert world.build(version(number)) == len(PAGES)
        assert {path.stat().st_ino for path in pages} | inodes(world.spares) == before
        assert len(tree(world.spares)) == len(PAGES)


def test_a_file_is_only_ever_the_same_page(tmp_path: Path) -> None:
    """Whatever a power cut brings back, it is never the text of another page."""
    world = World(tmp_path)
    been: dict[str, set[int]] = {path: set() for path in PAGES}
    choose = random.Random(3)
    for number in range(1, 9):
        world.build({**world.now, **{path: version(number)[path] for path in choose.sample(PAGES, 3)}})
        for path in PAGES:
            been[path].add((world.output / path).stat().st_ino)
    assert all(len(inodes) == 2 for inodes in been.values())
    assert len(set.union(*been.values())) == 2 * len(PAGES)


def test_what_somebody_may_read_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were pages until just now rest; as many are made once more, and then no more."""
    monkeypatch.setattr(spares, "REST", 60 * 10**9)
    world = World(tmp_path)
    readers = {path: open(world.output / path, "rb") for path in PAGES}  # noqa: SIM115
    for number in range(1, 5):
        world.build(version(number))
        assert len(tree(world.spares)) == min(number, 2) * len(PAGES)
    for path, reader in readers.items():
        with reader:
            assert reader.read() == version(0)[path]


def test_a_copy_by_hard_links_keeps_its_bytes(tmp_path: Path) -> None:
    world = World(tmp_path)
    for number in range(1, 5):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(world.output, copy, copy_function=os.link)
        world.build(version(number))
    for number in range(1, 5):
        assert tree(tmp_path / f"copy-{number}") == version(number - 1)


def test_two_outputs_share_spares_one_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    world, other = World(tmp_path), World(tmp_path / "other")
    other.spares = world.spares
    first, allotted = world.begin(version(1))
    second, refused = other.begin(version(2))
    assert (allotted, refused) == (len(PAGES), 0)
    with second, first:
        second.commit()
        first.commit()
        first.keep_account(world.cache)
        second.keep_account(other.cache)
    world.check(version(1))
    other.check(version(2))
    assert other.build(version(3)) == len(PAGES)


def put_link(folder: Path) -> None:
    target = folder.parent / "elsewhere"
    target.mkdir()
    folder.symlink_to(target)


def put_file(folder: Path) -> None:
    folder.write_bytes(b"mine")


def put_within_a_missing_one(folder: Path) -> None:
    folder.parent.rmdir()


def put_other_rights(folder: Path) -> None:
    """Its files would belong to another group."""
    folder.mkdir()
    os.chown(folder, -1, 12345)
    folder.chmod(0o2777)


@pytest.mark.parametrize("put", [put_link, put_file, put_within_a_missing_one, put_other_rights])
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, put: Callable[[Path], None]) -> None:
    if put is put_other_rights and os.geteuid() != 0:
        pytest.skip("only root may give a folder to others")
    world = World(tmp_path)
    world.spares = tmp_path / "cache" / "spare"
    world.spares.parent.mkdir()
    put(world.spares)
    for number in (1, 2):
        assert world.build(version(number)) == 0
    assert not (tmp_path / "elsewhere").exists() or not list((tmp_path / "elsewhere").iterdir())


def allow(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the system exchange so many files, and refuse all others."""
    real, left = spares._find_exchange(), [times]
    assert real

    def exchange(first: str, second: str) -> bool:
        left[0] -= 1
        return left[0] >= 0 and real(first, second)

    monkeypatch.setattr(spares, "_find_exchange", lambda: exchange)


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("times", range(7))
def test_an_exchange_that_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, apart: bool) -> None:
    """Then files are moved, and copied where that is refused too."""
    world = World(tmp_path)
    allow(monkeypatch, times)
    if apart:
        real = os.rename

        def rename(source: str, target: str) -> None:
            if str(source).endswith(".spare"):
                raise OSError(18, "Invalid cross-device link")
            real(source, target)

        monkeypatch.setattr(os, "rename", rename)
    assert world.build(version(1)) == (len(PAGES) if times else 0)
    assert not list(tmp_path.rglob("*.tw-tmp"))


def test_spares_that_are_like_no_new_file(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.build(version(1))
    first, second, third, *_ = sorted(world.spares.iterdir())
    first.chmod(0o600)
    second.unlink()
    second.symlink_to(tmp_path / "target")
    third.unlink()
    os.mkfifo(third)
    (world.spares / "folder.spare").mkdir()
    (world.spares / "notes.txt").write_bytes(b"mine")
    world.build(version(2))
    assert not (tmp_path / "target").exists()
    assert (world.spares / "notes.txt").read_bytes() == b"mine"
    usual = (world.output / "style.css").stat().st_mode
    assert {(world.output / path).stat().st_mode for path in PAGES} == {usual}


def test_a_file_that_gets_another_name_meanwhile(tmp_path: Path) -> None:
    """Between the look at all spares and the writing over one."""
    world = World(tmp_path)
    world.build(version(1))
    kept = tmp_path / "kept"
    for path in world.spares.iterdir():
        os.link(path, kept)
        old = kept.read_bytes()
        assert spares.write_over(str(path), b"new") is None
        assert kept.read_bytes() == old
        kept.unlink()
    assert spares.write_over(str(path), bytes(spares.LARGEST_FILE)) is None


@pytest.mark.parametrize("how", ["link", "folder", "gone"])
def test_what_stands_at_a_page_meanwhile_is_not_made_a_spare(tmp_path: Path, how: str) -> None:
    world = World(tmp_path)
    writer, _ = world.begin(version(1))
    page = world.output / "c/index.html"
    page.unlink()
    if how == "link":
        page.symlink_to(tmp_path / "target")
    elif how == "folder":
        page.mkdir()
        (page / "mine").write_bytes(b"mine")
    with writer:
        if how == "folder":
            with pytest.raises(WriteError):
                writer.commit()
            assert (page / "mine").read_bytes() == b"mine"
            return
        writer.commit()
        writer.keep_account(world.cache)
    world.check(version(1))
    assert not any(path.is_symlink() for path in world.spares.iterdir())


@pytest.mark.parametrize("again", [False, True])
def test_the_folder_is_removed_while_files_wait_there(tmp_path: Path, again: bool) -> None:
    world = World(tmp_path)
    writer, _ = world.begin(version(1))
    shutil.rmtree(world.spares)
    if again:
        world.spares.mkdir()
    with writer, pytest.raises(WriteError, match="removed meanwhile"):
        writer.commit()
    world.check(version(0))
    assert world.build(version(1)) == len(PAGES)


@pytest.mark.parametrize("number", range(1, 8))
def test_a_kill_between_two_exchanges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    world = World(tmp_path)
    real, left = spares._find_exchange(), [number]
    assert real

    def exchange(first: str, second: str) -> bool:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(first, second)

    writer = None
    with monkeypatch.context() as patched:
        patched.setattr(spares, "_find_exchange", lambda: exchange)
        try:
            writer, _ = world.begin(version(1))
            writer.commit()
        except KeyboardInterrupt:
            pass
    if writer and writer._spares:
        writer._spares.close()  # As the system does for a process that ends.
    old, new = version(0), version(1)
    assert all(data in (old.get(path), new.get(path)) for path, data in tree(world.output).items() if path in old)
    if any(entry.digest == UNKNOWN for entry in read_manifest(world.output).files.values()):
        assert left[0] < 0
    following = version(number % 3)
    assert write_site(world.output, following, following.items()).problems == ()
    assert tree(world.output) == following
    world.build(version(3))


def test_an_abort_leaves_the_old_site(tmp_path: Path) -> None:
    world = World(tmp_path)
    before = sorted(world.output.rglob("*"))
    writer, number = world.begin(version(1))
    assert number
    writer.abort()
    assert sorted(world.output.rglob("*")) == before
    world.check(version(0))
    assert world.build(version(2)) == len(PAGES)


def test_no_more_than_so_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path)
    for largest in (6000, 20_000, 3000, 0, 10_000):
        monkeypatch.setattr(spares, "LARGEST_POOL", largest)
        for number in range(1, 6):
            world.build(version(number))
            assert sum(map(len, tree(world.spares).values())) <= largest


def test_after_a_power_cut_everything_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may have noted that a file was written over, and not have done it."""
    world = World(tmp_path)
    world.build(version(1))
    page = world.output / "c/index.html"
    status = page.stat()
    page.write_bytes(b"?" * status.st_size)
    real = look_at_output(world.output, world.cache)
    stamps = {**real.intact, "c/index.html": account.make_stamp(digest_bytes(version(1)["c/index.html"]), page.stat())}
    account.keep_account(
        world.output, (world.output / MANIFEST).read_bytes(), stamps, 10**19, world.cache, account.read_boot()
    )
    assert "c/index.html" in look_at_output(world.output, world.cache).intact
    for module in (account, site):
        monkeypatch.setattr(module, "read_boot", lambda: "another")
    assert not look_at_output(world.output, world.cache).intact
    world.build(version(2))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 5), st.sets(st.sampled_from(PAGES)), st.booleans()), max_size=6))
def test_any_edits_leave_what_files_made_anew_leave(edits: list[tuple[int, set[str], bool]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        for number, gone, lost in edits:
            if lost:
                shutil.rmtree(world.spares, ignore_errors=True)
            files = {path: data for path, data in version(number).items() if path not in gone}
            writer, _ = world.begin(files)
            with writer:
                assert isinstance(writer.commit(), Written)
                writer.keep_account(world.cache)
            assert tree(world.output) == files
