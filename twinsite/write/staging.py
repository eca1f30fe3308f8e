"""Temporary files beside their targets, and the cleaning up after a build that was killed.

Takes bytes and a path; makes a file with a temporary name. It never touches a file of the site itself. Before the first
temporary file a list of all their names is written, so that the next build removes exactly those, whatever it plans.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from twinsite.core.digest import digest_bytes
from twinsite.write.failure import WriteError
from twinsite.write.foreign import foreign
from twinsite.write.names import MANIFEST, PENDING, SUFFIX, folders_of, is_safe_path, staged_name


class Staging:
    """The temporary files of one build. ``staged`` gives the temporary path of each path that waits to be renamed."""

    def __init__(self, folder: Path, planned: Iterable[str]) -> None:
        self.folder = folder
        self.staged: dict[str, str] = {}
        self._planned = tuple(planned)
        self._obstacles: dict[str, str | None] = {}
        self._made: list[str] = []
        self._ready: set[str] = set()
        self._announced = False

    def stage(self, path: str, data: bytes) -> None:
        """Write the bytes of ``path`` under a temporary name. Raises ``OSError``."""
        self._announce()
        place = self._place(path)
        self._make_folder(place.rpartition("/")[0])
        self.staged[path] = place
        write_file(self.folder / place, data)

    def obstacle(self, path: str) -> str | None:
        """The file that stands where one of the path's folders must be, if any. Raises ``WriteError`` at a link."""
        inner = path.rpartition("/")[0]
        if inner not in self._obstacles:
            self._obstacles[inner] = find_obstacle(self.folder, path)
        return self._obstacles[inner]

    def discard(self) -> None:
        """Remove all temporary files and the folders made for them; the next build removes what cannot be removed."""
        if not self._announced:
            return
        gone = [_remove(self.folder / place) for place in self.staged.values()]
        self.staged.clear()
        for made in reversed(self._made):
            with suppress(OSError):
                (self.folder / made).rmdir()
        if all(gone):
            self.finish()

    def finish(self) -> None:
        """Remove the list of temporary names: none is left."""
        if self._announced:
            _remove(self.folder / PENDING)

    def _announce(self) -> None:
        if not self._announced:
            places = "".join(f"{self._place(path)}\n" for path in sorted(self._planned))
            replace_file(self.folder / PENDING, places.encode("utf-8", "surrogatepass"))
            self._announced = True

    def _place(self, path: str) -> str:
        """The temporary path: beside the target, or beside the file that still stands where its folder must be."""
        obstacle = self.obstacle(path)
        if obstacle is None:
            inner, _, name = path.rpartition("/")
        else:
            inner, name = obstacle.rpartition("/")[0], digest_bytes(path.encode("utf-8", "surrogatepass"))
        return f"{inner}/{staged_name(name)}" if inner else staged_name(name)

    def _make_folder(self, inner: str) -> None:
        if inner in self._ready:
            return
        for folder in folders_of(f"{inner}/x"):
            if folder not in self._ready and make_folder(self.folder / folder):
                self._made.append(folder)
            self._ready.add(folder)


def find_obstacle(folder: Path, path: str) -> str | None:
    """The first of the path's folders below ``folder`` that is a file. Raises ``WriteError`` when one is a link."""
    for inner in folders_of(path):
        try:
            mode = os.lstat(f"{folder}/{inner}").st_mode
        except FileNotFoundError:
            return None
        if stat.S_ISLNK(mode):
            raise WriteError(foreign(folder, inner, "a link to another place", "Remove the link, then build again."))
        if not stat.S_ISDIR(mode):
            return inner
    return None


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of a build that was killed, and the folders that are empty without them."""
    for name in (MANIFEST, PENDING):
        _remove(folder / staged_name(name))
    try:
        places = (folder / PENDING).read_text("utf-8", "surrogatepass").split("\n")
    except (OSError, UnicodeDecodeError):
        return
    ours = [place for place in places if is_safe_path(place) and place.endswith(SUFFIX)]
    inside = {inner for inner in {place.rpartition("/")[0] for place in ours} if _is_real_folder(folder, inner)}
    for place in ours:
        if place.rpartition("/")[0] in inside:
            _remove(folder / place)
    remove_empty_folders(folder, ours)
    _remove(folder / PENDING)


def remove_empty_folders(folder: Path, paths: Iterable[str]) -> None:
    """Remove those folders of ``paths`` below ``folder`` that are empty, the innermost first."""
    inner = {place for path in paths for place in folders_of(path)}
    for place in sorted(inner, key=lambda place: (-place.count("/"), place)):
        with suppress(OSError):
            os.rmdir(f"{folder}/{place}")


def make_folder(folder: Path) -> bool:
    """Make a folder in one that exists; whether it was missing. Raises ``OSError``, also when a file stands there."""
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise
        return False
    return True


def replace_file(path: Path, data: bytes) -> None:
    """Give a file of ours new bytes so that it is whole, old or new, at every moment. Raises ``OSError``."""
    temporary = path.with_name(staged_name(path.name))
    try:
        write_file(temporary, data)
        os.replace(temporary, path)
    except OSError:
        _remove(temporary)
        raise


def write_file(path: Path, data: bytes) -> None:
    """Write a new file; what stands there is removed first, so that a link is never followed. Raises ``OSError``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except FileExistsError:
        os.unlink(path)
        handle = os.open(path, flags, 0o666)
    with open(handle, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) or 0 :]


def _remove(path: Path) -> bool:
    """Remove a file; whether none is left."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return True


def _is_real_folder(folder: Path, inner: str) -> bool:
    """Whether a folder lies below ``folder`` itself, not behind a link."""
    return os.path.realpath(folder / inner) == os.path.join(os.path.realpath(folder), *filter(None, inner.split("/")))
