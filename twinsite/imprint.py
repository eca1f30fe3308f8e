"""The imprint of a site's source: the digest of every byte that a build can read, quickly taken.

Takes a request; gives one value that is equal only where a build is asked for the same with the same files. It reads
``site.yaml``, ``playbook.yaml``, everything below ``content/`` and ``themes/`` and the themes that come with Twinsite,
understands none of it, and imports hardly anything. Where it meets what it does not know (links, devices, what cannot
be read) there is no imprint, and a build goes on as if nobody had asked.

Where no build can have left anything under an imprint, texts are only looked at (``open_outset``): the build is going
to read each of them anyway, and its digests make the imprint in the end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from twinsite.aside import Aside, do_aside, keep_aside
from twinsite.cache.kept import decode_kept
from twinsite.core.digest import digest_raw, digest_value, open_digest
from twinsite.core.later import Later
from twinsite.core.request import PLAYBOOK, BuildRequest
from twinsite.installed import find_package_themes, read_salt

if TYPE_CHECKING:
    from twinsite.read.scout import Scout

LARGE = 256 * 1024
"""Bytes from which on what the system says of a file stands for its digest, as long as its times are not young."""

MARGIN = 50_000_000
"""Nanoseconds within which a second change might leave the times of a file as they are."""

COARSE_MARGIN = 3_000_000_000
"""The same where times are told in whole seconds."""

SECOND = 1_000_000_000

MANY = 2000
"""Files from which on two processes read them: below, they are read before the other one has begun."""

FEW = 300
"""Records up to which another process has better things to do at a first build (see ``mate``) than to parse some."""

UNREAD = ("static", "data", "locks")
"""Folders below ``content/`` in which no file is a record."""

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

Look = tuple[int, int, int, int]
"""A file as the system tells of it: its size, times (of its bytes and of its entry, nanoseconds) and number."""


_Row = tuple[Look, bytes]
"""How a file looks, and the digest of its bytes, if they were read."""

_DECODE = msgspec.msgpack.Decoder(list[_Row]).decode


class UnusualFileError(Exception):
    """Something of which an imprint cannot be sure."""


class Imprint(Struct, frozen=True):
    """All that a build is made of. ``key`` is the digest of it, but for the bytes of the ``large`` files. ``looks`` are
    all files by their absolute paths, ``digests`` of those that are not large. ``begun`` is when it was taken (seconds
    of this process's own clock).
    """

    key: str
    looks: Mapping[str, Look]
    digests: Mapping[str, bytes]
    large: tuple[str, ...]
    begun: float

    def list_digests(self, site: Path) -> dict[str, str]:
        """The digests of the site's files that are not large, as ``digest_bytes`` gives them, by their paths in it."""
        start = f"{os.path.abspath(site)}/"
        size = len(start)
        return {path[size:]: digest.hex() for path, digest in self.digests.items() if path.startswith(start)}


class Outset(Struct, frozen=True):
    """All that a build is made of, as it stood when it began; of the ``texts`` only how they looked. ``shown`` is how
    everything is called in any site; for the others see ``Imprint``.
    """

    shown: tuple[str, ...]
    looks: Mapping[str, Look]
    digests: Mapping[str, bytes]
    texts: frozenset[str]
    begun: float

    def complete(self, request: BuildRequest, known: Mapping[str, str]) -> Imprint | None:
        """The imprint with the digests of the texts as the build read them, by their paths in the site; ``None`` where
        it did not read one.
        """
        root = len(os.path.abspath(request.site)) + 1
        small = [path for path, look in self.looks.items() if path in self.texts and look[0] < LARGE]
        told = [known.get(path[root:]) for path in small]
        read = [bytes.fromhex(digest) for digest in told if digest is not None]
        return _press(request, self, {**self.digests, **dict(zip(small, read, strict=True))}) if all(told) else None


def take_imprint(request: BuildRequest) -> Imprint | None:
    """The imprint of what a build would be made of now; ``None`` where there is none."""
    begun = perf_counter()
    try:
        paths, shown = _list_all(request)
        looks, digests = _read_all(paths)
    except (OSError, UnusualFileError):
        return None
    return _press(request, Outset(tuple(shown), looks, digests, frozenset(), begun), digests)


class Opening:
    """An outset that is being taken, perhaps by another process. ``texts`` are the files that are records, and the
    ``scout`` parses some of them meanwhile.
    """

    def __init__(
        self,
        paths: Sequence[str],
        shown: Sequence[str],
        texts: frozenset[str],
        aside: Aside,
        scout: Scout | None = None,
    ) -> None:
        self.texts, self.scout = texts, scout
        self._files = _list_files(paths)
        self._shown, self._aside, self._begun = tuple(shown), aside, perf_counter()

    def list_texts(self, site: Path) -> list[str]:
        """The files that are records, by their paths in the site."""
        root = len(os.path.abspath(site)) + 1
        return sorted(path[root:] for path in self.texts)

    def finish(self) -> Outset | None:
        """The outset; ``None`` where there is none. To be asked for before any file but the ``texts`` is read."""
        try:
            rows = decode_kept(_DECODE, self._aside.wait()) or []
            if len(rows) < len(self._files):
                rows = _read_each(self._files, self.texts)
        except (OSError, UnusualFileError):
            return None
        return Outset(self._shown, *_split_rows(self._files, rows), self.texts, self._begun)

    def look_again(self) -> None:
        """Nothing of the source is read from now on: the other process, if there is one, is to look at it once more,
        while this one goes on.
        """
        self._aside.go_on()

    def find_latest(self) -> int | None:
        """The latest time of any file (nanoseconds), where all looked then as they did in the beginning; ``None`` where
        they did not, or nobody knows.
        """
        latest = self._aside.wait()
        return int(latest) if latest else None


@contextmanager
def open_outset(request: BuildRequest) -> Iterator[Opening | None]:
    """The same without having read the texts of records. Where files are many another process looks at them, while this
    one imports what a build needs, and then parses some of them.
    """
    content = f"{os.path.abspath(request.site)}/content/"
    plain = tuple(f"{content}{name}/" for name in UNREAD)
    try:
        paths, shown = _list_all(request)
    except (OSError, UnusualFileError):
        yield None
        return
    texts = frozenset(
        path for path in paths if path.endswith(".md") and path.startswith(content) and not path.startswith(plain)
    )
    if len(paths) < MANY and len(texts) <= FEW:
        yield Opening(paths, shown, texts, Aside())
        return
    rows = Later(lambda: _read_each(_list_files(paths), texts))
    scout = _open_scout(request, texts) if len(texts) > FEW else None
    with keep_aside(
        lambda: msgspec.msgpack.encode(rows.get()),
        lambda: _look_again(request, paths, rows.get()),
        meanwhile=scout.run if scout else None,
    ) as aside:
        if scout:
            scout.listen()
        try:
            yield Opening(paths, shown, texts, aside, scout)
        finally:
            if scout:
                scout.close()


def _open_scout(request: BuildRequest, texts: Iterable[str]) -> Scout | None:
    """A scout, if the build is to use more than one process."""
    from twinsite.parallel import count_cores
    from twinsite.read.scout import Scout

    root = len(os.path.abspath(request.site)) + 1
    with suppress(OSError):
        if (request.jobs or count_cores()) > 1:
            return Scout(request.site, sorted(path[root:] for path in texts))
    return None


def _look_again(request: BuildRequest, paths: Sequence[str], rows: Sequence[_Row]) -> bytes:
    """The latest time of any file (nanoseconds) where all are as they were, else nothing. Raises ``OSError`` and
    ``UnusualFileError``.
    """
    looks = [look for look, _ in rows]
    if _list_all(request)[0] != paths or [_look(path) for path in _list_files(paths)] != looks:
        return b""
    return b"%d" % max(max(modified, changed) for _, modified, changed, _ in looks)


def _press(request: BuildRequest, outset: Outset, digests: Mapping[str, bytes]) -> Imprint:
    """The imprint, once the ``digests`` of all files that are not large are known."""
    looks = outset.looks
    large = tuple(path for path in looks if path not in digests)
    parts = open_digest()
    parts.update(os.fsencode("\0".join(outset.shown)))
    parts.update(b"".join([digests.get(path, b"-" * 16) for path in looks]))
    flags = [request.drafts, request.strict, request.preview, request.base_url, _find_asked(request)]
    sizes = [looks[path][0] for path in large]
    key = digest_value(["seal", read_salt(), flags, sizes, parts.hexdigest()])
    return Imprint(key, looks, digests, large, outset.begun)


def is_lasting(request: BuildRequest, imprint: Imprint, clock: int, latest: int | None = None) -> bool:
    """Whether every file still is as it was when the imprint was taken: so it was all the while in between.

    ``clock`` is what the system's clock says now (nanoseconds). Files whose times are so young that they need not tell
    of a change are read again; large ones then count as changed. With a ``latest`` time of any file, all of them were
    looked at since the last one was read (``Opening.look_again``).
    """
    begun = _reckon_begin(clock, imprint.begun)
    if latest is not None and latest < begun - COARSE_MARGIN:
        return True
    try:
        if latest is None and not _looks_the_same(request, imprint):
            return False
        young = [path for path, look in imprint.looks.items() if _is_young(look, begun)]
        digests = _read_all(young)[1]
    except (OSError, UnusualFileError):
        return False
    return all(path in digests and digests[path] == imprint.digests[path] for path in young)


def _looks_the_same(request: BuildRequest, imprint: Imprint) -> bool:
    """Whether there are the same files, each as it looked. Raises ``OSError`` and ``UnusualFileError``."""
    files = _list_files(_list_all(request)[0])
    return files == list(imprint.looks) and [_look(path) for path in files] == list(imprint.looks.values())


def _reckon_begin(clock: int, begun: float) -> int:
    """What the system's clock said when a look began, given what it says now."""
    return clock - int((perf_counter() - begun) * SECOND)


def _is_young(look: Look, clock: int) -> bool:
    """Whether a file was changed so short before a moment that one more change might not show. On Windows the second
    time is that of its making, and only the first tells of changes.
    """
    _, modified, changed, _ = look
    latest = modified if sys.platform == "win32" else max(modified, changed)
    margin = MARGIN if (modified if sys.platform == "win32" else changed) % SECOND else COARSE_MARGIN
    return latest >= clock - margin


def _find_asked(request: BuildRequest) -> str | None:
    """The output folder that was asked for, if any."""
    return os.fsencode(os.path.realpath(request.output)).hex() if request.output else None


def _list_all(request: BuildRequest) -> tuple[list[str], list[str]]:
    """Every file and folder, folders with ``/`` at their ends: where it lies, and as it is called in any site. Raises
    ``OSError`` and ``UnusualFileError``.
    """
    site, packaged = os.path.abspath(request.site), str(find_package_themes())
    settings = f"{site}/site.yaml"
    if os.path.islink(settings) or os.path.islink(packaged):
        raise UnusualFileError
    paths, shown = [settings], ["site.yaml"]
    if os.path.lexists(f"{site}/{PLAYBOOK}"):
        if os.path.islink(f"{site}/{PLAYBOOK}"):
            raise UnusualFileError
        paths.append(f"{site}/{PLAYBOOK}")
        shown.append(PLAYBOOK)
    for root, name in ((f"{site}/content", "content"), (f"{site}/themes", "themes"), (packaged, "packaged")):
        if name == "themes" and not os.path.lexists(root):
            continue
        if os.path.islink(root):
            raise UnusualFileError
        found = sorted(_walk(f"{root}/"))
        paths += found
        shown += [name + path[len(root) :] for path in found]
    return paths, shown


def _walk(folder: str) -> Iterator[str]:
    """Everything below a folder. Raises ``OSError`` and ``UnusualFileError``."""
    yield folder
    with os.scandir(folder) as items:
        for item in items:
            if item.is_file(follow_symlinks=False):
                yield item.path
            elif item.is_dir(follow_symlinks=False):
                yield from _walk(f"{item.path}/")
            else:
                raise UnusualFileError


def _list_files(paths: Sequence[str]) -> list[str]:
    """Those that are no folders."""
    return [path for path in paths if path[-1] != "/"]


def _read_all(paths: Sequence[str]) -> tuple[dict[str, Look], dict[str, bytes]]:
    """How each file looks, and the digests of those that are not large. Raises ``OSError`` and ``UnusualFileError``."""
    files = _list_files(paths)
    return _split_rows(files, _read_in_two(files) if len(files) >= MANY else _read_each(files))


def _split_rows(files: Sequence[str], rows: Sequence[_Row]) -> tuple[dict[str, Look], dict[str, bytes]]:
    looks = {path: look for path, (look, _) in zip(files, rows, strict=True)}
    return looks, {path: digest for path, (_, digest) in zip(files, rows, strict=True) if digest}


def _read_in_two(files: Sequence[str]) -> list[_Row]:
    """``_read_each``, half of it done by another process where there can be one."""
    half = len(files) // 2
    with do_aside(lambda: msgspec.msgpack.encode(_read_each(files[half:]))) as wait:
        first = _read_each(files[:half])
        second = decode_kept(_DECODE, wait()) or []
    return first + (second if len(second) == len(files) - half else _read_each(files[half:]))


def _read_each(files: Iterable[str], unread: Container[str] = frozenset()) -> list[_Row]:
    """How each file looks, and the digest of its bytes unless it is large or to be left ``unread``. Raises ``OSError``
    and ``UnusualFileError``.
    """
    rows: list[_Row] = []
    for path in files:
        if path in unread:
            rows.append((_look(path), b""))
            continue
        handle = os.open(path, _READ)
        try:
            status = os.fstat(handle)
            size = status.st_size
            digest = b""
            if size < LARGE:
                data = os.read(handle, size + 1)
                if len(data) != size:
                    raise UnusualFileError
                digest = digest_raw(data)
            rows.append(((size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino), digest))
        finally:
            os.close(handle)
    return rows


def _look(path: str) -> Look:
    status = os.lstat(path)
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
