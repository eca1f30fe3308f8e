"""Letters of other alphabets written in Latin ones, where that is usual."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType


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


def write_latin(text: str) -> str:
    """The text in small letters, what can be written in Latin ones written so; the rest stays."""
    return "".join(_latin_letter(letter) for letter in unicodedata.normalize("NFKC", text).lower())


def _latin_letter(letter: str) -> str:
    """A letter in Latin ones, its accents dropped; what no word is cut at (apostrophes, soft signs) is left out."""
    if letter in "'’ь":
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    known = _LATIN.get(letter, _LATIN.get(base))
    return letter if known is None else known
