"""Why pages were rendered again: for each output the digests and sums of its parts, and which of them had changed.

Kept in the cache under the output's own name, for ``explain`` alone. Nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.render.keys import Parts


@dataclass(frozen=True, slots=True)
class Reason:
    """The ``parts`` of an output when it was last rendered, and which of them had ``changed`` (none: it was new)."""

    parts: Parts
    changed: tuple[str, ...] = ()


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Reason)


def reason_key(path: str) -> str:
    """The name under which the cache keeps why an output was last rendered; it lasts as long as the output does."""
    return f"reason {path}"


def read_reason(path: str, cache: Cache) -> Reason | None:
    """Why an output was last rendered, if this cache has seen it."""
    return _decode(cache.get(reason_key(path)))


def find_changes(before: Parts, now: Parts) -> tuple[str, ...]:
    """The parts that differ between then and now, in the words of a sentence."""
    found = [f"its {name}" for name in _differing(before.view, now.view)]
    found += [f"the template {name} or one it uses" for name in _differing(before.templates, now.templates)]
    if before.shared != now.shared:
        found.append("what every page shows (site.yaml, menu, theme, Twinsite itself)")
    return tuple(sorted(found))


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)]


def read_reasons(paths: Iterable[str], cache: Cache) -> dict[str, Reason]:
    """Why outputs were last rendered, by path, for those that this cache has seen."""
    keys = {reason_key(path): path for path in paths}
    return {keys[key]: reason for key, data in cache.get_many(keys).items() if (reason := _decode(data))}


def encode_reason(parts: Parts, before: Reason | None) -> bytes:
    """That an output is rendered now, and why: what differs from ``before``."""
    changed = find_changes(before.parts, parts) if before else ()
    return _ENCODER.encode(Reason(parts, changed))


def _decode(data: bytes | None) -> Reason | None:
    return decode_kept(_DECODER.decode, data)
