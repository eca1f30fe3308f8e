"""Personal data in finished text: e-mail addresses, phone numbers and postal addresses, as far as a machine can tell.

Every page of a build is looked at, so each expression begins with one fixed sign, which Python finds quickest. What
stands outside of a page's head and main part is mostly the same on all pages and is looked at once. And most texts have
neither a sign of an e-mail address nor digits in an order that a number of a phone or a postcode could have, which is
seen at one look at their bytes (``find_emails``, ``find_numbers``). Nothing here knows which contacts may be public;
``checks.personal`` does.

Not told apart from ordinary numbers, and so not found: phone numbers of seven or eight digits without an area code,
national numbers outside Europe and North America, and postal addresses that have no house number or no postcode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from string import ascii_uppercase
from typing import Final

from twinsite.core.expression import express
from twinsite.render.pieces import Pieces, look_at_pieces
from twinsite.render.postal import AFTER_LINE, CODE, complete_address

Personal = tuple[str, str]
"""What was found: ``email``, ``phone`` or ``address``, and the text as it stands there, without markup."""

RESERVED_HOSTS: Final = ("example.com", "example.org", "example.net")
"""Hosts that RFC 2606 keeps free for examples: an address there is nobody's."""

_FILES: Final = frozenset("avif css gif html ico jpeg jpg js json md mjs png svg webp xml yaml".split())
"""Endings that make ``logo@2x.png`` a file."""

_LOCAL: Final = re.compile(r"[\w.+'%-]*[\w+%-]\Z")
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}\b(?!\.[a-z0-9])")
_SPELT: Final = express(r"[(\[] ?at ?[)\]] ?([\w-]+(?: ?(?:[(\[] ?dot ?[)\]]|\.) ?[\w-]+)+)")
_ENCODED: Final = express(r"%40([\w.-]+\.[a-zA-Z]{2,24})\b")

_INTERNATIONAL: Final = express(r"\+[1-9](?:[ \u00a0\u202f./-]?(?:\([0-9]{1,4}\)|[0-9])){6,16}(?![\w:])")
_NATIONAL: Final = express(
    r"0(?:(?<![\w.,:;#/+=&-]0)|(?<=tel:0))"
    r"(?:0[1-9]|[1-9])[0-9]{0,10}(?:[)]?[ \u00a0\u202f/-]{1,2}[0-9]{2,8}){0,5}(?![\w:]|[.,][0-9])"
)
_BRACKETED: Final = express(r"\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[-. ][0-9]{4}(?![\w-])")
_AMERICAN: Final = tuple(
    express(
        rf"{sign}(?:(?<=[^\w.,/+-][2-9][0-9][0-9]{sign})|(?<=[^\w.,/+-]1{sign}[2-9][0-9][0-9]{sign}))[2-9][0-9]{{2}}{sign}[0-9]{{4}}(?![\w-]|\.[0-9])"
    )
    for sign in ("-", r"\.")
)
"""North America: a three-digit area and exchange, neither beginning with 0 or 1, and four digits; a 1 may
stand before them."""

_AFTER_SPACE: Final = express(
    rf" (?=[0-9])(?:(?<=[^\w.,/+-][2-9][0-9][0-9] )[2-9][0-9]{{2}}[ -][0-9]{{4}}(?![\w-])|{CODE})"
)
"""One walk over all spaces, for numbers of North America and for postcodes: a walk takes longer than what it finds."""

_DATE: Final = express(r"(?:[0-3]?[0-9])[ ./-][01]?[0-9][ ./-](?:19|20)[0-9]{2}")
_LOTTERY: Final = express(r"0[1-9](?:[ \u00a0\u202f/-][0-9]{2}){5,}")
"""Six pairs of digits are no phone number (a French one has five) but numbers of a lottery: the seed of many a draw."""

_BOOK: Final = express(r"(?:ISBN|ISSN|GTIN|EAN|UPC|ASIN|SKU)\S{0,4}[\s:\"]{0,4}\Z", re.IGNORECASE)
_FICTION: Final = express(
    r"(?:44|0)?(?:1632960|2079460|1134960|1144960|1154960|1164960|1174960|1184960|1214960|1314960|1414960|1514960|"
    r"1614960|1914980|2890180|2920180|7700900|8081570|9098790|3069990)[0-9]{3}\Z|1?[2-9][0-9]{2}55501[0-9]{2}\Z"
)
"""Numbers that Ofcom (United Kingdom) and NANPA (North America, 555-0100 to 555-0199) keep free for films and books."""


def make_finder() -> Callable[[Pieces], tuple[Personal, ...]]:
    """A function that finds the personal data in the pieces of an HTML page, each once. It remembers what stands around
    the main parts of pages, so make one for each build.
    """
    look = look_at_pieces(find_in_bytes)

    def find(pieces: Pieces) -> tuple[Personal, ...]:
        found = look(pieces)
        return tuple(dict.fromkeys(chain(*found[::2], *found[1::2]))) if any(found) else ()

    return find


def find_personal(text: str) -> tuple[Personal, ...]:
    """The personal data in a text of any format, each once, in order of kind and place."""
    return find_in_bytes(text.encode("utf-8", "surrogatepass"))


def find_in_bytes(data: bytes) -> tuple[Personal, ...]:
    """The same in a text in UTF-8."""
    found = [("email", mail) for mail in find_emails(data)]
    found += find_numbers(data)
    return tuple(dict.fromkeys(found)) if found else ()


_LENGTH_OF_AMERICAN: Final = len(" 555 0123")


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def find_emails(data: bytes) -> Iterable[str]:
    """The e-mail addresses of a text (UTF-8)."""
    mailed = (
        (b"@" in data and _AT.search(data))
        or (b"%" in data and b"%40" in data)
        or (b"(" in data and _ROUND_AT.search(data))
        or (b"[" in data and _SQUARE_AT.search(data))
    )
    return find_emails_closely(data.decode("utf-8", "surrogatepass")) if mailed else ()


def find_emails_closely(text: str) -> Iterator[str]:
    """The e-mail addresses of a text, by all expressions."""
    for at in _places(text, "@"):
        host = _HOST.match(text, at + 1) if text[at - 1] not in _ALONE else None
        if host:
            yield from _complete(text, at, host[0])
    for at in _places(text, "%"):
        encoded = _ENCODED.match(text, at)
        if encoded:
            yield from _complete(text, at, encoded[1])
    for sign in "([":
        for at in _places(text, sign):
            spelt = _SPELT.match(text, at)
            if spelt:
                yield from _complete(text, at, re.sub(r" ?[(\[] ?dot ?[)\]] ?", ".", spelt[1]))


_ALONE: Final = frozenset("\"'>@(/[;")
"""Signs before an ``@`` that is none of an e-mail address; most stand in JSON-LD."""

_AT: Final = re.compile(rb"@(?<![\"'>@(/\[;]@)[\w\x80-\xff-]++\.")
_ROUND_AT: Final = re.compile(rb"\( ?at ?[)\]]")
_SQUARE_AT: Final = re.compile(rb"\[ ?at ?[)\]]")
"""Without one of these, or the ``@`` of an address of a page (%40), there is no e-mail address."""


def _complete(text: str, at: int, host: str) -> Iterator[str]:
    """The address whose part before the ``@`` ends at ``at``, unless it is no address of a person's."""
    before = text[max(at - 64, 0) : at].rstrip(" ")
    local = _LOCAL.search(before)
    if local is None or host.rpartition(".")[2].lower() in _FILES:
        return
    sign = before[: local.start()][-1:]
    # "@name@host" is an account of the fediverse, "https://host/name@host" an address of a page.
    if sign == "@" or (sign == "/" and "://" in re.split(r"[\s\"'<>(]", before)[-1]):
        return
    if host.lower().endswith(RESERVED_HOSTS) and host.lower().split(".")[-2] == "example":
        return
    name = local[0]
    if "&" in name:
        from html import unescape

        name = unescape(name)
    name = name.lstrip("'.%")
    yield f"{name.removeprefix('mailto')}@{host}"


def find_numbers(data: bytes) -> list[Personal]:
    """The phone numbers and the postal addresses of a text (UTF-8)."""
    codes: list[int] = []
    for digits in _DIGITS.finditer(data.translate(_CLASSES)):
        if digits.lastgroup is None:
            codes.append(digits.start())
        elif digits.lastgroup == "phone" and _is_joined(data, digits.start(), digits.end()):
            continue
        elif digits.lastgroup == "phone" or data[digits.end() - 1] != _COLON:
            return find_numbers_closely(data.decode("utf-8", "surrogatepass"))
    return _find_addresses(data, codes) if codes else []


_SIGNS: Final = {
    sign: kind
    for kind, signs in {"0": "0123456789", "A": ascii_uppercase, " ": " \n", "-": "/-()", ",": ",:%", ".": "."}.items()
    for sign in signs
}
_CLASSES: Final = "".join(_SIGNS.get(chr(sign), "a") for sign in range(128)).encode() + b"~" * 128
"""What a byte of UTF-8 may be to a number: a digit (0), a capital (A), a space, a full stop, another sign between the
digits of a phone number (-), a part of any sign beyond ASCII, capitals and narrow spaces too (~), a sign that ends a
postcode's chances (,), or none of these (a)."""

_DIGITS: Final = re.compile(
    rb"0(?<!00)(?:(?P<moment>000-00-00 00,)|(?P<phone>%b)|(?<= 0)(?:AA|0000(?![0,.])|000 [A~]))" % (rb"[-~ .]*+0" * 8)
)
"""Digits to look at, from the first in a row, each sort only where those before it are not: an instant as we write it
(``2026-05-01 09:00``), in which there is no phone number, if its last sign is a colon; nine digits with nothing but
signs of phone numbers between them, without which there is none (written out, because a group that repeats takes half
as long again); and what may be a postcode, after a space or a line's end, without which there is no postal address.
"""

_COLON: Final = ord(":")


def _is_joined(data: bytes, start: int, end: int) -> bool:
    """Whether digits are joined by hyphens, to each other and to what stands before them, as the year and the number at
    the end of a page's address are: there no phone number begins.
    """
    return data[start - 1 : start] == b"-" and data[start:end].replace(b"-", b"").isdigit()


def find_numbers_closely(text: str) -> list[Personal]:
    """The same by all expressions, which takes longer."""
    found = [("phone", phone) for phone in _find_phones(text)]
    for place in _AFTER_SPACE.finditer(text):
        if len(place[0]) >= _LENGTH_OF_AMERICAN:
            found += [("phone", one) for one in _unless_fiction(text[place.start() - 3 : place.end()])]
        elif address := complete_address(text, place):
            found.append(("address", address))
    found += [("address", whole) for place in AFTER_LINE.finditer(text) if (whole := complete_address(text, place))]
    return found


def _find_addresses(data: bytes, codes: list[int]) -> list[Personal]:
    """The addresses of a text that end in postcodes, which begin at these places of its bytes."""
    # In front of a digit every sign is complete, so that what stands before it can be counted.
    places = [len(data[:code].decode("utf-8", "surrogatepass")) - 1 for code in codes]
    text = data.decode("utf-8", "surrogatepass")
    found = [match for code in (_AFTER_SPACE, AFTER_LINE) for at in places if (match := code.match(text, at))]
    return [("address", whole) for match in found if (whole := complete_address(text, match))]


def _find_phones(text: str) -> Iterator[str]:
    for at in _places(text, "+"):
        found = _INTERNATIONAL.match(text, at)
        if found and text[at - 1 : at] not in _JOINED and 9 <= _count(found[0]) <= 15:
            yield from _unless_fiction(found[0])
    for at in _places(text, "("):
        found = _BRACKETED.match(text, at)
        if found:
            yield from _unless_fiction(found[0])
    for found in _NATIONAL.finditer(text):
        if _is_national(found[0], text[max(found.start() - 16, 0) : found.start()]):
            yield from _unless_fiction(found[0])
    for american in _AMERICAN:
        for found in american.finditer(text):
            yield from _unless_fiction(text[found.start() - 3 : found.end()])


_JOINED: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=&%/_")
"""Signs before a plus that make it part of an address of a page, a sum or a name."""


def _is_national(text: str, before: str) -> bool:
    """Whether digits that begin with 0 can be a phone number: long enough, no date, no number of a book or an article.
    In one piece only as British numbers and French mobile ones are written.
    """
    digits = _count(text)
    if not 9 <= digits <= (15 if text.startswith("00") else 13) or _DATE.match(text) or _BOOK.search(before):
        return False
    if _LOTTERY.fullmatch(text):
        return False
    if text.isdigit():
        return (digits == 11 and text[1] in "12378") or (digits == 10 and text[1] in "67") or text.startswith("00")
    return True


def _count(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _unless_fiction(text: str) -> Iterator[str]:
    digits = "".join(sign for sign in text if sign.isdigit())
    if not _FICTION.match(digits.removeprefix("00").replace("440", "44", 1) if "44" in digits[:4] else digits):
        yield text.strip(" ./-(") if not text.startswith("(") else text
