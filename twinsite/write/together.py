"""Many staged files get their names side by side, because what takes its time is the disk's work.

Takes files that wait to be renamed; gives how those look that could be. Whatever stands in the way of another is left
to those who look closely.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from twinsite.write.spares import Spares
from twinsite.write.staging import Staged

THREADS = 4
"""They wait for the disk most of the time, more of them than there are cores."""


def rename_together(
    start: str, staged: Mapping[str, Staged], spares: Spares | None = None
) -> dict[str, os.stat_result]:
    """Rename what is plain in several threads; how it looks then, by path. ``start`` is the output folder with a
    slash.
    """
    from concurrent.futures import ThreadPoolExecutor

    found: dict[str, os.stat_result] = {}
    waiting = list(staged.items())
    with ThreadPoolExecutor(THREADS) as threads:
        parts = [waiting[first::THREADS] for first in range(THREADS)]
        for part in threads.map(lambda part: _rename_plain(start, part, spares), parts):
            found.update(part)
    return found


def _rename_plain(start: str, waiting: list[tuple[str, Staged]], spares: Spares | None) -> dict[str, os.stat_result]:
    found = {}
    for path, staged in waiting:
        try:
            if not staged.spare:
                os.replace(start + staged.place, start + path)
            elif spares is None or not spares.exchange(staged.spare, start + path):
                continue
            found[path] = os.lstat(start + path)
        except OSError:
            continue
    return found
