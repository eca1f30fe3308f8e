"""What stands in the way: files in the output folder that Twinsite did not write.

Takes the folder and the planned paths; gives problems before anything is rendered. It reads names, never contents, and
changes nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from twinsite.core.problem import Problem
from twinsite.write.account import Outlook, look_at_output
from twinsite.write.failure import refuse
from twinsite.write.manifest import Manifest
from twinsite.write.names import are_publishable, find_long_name, fold, folders_of, is_unpublishable, list_folders

MOST = 20
"""How many foreign files are named one by one before the rest is only counted."""

TAKE = "Move it away or remove it, or build with --force to let Twinsite take its place."
MOVE = "Move it away or remove it, then build again."


def find_foreign_files(
    folder: Path, paths: Collection[str], force: bool = False, outlook: Outlook | None = None
) -> list[Problem]:
    """The problems that keep us from writing ``paths`` (relative, with ``/``) into ``folder``.

    ``foreign-file``: a file we did not write stands on a planned path or where a folder is planned (``force`` takes
    it), a folder with others' files stands where a file is planned, or a folder is a link to another place (``force``
    takes neither). ``reserved-name``: a planned path is a name that we keep for ourselves. Where the manifest is
    damaged, files on planned paths are compared when their bytes are known, not here. What the ``outlook`` knows to be
    intact is not looked at again.
    """
    if outlook and outlook.manifest.files.keys() == paths == outlook.intact.keys():
        return []
    unsure = frozenset(paths).difference(outlook.intact if outlook else ())
    problems = [] if are_publishable(unsure) else [reserved(path) for path in paths if is_unpublishable(path)]
    if problems or not folder.is_dir():
        return problems
    outlook = outlook or look_at_output(folder)
    survey = _Survey(folder, outlook.manifest, unsure, force, frozenset(outlook.manifest.files).difference(paths))
    try:
        return problems + shorten(survey.problems(), folder)
    except OSError as error:
        return [*problems, refuse(error, folder)]


def reserved(path: str) -> Problem:
    """The problem ``reserved-name``: a planned path that no file of the site may have."""
    long = find_long_name(path)
    if long:
        shown = f'{len(long):,} letters ("{long[:40]}…")'
        message = f"The site would have a file or folder with a name of {shown}, too long."
        return Problem("reserved-name", "", message, "Write a shorter slug, alias or file name.")
    shown = path.encode("utf-8", "replace").decode()
    message = f'The site would have a file "{shown}", a name that Twinsite keeps for itself or cannot publish.'
    return Problem("reserved-name", "", message, "Give the file another name, of letters, digits, hyphens and dots.")


def foreign(folder: Path, path: str, what: str = "a file that Twinsite did not write", hint: str = TAKE) -> Problem:
    """The problem ``foreign-file`` for one path below ``folder``."""
    return Problem("foreign-file", "", f'"{folder.name}/{path}" is {what}.', hint)


def shorten(problems: list[Problem], folder: Path) -> list[Problem]:
    """The problems, the first twenty one by one, the rest as one: a wrong folder must not fill the screen."""
    if len(problems) <= MOST + 1:
        return problems
    rest = len(problems) - MOST
    message = f'{rest} more files in "{folder.name}" stand in the way and were not written by Twinsite.'
    return [*problems[:MOST], Problem("foreign-file", "", message, "Is this the right output folder?")]


def is_same_file(first: str | Path, second: str | Path) -> bool:
    """Whether two paths are one file on the disk, as they may be where case does not count."""
    try:
        return os.path.samestat(os.lstat(first), os.lstat(second))
    except OSError:
        return False


class _Survey(Struct, frozen=True, dict=True):
    """One look at the folder for one plan."""

    folder: Path
    manifest: Manifest
    paths: frozenset[str]
    force: bool
    stale: frozenset[str]

    @cached_property
    def folded(self) -> dict[str, str]:
        return self.manifest.folded()

    def problems(self) -> list[Problem]:
        folders = sorted(list_folders(self.paths))
        stale = list_folders(self.stale).difference(folders)
        found = [self._look_at_folder(folder) for folder in folders]
        found += [self._look_at_link(folder) for folder in sorted(stale)]
        there = sorted(path for path in self.paths if path.rpartition("/")[0] not in self._missing)
        found += [self._look_at_file(path) for path in there if not self._is_behind_link(path)]
        return [problem for problem in found if problem]

    def _is_behind_link(self, path: str) -> bool:
        """Whether one of the path's folders is a link, which is a problem of that folder, not of all files in it."""
        return bool(self._links) and not self._links.isdisjoint(folders_of(path))

    @cached_property
    def _links(self) -> frozenset[str]:
        return frozenset(
            folder for folder in list_folders(self.paths) - self._missing if os.path.islink(f"{self.folder}/{folder}")
        )

    def _mode(self, path: str) -> int | None:
        if path.rpartition("/")[0] in self._missing:
            return None
        return _read_mode(f"{self.folder}/{path}")

    @cached_property
    def _missing(self) -> frozenset[str]:
        """Those folders of the paths that are not there: nothing can stand in them."""
        found: set[str] = set()
        for folder in sorted(list_folders(self.paths)):
            if folder.rpartition("/")[0] in found or _read_mode(f"{self.folder}/{folder}") is None:
                found.add(folder)
        return frozenset(found)

    def _look_at_folder(self, path: str) -> Problem | None:
        mode = self._mode(path)
        if mode is None or stat.S_ISDIR(mode):
            return None
        if stat.S_ISLNK(mode):
            return self._look_at_link(path)
        if self.force or self._is_ours(path):
            return None
        return foreign(self.folder, path, "a file that Twinsite did not write, and a folder is needed there")

    def _look_at_link(self, path: str) -> Problem | None:
        """A linked folder is refused even with ``force``: what we write or delete below it lies somewhere else."""
        mode = self._mode(path)
        if mode is None or not stat.S_ISLNK(mode):
            return None
        what = "a link to another place, and Twinsite writes only inside its output folder"
        return foreign(self.folder, path, what, "Remove the link, or make the output folder itself the link.")

    def _look_at_file(self, path: str) -> Problem | None:
        mode = self._mode(path)
        if mode is None:
            return None
        if stat.S_ISDIR(mode):
            return self._look_at_folder_in_the_way(path)
        if self.force or self.manifest.damaged or self._is_ours(path):
            return None
        return foreign(self.folder, path)

    def _look_at_folder_in_the_way(self, path: str) -> Problem | None:
        """A folder may give way to a file only when everything in it is ours and no longer planned."""
        others = [name for name in walk_files(self.folder, path) if not self._is_ours(name)]
        if not others:
            return None
        what = f'a folder with files that Twinsite did not write (such as "{others[0]}"), and a file is needed there'
        return foreign(self.folder, path, what, MOVE)

    def _is_ours(self, path: str) -> bool:
        if path in self.manifest.files:
            return True
        twin = self.folded.get(fold(path))
        return twin is not None and is_same_file(self.folder / twin, self.folder / path)


def _read_mode(path: str) -> int | None:
    """What stands at a path: its mode; ``None`` for nothing. Raises ``OSError``."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def walk_files(folder: Path, path: str) -> Iterable[str]:
    """The paths of everything below ``folder/path`` that is no folder, links included."""
    for place, folders, files in os.walk(folder / path):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in sorted([*files, *links]):
            yield Path(place, name).relative_to(folder).as_posix()
