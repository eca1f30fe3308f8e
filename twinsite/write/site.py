"""The writer: bytes as they become ready go in, and in the end the folder is the site, or it is as it was.

Takes the planned paths and the bytes of each; changes only files that differ. Until ``commit`` the old site stays byte
for byte; during it every file is whole, old or new, and a build that comes after a kill finishes the work.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from twinsite.cache.store import Cache
from twinsite.core.aspect import Aspect
from twinsite.core.digest import digest_bytes
from twinsite.core.problem import Problem
from twinsite.write.account import Outlook, Stamp, Stamps, doubt, keep_account, look_at_output, make_stamp, read_boot
from twinsite.write.ahead import Ahead
from twinsite.write.failure import WriteError, refuse
from twinsite.write.foreign import foreign, is_same_file, shorten, walk_files
from twinsite.write.manifest import UNKNOWN, Entry, Manifest, encode_manifest
from twinsite.write.names import MANIFEST, fold, folders_of
from twinsite.write.spares import Spares, bring_back, open_spares
from twinsite.write.staging import Staged, Staging, find_obstacle, read_clock, remove_empty_folders, replace_file
from twinsite.write.together import rename_together

LARGE = 256 * 1024
"""From this size on (bytes), the manifest's digest and an equal size stand for reading a file again."""

FEW = 50
"""Files that may be read again in every build before it pays to keep an account of them."""

MANY = 200
"""From so many files on they are renamed side by side, and spares are looked for."""

PAGES = 1
"""The place of pages in the order of renames."""

LAST = (".xml", ".json", ".txt", ".ics", ".atom", "_redirects", "_headers")
"""Ends of the names renamed last: feeds and other files for machines must not name a page that is not there yet."""


class Written(Struct, frozen=True):
    """What a build did to the output: files whose bytes changed, files left alone, files removed.

    With ``problems`` of severity ``error`` nothing was done and the numbers are 0.
    """

    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    problems: tuple[Problem, ...] = ()


class SiteWriter:
    """Writes one site into ``folder``; the caller holds the lock and has asked ``find_foreign_files``.

    Every planned path is handed over once, by ``keep`` or ``put``; then ``commit``. As a context manager it aborts
    unless it was committed. ``thorough`` reads large files too instead of trusting the manifest. What the ``outlook``
    knows to be intact is not read; ``keep_account`` keeps what the next build needs for its own. In a ``staging`` some
    files may have been prepared already. In the folder ``spares`` lie files that may be used for new bytes.
    """

    def __init__(
        self,
        folder: Path,
        paths: Collection[str],
        force: bool = False,
        thorough: bool = False,
        outlook: Outlook | None = None,
        staging: Staging | None = None,
        spares: Path | None = None,
    ) -> None:
        self._folder = folder
        self._start = f"{folder}/"
        self._outlook = outlook
        self._intact: Stamps = {}
        self._stamps: dict[str, Stamp] = {}
        self._planned = frozenset(paths)
        self._force = force
        self._thorough = thorough
        self._old = Manifest()
        self._new: dict[str, Entry] = {}
        self._foreign: list[Problem] = []
        self._staging = staging or Staging(folder)
        self._spares_folder = spares
        self._spares: Spares | None = None
        self._allotted: dict[str, str] = {}
        self._deleted = 0
        self._published = False
        self._manifest = b""

    def __enter__(self) -> SiteWriter:
        """Read the manifest, if there is no outlook yet."""
        outlook = self._outlook or look_at_output(self._folder)
        self._old = outlook.manifest
        self._intact = {} if self._thorough else outlook.intact
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def keep(self, path: str, digest: str) -> bool:
        """Whether the file on the disk already has these bytes, so that nobody needs to make them; then it is done."""
        stamp = self._intact.get(path)
        if stamp is not None:
            return stamp.digest == digest and self._take_intact(path, stamp)
        entry = self._old.files.get(path)
        if entry is not None and entry.digest not in (digest, UNKNOWN):
            return False
        status = self._status(path)
        if status is None or not self._holds(path, digest, status):
            return False
        self._accept(path, Entry(digest, status.st_size))
        return True

    def put(self, path: str, data: bytes, digest: str | None = None) -> bool:
        """Stage the bytes of a file, whose ``digest`` may be known, unless it has them already; whether they differ.
        Raises ``WriteError``.
        """
        entry = Entry(digest or digest_bytes(data), len(data))
        stamp = self._intact.get(path)
        if stamp is not None and stamp.digest == entry.digest:
            self._take_intact(path, stamp)
            return False
        status = None if self._is_new(path) else self._status(path)
        if status is not None and status.st_size == entry.size and self._holds(path, entry.digest, status):
            self._accept(path, entry)
            return False
        if status is not None and self._is_foreign(path):
            self._foreign.append(foreign(self._folder, path))
        else:
            with self._guard(path):
                self._staging.stage(path, data)
        self._accept(path, entry)
        return True

    def prepare(self, paths: Iterable[str]) -> Ahead:
        """Let those who make the bytes of these files stage them, wherever that is plain; the others are handed over by
        ``put`` as ever. Raises ``WriteError``.
        """
        wanted = list(paths)
        if self._old.damaged:
            return Ahead()
        digests = {path: self._intact[path].digest for path in wanted if path in self._intact}
        with suppress(OSError):
            fresh, known = self._staging.prepare((path for path in wanted if path not in self._old.files), digests)
            return Ahead(self._start, fresh, known, digests, self._allot(known))
        return Ahead()

    def _allot(self, paths: Collection[str]) -> dict[str, str]:
        """Spares for files that stand in the output, where they are many."""
        if len(paths) >= MANY and self._spares_folder and not self._spares:
            self._spares = open_spares(self._spares_folder, self._folder, len(paths))
            if self._spares:
                self._allotted = self._spares.allot({path: self._intact[path].size for path in paths})
        return self._allotted

    def take(self, path: str, digest: str, size: int, aspect: Aspect) -> None:
        """Take a file that was staged ahead (``Ahead.stage``)."""
        self._staging.adopt(path, aspect, self._allotted.get(path, ""))
        self._accept(path, Entry(digest, size))

    def _is_new(self, path: str) -> bool:
        """Whether nothing can stand at ``path``. Raises ``WriteError``."""
        if path in self._old.files:
            return False
        with self._guard(path):
            return self._staging.is_new(path)

    def _take_intact(self, path: str, stamp: Stamp) -> bool:
        self._accept(path, self._old.files[path])
        self._stamps[path] = stamp
        return True

    def commit(self) -> Written:
        """Make the folder the site. Raises ``WriteError``; before the renames the old site is whole then."""
        if self._foreign:
            raise WriteError(*shorten(self._foreign, self._folder))
        if self._new.keys() != self._planned:
            raise ValueError(f"planned but never written: {sorted(self._planned - self._new.keys())[:5]}")
        changed = len(self._staging.staged)
        stale = sorted(self._old.files.keys() - self._planned)
        if changed or stale or self._old.damaged or dict(self._old.files) != self._new:
            self._publish(stale)
        return Written(changed, len(self._new) - changed, self._deleted, self._notes())

    def keep_account(self, cache: Cache) -> None:
        """After ``commit``: keep what the system says of our files, unless nearly all of it is known already."""
        known, stamps = self._intact, self._stamps
        if self._published or sum(known.get(path) is not stamp for path, stamp in stamps.items()) > FEW:
            with suppress(OSError):
                now = read_clock(self._folder)
                manifest = self._manifest or encode_manifest(self._new)
                boot = read_boot() if self._spares_folder and self._spares_folder.exists() else ""
                keep_account(self._folder, manifest, stamps, now, cache, boot)

    def abort(self) -> None:
        """Remove every staged file, leave the spares to others. Before ``commit`` the old site is as it was; after it,
        nothing is staged.
        """
        self._staging.discard()
        if self._spares:
            self._spares.close()
            self._spares = None

    def _accept(self, path: str, entry: Entry) -> None:
        if path not in self._planned or path in self._new:
            raise ValueError(f"not planned, or written twice: {path}")
        self._new[path] = entry

    def _status(self, path: str) -> os.stat_result | None:
        """What stands at ``path``, if anything. Raises ``WriteError``, also at a link to a folder."""
        self._staging.obstacle(path)
        try:
            return os.lstat(self._start + path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise WriteError(refuse(error, self._folder, path)) from error

    def _holds(self, path: str, digest: str, status: os.stat_result) -> bool:
        """Whether a plain file has these bytes. Small files are read: someone may have changed them by hand."""
        if not stat.S_ISREG(status.st_mode):
            return False
        stamp = make_stamp(digest, status)
        if stamp.size >= LARGE and not self._thorough and self._old.files.get(path) == Entry(digest, stamp.size):
            self._stamps[path] = doubt(stamp)
            return True
        try:
            with open(self._start + path, "rb", buffering=0) as file:
                same = digest_bytes(file.read()) == digest
        except OSError:
            return False
        if same:
            self._stamps[path] = stamp
        return same

    def _is_foreign(self, path: str) -> bool:
        target = self._folder / path
        if path in self._old.files or not os.path.lexists(target):
            return False
        if target.is_dir() and not target.is_symlink():
            return any(name not in self._old.files for name in walk_files(self._folder, path))
        if self._force:
            return False
        twin = self._old.folded().get(fold(path))
        return twin is None or not is_same_file(self._folder / twin, target)

    def _publish(self, stale: list[str]) -> None:
        # In order, so that nobody who sorts them has anything to do.
        staged, self._new = sorted(self._staging.staged), {path: self._new[path] for path in sorted(self._new)}
        unsure = dict.fromkeys(staged, Entry(UNKNOWN, 0))
        with self._guard():
            if self._spares:
                self._spares.check()
            self._write_manifest({**self._old.files, **self._new, **unsure})
        self._staging.settle()
        for rank, paths in enumerate(_rank(staged)):
            if paths:
                self._rename_all(paths, whole=rank == PAGES)
        self._remove_stale(stale)
        with self._guard():
            self._write_manifest(self._new)
        self._staging.finish()
        self._published = True

    def _write_manifest(self, files: dict[str, Entry]) -> None:
        self._manifest = encode_manifest(files)
        replace_file(self._folder / MANIFEST, self._manifest)

    def _rename_all(self, paths: list[str], whole: bool) -> None:
        """Give staged files their names: those of ``whole`` folders at once, others one by one, many of them side by
        side, because what takes its time is the disk's work.
        """
        staged = self._staging.staged
        with self._guard():
            placed = self._staging.close_folders() if whole else {}
            stamps = {
                path: self._trust(path, staged[path]) if untouched else self._look_at_renamed(path, staged[path])
                for path, untouched in placed.items()
            }
            paths = [path for path in paths if path not in stamps]
            loose = {path: staged[path] for path in paths if not self._staging.holds(path)}
            renamed = rename_together(self._start, loose, self._spares) if len(loose) >= MANY else {}
            stamps |= {path: self._make_stamp(path, staged[path], status) for path, status in renamed.items()}
        for path in stamps:
            del staged[path]
        for path in paths:
            if path in staged:
                with self._guard(path):
                    stamps[path] = self._rename(path, staged[path])
                del staged[path]
        self._stamps |= stamps

    def _rename(self, path: str, staged: Staged) -> Stamp:
        """Give a staged file its name, whatever stands there; its stamp, in doubt if someone else has written to it
        already.
        """
        obstacle = self._staging.obstacle(path)
        if obstacle is not None:
            self._make_way_for_folder(obstacle)
        target = self._start + path
        if staged.spare:
            if self._spares and self._spares.exchange(staged.spare, target):
                return self._look_at_renamed(path, staged)
            staged = Staged(staged.place, bring_back(staged.spare, self._start + staged.place))
        if not os.path.isdir(os.path.dirname(target)):
            os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            os.replace(self._start + staged.place, target)
        except OSError:
            # A folder stands there; not all systems tell so in the same way.
            if not os.path.isdir(target) or os.path.islink(target):
                raise
            self._make_way_for_file(path)
            os.replace(self._start + staged.place, target)
        return self._look_at_renamed(path, staged)

    def _trust(self, path: str, staged: Staged) -> Stamp:
        """The stamp of a file that we left alone since it was written: what does not fit it was done by others."""
        entry, aspect = self._new[path], staged.aspect
        return Stamp(entry.digest, entry.size, aspect.modified, aspect.changed, aspect.inode)

    def _look_at_renamed(self, path: str, staged: Staged) -> Stamp:
        return self._make_stamp(path, staged, os.lstat(self._start + path))

    def _make_stamp(self, path: str, staged: Staged, status: os.stat_result) -> Stamp:
        stamp = make_stamp(self._new[path].digest, status)
        return stamp if status.st_mtime_ns == staged.aspect.modified else doubt(stamp)

    def _make_way_for_folder(self, obstacle: str) -> None:
        """Remove the file where a folder must be: one of ours that is stale, or another's that ``force`` takes."""
        if not (self._folder / obstacle).is_dir():
            (self._folder / obstacle).unlink(missing_ok=True)
            self._deleted += obstacle in self._old.files

    def _make_way_for_file(self, path: str) -> None:
        """Remove our stale files below the folder where a file must be, and the folders; another's file stops us."""
        for stale in [name for name in self._old.files if name.startswith(f"{path}/")]:
            self._remove(stale)
        for place, _, _ in os.walk(self._folder / path, topdown=False):
            os.rmdir(place)

    def _remove_stale(self, stale: list[str]) -> None:
        twins = {fold(path): path for path in self._new} if stale else {}
        for path in stale:
            twin = twins.get(fold(path))
            # Where case does not count, the old name may be the very file that was just written.
            if twin is None or not is_same_file(self._folder / path, self._folder / twin):
                with self._guard(path):
                    self._remove(path)
        kept = {inner for path in self._new for inner in folders_of(path)} if stale else set()
        remove_empty_folders(self._folder, [path for path in stale if path.rpartition("/")[0] not in kept])

    def _remove(self, path: str) -> None:
        """Remove a stale file of ours unless a folder has taken its name. Refuses to follow links."""
        find_obstacle(self._folder, path)
        with suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_ISDIR(os.lstat(self._folder / path).st_mode):
                return
            os.unlink(self._folder / path)
            self._deleted += 1

    def _notes(self) -> tuple[Problem, ...]:
        if not self._old.damaged:
            return ()
        message = f'The list of written files in "{self._folder.name}" was damaged: files of an old build may remain.'
        hint = "Empty the output folder once, then build again."
        return (Problem("manifest-damaged", "", message, hint, severity="warning"),)

    @contextmanager
    def _guard(self, path: str = "") -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise WriteError(refuse(error, self._folder, path)) from error


def _rank(paths: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """The paths in the order of renames: what pages need, then pages, then what names pages."""
    ranks: tuple[list[str], list[str], list[str]] = [], [], []
    for path in paths:
        ranks[1 if path.endswith(".html") else 2 if path.endswith(LAST) else 0].append(path)
    return ranks
