"""The bundled fonts, with which share images are written, and which of them has what character.

All are under the SIL Open Font License 1.1 (see ``LICENSES``). Latin is set in Besley, as the default theme's headings
are; Greek, Cyrillic, Vietnamese, Arabic, Hebrew, Armenian, Georgian, Devanagari and Thai in Noto Sans. Chinese,
Japanese and Korean have no font small enough to bundle.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from twinsite.fonts.coverage import RANGES

Run = tuple[str, str]
"""The name of a font and the characters to write with it."""

_UNSEEN = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc"})
"""Categories of signs that may be left out of a title: emoji, marks of direction, controls."""


@cache
def _starts(font: str) -> tuple[list[int], list[int]]:
    ranges = RANGES[font]
    return [start for start, _ in ranges], [end for _, end in ranges]


@cache
def _find_font(sign: str) -> str | None:
    """The first font that has a character."""
    code = ord(sign)
    for font in RANGES:
        starts, ends = _starts(font)
        place = bisect_right(starts, code) - 1
        if place >= 0 and code <= ends[place]:
            return font
    return None


def make_writable(text: str) -> str | None:
    """The text without emoji and unseen signs, if the bundled fonts can write all the rest; else none."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = "".join(sign for sign in plain if _find_font(sign) or unicodedata.category(sign) not in _UNSEEN)
    whole = "".join(sign for sign in kept if _find_font(sign) or not _is_variation(sign))
    tidy = " ".join(whole.split())
    return tidy if tidy and all(map(_find_font, tidy)) else None


def _is_variation(sign: str) -> bool:
    return 0xFE00 <= ord(sign) <= 0xFE0F


def split_runs(text: str) -> list[Run]:
    """A writable text as runs of one font each. Spaces and marks stay with what stands before them."""
    runs: list[list[str]] = []
    for sign in text:
        font = _find_font(sign) or "besley"
        stays = sign == " " or unicodedata.combining(sign)
        if runs and (font == runs[-1][0] or stays):
            runs[-1][1] += sign
        else:
            runs.append([font, sign])
    return [(font, signs) for font, signs in runs]


@cache
def read_font(name: str) -> bytes:
    """The bytes of a bundled font (WOFF2)."""
    from importlib.resources import files

    return (files("twinsite.fonts") / "files" / f"{name}.woff2").read_bytes()


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left: its first letter says so."""
    return next((unicodedata.bidirectional(sign) for sign in text if sign.isalpha()), "L") in ("R", "AL")
