"""The seam between what is to be made and the cores that make it: ``map_tasks``.

Takes a function, its arguments and a number of workers; gives the results in order, the same ones for any number of
workers. Workers are forked where that is safe, so that they inherit everything the function needs; elsewhere they are
started anew and get it as plain values. A failure is a value; a worker that dies is one too, never a wait without end.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

LARGEST_CHUNK = 32
"""Tasks that a worker does before it hands over the results."""

PATIENCE = 5.0
"""Seconds that a worker gets to end after it was asked to."""


ROOM = 1024 * 1024
"""Bytes that a pipe is asked to hold, so that what is sent may wait in it; the system may grant fewer."""

LEAST_ROOM = 4096
"""Bytes that every pipe holds."""


class TaskFailure(Struct, frozen=True):
    """A task that raised, or whose worker died. ``text`` is one line; ``trace`` the traceback, for those who ask."""

    text: str
    trace: str = ""


def map_tasks(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    fewest: int = 2,
    largest: int = LARGEST_CHUNK,
    finish: Callable[[], object] | None = None,
) -> Iterator[Result | TaskFailure]:
    """The result of ``function`` for each of ``tasks``, in order, made by up to ``jobs`` processes.

    A worker hands over the results of up to ``largest`` tasks at once, and calls ``finish`` when it has done all of
    its own. With one job, fewer than ``fewest`` tasks, or no way to start workers, this process makes them itself.
    Results must be picklable; the functions and the tasks only where workers cannot be forked. What these do to
    anything in memory but their result is lost. Ends its workers when it is closed early or interrupted.
    """
    jobs = min(jobs, len(tasks))
    crew = _hire(function, _cut(tasks, jobs, largest), finish, jobs) if jobs > 1 and len(tasks) >= fewest else None
    return crew.results() if crew else (attempt(function, task) for task in tasks)


def count_cores() -> int:
    """How many processes can run at once for us, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def give_memory_back() -> None:
    """Give the system what this process holds of memory without using it, where that can be done: what is forked
    afterwards would write to it, and so have pages of its own.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # not every C library has it
            ctypes.CDLL(None).malloc_trim(0)


def attempt(function: Callable[[Task], Result], task: Task) -> Result | TaskFailure:
    """The result, or as a value what the function raised."""
    try:
        return function(task)
    except Exception as error:
        text = "".join(traceback.format_exception_only(error)).strip().rpartition("\n")[2]
        return TaskFailure(text, traceback.format_exc())


def is_single_threaded() -> bool:
    """Whether this process has one thread: a fork would copy the locks that others hold, and never release them."""
    with suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    return threading.active_count() == 1


Order = tuple[Callable[[Any], Any], list[Sequence[Any]], Callable[[], object] | None]
"""What a worker is to do: a function, the chunks of tasks to do it to, and what to do in the end."""


class Hired(Struct, frozen=True):
    """A process, and where its results come from."""

    process: BaseProcess
    inbox: Connection


class _Crew(Struct, Generic[Task, Result], frozen=True):
    """Workers at work: chunk number n is made by worker n modulo their number."""

    workers: tuple[Hired, ...]
    chunks: tuple[Sequence[Task], ...]
    finishes: bool

    def results(self) -> Iterator[Result | TaskFailure]:
        """All results in order. Waiting workers hold theirs in the pipe, so that memory stays bounded."""
        try:
            for number, chunk in enumerate(self.chunks):
                yield from self._receive(self.workers[number % len(self.workers)], chunk)
            if self.finishes:
                self._await_end()
        finally:
            dismiss(self.workers)

    def _await_end(self) -> None:
        for worker in self.workers:
            with suppress(EOFError, OSError):
                worker.inbox.recv()

    def _receive(self, worker: Hired, chunk: Sequence[Task]) -> list[Result | TaskFailure]:
        try:
            results: list[Result | TaskFailure] = worker.inbox.recv()
        except (EOFError, OSError):
            worker.process.join(PATIENCE)
            text = f"a worker process ended before its work was done (exit code {worker.process.exitcode})"
            return [TaskFailure(text) for _ in chunk]
        return results


def _hire(
    function: Callable[[Task], Result],
    chunks: list[Sequence[Task]],
    finish: Callable[[], object] | None,
    jobs: int,
) -> _Crew[Task, Result] | None:
    """Workers, each started with its share of the tasks; ``None`` when that is not possible here."""
    import multiprocessing
    import pickle

    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    workers: list[Hired] = []
    try:
        for number in range(jobs):
            workers.append(_start(context, (function, chunks[number::jobs], finish), workers))
    except (OSError, pickle.PicklingError, AttributeError, TypeError):
        # No more processes allowed, or a function that cannot travel to a fresh one.
        dismiss(tuple(workers))
        return None
    except BaseException:
        # Interrupted while hiring: those already at work end before anything else happens.
        dismiss(tuple(workers))
        raise
    return _Crew(tuple(workers), tuple(chunks), finish is not None)


def may_fork() -> bool:
    """Whether processes can be started that know all that this one knows."""
    # On macOS the system's own libraries may break in a forked process.
    return sys.platform not in ("win32", "darwin") and hasattr(os, "fork") and is_single_threaded()


def _cut(tasks: Sequence[Task], jobs: int, largest: int) -> list[Sequence[Task]]:
    """The tasks in chunks: small enough that all workers are done at about the same time."""
    size = max(1, min(largest, len(tasks) // (jobs * 4)))
    return [tasks[start : start + size] for start in range(0, len(tasks), size)]


def _start(context: BaseContext, order: Order, earlier: list[Hired]) -> Hired:
    inbox, outbox = context.Pipe(duplex=False)
    widen(outbox.fileno())
    # A forked worker has copies of the ends that its elders write to; while one is open, they would not notice that
    # this process is gone.
    inherited = [inbox, *(worker.inbox for worker in earlier)] if context.get_start_method() == "fork" else []
    process = context.Process(target=_work, args=(order, outbox, inherited), daemon=True)  # type: ignore[attr-defined]
    try:
        process.start()
    except BaseException:
        inbox.close()
        raise
    finally:
        outbox.close()
    return Hired(process, inbox)


def _work(order: Order, outbox: Connection, inherited: list[Connection]) -> None:
    """What a worker does: its chunks, one message each. Ends quietly when nobody listens any more."""
    import signal

    function, chunks, finish = order

    # Control-C reaches all processes of a terminal; only the one that reports it shall act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for connection in inherited:
        connection.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        for chunk in chunks:
            _send(outbox, [attempt(function, task) for task in chunk])
        if finish:
            finish()
        outbox.close()


def widen(end: int) -> int:
    """Let the pipe with this end hold more, where that can be done; the bytes that it holds now."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # who has many pipes may be granted no more
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, ROOM)
            return ROOM
    return LEAST_ROOM


def _send(outbox: Connection, results: list[Any]) -> None:
    try:
        outbox.send(results)
    except OSError:
        raise
    except Exception as error:
        # A result that cannot be pickled; nothing of the message has left yet.
        outbox.send([TaskFailure(f"the result cannot be handed over: {error}") for _ in results])


def dismiss(workers: Sequence[Hired]) -> None:
    """End all workers, done or not."""
    for worker in workers:
        worker.inbox.close()
        worker.process.terminate()
    for worker in workers:
        worker.process.join(PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.process.close()
