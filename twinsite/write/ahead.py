"""Staging by those who make the bytes: a file goes to its temporary place from the process that rendered it.

Takes a path and bytes; makes a temporary file whose name is on the list already, in a folder that is known to be one,
and only where nothing can stand in the way. Anything less plain, a full disk too, is left to the writer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress

from msgspec import Struct, field

from twinsite.core.aspect import Aspect
from twinsite.write.names import is_temporary
from twinsite.write.plain import write_file
from twinsite.write.spares import write_over


class Ahead(Struct, frozen=True):
    """What may be staged ahead of the writer. ``start`` is the output folder with a slash; ``fresh`` are the temporary
    places of files in folders that are not there yet, or are temporary themselves; ``known`` those of files that stand
    there, and ``digests`` what these hold now; some of them go into ``spares`` (whole paths) instead.
    """

    start: str = ""
    fresh: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    spares: Mapping[str, str] = field(default_factory=dict)

    def stage(self, path: str, data: bytes, digest: str) -> Aspect | None:
        """Write the file to its temporary place: what the system says of it, or ``None`` if it was not written."""
        place = self.fresh.get(path)
        if place is not None:
            return self._stage_fresh(self.start + place, data, is_temporary(place.partition("/")[0]))
        place = self.known.get(path)
        if place is None or self.digests[path] == digest or not _is_folder(os.path.dirname(self.start + place)):
            return None
        spare = self.spares.get(path)
        return _write(self.start + place, data) if spare is None else write_over(spare, data)

    def _stage_fresh(self, place: str, data: bytes, alone: bool) -> Aspect | None:
        """Write a file in a folder that was not there; ``alone``: nobody else has files in one of this name."""
        folder, made = os.path.dirname(place), True
        try:
            os.mkdir(folder)
        except FileExistsError:
            if not alone:
                return None
            made = False
        except OSError:
            return None
        written = _write(place, data)
        if written is None and made:
            with suppress(OSError):
                os.rmdir(folder)
        return written


def _write(place: str, data: bytes) -> Aspect | None:
    try:
        return write_file(place, data)
    except OSError:
        with suppress(OSError):
            os.unlink(place)
        return None


def _is_folder(place: str) -> bool:
    """Whether a folder stands there itself, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False
