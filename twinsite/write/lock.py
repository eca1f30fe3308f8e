"""One build at a time for each output folder.

Takes a folder; holds a lock of the kernel on it, so that a build that dies in any way lets go of it. On POSIX the
folder itself is locked and no file is made; on Windows, and where a folder cannot be locked, a small file in it is.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from twinsite.write.failure import OutputBusy, WriteError, busy, refuse
from twinsite.write.names import LOCK
from twinsite.write.staging import remove_leftovers

POLL = 0.05
"""Seconds between two looks at a lock that another build holds."""


@contextmanager
def lock_output(folder: Path, wait_seconds: float = 30) -> Iterator[None]:
    """Hold the lock of ``folder`` (made if missing) inside the ``with``.

    What a killed build left behind is removed first. Raises ``OutputBusy`` when another build still holds the lock
    after ``wait_seconds``, and ``WriteError`` when the folder cannot be made or opened. A folder that was made here and
    is still empty at the end is removed again. On the rare file system that has no locks at all, nothing is locked.
    """
    missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    try:
        try:
            handle = _acquire(folder, wait_seconds)
        except OSError as error:
            raise WriteError(refuse(error, folder)) from error
        try:
            remove_leftovers(folder)
            yield
        finally:
            _release(handle, folder)
    finally:
        _remove_empty(missing)


def is_locked(folder: Path) -> bool:
    """Whether another build holds the lock of ``folder``, or that cannot be told."""
    try:
        handle = _try_lock(folder)
    except OSError:
        return True
    _release(handle, folder)
    return False


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _acquire(folder: Path, wait_seconds: float) -> int | None:
    """A locked handle, or ``None`` where there are no locks. Raises ``OutputBusy`` and ``OSError``."""
    deadline = time.monotonic() + wait_seconds
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _try_lock(folder)
        except (BlockingIOError, FileNotFoundError):
            # Not found: the build we waited for has removed the folder that it had made.
            if time.monotonic() >= deadline:
                raise OutputBusy(busy(folder, wait_seconds)) from None
        time.sleep(POLL)


def _try_lock(folder: Path) -> int | None:
    """A locked handle, or ``None`` where there are no locks. Raises ``BlockingIOError`` when another holds the lock."""
    ways = [(folder / LOCK, os.O_RDWR | os.O_CREAT)]
    if sys.platform != "win32":
        ways.insert(0, (folder, os.O_RDONLY))
    for place, flags in ways:
        handle = os.open(place, flags, 0o644)
        try:
            _lock_handle(handle)
            if not os.path.samestat(os.fstat(handle), os.stat(place)):
                raise FileNotFoundError(place)
        except (BlockingIOError, FileNotFoundError):
            os.close(handle)
            raise
        except OSError:
            # Network file systems cannot always lock a folder: the next way is a file in it.
            os.close(handle)
        else:
            return handle
    return None


def _release(handle: int | None, folder: Path) -> None:
    if handle is None:
        return
    with suppress(OSError):
        (folder / LOCK).unlink()
    # Unlocked by hand: a worker that was forked meanwhile still has the handle open.
    with suppress(OSError):
        _unlock_handle(handle)
    os.close(handle)
    with suppress(OSError):
        (folder / LOCK).unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock_handle(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error

    def _unlock_handle(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
