"""A file's name out of a title: letters of other alphabets are written in Latin ones where that is usual."""

from __future__ import annotations

import unicodedata
from datetime import date

from twinsite.core.convert import make_slug
from twinsite.kinds import KINDS

LONGEST = 60
_PORTS = frozenset(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = _PORTS | {"con", "prn", "aux", "nul", "null", "index", "tags"} | {kind.folder for kind in KINDS}
"""Names that Windows or YAML reads as something else, and addresses of lists."""


def clean_title(title: str) -> str:
    """The title on one line, without characters that no file may hold: controls, halves of pairs, byte-order marks."""
    kept = (letter for letter in title if letter.isspace() or not _is_unwritable(letter))
    return " ".join("".join(kept).split())


def _is_unwritable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co") or letter == "\N{ZERO WIDTH NO-BREAK SPACE}"


def name_record(title: str, kind: str, today: date) -> str:
    """The slug of a new record, at most 60 characters, cut between words.

    A title without a letter or digit that can be written in Latin ones gives the kind and the day:
    ``contest-2026-11-22``. A name that would be taken for something else (``null``, ``contests``, the year
    ``2026``) gets the kind before it.
    """
    slug = _shorten(make_slug(title))
    if not slug:
        return f"{kind}-{today.isoformat()}"
    return f"{kind}-{slug}" if slug in _RESERVED or slug.isdecimal() else slug


def _shorten(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
