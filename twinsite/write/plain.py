"""Plain files: written anew, removed.

Takes a path and bytes; knows nothing of the site. A link is never followed.
"""

from __future__ import annotations

import os
from pathlib import Path

from twinsite.core.aspect import Aspect

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_file(path: str | Path, data: bytes) -> Aspect:
    """Write a new file; what the system says of it then. Raises ``OSError``."""
    handle = open_new(path)
    try:
        write_all(handle, data)
        return Aspect.of(os.fstat(handle))
    finally:
        os.close(handle)


def open_new(path: str | Path) -> int:
    """A handle to write a new file; what stands there is removed first, so that a link is never followed. Raises
    ``OSError``.
    """
    try:
        return os.open(path, NEW, 0o666)
    except FileExistsError:
        os.unlink(path)
        return os.open(path, NEW, 0o666)


def write_all(handle: int, data: bytes) -> None:
    """Write all of the bytes, however few the system takes at once. Raises ``OSError``."""
    written = os.write(handle, data)
    while written < len(data):
        written += os.write(handle, memoryview(data)[written:])


def remove_file(path: str | Path) -> bool:
    """Remove a file; whether none is left."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return True
