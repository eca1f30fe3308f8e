"""What the system says of a file right after it was written: as long as it says the same, nobody touched the file."""

from __future__ import annotations

import os

from msgspec import Struct


class Aspect(Struct, frozen=True, array_like=True):
    """When its bytes and when its entry were changed last (nanoseconds), and its number."""

    modified: int
    changed: int
    inode: int

    @staticmethod
    def of(status: os.stat_result) -> Aspect:
        """What a status says."""
        return Aspect(status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


UNKNOWN = Aspect(0, 0, 0)
"""Nothing is known yet."""
