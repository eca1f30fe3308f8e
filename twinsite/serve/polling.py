"""Finds changes by looking: for computers that hand out no more notifications, and shared folders that send none.

The polling of ``watchfiles`` compares times in whole seconds and so misses a second save within one; this compares
nanoseconds, size and file number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

Stamp = tuple[int, int, int]
_PAUSE = 0.4


class Poller:
    """Looks at folders, with all below them when ``recursive``, about twice a second."""

    def __init__(self, folders: list[Path], recursive: bool) -> None:
        self._folders, self._recursive = folders, recursive
        self._seen = self._look()

    def next_changes(self, ending: Event) -> set[Path]:
        """What changed since the last look, after a short pause."""
        ending.wait(_PAUSE)
        before, self._seen = self._seen, self._look()
        return {Path(name) for name, _ in before.items() ^ self._seen.items()}

    def close(self) -> None:
        """Nothing to give back."""

    def _look(self) -> dict[str, Stamp]:
        return {name: stamp for folder in self._folders for name, stamp in _stamps(str(folder), self._recursive)}


def _stamps(folder: str, recursive: bool) -> Iterator[tuple[str, Stamp]]:
    """Each file with its stamp; a folder's stamp says only that it is there, for its times change with its files."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        try:
            stat = entry.stat()
            inner = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        yield entry.path, (0, 0, stat.st_ino) if inner else (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if inner and recursive:
            yield from _stamps(entry.path, recursive)
