"""The codes of entries: what is wrong with one, and how many bits of chance it can hold.

After a draw the salt and the leaves are public, so that everybody may test guesses, each of them against all leaves at
once. What keeps codes unknown then is their own length alone. With 80 bits a guesser needs about 2^60 hashes until the
first of a million codes is found, and 2^75 for one of thirty winners; with 40 bits, which many form services give,
it would be a matter of seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import takewhile
from math import log2
from types import MappingProxyType
from typing import NamedTuple

BITS = 80
"""How many bits a code must be able to hold."""
LONGEST = 128
"""Characters of the longest code."""
SURE = 25
"""So many signs hold enough bits even if all are digits."""
OWN_BITS = 24
"""How many bits must tell a code from the one before it: fewer, and they were counted up rather than drawn."""
NEAR = 12
"""Only codes that differ in no more than their last signs can differ in so few bits (seven digits, and marks)."""

Alphabets = Mapping[int, int]
"""How many signs the alphabet of codes has, by the number of their signs."""
NO_ALPHABETS: Alphabets = MappingProxyType({})

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_MARKS = str.maketrans("", "", "-._~")
_FORMULA = ("=", "+", "-", "@")


class Flaw(NamedTuple):
    """What is wrong with a code: the rule, what is wrong in words, and what to write instead."""

    rule: str
    message: str
    hint: str


_KINDS = (
    (re.compile(r"[0-9]+"), 10),
    (re.compile(r"[0-9a-f]+|[0-9A-F]+"), 16),
    (re.compile(r"[a-z]+|[A-Z]+"), 26),
    (re.compile(r"[0-9a-z]+|[0-9A-Z]+"), 32),
    (re.compile(r"[A-Za-z]+"), 52),
)
"""Alphabets that a code may be drawn from, by what it is made of; letters and digits count as 32, because most makers
of codes leave out those that look alike.
"""

_HOW = "Let your form service give each entry a random code of 16 or more letters and digits, such as a UUID."


def find_alphabets(codes: Iterable[str]) -> Alphabets:
    """The alphabets of the codes of each length, where nearly all of them (7 of 8) seem to be of the same. Of sixteen
    signs drawn from letters and digits one code in 400 has no digit: that makes it no easier to guess.
    """
    found: dict[int, Counter[int]] = {}
    for code in codes:
        signs = code.translate(_MARKS)
        found.setdefault(len(signs), Counter())[_find_size(signs)] += 1
    usual = {length: sizes.most_common(1)[0] for length, sizes in found.items()}
    return {length: size for length, (size, many) in usual.items() if 8 * many >= 7 * found[length].total()}


def _find_size(signs: str) -> int:
    return next((size for pattern, size in _KINDS if pattern.fullmatch(signs)), 62)


def count_bits(text: str, alphabets: Alphabets = NO_ALPHABETS) -> float:
    """How many bits of chance a code can hold at most, if it was drawn from the alphabet of the codes of its length,
    or else from the one that it seems to be of.
    """
    signs = text.translate(_MARKS)
    return len(signs) * log2(max(_find_size(signs), alphabets.get(len(signs), 0)))


def find_flaw(code: str) -> Flaw | None:
    """What is wrong with the form of a code. Never quotes it: it might be somebody's address."""
    if _CODE.fullmatch(code) and len(code) <= LONGEST:
        return None
    if not code.strip():
        return Flaw("bad-code", "This row has no code.", "Give every entry its code, or delete the row.")
    if code.startswith(_FORMULA):
        message = f'The code begins with "{code[0]}", which a spreadsheet would run as a formula.'
        return Flaw("code-like-formula", message, "Codes begin with a letter or a digit. " + _HOW)
    if "@" in code:
        message = "This looks like an e-mail address. Whoever guesses it could see that its owner entered."
        return Flaw("code-is-address", message, _HOW)
    if any(sign.isspace() for sign in code):
        return Flaw("bad-code", "There is a blank in this code.", "Delete the blank: codes are compared sign by sign.")
    hidden = next((sign for sign in code if not sign.isprintable()), None)
    if hidden:
        message = f"There is an invisible character (U+{ord(hidden):04X}) in this code."
        return Flaw("bad-code", message, "Delete it: nobody could type this code.")
    if len(code) > LONGEST:
        return Flaw("bad-code", f"This code has {len(code)} signs.", f"Codes have at most {LONGEST}.")
    wrong = next(sign for sign in code if not _CODE.fullmatch("a" + sign))
    message = f'There is a "{wrong}" in this code.'
    return Flaw(
        "bad-code", message, "Codes are made of the letters A to Z, digits, and the marks - . _ ~ after the first."
    )


def count_shared(one: str, other: str) -> int:
    """How many signs two codes begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def find_weakness(code: str, common: str = "", before: str = "", alphabets: Alphabets = NO_ALPHABETS) -> Flaw | None:
    """Why a code could be guessed: too short (without what is ``common`` to all), or counted up from the one
    ``before``. ``alphabets`` are those of all codes without what is common, where they are known.
    """
    own = code[len(common) :]
    bits = BITS if len(own.translate(_MARKS)) >= SURE else int(count_bits(own, alphabets))
    if bits < BITS:
        part = f" after the part that all share ({len(common)} signs)" if common else ""
        message = f"This code can be guessed: it holds at most {bits} bits{part}, and {BITS} are needed."
        return Flaw("code-guessable", message, _HOW)
    if not before or code[:-NEAR] != before[: len(code) - NEAR] or code == before:
        return None
    shared = count_shared(code, before)
    if count_bits(code[shared:]) < OWN_BITS:
        message = f"This code can be guessed: it differs from the one before only in its last {len(code) - shared}"
        message += " sign." if len(code) - shared == 1 else " signs."
        return Flaw("code-guessable", message, "Codes must be random, not counted up. " + _HOW)
    return None
