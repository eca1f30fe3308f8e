"""The one cache of a site: key → bytes, in memory or in one SQLite file.

A key is a digest of all that the bytes depend on, so that an entry is right for ever or never asked for again. A file
that is cut, changed, locked, foreign, or in a folder that cannot be written is ignored without a word; each value is
checked against its sum when it is read. Two builds may share a file. A store belongs to the process that opened it;
forked workers may read, each through a connection of its own. What they put is known to them alone, unless the store is
shared before they are forked and they flush it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from twinsite.cache.memory import MemoryStore
from twinsite.cache.sweep import ask_pragma, drop_old, give_back, shrink
from twinsite.core.later import Later

if TYPE_CHECKING:
    import sqlite3

FILE = "cache.sqlite3"
APPLICATION = 0x54_57_53_54
"""The number ("TWST") by which we know a file as ours."""

LAYOUT = 5
"""The number of the table layout; a file with another number is thrown away."""

LARGEST = 512 * 1024 * 1024
"""Bytes that a file may hold after a build; then what this build did not use is dropped, the oldest first. What it used
stays, however much it is: without it the next build of a large site would begin anew."""

OURS_TO_KEEP = frozenset({3, 5, 6, 7, 8, 9, 13, 14})
"""SQLite's codes for a file that may be good although we cannot use it now: forbidden, busy, locked, no memory,
read-only, interrupted, full disk, cannot be opened. Any other means that the file is damaged."""

PENDING = 4 * 1024 * 1024
"""Bytes of new values held in memory before they are written: so few that the same memory does for the next ones."""

PART = 256
"""Where a file is large, new values wait until they are this part of it: keys come in no order, so that each writing
changes nearly all pages of the list of keys, and in portions of one size these would soon be more than the values.
"""

MOST_PENDING = 6
"""So many times as much waits while another process writes to the file."""

BATCH = 500
"""Keys asked for at once; SQLite allows 999 in every version."""

SCHEMA = f"""
pragma page_size = 32768;
pragma auto_vacuum = incremental;
begin immediate;
pragma application_id = {APPLICATION};
pragma user_version = {LAYOUT};
create table if not exists entries (id integer primary key, key text unique not null, proof integer, value blob);
create table if not exists builds (id integer primary key, keys blob not null);
create table if not exists marks (name text primary key, value);
commit;
"""


class Cache(Protocol):
    """What every room may ask of a cache. What a ``lasting`` one keeps takes no room in memory."""

    @property
    def lasting(self) -> bool:
        """Whether it outlives this process."""

    @property
    def blank(self) -> bool:
        """Whether there was nothing in it when this build opened it, so that nobody need ask for what others may have
        made.
        """

    def get(self, key: str) -> bytes | None:
        """The bytes kept under ``key``, or ``None``."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The bytes of those of ``keys`` that are kept."""

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""

    def touch(self, keys: Iterable[str]) -> None:
        """Count what is kept under these keys as used, without reading it."""

    def share(self) -> bool:
        """Let processes that are forked from now on put what they make, too; whether they can. Who owns the cache must
        ``touch`` the keys.
        """

    def flush(self) -> None:
        """Write what is new, where it must not wait for the end: in a process that was forked."""

    def spare(self) -> None:
        """Drop nothing in the end because it was not used: this was no whole build."""

    def recall(self, name: str) -> Any:
        """The value last given to ``remember`` under this name, itself; ``None`` where values cannot be kept so."""

    def remember(self, name: str, value: object) -> bool:
        """Keep a value itself, in place of any other of this name, if the cache lives in this process; whether it
        does. Who gets ``False`` may ``put`` its bytes.
        """

    def close(self) -> None:
        """Write what is new; the cache is not used afterwards. Never raises."""


class Store:
    """A cache in one file: at most ``largest`` bytes after a build, or what that build used; waits ``wait_seconds`` for
    a build that writes.
    """

    lasting = True

    def __init__(self, folder: Path, largest: int = LARGEST, wait_seconds: float = 5) -> None:
        self._folder = folder
        self._largest = largest
        self._wait = wait_seconds
        self._fresh: dict[str, bytes] = {}
        self._fresh_size = 0
        self._portion = self._enough = PENDING
        self._used: set[str] = set()
        self._touched: list[Iterable[str]] = []
        self._broken = self._sparing = self._shared = False
        self._process = os.getpid()
        self._visiting = False
        self._inherited: sqlite3.Connection | None = None
        self._connection: sqlite3.Connection | None = None
        self._connection = self._connect() if _has_content(folder / FILE) else None
        self.blank = self._connection is None

    @staticmethod
    def open(folder: Path | None) -> Cache:
        """The cache in ``folder``, or one in memory for ``None``. Never raises; makes no file before a value."""
        return MemoryStore() if folder is None else Store(folder)

    def get(self, key: str) -> bytes | None:
        """The bytes kept under ``key``, or ``None``."""
        return self.get_many((key,)).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The bytes of those of ``keys`` that are kept, in no order."""
        wanted = list(dict.fromkeys(keys))
        found = {key: self._fresh[key] for key in wanted if key in self._fresh}
        asked = [key for key in wanted if key not in found]
        self._settle()
        if self._connection is not None:
            for start in range(0, len(asked), BATCH):
                found.update(self._read(asked[start : start + BATCH]))
        self._used.update(found)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``; it is written to the file later."""
        self._fresh_size += len(data) - len(self._fresh.get(key, b""))
        self._fresh[key] = data
        self._used.add(key)
        if self._fresh_size > self._enough:
            self._write(last=False, patient=self._fresh_size > MOST_PENDING * self._portion)

    def touch(self, keys: Iterable[str]) -> None:
        """Count what is kept under these keys as used by this build, without reading it. They are asked for only if
        the build has something to write.
        """
        self._touched.append(keys)

    def share(self) -> bool:
        """Let processes that are forked from now on put what they make, too: by then the file is there, and nothing
        waits to be written.
        """
        with self._tolerate():
            self._connection = self._connection or self._create()
        self._write(last=False)
        self._shared = self._connection is not None and not self._broken and not self._visiting
        return self._shared

    def flush(self) -> None:
        """Write what is new."""
        self._write(last=False)

    def spare(self) -> None:
        """Drop nothing in the end because it was not used: this was no whole build."""
        self._sparing = True

    def recall(self, name: str) -> Any:
        """Nothing: this cache keeps bytes alone."""
        return None

    def remember(self, name: str, value: object) -> bool:
        """``False``: this cache keeps bytes alone."""
        return False

    def close(self) -> None:
        """Write what is new, drop what is old, let go of the file. A build that made nothing new writes nothing."""
        self._write(last=True)
        self._let_go()

    def _settle(self) -> None:
        """In a forked process, go on with a connection of its own: SQLite forbids to use that of another process, even
        to close it.
        """
        if self._process != os.getpid():
            self._process, self._visiting = os.getpid(), True
            if self._connection is not None:
                self._inherited, self._connection = self._connection, None
                self._connection = self._connect()

    def _read(self, keys: list[str]) -> dict[str, bytes]:
        marks = ",".join("?" * len(keys))
        found: dict[str, bytes] = {}
        with self._tolerate():
            if self._connection is not None:
                rows = self._connection.execute(f"select key, proof, value from entries where key in ({marks})", keys)
                found = {key: value for key, proof, value in rows if _is_whole(key, proof, value)}
        return found

    def _write(self, last: bool, patient: bool = True) -> None:
        """Write what is new; a second time when the first found the file damaged and removed it. Who is not ``patient``
        does not wait while another process writes.
        """
        self._settle()
        for _ in range(2):
            if self._fresh and not self._broken and (self._shared or not self._visiting):
                with self._tolerate():
                    self._connection = self._connection or self._create()
                    if not self._begin(self._connection, patient):
                        self._enough = self._fresh_size + self._portion // 4
                        return
                    self._transfer(self._connection, last)
        if self._fresh and (self._shared or not self._visiting):
            self._give_up()  # a new file fails as well: it would each time, such as where a quota is used up

    def _begin(self, connection: sqlite3.Connection, patient: bool) -> bool:
        """Begin to write; whether that could be done, where nobody wants to wait for it."""
        import sqlite3

        try:
            if not patient:
                connection.execute("pragma busy_timeout = 0")
            connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if patient or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        finally:
            if not patient:
                connection.execute(f"pragma busy_timeout = {self._wait * 1000:.0f}")
        return True

    def _transfer(self, connection: sqlite3.Connection, last: bool) -> None:
        """Write what is new, once that has begun."""
        rows = [(key, _prove(key, value), value) for key, value in self._fresh.items()]
        with connection:
            connection.executemany("insert or replace into entries (key, proof, value) values (?, ?, ?)", rows)
            if last:
                connection.execute("pragma cache_spill = on")  # by now nobody reads, and it may be much
                used = Later(self._list_used)
                if not self._sparing:
                    drop_old(connection, used)
                shrink(connection, used, self._largest)
        self._fresh.clear()
        size = ask_pragma(connection, "page_count") * ask_pragma(connection, "page_size")
        self._portion = max(PENDING, size // PART)
        self._fresh_size, self._enough = 0, self._portion
        if last:
            give_back(connection)

    def _list_used(self) -> set[str]:
        """The keys that this build used."""
        self._used.update(*self._touched)
        self._touched.clear()
        return self._used

    def _connect(self) -> sqlite3.Connection | None:
        """The open file; ``None`` when it is no cache of ours, which removes it, or cannot be opened."""
        with self._tolerate():
            connection = _open(self._folder / FILE, self._wait)
            self._connection = connection
            numbers = (ask_pragma(connection, "application_id"), ask_pragma(connection, "user_version"))
            if numbers == (APPLICATION, LAYOUT):
                return connection
            self._throw_away()
        return None

    def _create(self) -> sqlite3.Connection:
        """A new, empty file, in a folder that version control leaves alone unless it holds something of others.
        Raises ``OSError`` and SQLite's errors.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if not any(self._folder.iterdir()):
            (self._folder / ".gitignore").write_text("*\n", "utf-8")
        connection = _open(self._folder / FILE, self._wait)
        try:
            connection.executescript(SCHEMA)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _tolerate(self) -> Iterator[None]:
        """Whatever goes wrong with the file: go on without it; a damaged file is removed."""
        import sqlite3

        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in OURS_TO_KEEP:
                self._give_up()
            else:
                self._throw_away()
        except (ValueError, TypeError, OverflowError, MemoryError):
            # Only a damaged file gives values of other types or sizes than those we put in.
            self._throw_away()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        self._broken = True
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
        self._connection = None

    def _throw_away(self) -> None:
        """Remove a damaged or foreign file; the next write makes a new one."""
        self._let_go()
        for name in (FILE, f"{FILE}-journal"):
            try:
                (self._folder / name).unlink(missing_ok=True)
            except OSError:
                self._broken = True


def is_ours(path: Path) -> bool:
    """Whether a file says of itself, by the head that SQLite gives it, that it is a cache of ours. Changes nothing."""
    try:
        with open(path, "rb", buffering=0) as file:
            head = file.read(100)
    except OSError:
        return False
    numbers = (head[68:72], head[60:64])
    return numbers == (APPLICATION.to_bytes(4, "big"), LAYOUT.to_bytes(4, "big")) and not path.is_symlink()


def _has_content(path: Path) -> bool:
    """Whether there is a file with something in it: another build may have made it this moment."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _open(path: Path, wait_seconds: float) -> sqlite3.Connection:
    """A connection without the waits for the disk that only values which cannot be made again need."""
    import sqlite3

    connection = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None, check_same_thread=False)
    connection.execute("pragma synchronous = off")
    connection.execute("pragma cell_size_check = on")
    connection.execute("pragma cache_spill = off")  # else others could not read from the middle of a transaction on
    return connection


def _prove(key: str, value: bytes) -> int:
    """The sum that binds a value to its key."""
    return crc32(value, crc32(key.encode()))


def _is_whole(key: object, proof: object, value: object) -> bool:
    return isinstance(key, str) and isinstance(value, bytes) and proof == _prove(key, value)
