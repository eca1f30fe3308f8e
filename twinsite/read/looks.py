"""Digests of files, quickly taken again: one that looks as it did long before it was read is not read once more.

Takes paths and a cache; what was seen is kept only by a cache that lives in this process (a preview's). No clock but
this process's own is asked, because that of a disk may be another machine's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.request import go_on
from twinsite.read.drafts import read_bytes

MARGIN = 3.0
"""Seconds that a file must have looked the same before it was read, so that any later change gives it another time:
some disks count in steps of two seconds."""

CHUNK = 2000
"""Files that are looked at in one go."""

Look = tuple[int, int, int, int, int]
"""A file as the system tells of it: its size, times (of its bytes and of its entry, nanoseconds), number and disk."""


NOWHERE: Look = (-1, -1, -1, -1, -1)
"""What the system tells of no file."""


class Seen(Struct, frozen=True):
    """A file that looked so ``since`` (seconds of this process's clock) and then had this ``digest``; ``sure`` if it
    was read so long after that no change can hide.
    """

    look: Look
    digest: str
    since: float
    sure: bool = False


def read_digests_again(
    site: Path,
    paths: Sequence[str],
    cache: Cache,
    touched: Container[str] | None = None,
    pause: Callable[[], None] = go_on,
) -> dict[str, str]:
    """The digest of the bytes of each file that can be read. Of those that nobody ``touched`` since they were seen
    nothing is asked. There is a ``pause`` after each ``CHUNK`` of them.
    """
    folder, now = str(site), perf_counter()
    known: dict[str, Seen] = cache.recall(_name(site)) or {}
    still = {} if touched is None else {path: one for path, one in known.items() if path not in touched}
    seen: dict[str, Seen] = {}
    for start in range(0, len(paths), CHUNK):
        some = paths[start : start + CHUNK]
        found = ((path, still.get(path) or _see(folder, path, known.get(path), now)) for path in some)
        seen.update((path, one) for path, one in found if one)
        pause()
    cache.remember(_name(site), seen)
    return {path: one.digest for path, one in seen.items()}


def note_digests(site: Path, digests: Mapping[str, str], cache: Cache) -> None:
    """Note what was just read of files in another way, in place of all that was known of any. How they look is asked
    when they are looked at again.
    """
    if not cache.lasting:
        now = perf_counter()
        cache.remember(_name(site), {path: Seen(NOWHERE, digest, now) for path, digest in digests.items()})


def _name(site: Path) -> str:
    return f"looks {site}"


def _see(folder: str, path: str, before: Seen | None, now: float) -> Seen | None:
    """A file, read unless that is not needed. How it looks is asked first: a change in between shows the next time."""
    look = take_look(f"{folder}/{path}")
    same = before is not None and before.look == look
    if before and same and before.sure:
        return before
    data = read_bytes(folder, path)[0]
    if data is None:
        return None
    since = before.since if before and same else now
    return Seen(look, digest_bytes(data), since, look[-1] >= 0 and now - since > MARGIN)


def take_look(path: str) -> Look:
    """What the system tells of a file; where it tells nothing, what it tells of none."""
    try:
        status = os.stat(path)
    except OSError:
        return NOWHERE
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)
