"""What is known of finished pages: their facts, which are decoded when somebody asks for them.

Of most pages of a build nobody does: what was told of them (``core.leads``), or that they name what they named before,
is enough for all checks. Takes facts as they come from those who made the pages; gives them by output path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from twinsite.cache.kept import decode_kept
from twinsite.core.facts import PageFacts, share_words
from twinsite.core.leads import Note

_decode = msgspec.json.Decoder(PageFacts).decode
_HEAD = b'{"digest":"'
_NAMED = len(_HEAD) + 33
"""Where in encoded facts the digest of the bytes ends, and what the page names begins."""


class Told(Mapping[str, PageFacts]):
    """The facts of pages by their paths."""

    def __init__(self) -> None:
        self._facts: dict[str, PageFacts | bytes] = {}

    def __getitem__(self, path: str) -> PageFacts:
        facts = self._facts[path]
        if isinstance(facts, bytes):
            self._facts[path] = facts = share_words(_decode(facts))
        return facts

    def __contains__(self, path: object) -> bool:
        return path in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def take(self, path: str, facts: PageFacts | bytes) -> None:
        """Take the facts of a page, which may still be encoded."""
        self._facts[path] = facts

    def names_the_same(self, path: str, before: bytes | None) -> bool:
        """Whether a page names what it named ``before`` (its facts then, encoded), whatever its bytes are."""
        facts = self._facts.get(path)
        if before is None or facts is None:
            return False
        if isinstance(facts, bytes) and before.startswith(_HEAD) and before[_NAMED:] == facts[_NAMED:]:
            return True
        was = decode_kept(_decode, before)
        return was is not None and was.names_the_same(self[path])


class Hearsay:
    """What was told of pages: the ``targets`` that any of them leads to, other than itself; the ``others`` of its links
    by page; what looks like ``personal`` data by page. ``count`` pages and documents were told of.
    """

    def __init__(self) -> None:
        self.targets: set[str] = set()
        self.others: dict[str, Iterable[str]] = {}
        self.personal: dict[str, tuple[tuple[str, str], ...]] = {}
        self.count = 0

    def take(self, path: str, note: Note) -> None:
        """Take what was told of a page or document."""
        self.count += 1
        self.targets.update(note.targets)
        if note.others:
            self.others[path] = note.others
        if note.personal:
            self.personal[path] = note.personal
