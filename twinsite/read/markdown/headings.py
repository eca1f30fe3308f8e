"""The ids of headings, as GitHub makes them: https://github.com/Flet/github-slugger and the ``toc_filter`` of
html-pipeline.

Lower case; everything but letters, marks, digits, ``_``, ``-`` and spaces dropped; spaces become ``-``; a second
heading of the same name gets ``-1``, a third ``-2``. An id that an editor wrote wins over one that was made.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_KEPT_ASCII = f"{string.ascii_letters}{string.digits}_- ".encode()
_DROPPED_ASCII = bytes({*range(0x100)} - {*_KEPT_ASCII})
_IN_SLUG = bytes.maketrans(b" " + string.ascii_uppercase.encode(), b"-" + string.ascii_lowercase.encode())
_NO_NAME = "section"


@lru_cache(maxsize=1024)  # many pages have headings of the same words
def slug_of(text: str) -> str:
    """The id of a heading with this text, before duplicates are told apart; ``section`` where no letter is left."""
    text = text.strip()
    if text.isascii():
        return text.encode().translate(_IN_SLUG, _DROPPED_ASCII).decode() or _NO_NAME
    kept = "".join(character for character in text.lower() if _is_kept(character))
    return kept.replace(" ", "-") or _NO_NAME


def _is_kept(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Pc") or character in "- "


class Anchors:
    """The ids given out on one page so far."""

    def __init__(self, counts: dict[str, int] | None = None) -> None:
        self._counts = counts or {}
        self._written: set[str] = set()

    def copy(self) -> Anchors:
        """The same ids, so that trying further ones does not use them up."""
        return Anchors(dict(self._counts))

    def reserve(self, ids: Iterable[str]) -> None:
        """Keep ids that editors wrote from being made for other headings."""
        for written in ids:
            if written not in self._counts:
                self._counts[written] = 0
                self._written.add(written)

    def give(self, text: str, written: str | None = None) -> str:
        """The id of the next heading: ``written`` the first time it comes, else one made from it or from ``text``."""
        if written is not None and written in self._written:
            self._written.discard(written)
            return written
        original = written or slug_of(text)
        found = original
        while found in self._counts:
            self._counts[original] += 1
            found = f"{original}-{self._counts[original]}"
        self._counts[found] = 0
        return found
