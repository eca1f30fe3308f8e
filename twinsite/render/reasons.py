"""Why pages were rendered again: for each output the digests and sums of its parts, and which of them had changed.

Kept in the cache under the output's own name, for ``explain`` alone. Nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.render.keys import Parts


class Reason(Struct, frozen=True):
    """The ``parts`` of an output when it was last rendered, and those of the time before (none: it was new)."""

    parts: Parts
    before: Parts | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """Which of the parts had changed then."""
        return find_changes(self.before, self.parts) if self.before else ()


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(tuple[Parts, Parts | None])
_SPLIT = msgspec.json.Decoder(tuple[msgspec.Raw, msgspec.Raw])


def reason_key(path: str) -> str:
    """The name under which the cache keeps why an output was last rendered; it lasts as long as the output does."""
    return f"reason {path}"


def read_reason(path: str, cache: Cache) -> Reason | None:
    """Why an output was last rendered, if this cache has seen it."""
    kept = decode_kept(_DECODER.decode, cache.get(reason_key(path)))
    return Reason(*kept) if kept else None


def find_changes(before: Parts, now: Parts) -> tuple[str, ...]:
    """The parts that differ between then and now, in the words of a sentence."""
    found = [f"its {name}" for name in _differing(before.view, now.view)]
    found += [f"the template {name} or one it uses" for name in _differing(before.templates, now.templates)]
    if before.shared != now.shared:
        found.append("what every page shows (site.yaml, menu, theme, Twinsite itself)")
    return tuple(sorted(found))


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)]


def read_parts(paths: Iterable[str], cache: Cache) -> dict[str, msgspec.Raw]:
    """The parts, still encoded, of which outputs were last rendered, by path, for those that this cache has seen."""
    keys = {reason_key(path): path for path in paths}
    kept = ((keys[key], decode_kept(_SPLIT.decode, data)) for key, data in cache.get_many(keys).items())
    return {path: pair[0] for path, pair in kept if pair}


def encode_reason(parts: Parts, before: msgspec.Raw | None) -> bytes:
    """That an output is rendered now of these parts, and of which it was made ``before`` (see ``read_parts``)."""
    return _ENCODER.encode((parts, before))
