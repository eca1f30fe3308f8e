"""The account: how each file of the output looked to the system when we were done with it.

Takes what the system says of files; gives those that nobody can have touched since, which need not be read again. It is
kept in the cache and never in the output folder, because it means nothing on another machine.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field

from twinsite.cache.kept import decode_kept, get_pieces, put_pieces
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.write.manifest import Entry, Manifest, read_bytes, read_manifest

MARGIN = 25_000_000
"""Nanoseconds before the end of a build in which a change might leave the times of a file as they are, because clocks
of file systems tick slowly."""

COARSE_MARGIN = 3_000_000_000
"""The same where times are told in whole seconds."""

SECOND = 1_000_000_000


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """A file of ours: the ``digest`` of its bytes, and its size, times (nanoseconds) and number as the system tells
    them.
    """

    digest: str
    size: int
    modified: int
    changed: int
    inode: int

    def fits(self, status: os.stat_result) -> bool:
        """Whether the system tells of the file just what it told then."""
        return (
            self.modified == status.st_mtime_ns
            and self.size == status.st_size
            and self.changed == status.st_ctime_ns
            and self.inode == status.st_ino
        )


Stamps = Mapping[str, Stamp]
"""The stamps of files by their paths."""


class Account(msgspec.Struct, frozen=True, array_like=True):
    """The digest of the ``manifest``, and the ``stamps`` of the very files that it lists. With a ``boot`` they count
    while the machine runs on.
    """

    manifest: str
    stamps: dict[str, Stamp]
    boot: str = ""


_DECODE = msgspec.msgpack.Decoder(Account).decode


class Outlook(Struct, frozen=True):
    """An output folder before a build: its ``manifest``, and the files that are ``intact``: ours and as we left
    them.
    """

    manifest: Manifest = field(default_factory=Manifest)
    intact: Stamps = field(default_factory=dict)


def make_stamp(digest: str, status: os.stat_result) -> Stamp:
    """The stamp of a file that was just found to have these bytes."""
    return Stamp(digest, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def look_at_output(folder: Path, cache: Cache | None = None, alone: bool = False) -> Outlook:
    """What is known of a folder. Without a ``cache``, or where the system's word is not to be taken, nothing counts as
    intact; where nobody but us writes there (``alone``), everything.
    """
    account = _read_account(folder, cache) if cache else None
    if account is None:
        return Outlook(read_manifest(folder))
    files = {path: Entry(stamp.digest, stamp.size) for path, stamp in account.stamps.items()}
    if account.boot and not _still_runs(account.boot):
        return Outlook(Manifest(files))
    return Outlook(Manifest(files), account.stamps if alone else _find_intact(folder, account.stamps))


def _read_account(folder: Path, cache: Cache) -> Account | None:
    """The account that goes with the manifest in the folder."""
    key = _key(folder)
    account = cache.recall(key)
    stored = None if account else get_pieces(cache, key)
    try:
        data = read_bytes(folder) if stored or account else None
    except OSError:
        return None
    account = account or (decode_kept(_DECODE, stored) if data else None)
    return account if account and data and account.manifest == digest_bytes(data) else None


def _find_intact(folder: Path, stamps: Stamps) -> dict[str, Stamp]:
    """The files that look as they did when their bytes were known."""
    found = {}
    start, look = f"{folder}/", os.lstat
    for path, stamp in stamps.items():
        try:
            status = look(start + path)
        except OSError:
            continue
        if stamp.fits(status):
            found[path] = stamp
    return found


def read_boot() -> str:
    """The name that the system gives to its run since it was started. Raises ``OSError`` where it gives none."""
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()


def _still_runs(boot: str) -> bool:
    try:
        return read_boot() == boot
    except OSError:
        return False


def keep_account(folder: Path, manifest: bytes, stamps: Stamps, now: int, cache: Cache, boot: str = "") -> None:
    """Keep the stamps of all files of a manifest. One whose times are too young to tell of any later change is kept in
    doubt, so that it will be read again. ``now`` is what the folder's own clock says, in nanoseconds. With a ``boot``
    (``read_boot``) some files may have been written over older ones: after a power cut they may look right and hold
    the old bytes, so that nothing counts any more when the system was started anew.
    """
    settled = {path: stamp if _is_settled(stamp, now) else doubt(stamp) for path, stamp in stamps.items()}
    key, account = _key(folder), Account(digest_bytes(manifest), settled, boot)
    if not cache.remember(key, account):
        put_pieces(cache, key, msgspec.msgpack.encode(account))


def _is_settled(stamp: Stamp, now: int) -> bool:
    margin = MARGIN if stamp.modified % SECOND else COARSE_MARGIN
    return stamp.modified < now - margin and stamp.changed < now - margin


def doubt(stamp: Stamp) -> Stamp:
    """The stamp of the same file that never fits."""
    return Stamp(stamp.digest, stamp.size, stamp.modified, 0, stamp.inode)


def _key(folder: Path) -> str:
    return digest_bytes(b"account " + os.fsencode(os.path.realpath(folder)))
