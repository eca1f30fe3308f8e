"""The seam between what is to be made and the cores that make it: ``map_tasks``.

Takes a function, its arguments and a number of workers; gives the results in order, the same ones for any number of
workers. Workers are forked where that is safe, so that they inherit everything the function needs; elsewhere they are
started anew and get it as plain values. A failure is a value; a worker that dies is one too, never a wait without end.
"""

from __future__ import annotations

import os
import select
import struct
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
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


POLITENESS = 5
"""How much a worker steps back (``nice``) for the process that takes its results. Where that has work of its own and
there are more processes than processors, it would otherwise fall behind until all workers wait for it at once.
"""

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
) -> Generator[Result | TaskFailure, None, None]:
    """The result of ``function`` for each of ``tasks``, in order, made by up to ``jobs`` processes.

    A worker hands over the results of up to ``largest`` tasks at once, and calls ``finish`` when it has done all of
    its own. With one job, fewer than ``fewest`` tasks, or no way to start workers, this process makes them itself.
    Results must be picklable; the functions and the tasks only where workers cannot be forked. What these do to
    anything in memory but their result is lost. Ends its workers when it is closed early or interrupted. Where they
    must be gone before anything else happens, close it: a failure beside it keeps it, and them, while it is looked at.
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
        import traceback

        text = "".join(traceback.format_exception_only(error)).strip().rpartition("\n")[2]
        return TaskFailure(text, traceback.format_exc())


def is_single_threaded() -> bool:
    """Whether this process has one thread: a fork would copy the locks that others hold, and never release them."""
    with suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    import threading

    return threading.active_count() == 1


Numbered = tuple[int, Sequence[Any]]
"""A chunk of tasks with its number."""

Order = tuple[Callable[[Any], Any], list[Numbered], "_Rest | None", Callable[[], object] | None]
"""What a worker is to do: a function, the chunks that are its own, where it gets more, and what to do in the end."""

TOKEN = struct.Struct("=i")
"""The number of a chunk, as it lies in a pipe."""


class _Rest(Struct, frozen=True):
    """All chunks, and the end of a pipe in which lie the numbers of those that nobody has taken. So few bytes are read
    from a pipe at once or not at all, whoever else does so.
    """

    chunks: Sequence[Sequence[Any]]
    takes: int

    def take(self) -> Iterator[Numbered]:
        """The next chunk, again and again, for this process alone."""
        while token := os.read(self.takes, TOKEN.size):
            number = TOKEN.unpack(token)[0]
            yield number, self.chunks[number]


class Hired(Struct, frozen=True):
    """A process, and where its results come from."""

    process: BaseProcess
    inbox: Connection


class _Crew(Struct, Generic[Task, Result], frozen=True):
    """Workers at work on chunks of tasks. ``busy`` are those of whom something may come."""

    workers: tuple[Hired, ...]
    chunks: Sequence[Sequence[Task]]
    busy: list[Hired]

    def results(self) -> Generator[Result | TaskFailure, None, None]:
        """All results in order. While nobody asks for more, workers hold theirs in the pipe; only those that come
        before the results of an earlier chunk are kept here.
        """
        found: dict[int, list[Result | TaskFailure]] = {}
        try:
            for number, chunk in enumerate(self.chunks):
                while number not in found and self.busy:
                    self._receive(found)
                yield from found.pop(number) if number in found else self._fail(chunk)
            while self.busy:  # with what there is to do in the end
                self._receive(found)
        finally:
            dismiss(self.workers)

    def _receive(self, found: dict[int, list[Result | TaskFailure]]) -> None:
        """Wait for news of anybody, and take what there is."""
        for worker in _wait(self.busy):
            try:
                number, results = worker.inbox.recv()
                found[number] = results
            except (EOFError, OSError):
                self.busy.remove(worker)

    def _fail(self, chunk: Sequence[Task]) -> list[Result | TaskFailure]:
        """What there is of a chunk whose worker died."""
        for worker in self.workers:
            worker.process.join(PATIENCE)
        code = next((worker.process.exitcode for worker in self.workers if worker.process.exitcode), None)
        text = f"a worker process ended before its work was done (exit code {code})"
        return [TaskFailure(text) for _ in chunk]


def _wait(workers: Sequence[Hired]) -> list[Hired]:
    """Those of whom there is news, once there is any."""
    if not hasattr(select, "poll"):
        from multiprocessing.connection import wait

        ready = wait([worker.inbox for worker in workers])
        return [worker for worker in workers if worker.inbox in ready]
    poll = select.poll()
    for worker in workers:
        poll.register(worker.inbox, select.POLLIN)
    told = {end for end, _ in poll.poll()}
    return [worker for worker in workers if worker.inbox.fileno() in told]


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
    # Each begins with a chunk of its own. Who is forked then takes whichever is next, so that all are done at once
    # though one gets less of a processor than another; who is not has all of its own from the start.
    rest = _lay_out(chunks, jobs) if context.get_start_method() == "fork" else None
    workers: list[Hired] = []
    try:
        for number in range(jobs):
            own = list(enumerate(chunks))[number : jobs if rest else None : jobs]
            with hold_interrupts():
                workers.append(_start(context, (function, own, rest, finish), workers))
    except (OSError, pickle.PicklingError, AttributeError, TypeError):
        # No more processes allowed, or a function that cannot travel to a fresh one.
        dismiss(tuple(workers))
        return None
    except BaseException:
        # Interrupted while hiring: those already at work end before anything else happens.
        dismiss(tuple(workers))
        raise
    finally:
        if rest:
            os.close(rest.takes)
    return _Crew(tuple(workers), tuple(chunks), workers.copy())


def _lay_out(chunks: Sequence[Sequence[Any]], first: int) -> _Rest | None:
    """The chunks from ``first`` on for whoever is free; ``None`` where a pipe does not hold the numbers of all."""
    numbers = b"".join(TOKEN.pack(number) for number in range(first, len(chunks)))
    try:
        takes, gives = os.pipe()
    except OSError:
        return None
    try:
        if len(numbers) <= LEAST_ROOM or len(numbers) <= widen(gives):
            os.write(gives, numbers)
            return _Rest(chunks, takes)
        os.close(takes)
        return None
    finally:
        os.close(gives)


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let Control-C wait while a process is started: one that came between the start and the note of it would leave a
    process at work that nobody knows of. Who is started so never sees one.
    """
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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

    function, own, rest, finish = order

    # Control-C reaches all processes of a terminal; only the one that reports it shall act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    for connection in inherited:
        connection.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        for number, chunk in chain(own, rest.take() if rest else ()):
            _send(outbox, number, [attempt(function, task) for task in chunk])
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


def _send(outbox: Connection, number: int, results: list[Any]) -> None:
    try:
        outbox.send((number, results))
    except OSError:
        raise
    except Exception as error:
        # A result that cannot be pickled; nothing of the message has left yet.
        outbox.send((number, [TaskFailure(f"the result cannot be handed over: {error}") for _ in results]))


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
