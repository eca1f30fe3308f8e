"""Sentences of a free text, with their places: what code, quotes of others and tales of the past say is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from twinsite.core.expression import express

_WRAPPED = express(r"(?<=[^\n])\n(?![\n\-*#>|:+~`]|[0-9]+[.)] )")
"""An end of a line inside a paragraph."""
_SKIPPED = express(r"(?ms)^(```|~~~).*?^\1|<!--.*?-->|`[^`\n]*`|^>[^\n]*|^:::[^\n]*|\]\([^)\n]*\)")
"""What no reader takes for the editor's own words: code, notes, quotes of others, components, addresses."""
_SENTENCE = express(r"[^\n]+?(?:[.!?](?=[\s\"”’)*_]|$)|(?=\n)|$)")
_PAST = express(
    r"(?i)\b(?:was|were|had|moved|formerly|originally|instead|used to|would|last (?:year|time)|previous(?:ly)?|"
    r"earlier|so far|until now|in (?:19|20)[0-9]{2} (?:we|it|the))\b"
)
"""Words of sentences that tell of other times."""


class Sentence(Struct, frozen=True):
    """A sentence and where it begins in its text (from 0)."""

    text: str
    start: int


def list_sentences(text: str, wanted: Callable[[str], bool]) -> Iterator[Sentence]:
    """Those ``wanted`` of the sentences in which an editor says how things are now. ``wanted`` is true of a paragraph
    in which there is one.
    """
    plain = _WRAPPED.sub(" ", _SKIPPED.sub(_blank, text))
    start = 0
    for line in plain.split("\n"):
        if line and wanted(line):  # else none of its sentences is
            for found in _SENTENCE.finditer(plain, start, start + len(line)):
                if wanted(found[0]) and not _PAST.search(found[0]):
                    yield Sentence(found[0], found.start())
        start += len(line) + 1


def _blank(found: re.Match[str]) -> str:
    """Spaces in place of something, so that all that follows stays where it was."""
    return re.sub(r"[^\n]", " ", found[0])


def find_line(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a place in a text, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
