"""The writer: the folder is exactly the plan and what others put there, and nothing else is ever touched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.publishing import write_site
from twinsite.write.failure import WriteError
from twinsite.write.foreign import MOST, find_foreign_files
from twinsite.write.manifest import decode_manifest, read_manifest
from twinsite.write.names import MANIFEST, PENDING, SUFFIX
from twinsite.write.site import LARGE, SiteWriter, Written

Site = dict[str, bytes]


def write(folder: Path, site: Site, force: bool = False) -> Written:
    return write_site(folder, site, site.items(), force)


def plant(folder: Path, files: Site) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def tree(folder: Path) -> Site:
    """Every file but the manifest."""
    files = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != MANIFEST}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def rules(written: Written) -> list[str]:
    return [problem.rule for problem in written.problems]


OLD: Site = {"index.html": b"old home", "a/index.html": b"old a", "b/c/index.html": b"old c", "style.css": b"css"}
NEW: Site = {"index.html": b"new home", "a/index.html": b"old a", "d/index.html": b"new d", "feed.xml": b"feed"}


def test_the_folder_becomes_the_site(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "public"
    assert write(out, OLD) == Written(written=4)
    assert tree(out) == OLD
    assert write(out, NEW) == Written(written=3, unchanged=1, deleted=2)
    assert tree(out) == NEW
    assert sorted(path.name for path in out.iterdir()) == [MANIFEST, "a", "d", "feed.xml", "index.html"]
    assert set(read_manifest(out).files) == NEW.keys()


def test_what_is_equal_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    before = stamps(tmp_path)
    assert write(tmp_path, OLD) == Written(unchanged=4)
    assert stamps(tmp_path) == before
    write(tmp_path, {**OLD, "index.html": b"new home"})
    changed = {path for path, stamp in stamps(tmp_path).items() if before.get(path) != stamp}
    assert changed == {str(tmp_path / "index.html"), str(tmp_path / MANIFEST)}


def test_equal_sites_have_equal_manifests(tmp_path: Path) -> None:
    write(tmp_path / "one", OLD)
    write(tmp_path / "two", NEW)
    write(tmp_path / "two", dict(reversed(OLD.items())))
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_a_change_by_hand_is_undone(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    (tmp_path / "index.html").write_bytes(b"bad home")
    (tmp_path / "style.css").unlink()
    assert write(tmp_path, OLD) == Written(written=2, unchanged=2)
    assert tree(tmp_path) == OLD


def test_large_files_are_trusted_unless_thorough(tmp_path: Path) -> None:
    site = {"film.mp4": bytes(LARGE)}
    write(tmp_path, site)
    (tmp_path / "film.mp4").write_bytes(b"1" * LARGE)
    with SiteWriter(tmp_path, site) as writer:
        assert not writer.put("film.mp4", site["film.mp4"])
    with SiteWriter(tmp_path, site, thorough=True) as writer:
        assert writer.put("film.mp4", site["film.mp4"])
        writer.commit()
    assert tree(tmp_path) == site


def test_keep_spares_the_making_of_bytes(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    known = read_manifest(tmp_path).files
    with SiteWriter(tmp_path, OLD) as writer:
        assert not writer.keep("index.html", "0" * 32)
        assert not writer.keep("missing.html", "0" * 32)
        for path in OLD:
            assert writer.keep(path, known[path].digest)
        assert writer.commit() == Written(unchanged=4)
    (tmp_path / "index.html").write_bytes(b"bad home")
    with SiteWriter(tmp_path, OLD) as writer:
        assert not writer.keep("index.html", known["index.html"].digest)


def test_an_abort_leaves_the_old_site(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    before = stamps(tmp_path / "a"), tree(tmp_path), sorted(tmp_path.rglob("*"))

    def outputs() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new home"
        yield "d/e/index.html", b"new e"
        assert len(list(tmp_path.rglob(f"*{SUFFIX}"))) == 2
        raise RuntimeError("the template failed")

    with pytest.raises(RuntimeError):
        write_site(tmp_path, ["index.html", "d/e/index.html"], outputs())
    assert (stamps(tmp_path / "a"), tree(tmp_path), sorted(tmp_path.rglob("*"))) == before


def test_a_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    def outputs() -> Iterator[tuple[str, bytes]]:
        yield "a/index.html", b"a"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_site(tmp_path / "x" / "public", ["a/index.html", "b"], outputs())
    assert not (tmp_path / "x").exists()


def test_forgotten_and_unplanned_files_are_our_bugs(tmp_path: Path) -> None:
    with SiteWriter(tmp_path, ["a", "b"]) as writer:
        writer.put("a", b"1")
        with pytest.raises(ValueError, match="never written"):
            writer.commit()
        with pytest.raises(ValueError, match="not planned"):
            writer.put("c", b"1")
    assert tree(tmp_path) == {}


def test_foreign_files_stay(tmp_path: Path) -> None:
    foreign = {"CNAME": b"x", ".git/config": b"y", "a/notes.txt": b"z", "b/c/keep.txt": b"k"}
    plant(tmp_path, foreign)
    write(tmp_path, OLD)
    write(tmp_path, NEW)
    assert tree(tmp_path) == {**NEW, **foreign}


def test_a_foreign_file_on_a_planned_path(tmp_path: Path) -> None:
    plant(tmp_path, {"index.html": b"mine"})
    written = write(tmp_path, OLD)
    assert rules(written) == ["foreign-file"]
    assert written.problems[0].message == f'"{tmp_path.name}/index.html" is a file that Twinsite did not write.'
    assert "--force" in written.problems[0].hint
    assert tree(tmp_path) == {"index.html": b"mine"}
    assert write(tmp_path, OLD, force=True) == Written(written=4)
    assert tree(tmp_path) == OLD


def test_a_wrong_folder_does_not_fill_the_screen(tmp_path: Path) -> None:
    site = {f"{number}.html": b"x" for number in range(100)}
    plant(tmp_path, site)
    problems = find_foreign_files(tmp_path, site)
    assert len(problems) == MOST + 1
    assert "80 more" in problems[-1].message


def test_files_and_folders_change_places(tmp_path: Path) -> None:
    for site in ({"a": b"1", "b/c/d": b"2"}, {"a/b/c": b"3", "b": b"4"}, {"a/b": b"5", "b/x": b"6"}, {"a": b"7"}):
        assert not rules(write(tmp_path, site))
        assert tree(tmp_path) == site


def test_a_foreign_file_where_a_folder_is_planned(tmp_path: Path) -> None:
    plant(tmp_path, {"a": b"mine"})
    assert rules(write(tmp_path, {"a/index.html": b"1"})) == ["foreign-file"]
    assert tree(tmp_path) == {"a": b"mine"}
    assert write(tmp_path, {"a/index.html": b"1"}, force=True) == Written(written=1)
    assert tree(tmp_path) == {"a/index.html": b"1"}


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_with_foreign_files_is_never_removed(tmp_path: Path, force: bool) -> None:
    plant(tmp_path, {"a/b/mine": b"mine"})
    assert rules(write(tmp_path, {"a": b"1"}, force)) == ["foreign-file"]
    with SiteWriter(tmp_path, ["a"], force) as writer:
        writer.put("a", b"1")
        with pytest.raises(WriteError):
            writer.commit()
    assert tree(tmp_path) == {"a/b/mine": b"mine"}


@pytest.mark.parametrize("force", [True, False])
def test_a_linked_folder_is_refused(tmp_path: Path, force: bool) -> None:
    plant(tmp_path / "elsewhere", {"index.html": b"mine", "x/index.html": b"mine"})
    out = tmp_path / "public"
    write(out, {"index.html": b"1"})
    (out / "a").symlink_to(tmp_path / "elsewhere")
    for path in ("a/index.html", "a/x/index.html", "a/new/index.html"):
        written = write(out, {"index.html": b"1", path: b"2"}, force)
        assert rules(written) == ["foreign-file"]
        assert "link" in written.problems[0].message
        with SiteWriter(out, [path], force) as writer, pytest.raises(WriteError):
            writer.put(path, b"2")
    assert tree(tmp_path / "elsewhere") == {"index.html": b"mine", "x/index.html": b"mine"}


def test_nothing_is_deleted_behind_a_link(tmp_path: Path) -> None:
    out = tmp_path / "public"
    write(out, OLD)
    (out / "a").rename(tmp_path / "elsewhere")
    (out / "a").symlink_to(tmp_path / "elsewhere")
    without = {path: data for path, data in OLD.items() if not path.startswith("a/")}
    assert rules(write(out, without)) == ["foreign-file"]
    with SiteWriter(out, without) as writer:
        for path in without:
            writer.put(path, OLD[path])
        with pytest.raises(WriteError):
            writer.commit()
    assert tree(tmp_path / "elsewhere") == {"index.html": b"old a"}


def test_a_link_on_a_planned_path_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    out = tmp_path / "public"
    out.mkdir()
    (out / "index.html").symlink_to(tmp_path / "mine")
    assert rules(write(out, {"index.html": b"mine"})) == ["foreign-file"]
    assert write(out, {"index.html": b"mine"}, force=True) == Written(written=1)
    assert not (out / "index.html").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_the_output_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "real")
    write(tmp_path / "public", OLD)
    write(tmp_path / "public", NEW)
    assert tree(tmp_path / "real") == NEW


@pytest.mark.parametrize("damage", [b"", b"# nonsense\n", b"\xff\xfe", None])
def test_a_damaged_manifest(tmp_path: Path, damage: bytes | None) -> None:
    write(tmp_path, OLD)
    whole = (tmp_path / MANIFEST).read_bytes()
    (tmp_path / MANIFEST).write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    before = tree(tmp_path)
    assert rules(write(tmp_path, NEW)) == ["foreign-file"]
    assert tree(tmp_path) == before
    written = write(tmp_path, {**OLD, "e": b"1"})
    assert (written.written, written.unchanged, rules(written)) == (1, 4, ["manifest-damaged"])
    assert written.problems[0].severity == "warning"
    assert write(tmp_path, {**OLD, "e": b"1"}) == Written(unchanged=5)
    (tmp_path / MANIFEST).write_bytes(b"x")
    assert rules(write(tmp_path, NEW, force=True)) == ["manifest-damaged"]


def test_a_manifest_cannot_send_us_outside(tmp_path: Path) -> None:
    from twinsite.write.manifest import Entry, encode_manifest

    (tmp_path / "precious").write_bytes(b"mine")
    out = tmp_path / "public"
    write(out, OLD)
    for path in ("../precious", str(tmp_path / "precious"), "a/../../precious", "a//b", MANIFEST, "x" + SUFFIX):
        data = encode_manifest({path: Entry("0" * 32, 4)})
        assert decode_manifest(data) is None
        (out / MANIFEST).write_bytes(data)
        (out / PENDING).write_bytes(f"../precious\n{path}\n../precious{SUFFIX}\n".encode())
        write(out, OLD)
    assert (tmp_path / "precious").read_bytes() == b"mine"
    assert tree(out) == OLD


def test_a_pending_list_cannot_send_us_outside(tmp_path: Path) -> None:
    plant(tmp_path / "elsewhere", {f".x{SUFFIX}": b"mine"})
    out = tmp_path / "public"
    write(out, OLD)
    (out / "link").symlink_to(tmp_path / "elsewhere")
    (out / PENDING).write_bytes(f"link/.x{SUFFIX}\n../elsewhere/.x{SUFFIX}\nindex.html\n".encode())
    assert write(out, OLD) == Written(unchanged=4)
    assert tree(tmp_path / "elsewhere") == {f".x{SUFFIX}": b"mine"}
    assert not (out / PENDING).exists()


@pytest.mark.parametrize("path", [MANIFEST, PENDING, f"a/.x{SUFFIX}", "../x", "/x", "a//b", "a\\b", "a\nb", "\udce9"])
def test_names_that_no_file_may_have(tmp_path: Path, path: str) -> None:
    written = write(tmp_path, {path: b"1"})
    assert rules(written) == ["reserved-name"]
    assert written.problems[0].message.encode()
    assert tree(tmp_path) == {}


def test_long_names(tmp_path: Path) -> None:
    name = "ü" * 125 + ".html"
    site = {f"{name}": b"1", f"{'x' * 255}/{'y' * 250}": b"2"}
    assert write(tmp_path, site) == Written(written=2)
    assert write(tmp_path, dict.fromkeys(site, b"3")) == Written(written=2)
    written = write(tmp_path, {"z" * 256: b"1"})
    assert rules(written) == ["reserved-name"]
    assert "too long" in written.problems[0].message


def test_names_of_any_script(tmp_path: Path) -> None:
    site = {"日本/インデックス.html": b"1", "a b/c#d?.html": b"2", "é/é": b"3", "%41": b"4"}
    write(tmp_path, site)
    assert write(tmp_path, site) == Written(unchanged=4)
    assert tree(tmp_path) == site


def failing(number: int, after: int) -> Any:
    """``os.open`` that fails for the ``after``-th temporary file."""
    real, seen = os.open, [0]

    def fail(path: Any, flags: int, *more: Any, **named: Any) -> int:
        seen[0] += flags & os.O_CREAT != 0
        if seen[0] == after:
            raise OSError(number, os.strerror(number), str(path))
        return real(path, flags, *more, **named)

    return fail


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "not allowed"), (errno.EROFS, "read-only"), (errno.EBUSY, "busy")],
)
@pytest.mark.parametrize("after", range(1, 6))
def test_what_the_disk_refuses_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, after: int
) -> None:
    write(tmp_path, OLD)
    before = tree(tmp_path), (tmp_path / MANIFEST).read_bytes(), sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", failing(number, after))
        written = write(tmp_path, NEW)
    assert (written.written, rules(written)) == (0, ["cannot-write"])
    assert words in written.problems[0].message
    assert written.problems[0].hint
    assert (tree(tmp_path), (tmp_path / MANIFEST).read_bytes(), sorted(tmp_path.rglob("*"))) == before
    assert write(tmp_path, NEW) == Written(written=3, unchanged=1, deleted=2)


def test_a_failed_rename_is_mended_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, OLD)
    real, left = os.replace, [3]

    def fail(source: Any, target: Any) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.EIO, "I/O error")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fail)
        assert rules(write(tmp_path, NEW)) == ["cannot-write"]
    assert all(data in (OLD.get(path), NEW.get(path)) for path, data in tree(tmp_path).items())
    assert not rules(write(tmp_path, NEW))
    assert tree(tmp_path) == NEW


LIMITED = """
import resource, sys
from contextlib import contextmanager
from pathlib import Path
from tests.support.publishing import write_site
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
site = {"a/index.html": b"1", "film.mp4": bytes(200_000)}
print([problem.rule for problem in write_site(Path(sys.argv[1]), site, site.items()).problems])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")
def test_a_file_too_large_for_the_disk(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['cannot-write']"
    assert tree(tmp_path) == OLD


def test_a_file_in_place_of_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    for folder in (tmp_path / "public", tmp_path / "public" / "deeper"):
        written = write(folder, OLD)
        assert rules(written) == ["cannot-write"]
        assert "a file stands where a folder is needed" in written.problems[0].message
    assert (tmp_path / "public").read_text() == "mine"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Run as a user whom permissions bind: they do not bind the administrator."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
@pytest.mark.parametrize("part", ["", "a"])
def test_a_folder_without_permission(part: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "public"
        write(out, OLD)
        Path(place).chmod(0o555)
        before = tree(out)
        (out / part).chmod(0o555)
        with as_nobody():
            written = write(out, {**OLD, "a/index.html": b"new", "index.html": b"new"})
            assert rules(write(Path(place) / "new", OLD)) == ["cannot-write"]
        assert rules(written) == ["cannot-write"]
        assert "not allowed" in written.problems[0].message
        for folder in (Path(place), out / part):
            folder.chmod(0o755)
        assert tree(out) == before
        assert not list(out.rglob(f"*{SUFFIX}"))


def test_assets_come_before_pages_and_feeds_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.replace

    def note(source: Any, target: Any) -> None:
        order.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(os, "replace", note)
    write(tmp_path, {"feed.xml": b"1", "index.html": b"2", "a.css": b"3", "sitemap.xml": b"4", "z.html": b"5"})
    assert order == [MANIFEST, "a.css", "index.html", "z.html", "feed.xml", "sitemap.xml", MANIFEST]


def test_case_that_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On such a disk ``Foo`` and ``foo`` are one file; a hard link after the renames shows what would be deleted."""
    write(tmp_path, {"Foo.html": b"1", "b": b"2"})
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        real(source, target)
        if Path(target).name == "foo.html":
            (tmp_path / "Foo.html").unlink()
            (tmp_path / "Foo.html").hardlink_to(target)

    monkeypatch.setattr(os, "replace", replace)
    written = write(tmp_path, {"foo.html": b"new"})
    assert (written.written, written.deleted) == (1, 1)
    assert (tmp_path / "foo.html").read_bytes() == b"new"
    assert (tmp_path / "Foo.html").exists()


NAMES = st.sampled_from(["a", "b", "c.html", "A", ".x", "feed.xml"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
CONTENTS = st.sampled_from([b"", b"1", b"2", b"longer"])


def fits(paths: Iterator[str] | list[str]) -> list[str]:
    """Those of the paths that can lie in one folder together: none is a folder of another."""
    kept: list[str] = []
    for path in paths:
        if not any(path.startswith(f"{other}/") or other.startswith(f"{path}/") or other == path for other in kept):
            kept.append(path)
    return kept


@st.composite
def sites(draw: st.DrawFn) -> Site:
    return {path: draw(CONTENTS) for path in fits(draw(st.lists(PATHS, max_size=6)))}


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(sites(), st.lists(sites(), min_size=1, max_size=4), st.booleans())
def test_the_folder_is_the_plan_and_what_others_put_there(
    tmp_path_factory: pytest.TempPathFactory, foreign: Site, plans: list[Site], force: bool
) -> None:
    out = tmp_path_factory.mktemp("out")
    plant(out, foreign)
    expected = foreign
    for plan in plans:
        written = write(out, plan, force)
        if rules(written):
            assert set(rules(written)) == {"foreign-file"}
            assert any(
                path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/")
                for path in plan
                for other in foreign
            )
        else:
            taken = {other for other in foreign if any(path == other or path.startswith(f"{other}/") for path in plan)}
            assert force or not taken
            foreign = {path: data for path, data in foreign.items() if path not in taken}
            expected = {**foreign, **plan}
        assert tree(out) == expected
        assert not list(out.rglob(f"*{SUFFIX}"))
    assert all(any(path.iterdir()) for path in out.rglob("*") if path.is_dir())
