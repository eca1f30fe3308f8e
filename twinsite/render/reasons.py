"""Why pages were rendered again: for each output the digests of its parts, and which of them had changed.

Kept in the cache under the output's own name, for ``explain`` alone. Nothing depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.page import Document, Page
from twinsite.render.keys import Keys


@dataclass(frozen=True, slots=True)
class Reason:
    """The ``parts`` of an output when it was last rendered, and which of them had ``changed`` (none: it was new)."""

    parts: dict[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


def _key(path: str) -> str:
    return digest_bytes(f"reason {path}".encode())


def read_reason(path: str, cache: Cache) -> Reason | None:
    """Why an output was last rendered, if this cache has seen it."""
    stored = cache.get(_key(path))
    try:
        return msgspec.json.decode(stored, type=Reason) if stored else None
    except msgspec.DecodeError:
        return None


def find_changes(before: Reason, now: dict[str, str]) -> tuple[str, ...]:
    """The parts that differ between then and now."""
    return tuple(sorted(name for name in before.parts.keys() | now.keys() if before.parts.get(name) != now.get(name)))


def keep_reason(page: Page | Document, keys: Keys, cache: Cache) -> None:
    """Note that an output is rendered now, and why."""
    before = read_reason(page.path, cache)
    parts = keys.parts(page)
    changed = find_changes(before, parts) if before else ()
    cache.put(_key(page.path), msgspec.json.encode(Reason(parts, changed)))
