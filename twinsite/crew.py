"""A crew: processes hired while this one is still small, for work that comes bit by bit while it goes on with its own.

Orders and results are bytes. Whoever gives an order need not wait until it is taken, whoever is free takes the next
one, and results wait until they are asked for. A crew is a help, never a promise: where there is none, or a member of
it dies, or cannot do an order, the result is missing, and whoever gave the order does it in another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Protocol, Self

from msgspec import Struct

from twinsite import parallel
from twinsite.parallel import Hired
from twinsite.tray import END, TOKEN, Blank, Tray

BACKLOG = 64 * 1024 * 1024
"""Bytes of orders without a result before whoever gives more of them waits."""


class Worker(Protocol):
    """What each member makes when it is woken, and then works with."""

    def begin(self, message: bytes) -> object:
        """Get ready for orders: called once, with the first message."""

    def do(self, order: bytes) -> bytes:
        """The result of an order; no failure may leave it."""

    def end(self) -> object:
        """Called once when there are no more orders."""


class _Member(Struct, frozen=True):
    """One process, which tells of results; where its first message goes, and where the results lie."""

    hired: Hired
    first: Connection
    results: Blank


class Crew:
    """Processes at work; they are ended when it is closed. Not for two threads at once."""

    def __init__(self) -> None:
        """Nobody yet. Raises ``OSError``."""
        self._tray = Tray()
        self._members: list[_Member] = []
        self._busy: list[_Member] = []
        self._found: list[tuple[Blank, int, int]] = []
        self._awake = self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def hire(self, make: Callable[[], Worker], jobs: int) -> None:
        """Hire some. Raises ``OSError``."""
        import multiprocessing

        context = multiprocessing.get_context("fork")
        for _ in range(jobs):
            with parallel.hold_interrupts():
                self._members.append(_hire(context, make, self._tray, self._members))
        self._busy = list(self._members)
        self._tray.keep_giving()

    def wake(self) -> None:
        """Have every member make what it works with: a good moment is one in which processors have nothing to do."""
        if not self._awake:
            self._awake = True
            self._tell_all(b"")

    def begin(self, message: bytes) -> None:
        """Send every member the first message."""
        self.wake()
        self._tell_all(message)

    def _tell_all(self, message: bytes) -> None:
        for member in self._members:
            with suppress(OSError):  # who died is missed later
                member.first.send_bytes(message)

    def give(self, order: bytes) -> None:
        """Have an order (not empty) done by whoever is free first. Waits only where very much waits already."""
        while self._busy and (self._tray.size > BACKLOG or self._tray.full):
            self._receive()
        if self._busy:
            with suppress(OSError):  # there is no room for it
                self._tray.put(order)

    def end(self) -> None:
        """There are no more orders: each member comes to its end when all are taken."""
        if not self._over:
            self._over = True
            with suppress(OSError):  # nobody is there any more
                for _ in self._members:
                    self._tray.put_end()

    def finish(self) -> Iterator[bytes]:
        """All results, in no order, those that are there at once. Nobody waits for the end of the members before the
        crew is closed.
        """
        self.end()
        while self._tray.size and self._busy:
            yield from self._take_results()
            self._receive()
        yield from self._take_results()
        if not self._tray.size:
            self._put_away()

    def _put_away(self) -> None:
        """Let go of the orders and the results while the members come to their end: so the memory, which takes its time
        to be freed, goes with the last of them.
        """
        for member in self._members:
            member.results.close()
        self._tray.close()

    def close(self) -> None:
        """End all members: those that have work at once, those that have none when they have come to their end."""
        while self._over and not self._tray.size and self._busy:
            self._receive()
        parallel.dismiss([member.hired for member in self._members])
        for member in self._members:
            member.first.close()
            member.results.close()
        self._members, self._busy, self._found = [], [], []
        self._tray.close()

    def _receive(self) -> None:
        """Wait for news, and take what there is."""
        ready = wait([member.hired.inbox for member in self._busy])
        for member in [one for one in self._busy if one.hired.inbox in ready]:
            number, start, size = END, 0, 0
            with suppress(EOFError, OSError):  # it died; what it did counts
                number, start, size = TOKEN.unpack(member.hired.inbox.recv_bytes())
            if number == END:
                self._busy.remove(member)
            else:
                self._tray.clear(number)
                self._found.append((member.results, start, size))

    def _take_results(self) -> Iterator[bytes]:
        found, self._found = self._found, []
        for results, start, size in found:
            yield results.read(start, size)


def hire_crew(make: Callable[[], Worker], jobs: int) -> Crew | None:
    """A crew of ``jobs`` processes that know all that this one knows now; ``None`` where they cannot be had so."""
    if not parallel.may_fork():
        return None
    crew = None
    try:
        crew = Crew()
        crew.hire(make, jobs)
    except BaseException as error:
        # Interrupted while hiring, or not allowed so many: those already there end before anything else happens.
        if crew:
            crew.close()
        if not isinstance(error, OSError):
            raise
        return None
    return crew


def _hire(context: BaseContext, make: Callable[[], Worker], tray: Tray, earlier: list[_Member]) -> _Member:
    ends = [*context.Pipe(duplex=False), *context.Pipe(duplex=False)]
    takes, first, inbox, gives = ends
    parallel.widen(gives.fileno())
    # A forked process has copies of our ends of all pipes; while one is open, nobody would notice that we are gone.
    inherited = [first, inbox, *(end for member in earlier for end in (member.first, member.hired.inbox))]
    try:
        results = Blank()
        process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(make, tray, takes, gives, results, inherited), daemon=True
        )
        process.start()
    except BaseException:
        first.close()
        inbox.close()
        raise
    finally:
        takes.close()
        gives.close()
    return _Member(Hired(process, inbox), first, results)


def _work(
    make: Callable[[], Worker],
    tray: Tray,
    first: Connection,
    news: Connection,
    results: Blank,
    inherited: list[Connection],
) -> None:
    """What a member does: one order after the other. Ends quietly when nobody is there any more."""
    import signal

    # Control-C reaches all processes of a terminal; only the one that reports it shall act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in inherited:
        end.close()
    tray.keep_taking()
    start = 0
    with suppress(EOFError, OSError):
        first.recv_bytes()
        worker = make()
        worker.begin(first.recv_bytes())
        while (order := tray.take())[0] != END:
            result = worker.do(order[1])
            results.write(result, start)
            news.send_bytes(TOKEN.pack(order[0], start, len(result)))
            start += len(result)
        worker.end()
        news.send_bytes(TOKEN.pack(END, 0, 0))
