"""Why pages were rendered again: for each output the digests of its parts, and which of them had changed.

Kept in the cache under the output's own name, for ``explain`` alone. Nothing depends on it. Which part of a view has
changed is seen from the sums of its parts. They are taken of the view that the cache keeps for the next build, and
only once there is another one: so a first build sums up nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.page import Document, Page, name_view
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
_DECODER_OF_LAST = msgspec.json.Decoder(tuple[Parts, msgspec.Raw])
_SPLIT = msgspec.json.Decoder(dict[str, msgspec.Raw])


def reason_key(path: str) -> str:
    """The name under which the cache keeps why an output was last rendered; it lasts as long as the output does."""
    return f"reason {path}"


def read_reason(path: str, cache: Cache) -> Reason | None:
    """Why an output was last rendered, if this cache has seen it."""
    kept = decode_kept(_DECODER.decode, cache.get(reason_key(path)))
    return Reason(_recall_sums([kept[0]], cache)[0], kept[1]) if kept else None


def find_changes(before: Parts, now: Parts) -> tuple[str, ...]:
    """The parts that differ between then and now, in the words of a sentence."""
    found = [] if before.view == now.view else _compare_sums(before.sums, now.sums)
    found += [f"the template {name} or one it uses" for name in _differing(before.templates, now.templates)]
    if before.shared != now.shared:
        found.append("what every page shows (site.yaml, menu, theme, Twinsite itself)")
    return tuple(sorted(found))


def _compare_sums(before: Mapping[str, int] | None, now: Mapping[str, int] | None) -> list[str]:
    """Which parts differ of two views that do; the view from before may be forgotten by now."""
    if before is None or now is None:
        return ["what it shows"]
    return [f"its {name}" for name in _differing(before, now)]


def _differing(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)]


def add_sums(parts: Parts, encoded: bytes) -> Parts:
    """The same with a sum of each part of the view, which is given encoded. Two parts that differ may, once in a blue
    moon, have the same sum.
    """
    return replace(parts, sums={name: crc32(part) for name, part in _SPLIT.decode(encoded).items()})


def read_parts(pages: Iterable[Page | Document], cache: Cache) -> dict[str, Parts]:
    """The parts of which these outputs were last rendered, by path, for those that this cache has seen; with the sums
    of views that are others now.
    """
    digests = {reason_key(page.path): (page.path, page.digest) for page in pages}
    kept = ((*digests[key], decode_kept(_DECODER_OF_LAST.decode, row)) for key, row in cache.get_many(digests).items())
    found = {path: (pair[0], pair[0].view == digest) for path, digest, pair in kept if pair}
    other = [path for path, (_, same) in found.items() if not same]
    summed = _recall_sums([found[path][0] for path in other], cache)
    return {path: parts for path, (parts, _) in found.items()} | dict(zip(other, summed, strict=True))


def _recall_sums(made_of: Sequence[Parts], cache: Cache) -> list[Parts]:
    """The same with the sums of those views that the cache still has."""
    views = cache.get_many(name_view(parts.view) for parts in made_of)
    kept = [views.get(name_view(parts.view)) for parts in made_of]
    return [add_sums(parts, view) if view else parts for parts, view in zip(made_of, kept, strict=True)]


def encode_reason(parts: Parts, before: Parts | None) -> bytes:
    """That an output is rendered now of these parts, and of which it was made ``before`` (see ``read_parts``)."""
    return _ENCODER.encode((parts, before))
