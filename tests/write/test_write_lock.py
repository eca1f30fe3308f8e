"""The lock: one build at a time for each output folder, and never one that outlives its build."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.support.publishing import write_site
from twinsite.write import lock
from twinsite.write.failure import OutputBusy, WriteError
from twinsite.write.lock import lock_output
from twinsite.write.names import LOCK

ROOT = str(Path(lock.__file__).parents[2])
HOLD = """
import sys, time
from pathlib import Path
from twinsite.write.lock import lock_output
with lock_output(Path(sys.argv[1]), 5):
    print("held", flush=True)
    sys.stdin.read()
print("done", flush=True)
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_build_waits_and_then_says_so(tmp_path: Path) -> None:
    child = hold(tmp_path)
    started = time.monotonic()
    with pytest.raises(OutputBusy) as failure, lock_output(tmp_path, 0.3):
        pass
    assert time.monotonic() - started >= 0.3
    (problem,) = failure.value.problems
    assert (problem.rule, problem.severity) == ("output-busy", "error")
    assert "0.3 seconds" in problem.message
    assert [found.rule for found in write_site(tmp_path, [], [], wait_seconds=0).problems] == ["output-busy"]
    child.communicate()


def test_a_second_build_goes_on_as_soon_as_it_can(tmp_path: Path) -> None:
    child = hold(tmp_path)
    threading.Timer(0.2, child.communicate).start()
    started = time.monotonic()
    with lock_output(tmp_path, 20):
        assert time.monotonic() - started < 10
    child.wait()


def test_death_releases_the_lock(tmp_path: Path) -> None:
    child = hold(tmp_path)
    child.kill()
    child.communicate()
    with lock_output(tmp_path, 0):
        pass


def test_two_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with lock_output(tmp_path / "a", 0), lock_output(tmp_path / "b", 0):
        pass


def test_an_empty_folder_that_the_lock_made_goes_again(tmp_path: Path) -> None:
    with lock_output(tmp_path / "a" / "b", 0):
        assert (tmp_path / "a" / "b").is_dir()
    assert not (tmp_path / "a").exists()
    (tmp_path / "own").mkdir()
    with lock_output(tmp_path / "own", 0):
        pass
    assert (tmp_path / "own").is_dir()


def test_a_folder_that_vanishes_while_we_wait(tmp_path: Path) -> None:
    """The build that we wait for fails and removes the folder it had made: we make it again and lock that one."""
    child = hold(tmp_path / "public")
    threading.Timer(0.2, child.communicate).start()
    with lock_output(tmp_path / "public", 20):
        assert (tmp_path / "public").is_dir()
        with pytest.raises(OutputBusy), lock_output(tmp_path / "public", 0):
            pass
    child.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="the other way is the only one there")
def test_where_a_folder_cannot_be_locked_a_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = lock._lock_handle

    def only_files(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(9, "Bad file descriptor")
        real(handle)

    monkeypatch.setattr(lock, "_lock_handle", only_files)
    with lock_output(tmp_path, 0):
        assert (tmp_path / LOCK).is_file()
        with pytest.raises(OutputBusy), lock_output(tmp_path, 0):
            pass
        assert (tmp_path / LOCK).is_file()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_locked_the_build_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_handle: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_lock_handle", never)
    site = {"index.html": b"1"}
    assert write_site(tmp_path, site, site.items()).written == 1


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    with pytest.raises(WriteError, match="a file stands"), lock_output(tmp_path / "public", 0):
        pass
