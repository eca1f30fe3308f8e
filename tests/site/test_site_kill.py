"""The real command under force: killed at random moments, two at once, on a folder it may not write, on a full disk."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.support.bare import BARE
from tests.support.site import SETTINGS, Site, write_site
from twinsite.cache.store import FILE
from twinsite.early import FEWEST
from twinsite.write.manifest import UNKNOWN, read_manifest
from twinsite.write.names import MANIFEST, PENDING, is_temporary

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")]

ROOT = str(Path(__file__).parents[2])
NOW = "2026-06-01T12:00:00Z"
Files = Mapping[str, bytes]


def make_version(number: int) -> dict[str, str | bytes]:
    """One of two sites: half the pages stay, some change, some come and go."""
    files: dict[str, str | bytes] = dict(BARE)
    for page in range(48):
        if page % 5 != number:
            words = f"Version {number}. " * 40 if page % 2 else "The same."
            front = f"title: News {page}\ndate: 2026-0{page % 6 + 1}-11\ntags: [tea]"
            files[f"content/announcements/news-{page}.md"] = f"---\n{front}\n---\n\n{words}\n"
    return files


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Path, Files], tuple[Path, Files]]:
    """Two sources, and for each what a whole build of it is."""
    made = []
    for number in (0, 1):
        folder = tmp_path_factory.mktemp(f"version-{number}")
        site = write_site(folder, make_version(number), SETTINGS + "theme: mine\n")
        assert site.build().ok
        made.append((site.folder, site.files()))
    return made[0], made[1]


def start(source: Path, output: Path, *options: str, largest: int | None = None) -> subprocess.Popen[str]:
    """The command at work, in a process group of its own. ``largest``: bytes that the system lets it write into one
    file; more fails as on a full disk.
    """
    command = [sys.executable, "-m", "twinsite", "build", "--site", source, "--output", output, "--now", NOW, *options]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": ROOT},
        preexec_fn=None if largest is None else partial(limit_files, largest),
    )


def limit_files(largest: int) -> None:
    """Let this process write no file beyond so many bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def read_site(folder: Path) -> dict[str, bytes]:
    """The files of the site itself, without our own lists and temporary files."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (MANIFEST, PENDING) and not is_temporary(name):
            found[name] = path.read_bytes()
    return found


def pages_of(files: Files) -> dict[str, bytes]:
    """The same of a whole build."""
    return {path: data for path, data in files.items() if path != MANIFEST}


def wait_for_moment(child: subprocess.Popen[str], output: Path, choose: random.Random, usual: float) -> None:
    """Wait for a moment to kill: any, one soon after the first file was staged, or one soon after the list of files was
    replaced, when the renames begin.
    """
    moment = choose.choice(("any", PENDING, MANIFEST))
    if moment == "any":
        time.sleep(choose.uniform(0.1, 1.1) * usual)
        return
    before = identify(output / moment)
    while child.poll() is None and identify(output / moment) == before:
        time.sleep(0.0005)
    time.sleep(choose.uniform(0, 0.12 if moment == PENDING else 0.03) * usual)


def identify(path: Path) -> tuple[int, int]:
    """Which file stands at a path, if any."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns


def group_ends(group: int) -> bool:
    """Whether all processes of a group end by themselves within some seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("seed", [2026, 2027])
def test_kills_at_random_moments(
    tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]], seed: int
) -> None:
    choose = random.Random(seed)
    output = tmp_path / "public"
    begun = time.monotonic()
    child = start(versions[0][0], output)
    child.communicate(timeout=120)
    assert child.returncode == 0
    usual, current = time.monotonic() - begun, 0
    killed = early = renaming = 0
    for number in range(120):
        if killed >= 16 and early > 3 and renaming > 3:
            break
        (_, old), (source, new) = versions[current], versions[1 - current]
        child = start(source, output, "--jobs", choose.choice(("1", "2")), *choose.choice(((), ("--no-cache",))))
        wait_for_moment(child, output, choose, usual)
        child.kill()
        child.communicate()
        assert group_ends(child.pid), "a worker outlived its build"
        killed += child.returncode == -signal.SIGKILL
        found = read_site(output)
        assert all(data in (old.get(path), new.get(path)) for path, data in found.items()), number
        if (output / MANIFEST).read_bytes() == old[MANIFEST]:
            early += 1
            assert found == pages_of(old), "nothing may change before the renames"
        renaming += any(entry.digest == UNKNOWN for entry in read_manifest(output).files.values())
        following = choose.choice((0, 1))
        site = Site(versions[following][0], output)
        assert site.build(jobs=1).ok
        assert site.files() == versions[following][1], "the next build puts everything right"
        current = following
    assert killed >= 16
    assert early > 3, "no kill came before the renames"
    assert renaming > 3, "no kill came between the renames"


def test_kills_while_pages_are_rendered_early(tmp_path: Path) -> None:
    """Before the plan is whole an empty output has nothing but temporary files, and the next build removes them."""
    choose = random.Random(11)
    words = "---\ntitle: News {0}\ndate: 2026-03-11\n---\n\nThe same.\n"
    files = {f"content/announcements/news-{number}.md": words.format(number) for number in range(FEWEST)}
    site = write_site(tmp_path, {**BARE, **files}, SETTINGS + "theme: mine\n")
    assert site.build(use_cache=False).ok
    whole, caught = site.files(), 0
    for _ in range(3):
        shutil.rmtree(site.output)
        shutil.rmtree(site.folder / ".twinsite", ignore_errors=True)
        child = start(site.folder, site.output, "--jobs", "2")
        while child.poll() is None and not (site.output / PENDING).exists():
            time.sleep(0.001)
        time.sleep(choose.uniform(0, 0.2))
        child.kill()
        child.communicate()
        assert group_ends(child.pid), "a worker outlived its build"
        caught += not read_site(site.output)
        check_success(start(site.folder, site.output, "--jobs", "2"))
        assert site.files() == whole
    assert caught, "no kill came while pages were rendered early"


def test_two_builds_at_once(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    """Both finish, one after the other, and the folder is the one or the other, never a mixture."""
    output = tmp_path / "public"
    for _ in range(3):
        children = [start(source, output) for source, _ in versions]
        results = [child.communicate(timeout=120) for child in children]
        assert [child.returncode for child in children] == [0, 0], results
        files = Site(versions[0][0], output).files()
        assert files in (versions[0][1], versions[1][1])


def test_two_builds_of_one_site_at_once(tmp_path: Path) -> None:
    """They share a cache as well."""
    site = write_site(tmp_path, make_version(0), SETTINGS + "theme: mine\n")
    outputs = [tmp_path / "one", tmp_path / "two"]
    children = [start(site.folder, output) for output in outputs]
    results = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0, 0], results
    assert Site(site.folder, outputs[0]).files() == Site(site.folder, outputs[1]).files()


def check_success(child: subprocess.Popen[str]) -> None:
    """Done, and nothing to say about it."""
    out, err = child.communicate(timeout=120)
    assert (child.returncode, err) == (0, ""), out


def test_builds_of_one_site_into_one_folder_at_once(tmp_path: Path) -> None:
    """They share the output and the cache, cold and after an edit; the last is a build like any other."""
    site, output = write_site(tmp_path, make_version(0), SETTINGS + "theme: mine\n"), tmp_path / "public"
    for words in ("", "\nMore words.\n", "\nOther words.\n"):
        page = site.folder / "content/announcements/news-3.md"
        page.write_text(page.read_text() + words)
        for child in [start(site.folder, output) for _ in range(3)]:
            check_success(child)
        clean = Site(site.folder, tmp_path / "clean")
        assert clean.build(jobs=1, use_cache=False).ok
        assert Site(site.folder, output).files() == clean.files()
        assert site.build(jobs=1).rendered == 0, "what they left in the cache is of use"


def test_kills_while_the_cache_is_written(tmp_path: Path) -> None:
    """What a killed build has half written into the cache is never believed, and hinders nobody."""
    choose, caught = random.Random(7), 0
    for number in range(10):
        site = write_site(tmp_path / str(number), make_version(number % 2), SETTINGS + "theme: mine\n")
        child = start(site.folder, site.output, "--jobs", "1")
        while child.poll() is None and not (site.folder / ".twinsite" / FILE).exists():
            time.sleep(0.0005)
        time.sleep(choose.uniform(0, 0.015))
        child.kill()
        child.communicate()
        assert group_ends(child.pid)
        caught += child.returncode == -signal.SIGKILL
        assert site.build(jobs=1).ok
        clean = Site(site.folder, site.folder / "../clean")
        assert clean.build(jobs=1, use_cache=False).ok
        assert site.files() == clean.files()
        assert site.build(jobs=1).rendered == 0
        if caught > 3:
            break
    assert caught > 1, "no build was killed while it wrote the cache"


def test_a_cache_that_cannot_grow(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    """Pages can be written, the cache cannot hold them: the site is right, with or without an older cache."""
    site = write_site(tmp_path, make_version(0), SETTINGS + "theme: mine\n")
    cache, largest = site.folder / ".twinsite", 60_000
    assert max(map(len, versions[0][1].values())) < largest
    check_success(start(site.folder, site.output, largest=largest))
    assert site.files() == versions[0][1]
    assert all(path.stat().st_size <= largest for path in cache.glob("*"))
    assert site.build(jobs=1).ok
    assert max(path.stat().st_size for path in cache.glob("*")) > largest, "the limit was no hindrance"
    page = site.folder / "content/announcements/news-3.md"
    page.write_text(page.read_text() + "\nMore words.\n")
    check_success(start(site.folder, site.output, largest=largest))
    edited = site.files()
    assert edited != versions[0][1]
    assert site.build(jobs=1).ok
    clean = Site(site.folder, tmp_path / "clean")
    assert clean.build(jobs=1, use_cache=False).ok
    assert edited == site.files() == clean.files()


def test_a_page_that_cannot_be_written(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    """The old site stays, and the next build that can write it does."""
    output = tmp_path / "public"
    site = Site(versions[0][0], output)
    assert site.build(jobs=1).ok
    for jobs in ("1", "2"):
        check_refused(start(versions[1][0], output, "--no-cache", "--jobs", jobs, largest=900), "large")
        assert site.files() == versions[0][1]
    assert Site(versions[1][0], output).build(jobs=1).ok
    assert site.files() == versions[1][1]


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A small file system in memory at ``folder``; skips the test where that is not allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", ",".join(("size=256k", *options)), "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("mounting a file system is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def check_refused(child: subprocess.Popen[str], words: str) -> None:
    """One clear problem, exit 1, no traceback."""
    out, err = child.communicate(timeout=120)
    assert child.returncode == 1, (out, err)
    assert "Traceback" not in out + err
    assert words in err
    assert "error" in err


def test_a_full_disk(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    disk = tmp_path / "disk"
    small = write_site(
        tmp_path / "small", {**BARE, "content/index.md": "---\ntitle: Home\n---\n"}, SETTINGS + "theme: mine\n"
    )
    with mounted(disk):
        output = disk / "public"
        site = Site(small.folder, output)
        assert site.build().ok
        before = site.files()
        (disk / "ballast").write_bytes(bytes(100 * 1024))
        check_refused(start(versions[1][0], output), "space")
        assert site.files() == before
        (disk / "ballast").unlink()
        assert site.build().ok
        assert site.files() == before


def test_a_read_only_folder(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    disk = tmp_path / "disk"
    if os.geteuid() != 0:
        site = Site(versions[0][0], disk)
        disk.mkdir(mode=0o500)
        check_refused(start(site.folder, disk), "cannot")
        return
    with mounted(disk, "ro"):
        check_refused(start(versions[0][0], disk / "public"), "cannot")


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    """A site on a medium that is read only is built all the same, into another folder."""
    disk = tmp_path / "disk"
    with mounted(disk, "size=1m"):
        site = write_site(disk, {**BARE, "content/index.md": "---\ntitle: Home\n---\n"}, SETTINGS + "theme: mine\n")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        child = start(site.folder, tmp_path / "public")
        out, err = child.communicate(timeout=120)
        assert child.returncode == 0, (out, err)
        assert "Traceback" not in err
        assert (tmp_path / "public" / "index.html").is_file()


def test_a_cache_on_a_full_disk(tmp_path: Path, versions: tuple[tuple[Path, Files], tuple[Path, Files]]) -> None:
    site = write_site(tmp_path, make_version(0), SETTINGS + "theme: mine\n")
    with mounted(site.folder / ".twinsite"):
        ballast = site.folder / ".twinsite" / "ballast"
        ballast.write_bytes(bytes(200 * 1024))
        check_success(start(site.folder, site.output))
        assert site.files() == versions[0][1]
        ballast.unlink()
        for _ in range(2):
            check_success(start(site.folder, site.output))
            assert site.files() == versions[0][1]
            with suppress(OSError):
                ballast.write_bytes(bytes(256 * 1024))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("style", ["text", "json"])
def test_results_that_cannot_be_written(tmp_path: Path, style: str) -> None:
    """The output goes to a file on a full disk: no bug of ours."""
    site = write_site(tmp_path, make_version(0), SETTINGS + "theme: mine\n")
    command = [sys.executable, "-m", "twinsite", "build", "--site", site.folder, "--now", NOW, "--format", style]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ROOT}
        )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no room left to write")
