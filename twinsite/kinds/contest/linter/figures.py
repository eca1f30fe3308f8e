"""What free texts say in figures: dates of a contest's events, ages, numbers of prizes, sums of money, days to answer.

A pattern takes a figure only together with words that say what it is of ("closes on 1 July", "aged 18 or over"). A
figure without such words may be anything, and is left alone. The patterns read English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct

from twinsite.core.expression import express
from twinsite.kinds.contest.linter.text import Sentence
from twinsite.kinds.contest.rules.terms import MONTHS

NUMBERS = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            (
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                "seventeen eighteen nineteen twenty"
            ).split(),
            start=1,
        )
    }
)
CODES = ("GBP", "EUR", "USD", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY")
SYMBOLS = MappingProxyType({"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD"})

_MONTH = rf"(?:{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)})\b\.?"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = (
    rf"(?P<date>{_DAY}(?: of)? {_MONTH}(?:,? [12][0-9]{{3}})?|{_MONTH} {_DAY}\b(?:,? [12][0-9]{{3}})?|"
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9])"
)
_TO_DATE = r"(?:[^.!?;:]|(?<=[0-9])[.:](?=[0-9])){0,32}?"
"""What may stand between the name of an event and its date: few words, and no new thought."""
_COUNT = rf"(?P<count>[0-9]{{1,6}}|{'|'.join(NUMBERS)})"
_AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?(?![0-9])"
_MONEY = rf"(?P<money>(?:US\$|[£€$])\s?{_AMOUNT}|\b(?:{'|'.join(CODES)}) ?{_AMOUNT})"
_SPAN = r"(?P<per>(?:an|a|per) (?:hour|day|week|month|year))\b"

_IT = r"\b(?:entries|contest|competition|draw|it(?= \w+ (?:on|at)\b))"
_EVENTS = (
    ("closes", rf"{_IT} (?:closes?|ends?)\b"),
    ("closes", r"\b(?:and close|closing date|deadline(?: for entries)?)\b"),
    ("closes", r"\b(?:enter|entry|entries|arrive|reach us|be here|be in) (?:by|before|until)\b"),
    ("opens", rf"{_IT} (?:opens?|starts?|begins?)\b"),
    ("voting.opens", r"\b(?:voting (?:opens?|starts?|begins?)|votes are counted from|vote from)\b"),
    ("voting.closes", r"\b(?:voting (?:closes?|ends?)|vote (?:by|before|until))\b"),
    ("judging_ends", r"\bjudging (?:ends?|closes?)\b"),
    ("winners_announced", r"\bwinners? (?:is|are|will be) (?:announced|published|named)\b"),
)
_CHOOSE = (
    r"(?:(?:we|the (?:jury|panel|judges?)) (?:will )?(?:draws?|chooses?|picks?|selects?)|there (?:is|are|will be))"
)
_GIVE = r"(?:there (?:is|are|will be)|we (?:will )?(?:award|give(?: away)?)|one of(?: the| our)?)"
_WORTH = (
    r"(?:worth|value of|valued at|prize is|prize of|prizes of|win)(?: (?:about|around|some|a|of|all|prizes|the|is|are))"
)
_OTHERS = (
    (
        "minimum_age",
        r"\b(?:aged?|over the age of|at least) (?P<count>[0-9]{1,2})(?: (?:or|and) (?:over|older|above|up)\b|\+)",
    ),
    ("minimum_age", r"\bat least (?P<count>[0-9]{1,2}) years? (?:old|of age)\b"),
    ("minimum_age", r"\bminimum age(?: is| of|:)? (?P<count>[0-9]{1,2})\b"),
    ("minimum_age", r"\bmust be (?:over|at least) (?P<count>[0-9]{1,2})(?=[.,;!?]|$| (?:to|or|and|years?)\b)"),
    ("minimum_age", r"\bmust be (?P<count>[0-9]{1,2})(?: (?:or|and) (?:over|older|above|up)\b|\+)"),
    ("winners", rf"\b{_CHOOSE} {_COUNT} winners?\b"),
    ("winners", rf"\b{_COUNT} winners? (?:is|are|will be) (?:drawn|chosen|picked|selected)\b"),
    ("prizes", rf"\b{_GIVE} {_COUNT} prizes?\b"),
    ("prizes", rf"\b{_COUNT} prizes? (?:in all|in total|altogether|to be won|to win)\b"),
    ("value", rf"\b{_WORTH}{{0,3}} {_MONEY}(?! (?:an?|per) )"),
    ("value", rf"{_MONEY} (?:prize|voucher|gift card)\b"),
    ("pay", rf"\b(?:pays?|paid|pay is|for|at|earns?) {_MONEY} {_SPAN}"),
    (
        "days_to_respond",
        r"\b(?:winners?|who(?:ever)?|they|it)\b(?: \w+){0,4} (?:answers?|responds?|reply|replies|claims?)(?: \w+){0,3} "
        r"within (?P<count>[0-9]{1,3}) days\b",
    ),
)
PATTERNS = tuple(
    (name, express(f"(?i){pattern}"))
    for name, pattern in (*((name, f"{words}{_TO_DATE}{_DATE}") for name, words in _EVENTS), *_OTHERS)
)


class Figure(Struct, frozen=True):
    """A figure in a sentence. ``of`` names what it is of (a field, or ``winners prizes value pay``); ``words`` are
    those of the text, ``start`` where they begin in it. ``day`` is (year or none, month, day); ``money`` (amount,
    currency).
    """

    of: str
    words: str
    start: int
    day: tuple[int | None, int, int] | None = None
    count: int | None = None
    money: tuple[Decimal, str] | None = None
    per: str = ""


def find_figures(sentence: Sentence) -> Iterator[Figure]:
    """All figures of a sentence that say what they are of."""
    for of, pattern in PATTERNS:
        for found in pattern.finditer(sentence.text):
            figure = _read(of, found, sentence.start)
            if figure:
                yield figure


def may_hold_figures(text: str) -> bool:
    """Whether there can be a figure in a text at all: wrong on the safe side only. Most texts have none, and this is
    found out quickly, by what stands beside their numbers.
    """
    plain = text.lower()
    if not text.isascii():
        for letter, same in _SAME_LETTERS:
            plain = plain.replace(letter, same)
    for found in _NUMBER.finditer(plain.encode("ascii", "replace").translate(_FIGURES)):
        start, end = found.span()
        if _AFTER.match(plain, end):
            return True
        if plain[start - 1 : start] not in _NEVER_BEFORE and _BEFORE.search(plain, max(start - _REACH, 0), start):
            return True
    return ("winner" in plain or "prize" in plain) and _IN_WORDS.search(plain) is not None


_SAME_LETTERS = (("\u017f", "s"), ("\u0131", "i"), ("i\u0307", "i"))
"""Letters that a pattern takes for those of ASCII without regard to case, as ``lower`` leaves them."""
_FIGURES = bytes(0x30 if 0x30 <= byte < 0x3A else byte for byte in range(0x100))
_NUMBER = re.compile(b"00*")
"""A number, once every figure is a ``0``: what begins with one certain character is found many times as quickly."""
_AFTER = express(
    rf"(?:st|nd|rd|th)?(?: of)?\s(?:{'|'.join(month[:3].lower() for month in MONTHS)})|"
    r"\s(?:winner|prize)|-[01][0-9]-[0-3]"
)
"""What begins right after the number of a date, of winners and of prizes."""
_BEFORE = express(
    rf"(?:(?:{_MONTH.lower()})\s|[£€$]\s?|(?:{'|'.join(CODES).lower()})\s?|"
    r"(?:aged?|age(?: is| of|:)|least|must be(?: over)?|within)\s)\Z"
)
"""What ends right before the number of any other date, before one of money, of years of age and of days."""
_NEVER_BEFORE = frozenset("-/.,:([#%+*_=")
"""What no match of that ends with, such as the hyphen in an address."""
_REACH = 14
"""Characters before a number in which that stands: enough for ``september. `` and ``must be over ``."""
_IN_WORDS = express(rf"\b(?:{'|'.join(NUMBERS)})\s(?:winner|prize)")


def _read(of: str, found: re.Match[str], start: int) -> Figure | None:
    parts = found.groupdict()
    words, at = found[0].rstrip(" .,;"), found.start() + start
    if parts.get("date"):
        day = read_day(parts["date"])
        return Figure(of, words, at, day=day) if day else None
    if parts.get("money"):
        return Figure(of, words, at, money=read_money(parts["money"]), per=(parts.get("per") or "").split(" ")[-1])
    return Figure(of, words, at, count=NUMBERS.get(parts["count"].lower()) or int(parts["count"]))


def read_day(text: str) -> tuple[int | None, int, int] | None:
    """``1st July 2026``, ``July 1``, ``2026-07-01`` as (2026 or none, 7, 1)."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        numbers = [int(part) for part in text.split("-")]
        return numbers[0], numbers[1], numbers[2]
    month = next((place for place, name in enumerate(MONTHS, 1) if re.search(rf"(?i)\b{name[:3]}", text)), 0)
    year = re.search(r"[0-9]{4}", text)
    day = re.search(r"\b[0-9]{1,2}(?![0-9])", text)
    return (int(year[0]) if year else None, month, int(day[0])) if day and month else None


def read_money(text: str) -> tuple[Decimal, str]:
    """``£1,200.50`` as (1200.50, GBP)."""
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    assert digits is not None
    mark = text[: digits.start()].strip()
    return Decimal(digits[0].replace(",", "").rstrip(".")), SYMBOLS.get(mark.upper(), mark.upper())
