"""Something done by another process while this one goes on with its own work: ``do_aside``.

Lighter than the workers of ``parallel``: one forked process that makes some bytes, and nothing to import. Takes a
function; gives what waits for its bytes. Where no process can be forked safely there is none, and the caller does it
all by itself; so it does where the other process fails, whose reasons are then found again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def do_aside(make: Callable[[], bytes]) -> Iterator[Callable[[], bytes | None]]:
    """Let a forked process make some bytes; inside, the function that waits for them: ``None`` where there are none.
    What else ``make`` does in memory is lost.
    """
    try:
        inbox, child = _fork(make) if _may_fork() else (-1, 0)
    except OSError:
        inbox, child = -1, 0
    if not child:
        yield lambda: None
        return
    with os.fdopen(inbox, "rb") as pipe:
        try:
            yield lambda: pipe.read() or None
        finally:
            pipe.close()
            with suppress(OSError):
                os.waitpid(child, 0)


def _may_fork() -> bool:
    """Whether a fork is safe: one thread, and no system whose own libraries may break in a forked process."""
    if sys.platform != "linux":
        return False
    with suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    return False


def _fork(make: Callable[[], bytes]) -> tuple[int, int]:
    """Where the bytes will come, and the process that makes them. Raises ``OSError``."""
    inbox, outbox = os.pipe()
    child = os.fork()
    if not child:
        os.close(inbox)  # or it would never notice that nobody listens
        _make(make, outbox)
    os.close(outbox)
    return inbox, child


def _make(make: Callable[[], bytes], outbox: int) -> None:
    """What the other process does: it ends without a word, whatever happens."""
    try:
        data = memoryview(make())
        while data:
            data = data[os.write(outbox, data) :]
    finally:
        os._exit(0)
