"""Something done by another process while this one goes on with its own work: ``do_aside``, ``keep_aside``.

Lighter than the workers of ``parallel``: one forked process that makes some bytes, and nothing to import. Takes
functions; gives what waits for their bytes. Where no process can be forked safely there is none, and the caller does it
all by itself; so it does where the other process fails, whose reasons are then found again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

Make = Callable[[], bytes]
"""Makes some bytes. What else it does in memory is lost."""


class Aside:
    """What another process makes, one thing after the other: the first at once, each further one when it is told to
    ``go_on``.
    """

    def __init__(self, child: int = 0, inboxes: Sequence[int] = (), orders: int = -1) -> None:
        """Nobody, or a ``child`` process; the ends of the pipes from which its bytes come, and to which orders go."""
        self._child, self._inboxes, self._orders = child, list(inboxes), orders

    def go_on(self) -> None:
        """Have it make the next thing as soon as it is ready."""
        with suppress(OSError):  # it died, which is noticed later
            if self._child:
                os.write(self._orders, b"+")

    def wait(self) -> bytes | None:
        """The bytes of the first thing that nobody waited for yet; ``None`` where there are none."""
        if not self._inboxes:
            return None
        with os.fdopen(self._inboxes.pop(0), "rb") as pipe:
            return pipe.read() or None

    def dismiss(self) -> None:
        """Whatever it does, nobody wants it any more."""
        if self._child:
            import signal

            for end in (*self._inboxes, self._orders):
                os.close(end)
            with suppress(OSError):
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
        self._child, self._inboxes = 0, []


@contextmanager
def do_aside(make: Make) -> Iterator[Callable[[], bytes | None]]:
    """Let a forked process make some bytes; inside, the function that waits for them: ``None`` where there are none."""
    with keep_aside(make) as aside:
        yield aside.wait


@contextmanager
def keep_aside(*makes: Make, meanwhile: Callable[[], object] | None = None) -> Iterator[Aside]:
    """The same for several things, one after the other, by a process that remembers what it made before. ``meanwhile``
    is what it does after the first one; the next one is made when that has come to its end.
    """
    try:
        aside = _fork(makes, meanwhile) if _may_fork() else Aside()
    except OSError:
        aside = Aside()
    try:
        yield aside
    finally:
        aside.dismiss()


def _may_fork() -> bool:
    """Whether a fork is safe: one thread, and no system whose own libraries may break in a forked process."""
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    return False


def _fork(makes: Sequence[Make], meanwhile: Callable[[], object] | None) -> Aside:
    """The process that makes these, in this one. Raises ``OSError``."""
    pipes = [os.pipe() for _ in makes]
    takes, orders = os.pipe()
    if meanwhile:
        from twinsite.parallel import widen

        widen(pipes[0][1])  # or it would wait until somebody takes the first thing
    try:
        child = os.fork()
    except OSError:  # no more processes allowed
        for end in (takes, orders, *(end for pipe in pipes for end in pipe)):
            os.close(end)
        raise
    if not child:
        for inbox, _ in pipes:
            os.close(inbox)  # or it would never notice that nobody listens
        os.close(orders)
        _make_all(makes, [outbox for _, outbox in pipes], takes, meanwhile)
    for end in (takes, *(outbox for _, outbox in pipes)):
        os.close(end)
    return Aside(child, [inbox for inbox, _ in pipes], orders)


def _make_all(
    makes: Sequence[Make], outboxes: Sequence[int], takes: int, meanwhile: Callable[[], object] | None
) -> None:
    """What the other process does: it ends without a word, whatever happens."""
    try:
        for number, (make, outbox) in enumerate(zip(makes, outboxes, strict=True)):
            if number and not os.read(takes, 1):
                break  # nobody is there any more
            data = memoryview(make())
            while data:
                data = data[os.write(outbox, data) :]
            os.close(outbox)
            if meanwhile and not number:
                with suppress(Exception):  # nobody relies on it
                    meanwhile()
    finally:
        os._exit(0)
