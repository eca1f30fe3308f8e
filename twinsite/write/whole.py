"""Whole new folders: where the output has no folder of some name yet, the pages in it are gathered in one beside it,
under their own names, and one rename puts them all in place.

Takes paths of the output; makes nothing but renames. What stands in the way by then is left to those who look closely.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from twinsite.core.digest import digest_bytes
from twinsite.write.names import staged_name


class WholeFolders:
    """The folders right in the output that are gathered so: by name, with a temporary name until they are in place.
    ``start`` is the output folder with a slash.
    """

    def __init__(self, start: str) -> None:
        self._start = start
        self._names: dict[str, str | None] = {}

    def open(self, path: str) -> str | None:
        """The temporary place of a file whose folder is gathered from now on; ``None`` where one of that name is there
        already. Pages have their own names there; what must come sooner or later than they do stays outside.
        """
        top, _, rest = path.partition("/")
        if top not in self._names:
            free = not os.path.lexists(self._start + top) and not os.path.lexists(self._start + staged_name(top))
            self._names[top] = staged_name(top) if free else None
        name = self._names[top]
        return name and (f"{name}/{rest}" if path.endswith(".html") else name_outside(path))

    def holds(self, path: str) -> bool:
        """Whether the folder that a file must lie in is gathered, and not in place yet."""
        return self._names.get(path.partition("/")[0]) is not None

    @property
    def gathered(self) -> frozenset[str]:
        """The names of the folders that are gathered, and not in place yet."""
        return frozenset(top for top, name in self._names.items() if name)

    def close(self) -> set[str]:
        """Put all folders in place, as far as nothing stands there; the names of those that were renamed as a whole.
        Raises ``OSError``.
        """
        at_once = {top for top, name in self._names.items() if name and self._rename(name, top)}
        for top, name in self._names.items():
            source = self._start + (name or "")
            if name and (not os.path.lexists(source) or move_folder(source, self._start + top)):
                self._names[top] = None
        return at_once

    def _rename(self, name: str, top: str) -> bool:
        with suppress(OSError):
            os.rename(self._start + name, self._start + top)
            return True
        return False

    def forget(self) -> None:
        """Gather nothing any more."""
        self._names.clear()


def name_outside(path: str) -> str:
    """The temporary name of a file outside of all folders."""
    return staged_name(digest_bytes(path.encode("utf-8", "surrogatepass")))


def move_folder(source: str, target: str) -> bool:
    """Give a folder its name; where there is one already, move what is in it, step by step. Whether all is moved.

    No link is followed. Raises ``OSError``.
    """
    with suppress(OSError):
        os.rename(source, target)
        return True
    if not (_is_folder(source) and _is_folder(target)):
        return False
    moved = [move_folder(f"{source}/{name}", f"{target}/{name}") for name in os.listdir(source)]
    if all(moved):
        os.rmdir(source)
    return all(moved)


def _is_folder(place: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return False
