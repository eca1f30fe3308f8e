"""What another process does meanwhile: its bytes come, or nothing does, and no process stays behind."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

import twinsite.imprint
from twinsite.aside import do_aside, keep_aside
from twinsite.core.request import BuildRequest
from twinsite.imprint import take_imprint

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.usefixtures("forking")
def test_the_bytes_of_another_process_come() -> None:
    own = os.getpid()
    with do_aside(lambda: b"%d " % os.getpid() * 100_000) as wait:
        data = wait()
    assert data
    assert int(data.split()[0]) != own
    assert data == data[: len(data) // 100_000] * 100_000
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_failure_gives_nothing() -> None:
    with do_aside(lambda: b"%d" % (1 // 0)) as wait:
        assert wait() is None


def test_nobody_waits_for_what_is_not_wanted() -> None:
    with pytest.raises(KeyError), do_aside(lambda: bytes(10_000_000)):
        raise KeyError


@pytest.mark.usefixtures("forking")
def test_what_comes_next_is_made_by_the_same_process_when_it_is_asked_for(tmp_path: Path) -> None:
    def look() -> bytes:
        return b"%d %s" % (os.getpid(), (tmp_path / "now").read_bytes())

    (tmp_path / "now").write_bytes(b"early")
    with keep_aside(look, look, look) as aside:
        first = aside.wait() or b""
        (tmp_path / "now").write_bytes(b"late")
        aside.go_on()
        second = aside.wait() or b""
        (tmp_path / "now").unlink()
        aside.go_on()
        assert (first.split()[1], second.split()[1]) == (b"early", b"late")
        assert first.split()[0] == second.split()[0] != b"%d" % os.getpid()
        assert aside.wait() is None  # it failed
        aside.go_on()
        assert aside.wait() is None


@pytest.mark.usefixtures("forking")
def test_who_was_never_asked_to_go_on_is_gone() -> None:
    with keep_aside(lambda: b"%d" % os.getpid(), lambda: b"never") as aside:
        child = int(aside.wait() or 0)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.usefixtures("forking")
@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="nobody tells what is open")
def test_where_no_process_can_be_had_nothing_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    before = os.listdir("/proc/self/fd")
    monkeypatch.setattr(os, "fork", refuse)
    with keep_aside(lambda: b"1", lambda: b"2", meanwhile=list) as aside:
        assert aside.wait() is None
        assert os.listdir("/proc/self/fd") == before


def test_with_several_threads_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with do_aside(lambda: b"1") as wait:
            assert wait() is None
    finally:
        done.set()
        thread.join()


def test_two_processes_take_the_same_imprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        path = tmp_path / f"content/pages/{number % 7}/{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {number}\n" * number)
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/static/large").write_bytes(bytes(300_000))
    (tmp_path / "site.yaml").write_text("title: T\n")
    alone = take_imprint(BuildRequest(tmp_path, now=NOW))
    monkeypatch.setattr(twinsite.imprint, "MANY", 2)
    together = take_imprint(BuildRequest(tmp_path, now=NOW))
    assert alone
    assert together
    assert (alone.key, alone.looks, alone.digests) == (together.key, together.looks, together.digests)
    assert list(alone.looks) == list(together.looks)
    assert len(together.large) == 1
    (tmp_path / "content/pages/6/link").symlink_to(tmp_path)
    assert take_imprint(BuildRequest(tmp_path, now=NOW)) is None
