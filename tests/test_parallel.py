"""Tasks on several cores: the same results in the same order, and no way to hang."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from twinsite import parallel
from twinsite.parallel import TaskFailure, count_cores, map_tasks

TASKS = list(range(200))


def square(number: int) -> int:
    return number * number


def sometimes(number: int) -> int:
    if number % 7 == 3:
        raise ValueError(f"no {number}")
    return number


def die(number: int) -> int:
    if number == 30:
        os._exit(9)
    return number


def where(_number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
def test_results_are_in_order(jobs: int) -> None:
    assert list(map_tasks(square, TASKS, jobs)) == [number * number for number in TASKS]


@pytest.mark.usefixtures("forking")
def test_more_workers_are_asked_for_than_there_are_tasks() -> None:
    assert list(map_tasks(square, TASKS, 500)) == [number * number for number in TASKS]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 9])
def test_any_number_of_tasks(count: int) -> None:
    assert list(map_tasks(square, range(count), 2)) == [number * number for number in range(count)]


def test_the_work_is_shared() -> None:
    assert len(set(map_tasks(where, TASKS, 2))) == 2
    assert os.getpid() not in set(map_tasks(where, TASKS, 2))
    assert set(map_tasks(where, TASKS, 1)) == {os.getpid()}
    assert set(map_tasks(where, TASKS[:5], 2, fewest=6)) == {os.getpid()}


@pytest.mark.usefixtures("forking")
def test_what_a_closure_holds_is_inherited() -> None:
    own = os.getpid()
    assert own not in set(map_tasks(lambda _number: os.getpid(), TASKS, 2))
    shared = {number: threading.Lock() for number in TASKS}  # a lock cannot be pickled
    assert list(map_tasks(lambda number: number in shared, TASKS, 2)) == [True] * 200


@pytest.mark.usefixtures("forking")
def test_whoever_is_free_takes_the_next(tmp_path: Path) -> None:
    last = tmp_path / "last"

    def work(number: int) -> int:
        if number == 19:
            last.touch()
        if number == 0:
            wait_until(last.exists)
        return os.getpid()

    results = list(map_tasks(work, range(20), 2, largest=1))
    assert results.count(results[0]) == 1
    assert results.count(results[1]) == 19


def test_a_failure_is_a_value() -> None:
    serial, together = (list(map_tasks(sometimes, TASKS, jobs)) for jobs in (1, 2))
    assert [getattr(one, "text", one) for one in together] == [getattr(one, "text", one) for one in serial]
    failure = together[3]
    assert isinstance(failure, TaskFailure)
    assert failure.text == "ValueError: no 3"
    assert "sometimes" in failure.trace


@pytest.mark.parametrize("started", ["fork", "spawn"])
def test_a_dying_worker_is_an_error(monkeypatch: pytest.MonkeyPatch, started: str) -> None:
    monkeypatch.setattr(parallel, "may_fork", lambda: started == "fork")
    results = list(map_tasks(die, TASKS, 2))
    assert len(results) == len(TASKS)
    dead = [result for result in results if isinstance(result, TaskFailure)]
    assert dead
    assert "exit code 9" in dead[0].text
    assert all(result == number for number, result in enumerate(results) if not isinstance(result, TaskFailure))


def test_fresh_processes_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "may_fork", lambda: False)
    assert list(map_tasks(square, TASKS, 2)) == [number * number for number in TASKS]
    assert os.getpid() not in set(map_tasks(where, TASKS, 2))


def test_what_cannot_travel_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "may_fork", lambda: False)
    own = os.getpid()
    assert set(map_tasks(lambda _number: os.getpid(), TASKS, 2)) == {own}


@pytest.mark.usefixtures("forking")
def test_other_threads_forbid_a_fork() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not parallel.is_single_threaded()
        assert list(map_tasks(square, TASKS, 2)) == [number * number for number in TASKS]
    finally:
        done.set()
        thread.join()


@pytest.mark.usefixtures("forking")
def test_a_result_that_cannot_be_pickled() -> None:
    results = list(map_tasks(lambda _number: threading.Lock(), TASKS[:4], 2))
    assert all(isinstance(result, TaskFailure) and "handed over" in result.text for result in results)


def test_large_results_do_not_block() -> None:
    results = list(map_tasks(lambda number: bytes([number]) * 300_000, TASKS[:40], 3))
    assert results == [bytes([number]) * 300_000 for number in TASKS[:40]]


@pytest.mark.usefixtures("forking")
def test_stopping_early_ends_the_workers() -> None:
    results = map_tasks(lambda number: (os.getpid(), bytes(1_000_000 + number)), TASKS, 2)
    first = next(results)
    assert isinstance(first, tuple)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(first[0], 0)


@pytest.mark.usefixtures("forking", "interruptible")
def test_an_interrupt_while_a_worker_is_started_ends_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fork = os.fork

    def fork_and_interrupt() -> int:
        child = fork()
        if child:
            os.kill(os.getpid(), signal.SIGINT)
        return child

    def work(number: int) -> None:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.01)

    monkeypatch.setattr(os, "fork", fork_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(map_tasks(work, range(1000), 2))
    time.sleep(0.2)  # a worker that nobody knows of would be at work by now
    assert not [path.name for path in tmp_path.iterdir() if is_running(int(path.name))]


PARENT = """
import os, signal, sys, time
from pathlib import Path
from twinsite.parallel import map_tasks
# A shell that starts something in the background has it ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
def work(number):
    Path(sys.argv[1], str(os.getpid())).touch()
    time.sleep(0.02)
    return bytes(200_000)
if __name__ == "__main__":
    try:
        for _ in map_tasks(work, range(2000), 2):
            Path(sys.argv[1]).with_name("ready").touch()
    except KeyboardInterrupt:
        print("interrupted")
        sys.exit(130)
"""


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9), (signal.SIGTERM, -15)])
def test_no_worker_outlives_its_build(tmp_path: Path, number: int, code: int) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    (tmp_path / "pids").mkdir()
    root = str(Path(parallel.__file__).parents[1])
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "pids")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    try:
        wait_until(lambda: len(list((tmp_path / "pids").iterdir())) == 2 and (tmp_path / "ready").exists())
        if number == signal.SIGINT:
            os.killpg(parent.pid, number)
        else:
            parent.send_signal(number)
        out, err = parent.communicate(timeout=30)
    finally:
        parent.kill()
    assert parent.returncode == code
    assert "Traceback" not in err
    assert out.strip() == ("interrupted" if code == 130 else "")
    pids = [int(path.name) for path in (tmp_path / "pids").iterdir()]
    wait_until(lambda: not any(is_running(pid) for pid in pids))


def wait_until(true: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def test_there_is_at_least_one_core() -> None:
    assert count_cores() >= 1
