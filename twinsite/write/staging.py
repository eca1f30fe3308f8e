"""Temporary files beside their targets, and the cleaning up after a build that was killed.

Takes bytes and a path; makes a file with a temporary name. It never touches a file of the site itself. Before there is
a temporary file its name is put on a list, so that the next build removes exactly those, whatever it plans.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from twinsite.core.aspect import UNKNOWN, Aspect
from twinsite.core.digest import digest_bytes
from twinsite.write.failure import WriteError
from twinsite.write.foreign import foreign
from twinsite.write.names import (
    MANIFEST,
    PENDING,
    folders_of,
    is_safe_path,
    is_temporary,
    lies_aside,
    list_folders,
    staged_name,
)
from twinsite.write.plain import open_new, remove_file, write_all, write_file
from twinsite.write.whole import WholeFolders, name_outside


class Staged(Struct, frozen=True):
    """A file that waits to be renamed: its temporary path, and what the system said when it was written; or it
    lies in a ``spare`` (a whole path) that is to be exchanged for what stands in its place.
    """

    place: str
    aspect: Aspect
    spare: str = ""


class Staging:
    """The temporary files of one build. ``staged`` are the files that wait to be renamed, by their paths."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staged: dict[str, Staged] = {}
        self._start = f"{folder}/"
        self._obstacles: dict[str, str | None] = {"": None}
        self._made: list[str] = []
        self._ready: set[str] = {""}
        self._list: int | None = None
        self._listed = ""
        self._fresh: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._whole = WholeFolders(self._start)

    def stage(self, path: str, data: bytes) -> None:
        """Write the bytes of ``path`` under a temporary name. Raises ``OSError``."""
        place = self._place(path)
        self._announce(place)
        self._make_folder(place.rpartition("/")[0])
        self.staged[path] = Staged(place, UNKNOWN)
        self.staged[path] = Staged(place, write_file(self._start + place, data))

    def prepare(self, fresh: Iterable[str], known: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
        """Let others stage files: the temporary places of those that may have new folders (``fresh``) and of those
        that stand there already (``known``). Their names are put on the list. Raises ``OSError``, and ``WriteError`` at
        a link.
        """
        new = {path: self._whole.open(path) or place for path, place in self._find_places(fresh).items()}
        old = self._find_places(known)
        self._fresh.update(new)
        self._known.update(old)
        if new or old:
            self._announce("\n".join([*new.values(), *old.values()]))
        for folder in list_folders({place.rpartition("/")[0] for place in new.values()}):
            self._make_folder(folder)
        return new, old

    def _find_places(self, paths: Iterable[str]) -> dict[str, str]:
        """The temporary places of files for which nothing stands in the way."""
        places = {}
        for path in paths:
            inner, _, name = path.rpartition("/")
            if inner and inner not in self._obstacles and self.obstacle(inner) is None:
                places[path] = f"{inner}/{staged_name(name)}"
        return places

    def adopt(self, path: str, aspect: Aspect, spare: str = "") -> None:
        """Take a file that was staged by others as it had been prepared, perhaps in a ``spare``."""
        if path in self._fresh:
            place = self._fresh[path]
            inner = place.rpartition("/")[0]
            self._made.append(inner)
            self._ready.add(inner)
            self._obstacles[inner] = None
            self.staged[path] = Staged(place, aspect)
        else:
            self.staged[path] = Staged(self._known[path], aspect, spare)

    def is_new(self, path: str) -> bool:
        """Whether nothing can stand at ``path``, because its folder was not there; it is made now. Raises ``OSError``,
        and ``WriteError`` at a link.
        """
        inner = path.rpartition("/")[0]
        if inner in self._obstacles or self._whole.holds(path) or self.obstacle(inner) is not None:
            return False
        self._obstacles[inner] = None
        self._announce(self._place(path))
        self._make_folder(inner.rpartition("/")[0])
        self._made.append(inner)  # before it is: an interrupt may come when it was just made
        try:
            os.mkdir(self._start + inner)
        except FileExistsError:
            self._made.pop()
            del self._obstacles[inner]
            return False
        self._ready.add(inner)
        return True

    def obstacle(self, path: str) -> str | None:
        """The file that stands where one of the path's folders must be, if any. Raises ``WriteError`` at a link."""
        inner = path.rpartition("/")[0]
        if inner not in self._obstacles:
            self._obstacles[inner] = self.obstacle(inner) or find_obstacle(self.folder, path)
        return self._obstacles[inner]

    def discard(self) -> None:
        """Remove all temporary files and the folders made for them; the next build removes what cannot be removed."""
        places = [staged.place for staged in self.staged.values()] + [*self._fresh.values(), *self._known.values()]
        gone = [remove_file(self._start + place) for place in dict.fromkeys(places)]
        folders = {place.rpartition("/")[0] for place in self._fresh.values()}.union(self._made) - {""}
        for made in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
            with suppress(OSError):
                os.rmdir(self._start + made)
        self._forget()
        self._close(all(gone))

    def settle(self) -> None:
        """Before files get their names: remove what others staged and nobody took, and forget what stood in the way
        where no folder of ours has been since.
        """
        for path, place in self._fresh.items():
            if path not in self.staged or self.staged[path].place != place:
                remove_file(self._start + place)
                remove_empty_folders(self.folder, [place])
        gathered = self._whole.gathered
        self._obstacles = {
            inner: found for inner, found in self._obstacles.items() if inner.partition("/")[0] not in gathered
        }

    def close_folders(self) -> dict[str, bool]:
        """Put in place the folders that are gathered whole; the staged files that have their names then, and whether
        nothing was done to them themselves. Raises ``OSError``.
        """
        gathered = [(path, path.partition("/")[0]) for path, staged in self.staged.items() if lies_aside(staged.place)]
        at_once = self._whole.close()
        missing = self._whole.gathered
        return {
            path: top in at_once
            for path, top in gathered
            if top not in missing or not os.path.lexists(self._start + self.staged[path].place)
        }

    def holds(self, path: str) -> bool:
        """Whether the folder that a file must lie in is still gathered elsewhere."""
        return self._whole.holds(path)

    def finish(self) -> None:
        """Remove the list of temporary names: none is left."""
        if self._whole.gathered:
            remove_empty_folders(self.folder, [place for path, place in self._fresh.items() if self._whole.holds(path)])
        self._forget()
        self._close(True)

    def _forget(self) -> None:
        for gathered in (self.staged, self._made, self._fresh, self._known):
            gathered.clear()
        self._whole.forget()

    def _close(self, remove: bool) -> None:
        """Close the list, and ``remove`` it, if there may be one."""
        if self._list is not None:
            os.close(self._list)
            self._list = None
        if self._listed and remove:
            remove_file(self._start + PENDING)
            self._listed = ""

    def _announce(self, place: str) -> None:
        """Put a temporary name on the list before there is a file of that name, or a folder for it."""
        if place == self._listed:
            return
        self._listed = place
        if self._list is None:
            self._list = open_new(self._start + PENDING)
        write_all(self._list, f"{place}\n".encode("utf-8", "surrogatepass"))

    def _place(self, path: str) -> str:
        """The temporary path: beside the target, or beside what still stands or is missing where its folder must be."""
        if self._whole.holds(path):
            return name_outside(path)
        obstacle = self.obstacle(path)
        if obstacle is None:
            inner, _, name = path.rpartition("/")
        else:
            inner, name = obstacle.rpartition("/")[0], digest_bytes(path.encode("utf-8", "surrogatepass"))
        return f"{inner}/{staged_name(name)}" if inner else staged_name(name)

    def _make_folder(self, inner: str) -> None:
        if inner in self._ready:
            return
        self._make_folder(inner.rpartition("/")[0])
        self._made.append(inner)
        if not make_folder(self._start + inner):
            self._made.pop()
        self._ready.add(inner)


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
        remove_file(folder / staged_name(name))
    try:
        places = (folder / PENDING).read_text("utf-8", "surrogatepass").split("\n")
    except (OSError, UnicodeDecodeError):
        return
    ours = [place for place in places if is_safe_path(place) and is_temporary(place)]
    inside = {inner for inner in {place.rpartition("/")[0] for place in ours} if _is_real_folder(folder, inner)}
    for place in ours:
        if place.rpartition("/")[0] in inside:
            remove_file(folder / place)
    remove_empty_folders(folder, ours)
    remove_file(folder / PENDING)


def remove_empty_folders(folder: Path, paths: Iterable[str]) -> None:
    """Remove those folders of ``paths`` below ``folder`` that are empty, the innermost first."""
    inner = {place for path in paths for place in folders_of(path)}
    for place in sorted(inner, key=lambda place: (-place.count("/"), place)):
        with suppress(OSError):
            os.rmdir(f"{folder}/{place}")


def make_folder(folder: str) -> bool:
    """Make a folder in one that exists; whether it was missing. Raises ``OSError``, also when a file stands there."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not os.path.isdir(folder):
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
        remove_file(temporary)
        raise


def read_clock(folder: Path) -> int:
    """What the clock says by which the system notes when files of this folder are written (nanoseconds). Raises
    ``OSError``.
    """
    place = folder / staged_name(MANIFEST)
    try:
        return write_file(place, b"").modified
    finally:
        remove_file(place)


def _is_real_folder(folder: Path, inner: str) -> bool:
    """Whether a folder lies below ``folder`` itself, not behind a link."""
    return os.path.realpath(folder / inner) == os.path.join(os.path.realpath(folder), *filter(None, inner.split("/")))
