"""A file's name out of a title: letters of other alphabets are written in Latin ones where that is usual."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from twinsite.core.convert import make_slug
from twinsite.kinds import KINDS

LONGEST = 60
_PORTS = frozenset(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = _PORTS | {"con", "prn", "aux", "nul", "null", "index", "tags"} | {kind.folder for kind in KINDS}
"""Names that Windows or YAML reads as something else, and addresses of lists."""


def _pairs(letters: str, latin: str) -> dict[str, str]:
    return dict(zip(letters, latin.split(), strict=True))


# Letters that no decomposition takes apart; Cyrillic and Greek as passports write them (ICAO 9303, ELOT 743).
_LATIN: Mapping[str, str] = MappingProxyType(
    _pairs("ßæœøđðłıþħŋ⁄", "ss ae oe o d d l i th h n -")
    | _pairs("абвгдежзийклмнопр", "a b v g d e zh z i i k l m n o p r")
    | _pairs("стуфхцчшщъыэюя", "s t u f kh ts ch sh shch ie y e iu ia")
    | _pairs("ґєії", "g ie i i")
    | _pairs("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
)


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
    slug = _shorten(make_slug(_to_latin(title)))
    if not slug:
        return f"{kind}-{today.isoformat()}"
    return f"{kind}-{slug}" if slug in _RESERVED or slug.isdecimal() else slug


def _to_latin(title: str) -> str:
    return "".join(_latin_letter(letter) for letter in unicodedata.normalize("NFKC", title).lower())


def _latin_letter(letter: str) -> str:
    """A letter in Latin ones, its accents dropped; what no word is cut at (apostrophes, soft signs) is left out."""
    if letter in "'’ь":
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    known = _LATIN.get(letter, _LATIN.get(base))
    return letter if known is None else known


def _shorten(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
