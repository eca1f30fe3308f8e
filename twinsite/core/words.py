"""How many words a text has, and whether it has any. Takes HTML or a fragment; only a page that shows it asks."""

from __future__ import annotations

import re

from twinsite.core.expression import express
from twinsite.core.fragment import Fragment

_BETWEEN_TAGS = re.compile(r">([^<]+)")
_WORD = re.compile(r">\s*[^<\s]")
_OTHER_BYTES = bytes(sorted({*range(0x100)} - {0xE0, *range(0xE3, 0xEA), 0xEF}))
"""All but the bytes with which the characters of ``_UNSPACED`` begin in UTF-8."""
_UNSPACED = express(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def count_words(body: Fragment) -> int:
    """The words of the visible text, those inside its components included."""
    inside = sum(count_words(slot.body) for slot in body.slots if slot.body)
    return count_words_of_html("<>".join(body.parts)) + inside


def count_words_of_html(html: str) -> int:
    """The words between the tags; in scripts without spaces, each character counts as one."""
    text = " ".join(_BETWEEN_TAGS.findall(f">{html}"))
    count = len(text.split())
    if not text.isascii() and text.encode("utf-8", "replace").translate(None, _OTHER_BYTES):
        count += len(_UNSPACED.findall(text))
    return count


def has_words(html: str) -> bool:
    """Whether there is any word."""
    return _WORD.search(f">{html}") is not None
