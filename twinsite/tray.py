"""A tray: where orders lie until one of several processes takes them.

Takes bytes; gives them, with a number, to the first of the processes that asks. Bytes lie in a file without a name, and
a pipe that all of them read tells where: so a pipe that holds little never keeps anybody waiting.
"""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from struct import Struct
from typing import NamedTuple

from twinsite.parallel import widen

END = -1
"""The number of an order that says there are no more."""

TOKEN = Struct("=qqq")
"""What is told of an order or a result: its number, where in the file it begins, and how long it is, both in bytes. So
few bytes are written to a pipe, and read from it, at once or not at all, whoever else does so.
"""


class Blank:
    """A file without a name, for this process and those that are forked from it; in memory where the system has such.
    All methods raise ``OSError``.
    """

    def __init__(self) -> None:
        if hasattr(os, "memfd_create"):
            self._file = os.memfd_create("twinsite")
        else:
            import tempfile

            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())

    def write(self, data: bytes, start: int) -> None:
        """Write from a place on."""
        rest = memoryview(data)
        while rest:
            written = os.pwrite(self._file, rest, start)
            rest, start = rest[written:], start + written

    def read(self, start: int, size: int) -> bytes:
        """What was written at a place."""
        data = os.pread(self._file, size, start)
        while len(data) < size:
            more = os.pread(self._file, size - len(data), start + len(data))
            if not more:
                raise OSError(f"{size - len(data)} bytes are missing")
            data += more
        return data

    def close(self) -> None:
        """Let go of it in this process."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1


class _Place(NamedTuple):
    """Where an order lies: from which byte on, how much room there is, and how much of it it takes."""

    start: int
    room: int
    size: int


class Tray:
    """Orders for all processes that are forked after it was made. ``size`` are the bytes of those that are not done."""

    def __init__(self) -> None:
        self._file = Blank()
        self._takes, self._gives = os.pipe()
        self._most = widen(self._gives) // TOKEN.size // 2
        # Places are never cut up: pieces too small for any order would be looked through each time, ever more of them.
        self._open: dict[int, _Place] = {}
        self._free: list[tuple[int, int]] = []  # room and start, the smallest first
        self._top = self._count = self.size = 0

    @property
    def full(self) -> bool:
        """Whether so many orders are not done that the pipe might be full of them."""
        return len(self._open) >= self._most

    def put(self, order: bytes) -> None:
        """Lay down an order, which is not empty. Raises ``OSError``."""
        room, start = self._find_place(len(order))
        self._file.write(order, start)
        self._count += 1
        os.write(self._gives, TOKEN.pack(self._count, start, len(order)))
        self._open[self._count] = _Place(start, room, len(order))
        self.size += len(order)

    def put_end(self) -> None:
        """Tell one of those who take that there are no more. Raises ``OSError``."""
        os.write(self._gives, TOKEN.pack(END, 0, 0))

    def clear(self, number: int) -> None:
        """This order is done: others may lie in its place."""
        place = self._open.pop(number)
        self.size -= place.size
        insort(self._free, (place.room, place.start))

    def keep_giving(self) -> None:
        """Be the one who gives, now that all who take are there."""
        os.close(self._takes)
        self._takes = -1

    def keep_taking(self) -> None:
        """Be one of those who take: or nobody would notice that who gave is gone."""
        os.close(self._gives)
        self._gives = -1

    def take(self) -> tuple[int, bytes]:
        """The next order with its number, once there is one. Raises ``EOFError`` when nobody can give any more, and
        ``OSError``.
        """
        token = os.read(self._takes, TOKEN.size)
        if not token:
            raise EOFError
        number, start, size = TOKEN.unpack(token)
        return number, self._file.read(start, size)

    def close(self) -> None:
        """Let go of it in this process."""
        for end in (self._takes, self._gives):
            if end >= 0:
                os.close(end)
        self._takes = self._gives = -1
        self._file.close()

    def _find_place(self, size: int) -> tuple[int, int]:
        """The smallest free place with so much room, or a new one: its room and where it begins."""
        index = bisect_left(self._free, (size, 0))
        if index < len(self._free):
            return self._free.pop(index)
        start, self._top = self._top, self._top + size
        return size, start
