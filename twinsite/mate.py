"""A mate for the build of a small site of which nothing is known: one process that gets ready to render while this one
gets ready to read.

To import what a build needs takes as long as building a hundred pages. So the mate is forked before that. It imports
the template engine, reads and compiles the theme, parses the records, and then renders what is planned, as a crew does
(see ``early``), while this process imports the models, validates, links and plans. What it works out goes into the
cache of this process, under keys that say what it was made of. So the mate is a help, never a promise: where it guessed
wrong or died, nothing of it is used.
"""

from __future__ import annotations

import os
import select
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from twinsite.installed import expect_salt, read_salt
from twinsite.parallel import count_cores, may_fork, widen

IMPORTED = "twinsite.render.renderer"
"""Where this process has imported that already, a mate has little to win."""

MOST = 300
"""Records from which on a crew is hired instead, when the site is known."""

Rows = list[tuple[str, bytes]]
"""Values for the cache with their keys."""

_SIZE = struct.Struct("<Q")
_END = b""
_decode_rows = msgspec.msgpack.Decoder(Rows).decode
_decode_result = msgspec.msgpack.Decoder(tuple[Rows, bytes]).decode


class Mate:
    """The other process, as this one sees it: a crew of one, which hands over all results in the end."""

    def __init__(self, child: int, orders: int, results: int) -> None:
        self._child, self._orders, self._results = child, orders, results
        self._lost = False
        self._salt: str | None = None
        self.rows: Rows = []

    def find_salt(self) -> str:
        """The digest of what is installed (see ``installed.read_salt``); empty where the mate cannot tell."""
        if self._salt is None:
            self._salt, self._lost = "", self._lost or not self._child
            with suppress(EOFError, OSError):
                self._salt = "" if self._lost else _receive(self._results).decode()
        return self._salt

    def prepare(self) -> Rows:
        """Values for the cache that all pages need. Waits for them; there are none where the mate died."""
        self.find_salt()
        with suppress(EOFError, OSError, msgspec.DecodeError):
            return _decode_rows(_receive(self._results))
        self._lost = True
        return []

    def wake(self) -> None:
        """Nothing: it was never asleep."""

    def begin(self, message: bytes) -> None:
        """Send the first message, see ``render.early.Start``."""
        self.give(message)

    def give(self, order: bytes) -> None:
        """Have an order done."""
        try:
            if not self._lost:
                _send(self._orders, order)
        except OSError:
            self._lost = True

    def end(self) -> None:
        """There are no more orders."""
        self.give(_END)

    def finish(self) -> Iterator[bytes]:
        """The results of all orders, once they are at an end; with each come ``rows`` for the cache."""
        with suppress(EOFError, OSError, msgspec.DecodeError):
            while not self._lost and (data := _receive(self._results)):
                rows, result = _decode_result(data)
                self.rows += rows
                yield result

    def close(self) -> None:
        """Dismiss it, done or not."""
        if self._child:
            os.close(self._orders)
            os.close(self._results)
            with suppress(OSError):
                os.kill(self._child, 9)
            with suppress(OSError):
                os.waitpid(self._child, 0)
            self._child = 0


@contextmanager
def hire_mate(site: Path, records: Sequence[str], jobs: int) -> Iterator[Mate | None]:
    """A mate for the build of this site by so many processes (0: one for each core), if one can be had and pays.
    ``records`` are the files of its records.
    """
    mate = None
    if IMPORTED not in sys.modules and (jobs or count_cores()) > 1 and may_fork():
        with suppress(OSError):
            mate = _fork(site, records)
            expect_salt(mate.find_salt)
    try:
        yield mate
    finally:
        if mate:
            mate.close()


def _fork(site: Path, records: Sequence[str]) -> Mate:
    takes, orders = os.pipe()
    results, gives = os.pipe()
    widen(orders)
    widen(gives)
    child = os.fork()
    if not child:
        try:
            os.close(orders)
            os.close(results)
            _work(site, records, takes, gives)
        finally:
            os._exit(0)
    os.close(takes)
    os.close(gives)
    return Mate(child, orders, results)


def _send(pipe: int, message: bytes) -> None:
    """Send a message. Raises ``OSError``."""
    left = memoryview(_SIZE.pack(len(message)) + message)
    while left:
        left = left[os.write(pipe, left) :]


def _receive(pipe: int) -> bytes:
    """The next message. Raises ``OSError``, and ``EOFError`` where there will be none."""
    return _read(pipe, _SIZE.unpack(_read(pipe, _SIZE.size))[0])


def _read(pipe: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(pipe, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _work(site: Path, records: Sequence[str], orders: int, results: int) -> None:
    """What the mate does. Ends quietly when nobody is there any more, or there is nothing that it could do."""
    import signal

    # Control-C reaches all processes of a terminal; only the one that reports it shall act on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):  # whatever it is happens again to whoever waits for us, and is told there
        _send(results, read_salt().encode())
        from twinsite.preparation import Preparation

        mate = Preparation(site, records)
        _send(results, msgspec.msgpack.encode(mate.gifts.take()))
        mate.compile_until(lambda: bool(select.select([orders], [], [], 0)[0]))
        maker, made = mate.open(_receive(orders)), []
        while order := _receive(orders):
            result = maker.do(order)
            made.append(msgspec.msgpack.encode((mate.gifts.take(), result)))
        for message in made:
            _send(results, message)
        _send(results, _END)
