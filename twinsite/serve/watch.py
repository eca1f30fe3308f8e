"""Sees that something the site is made of has changed: saved, added, renamed, deleted, folders too.

Each watched folder is watched with all below it; the folder above it is watched alone, because a file that an editor
replaces and a folder that is deleted and made again are seen only from above. What does not exist yet is seen the same
way, from the nearest folder that does. Nothing that happens between two calls of ``wait`` is lost.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from msgspec import Struct
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from twinsite.serve.polling import Poller

Watched = Callable[[], Sequence[Path]] | Sequence[Path]

_NEVER = frozenset({".git", ".hg", ".svn", ".twinsite", ".venv", "__pycache__", "node_modules"})
_NOT_ON_TOP = _NEVER | {"public"}
_SCRATCH = ("~", ".swp", ".swx", ".tmp", ".tw-tmp", ".crdownload", ".part")
_QUIET_MS, _BURST_MS, _CHECK_MS = 30, 400, 250


class WatchPlan(Struct, frozen=True):
    """What to watch: ``deep`` folders with all below them, ``flat`` folders alone. ``wanted`` is what was asked for."""

    deep: tuple[Path, ...]
    flat: tuple[Path, ...]
    wanted: tuple[Path, ...]
    ignored: tuple[Path, ...]

    def same_watches(self, other: WatchPlan) -> bool:
        """Whether the same folders are watched; what is ignored is sorted out later."""
        return (self.deep, self.flat) == (other.deep, other.flat)

    def concerns(self, path: Path) -> bool:
        """Whether a change of this path can change the site."""
        if path.name.endswith(_SCRATCH) or path.name == "4913" or any(_lies_in(path, one) for one in self.ignored):
            return False
        return any(self._belongs(path, wanted) for wanted in self.wanted)

    def _belongs(self, path: Path, wanted: Path) -> bool:
        if _lies_in(wanted, path):
            return True
        if not _lies_in(path, wanted):
            return False
        parts = path.relative_to(wanted).parts
        return parts[0] not in _NOT_ON_TOP and not _NEVER.intersection(parts)


def _lies_in(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents


def plan_watch(wanted: Iterable[Path], ignored: Iterable[Path] = ()) -> WatchPlan:
    """How to watch these files and folders, existing or not, without watching what is ignored.

    A folder that holds something to ignore (a site's own folder, say) is watched alone, and each of its other folders
    with all below it: a system gives out only so many watches, and ``node_modules`` would eat them.
    """
    paths = tuple(sorted({real for path in wanted for real in _real_paths(path)}))
    left_out = tuple(sorted({real for path in ignored for real in _real_paths(path)}))
    deep: set[Path] = set()
    flat: set[Path] = set()
    for path in paths:
        flat.add(_nearest_folder(path.parent))
        if path.is_dir():
            inner = _split_folder(path, left_out)
            deep.update((path,) if inner is None else inner)
            flat.update(() if inner is None else (path,))
    outer = {one for one in deep if not deep.intersection(one.parents)}
    alone = {one for one in flat if one not in outer and not outer.intersection(one.parents)}
    return WatchPlan(tuple(sorted(outer)), tuple(sorted(alone)), paths, left_out)


def _real_paths(path: Path) -> tuple[Path, Path]:
    """Where a path really lies, and the link that leads there: systems report the one or the other."""
    return Path(os.path.realpath(path)), Path(os.path.realpath(path.parent)) / path.name


def _split_folder(folder: Path, ignored: tuple[Path, ...]) -> list[Path] | None:
    """The folders in it to watch one by one, or ``None`` when it may be watched as a whole."""
    try:
        inner = [entry for entry in folder.iterdir() if entry.is_dir()]
    except OSError:
        return None
    kept = [entry for entry in inner if entry.name not in _NOT_ON_TOP and entry not in ignored]
    return kept if len(kept) < len(inner) or any(_lies_in(one, folder) for one in ignored) else None


def _nearest_folder(folder: Path) -> Path:
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


class Watcher:
    """Watches what ``watched`` names, asking again after each change, for ``site.yaml`` may name other folders."""

    def __init__(self, watched: Watched, ignored: Callable[[], Sequence[Path]], stop: Event) -> None:
        self._watched, self._ignored, self._stop = watched, ignored, stop
        self._changes: queue.SimpleQueue[set[Path]] = queue.SimpleQueue()
        self._plan = plan_watch(())
        self._ending = Event()

    def refresh(self, again: bool = False) -> bool:
        """Watch what is named now. Returns whether the watching began anew (``again`` forces it).

        The new watches stand before the old ones end, and whoever gets true must build once more: a file saved in
        between may have been seen by neither.
        """
        wanted = self._watched() if callable(self._watched) else self._watched
        before, self._plan = self._plan, plan_watch(wanted, self._ignored())
        if self._plan.same_watches(before) and not again:
            return False
        ending = Event()
        for folders, recursive in ((self._plan.deep, True), (self._plan.flat, False)):
            self._start(folders, recursive, ending)
        self._ending.set()
        self._ending = ending
        return True

    def wait(self, seconds: float | None = None) -> set[Path] | None:
        """Wait until something has changed, at most for some ``seconds``: what did, nothing where the time is over;
        ``None`` when the preview was told to stop.
        """
        changed = self._next_changes(seconds)
        self.follow(changed or ())
        return changed

    def poll(self) -> set[Path]:
        """What has changed by now, which the watcher has to ``follow`` then."""
        return self._drain()

    def follow(self, changed: Collection[Path]) -> None:
        """Watch what is named now, anew where a watched folder itself has changed."""
        if changed:
            self.refresh(any(_lies_in(one, path) for path in changed for one in (*self._plan.deep, *self._plan.wanted)))

    def close(self) -> None:
        """End all watching."""
        self._ending.set()

    def _next_changes(self, seconds: float | None) -> set[Path] | None:
        """All changes so far, none when the time is over, ``None`` when stopped. Short waits, so that Ctrl-C works on
        Windows too.
        """
        found: set[Path] = set()
        end = inf if seconds is None else monotonic() + seconds
        while not self._stop.is_set():
            found |= self._drain(_CHECK_MS / 1000)
            if found or monotonic() >= end:
                return found
        return None

    def _drain(self, seconds: float = 0.0) -> set[Path]:
        """All changes so far; the first may come within some ``seconds``."""
        found: set[Path] = set()
        with suppress(queue.Empty):
            changed = self._changes.get(seconds > 0, seconds)
            while True:
                found.update(filter(self._plan.concerns, changed))
                changed = self._changes.get_nowait()
        return found

    def _start(self, folders: tuple[Path, ...], recursive: bool, ending: Event) -> None:
        if folders:
            looker = _open_looker(folders, recursive)
            Thread(target=self._collect, args=(looker, ending), name="twinsite-watch", daemon=True).start()

    def _collect(self, looker: Looker, ending: Event) -> None:
        while not ending.is_set():
            changed = looker.next_changes(ending)
            if changed:
                self._changes.put(changed)
        looker.close()


class Looker(Protocol):
    """Sees changes below some folders from the moment it is made."""

    def next_changes(self, ending: Event) -> set[Path]:
        """Wait a short while for changes; give those that came."""

    def close(self) -> None:
        """Give back what the system lent."""


class Notifier:
    """The system's own notifications."""

    def __init__(self, folders: list[Path], recursive: bool) -> None:
        self._folders = folders
        self._notify = RustNotify([str(folder) for folder in folders], False, False, 0, recursive, True)

    def next_changes(self, ending: Event) -> set[Path]:
        """What changed; all folders when the system lost count, so that watching begins anew."""
        try:
            found = self._notify.watch(_BURST_MS, _QUIET_MS, _CHECK_MS, ending)
        except WatchfilesRustInternalError:
            ending.wait(1)
            return set(self._folders)
        return {Path(path) for _, path in found} if isinstance(found, set) else set()

    def close(self) -> None:
        """Give the watches back."""
        self._notify.close()


def _open_looker(folders: tuple[Path, ...], recursive: bool) -> Looker:
    """Notifications, or polling where the system gives out no more of them or the user asked for it.

    ``WATCHFILES_FORCE_POLLING`` is the variable that people with shared folders know from other tools.
    """
    present = [folder for folder in folders if folder.is_dir()]
    if os.environ.get("WATCHFILES_FORCE_POLLING", "").lower() not in ("", "false", "disable", "disabled"):
        return Poller(present, recursive)
    try:
        return Notifier(present, recursive)
    except (OSError, WatchfilesRustInternalError):
        return Poller(present, recursive)
