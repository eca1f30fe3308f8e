"""A crew: processes hired while this one is still small, for work that comes bit by bit while it goes on with its own.

Orders and results are bytes. A crew is a help, never a promise: where there is none, or a member of it dies, or cannot
do an order, the result is missing, and whoever gave the order does it in another way.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol, Self

from twinsite import parallel

ROOM = 1024 * 1024
"""Bytes that a pipe is asked to hold, so that orders may wait in it; the system may grant fewer."""

LEAST_ROOM = 4096
"""Bytes that every pipe holds."""

BACKLOG = 16 * 1024 * 1024
"""Bytes of orders that wait in memory before whoever gives more of them waits, too."""

END = b""
"""The last order, and the last result: a member is done."""


class Worker(Protocol):
    """What each member makes of the first message, and then works with."""

    def do(self, order: bytes) -> bytes:
        """The result of an order; no failure may leave it."""

    def end(self) -> object:
        """Called once when there are no more orders."""


@dataclass(slots=True)
class _Member:
    """One process: its pipes, how many bytes that for orders holds, and the sizes of the orders without a result."""

    process: BaseProcess
    orders: Connection
    results: Connection
    room: int
    open: deque[int] = field(default_factory=deque)

    def can_take(self, size: int) -> bool:
        """Whether an order of so many bytes can be sent without waiting for a member who may wait for us."""
        return not self.open or sum(self.open) + size <= self.room


class Crew:
    """Processes at work; they are ended when it is closed. Not for two threads at once."""

    def __init__(self, members: list[_Member]) -> None:
        self._members = members
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._results: list[bytes] = []
        self._done = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, message: bytes) -> None:
        """Send every member the first message."""
        for member in list(self._members):
            self._send(member, message)

    def give(self, order: bytes) -> None:
        """Have an order (not empty) done by whoever is free first. Waits only where very many wait already."""
        self._waiting.append(order)
        self._size += len(order)
        self._hand_out()
        if self._waiting:
            self._receive(0)
            self._hand_out()
        while self._size > BACKLOG and self._members:
            self._receive(None)
            self._hand_out()

    def finish(self) -> Iterator[bytes]:
        """All results, in no order, those that are there at once. When everything is done each member comes to its end,
        for which nobody waits before the crew is closed.
        """
        while self._members and (self._waiting or any(member.open for member in self._members)):
            yield from self._take_results()
            self._hand_out()
            self._receive(None)
        yield from self._take_results()
        for member in list(self._members):
            self._send(member, END)
        self._done = True

    def _take_results(self) -> list[bytes]:
        results, self._results = self._results, []
        return results

    def close(self) -> None:
        """End all members: those that have work at once, those that are done when they have come to their end."""
        for member in self._members if self._done else ():
            with suppress(EOFError, OSError):
                member.results.recv_bytes()
        self._dismiss(self._members)
        self._members = []

    def _hand_out(self) -> None:
        """Send waiting orders to those who can take them, the least busy first."""
        while self._waiting:
            able = [member for member in self._members if member.can_take(len(self._waiting[0]))]
            if not able:
                return
            order = self._waiting.popleft()
            self._size -= len(order)
            least = min(able, key=lambda member: len(member.open))
            least.open.append(len(order))
            self._send(least, order)

    def _receive(self, seconds: float | None) -> None:
        """Take the results that are there, or wait for one (``None``)."""
        ready = wait([member.results for member in self._members], seconds)
        for member in [one for one in self._members if one.results in ready]:
            try:
                self._results.append(member.results.recv_bytes())
                member.open.popleft()
            except (EOFError, OSError):
                self._lose(member)

    def _send(self, member: _Member, message: bytes) -> None:
        try:
            member.orders.send_bytes(message)
        except OSError:
            self._lose(member)

    def _lose(self, member: _Member) -> None:
        """Go on without a member that died: what it was to do is not done."""
        self._members.remove(member)
        self._dismiss([member])

    @staticmethod
    def _dismiss(members: list[_Member]) -> None:
        for member in members:
            member.orders.close()
        parallel.dismiss([parallel.Hired(member.process, member.results) for member in members])


def hire_crew(make: Callable[[bytes], Worker], jobs: int) -> Crew | None:
    """A crew of ``jobs`` processes that know all that this one knows now; ``None`` where they cannot be had so."""
    if not parallel.may_fork():
        return None
    import multiprocessing

    context = multiprocessing.get_context("fork")
    members: list[_Member] = []
    try:
        for _ in range(jobs):
            members.append(_hire(context, make, members))
    except OSError:
        Crew(members).close()
        return None
    except BaseException:
        # Interrupted while hiring: those already there end before anything else happens.
        Crew(members).close()
        raise
    return Crew(members)


def _hire(context: BaseContext, make: Callable[[bytes], Worker], earlier: list[_Member]) -> _Member:
    takes, orders = context.Pipe(duplex=False)
    results, gives = context.Pipe(duplex=False)
    room = _widen(orders)
    _widen(gives)
    # A forked process has copies of our ends of all pipes; while one is open, nobody would notice that we are gone.
    inherited = [orders, results, *(end for member in earlier for end in (member.orders, member.results))]
    process = context.Process(target=_work, args=(make, takes, gives, inherited), daemon=True)  # type: ignore[attr-defined]
    try:
        process.start()
    except BaseException:
        orders.close()
        results.close()
        raise
    finally:
        takes.close()
        gives.close()
    return _Member(process, orders, results, room)


def _widen(end: Connection) -> int:
    """Let a pipe hold more, where that can be done; the bytes that it holds now."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # who has many pipes may be granted no more
            fcntl.fcntl(end.fileno(), fcntl.F_SETPIPE_SZ, ROOM)
            return ROOM
    return LEAST_ROOM


def _work(
    make: Callable[[bytes], Worker], orders: Connection, results: Connection, inherited: list[Connection]
) -> None:
    """What a member does: one order after the other. Ends quietly when nobody is there any more."""
    import signal

    # Control-C reaches all processes of a terminal; only the one that reports it shall act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in inherited:
        end.close()
    with suppress(EOFError, OSError):
        worker = make(orders.recv_bytes())
        while order := orders.recv_bytes():
            results.send_bytes(worker.do(order))
        worker.end()
        results.send_bytes(END)
