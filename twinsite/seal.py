"""The seal: what a whole build came to, kept under the imprint of everything that it was made of.

Where the same build is asked for again and its output is as that build left it, there is nothing to do, and what it
said then is said again. Takes a request and the cache; gives what was kept, or nothing. It must not trust anything but
equal bytes: a seal that is damaged, or of another moment, or whose output somebody touched, counts for nothing.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import FILE, Cache, Store, is_ours
from twinsite.core.clock import Window
from twinsite.core.digest import digest_bytes
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest
from twinsite.imprint import Imprint, Look, Opening, is_lasting
from twinsite.write.account import look_at_output
from twinsite.write.lock import is_locked
from twinsite.write.manifest import read_bytes
from twinsite.write.names import LOCK, PENDING

FOLDER = ".twinsite"
"""Where a seal is looked for: where the cache lies unless ``site.yaml`` says otherwise, which nobody reads here."""

MOST = 4000
"""Files of the output of which the system's word does not do, and which are read again; with more there is no seal."""


class Outcome(Struct, frozen=True, array_like=True):
    """What a build said. ``output`` is the folder as ``site.yaml`` names it, ``place`` where that is on the disk."""

    pages: int
    problems: tuple[Problem, ...]
    withheld: tuple[tuple[str, str, str | None], ...]
    zone: str | None
    output: str


class Seal(Struct, frozen=True, array_like=True):
    """A build that was right: its ``outcome``, the moments from ``start`` to ``end`` at which it comes out the same,
    the place of its output and the digest of the manifest there, and how its large files looked.
    """

    start: datetime
    end: datetime
    outcome: Outcome
    place: str
    manifest: str
    large: tuple[Look, ...]


_DECODE = msgspec.msgpack.Decoder(Seal).decode


def may_be_sealed(request: BuildRequest) -> bool:
    """Whether there is a cache in which an earlier build may have left a seal."""
    folder = request.site / FOLDER
    return not folder.is_symlink() and is_ours(folder / FILE)


def find_outcome(request: BuildRequest, imprint: Imprint) -> Outcome | None:
    """What the very same build said, if all that it made still stands."""
    if not may_be_sealed(request):
        return None
    cache = Store.open(request.site / FOLDER)
    try:
        seal = _read_seal(imprint.key, cache)
        if seal is None or not _counts(request, imprint, seal):
            return None
        return seal.outcome if _is_intact(find_folder(request, seal.outcome), seal, cache) else None
    finally:
        cache.close()


def find_folder(request: BuildRequest, outcome: Outcome) -> Path:
    """The output folder of a build."""
    return request.output if request.output else request.site / outcome.output


def keep_outcome(
    request: BuildRequest,
    imprint: Imprint,
    window: Window,
    outcome: Outcome,
    cache: Cache,
    opening: Opening | None = None,
) -> None:
    """Seal a build that was right, unless a file was changed while it ran, or is too young to tell. With an ``opening``
    another process may have looked at them already, since the last one was read.
    """
    from twinsite.write.staging import read_clock

    folder = find_folder(request, outcome)
    with suppress(OSError):
        clock = read_clock(folder)
        data = read_bytes(folder)
        large = tuple(imprint.looks[path] for path in imprint.large)
        latest = opening.find_latest() if opening else None
        if data is None or not is_lasting(request, imprint, clock, latest):
            return
        place = os.path.realpath(folder)
        seal = Seal(window.start, window.end, outcome, place, digest_bytes(data), large)
        cache.put(imprint.key, msgspec.msgpack.encode(seal))


def _read_seal(key: str, cache: Cache) -> Seal | None:
    return decode_kept(_DECODE, cache.get(key))


def _counts(request: BuildRequest, imprint: Imprint, seal: Seal) -> bool:
    """Whether a seal is of this moment, of these large files and of this place."""
    return (
        request.now in Window(seal.start, seal.end)
        and seal.large == tuple(imprint.looks[path] for path in imprint.large)
        and seal.place == os.path.realpath(find_folder(request, seal.outcome))
    )


def _is_intact(folder: Path, seal: Seal, cache: Cache) -> bool:
    """Whether the output is as the sealed build left it, and nothing of a build that was killed lies about."""
    try:
        data = read_bytes(folder)
    except OSError:
        return False
    if data is None or digest_bytes(data) != seal.manifest:
        return False
    if any(os.path.lexists(folder / name) for name in (PENDING, LOCK)) or is_locked(folder):
        return False
    outlook = look_at_output(folder, cache)
    files, intact = outlook.manifest.files, outlook.intact
    unsure = [path for path in files if path not in intact] if len(intact) < len(files) else []
    return len(unsure) <= MOST and all(_holds(folder / path, files[path].digest) for path in unsure)


def _holds(path: Path, digest: str) -> bool:
    """Whether a plain file has these bytes."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode) and digest_bytes(path.read_bytes()) == digest
    except OSError:
        return False
