"""Spare files: what pages were is kept in the cache's folder, and a later build that replaces many pages writes new
bytes over it, then exchanges the two files. So nothing is made and nothing removed, which is what takes a disk long.

Takes a folder for spares and the output; gives places for new bytes, and exchanges what lies there with files of the
output. Linux alone has such an exchange. Where anything is unusual, there are no spares, and files are renamed.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from twinsite.core.aspect import Aspect
from twinsite.core.digest import digest_bytes
from twinsite.write.account import read_boot
from twinsite.write.names import MANIFEST, staged_name
from twinsite.write.plain import remove_file, write_all, write_file

FOLDER = "spare"
"""The name of the folder of spares, in that of the cache."""

REST = 60_000_000_000
"""Nanoseconds for which a file that was a page is left alone: somebody may be reading it still."""

LARGEST_POOL = 256 * 1024 * 1024
"""Bytes that all spares may have together."""

GENERATIONS = 2
"""Spares for each file that is replaced: one of them may rest while the other is in use."""

WORTH = 8
"""So many spares can be looked at in the time that one of them saves."""

LARGEST_FILE = 256 * 1024
"""From this size on (bytes) a page is written as a new file: the next build may take its size for its bytes."""

BLOCK = 4096
"""Bytes that a system keeps in memory together, at least."""

Exchange = Callable[[str, str], bool]
"""Exchanges two files by their paths, both at once; whether the system did."""

SUFFIX = ".spare"
"""The end of a spare's name. Before it stand the page that it was, because it becomes the same page again (so a power
cut can only bring back an older version of a page, never another page), and what was never used before, so that no two
builds ever mean different files by one name.
"""

_HERE, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` (rename(2))."""


class Spares:
    """The spares of an ``output`` in a ``folder``, of which ``handle`` holds the lock."""

    def __init__(self, folder: Path, output: Path, handle: int, exchange: Exchange) -> None:
        self._folder = folder
        self._output = os.path.abspath(output)
        self._handle = handle
        self._exchange = exchange
        self._usable: dict[str, list[tuple[str, int]]] = {}
        self._numbers: Counter[str] = Counter()
        self._size = 0

    def find(self, example: os.stat_result) -> None:
        """Find what may be written over: what nobody keeps by another name, looks like a new file (the ``example``),
        and has not been a page for a while. What never will be usable, or is too much, is removed. Raises ``OSError``.
        """
        found = []
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX):
                    status = entry.stat(follow_symlinks=False)
                    if _look(status) == _look(example) and "-" in entry.name:
                        found.append((status.st_ctime_ns, entry.name, status.st_size))
                    else:
                        remove_file(entry.path)
        self._numbers.update(name.partition("-")[0] for _, name, _ in found)
        self._size = sum(size for _, _, size in found)
        for when, name, size in sorted(found):
            page = name.partition("-")[0]
            if when > example.st_mtime_ns - REST:
                break
            if self._size <= LARGEST_POOL:
                self._usable.setdefault(page, []).append((name, size))
            elif remove_file(self._folder / name):
                self._size -= size
                self._numbers[page] -= 1

    def allot(self, wanted: Mapping[str, int]) -> dict[str, str]:
        """A place for each file that is to be replaced, the oldest of its own spares or a new one, as long as the old
        files (``wanted``: their sizes by path) may be kept.
        """
        start, token = f"{os.path.abspath(self._folder)}/", os.urandom(6).hex()
        allotted: dict[str, str] = {}
        for path, size in wanted.items():
            page = digest_bytes(f"{self._output}\n{path}".encode("utf-8", "surrogatepass"))
            if page not in self._usable and self._numbers[page] >= GENERATIONS:
                continue
            name, had = self._usable[page][0] if page in self._usable else (f"{page}-{token}{SUFFIX}", 0)
            self._size += size - had
            if self._size > LARGEST_POOL:
                break
            allotted[path] = start + name
        return allotted

    def check(self) -> None:
        """Raises ``OSError`` if the folder was removed meanwhile, and with it what waits there."""
        with suppress(OSError):
            if os.path.samestat(os.fstat(self._handle), os.lstat(self._folder)):
                return
        raise OSError(errno.ENOENT, "the folder of its cache was removed meanwhile")

    def exchange(self, spare: str, target: str) -> bool:
        """Put what was written over a spare in the place of a file, and that there; whether it could be done."""
        with suppress(OSError):
            return stat.S_ISREG(os.lstat(target).st_mode) and self._exchange(spare, target)
        return False

    def close(self) -> None:
        """Let others have the spares."""
        if self._handle >= 0:
            _unlock(self._handle)
            os.close(self._handle)
            self._handle = -1


def open_spares(folder: Path, output: Path, many: int) -> Spares | None:
    """The spares in ``folder`` (made if missing) for so ``many`` files of ``output``, held until they are closed;
    ``None`` where another build has them, they are too many to be looked through, or files cannot be exchanged between
    the two or would not look the same.
    """
    exchange = _find_exchange()
    if exchange is None:
        return None
    with suppress(OSError):
        with suppress(FileExistsError):
            os.mkdir(folder)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        spares = Spares(folder, output, handle, exchange)
        try:
            _lock(handle)
            if len(os.listdir(folder)) > WORTH * many:
                raise OSError(errno.E2BIG, os.strerror(errno.E2BIG))
            read_boot()  # Without it the account could not tell later whether a power cut came in between.
            spares.find(_try_exchange(exchange, folder, output))
            return spares
        except OSError:
            spares.close()
    return None


def write_over(place: str, data: bytes) -> Aspect | None:
    """Write a file over a spare, or as a new one if there is none; what the system says of it, or ``None`` if it was
    not written. It keeps its blocks, and whole ones are written, so that no old one has to be read for its other end.
    """
    if len(data) >= LARGEST_FILE:
        return None
    with suppress(OSError):
        try:
            handle = os.open(place, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return write_file(place, data)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
                return None
            write_all(handle, data + bytes(-len(data) % BLOCK))
            os.ftruncate(handle, len(data))
            return Aspect.of(os.fstat(handle))
        finally:
            os.close(handle)
    return None


def bring_back(spare: str, place: str) -> Aspect:
    """Move what was written over a spare to ``place``, where no exchange can be made; what the system says of it.
    Raises ``OSError``.
    """
    try:
        os.rename(spare, place)
    except OSError:
        return write_file(place, Path(spare).read_bytes())
    return Aspect.of(os.lstat(place))


def _look(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_mode, status.st_nlink, status.st_uid, status.st_gid, status.st_dev)


def _attributes(folder: Path) -> dict[str, bytes]:
    """What files inherit from a folder beside their mode, as lists of who may read them. Raises ``OSError``."""
    if sys.platform != "linux":
        return {}
    try:
        return {name: os.getxattr(folder, name) for name in os.listxattr(folder)}
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        return {}


def _try_exchange(exchange: Exchange, folder: Path, output: Path) -> os.stat_result:
    """How a new file in the output looks, if one in ``folder`` looks the same and the two can be exchanged. Raises
    ``OSError``.
    """
    ours, theirs = folder / f"{os.urandom(6).hex()}{SUFFIX}", output / staged_name(MANIFEST)
    try:
        if _attributes(folder) != _attributes(output):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        write_file(ours, b"")
        write_file(theirs, b"")
        spare, example = os.lstat(ours), os.lstat(theirs)
        if _look(spare) != _look(example) or not exchange(str(ours), str(theirs)):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        if os.lstat(ours).st_ino != example.st_ino:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return example
    finally:
        remove_file(ours)
        remove_file(theirs)


def _find_exchange() -> Exchange | None:
    """The system's own exchange, where it has one."""
    if sys.platform != "linux":
        return None
    import ctypes

    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is None:
        return None

    def exchange(first: str, second: str) -> bool:
        return bool(call(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)

    return exchange


if sys.platform == "win32":

    def _lock(handle: int) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    def _unlock(handle: int) -> None:
        pass

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(handle: int) -> None:
        # By hand: a worker that was forked meanwhile still has the handle open.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
