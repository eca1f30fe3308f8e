"""Postal addresses in finished text: a street with a house number, shortly before a postcode of the United Kingdom, the
United States or a country of Europe.

Only such whole addresses are told; a place alone is no personal data. What has no house number ("The Old Sail Loft")
or no postcode is not found.
"""

from __future__ import annotations

import re
from typing import Final

from twinsite.core.expression import express

CODE: Final = r"[0-9][A-Z]{2}(?!\w)|[0-9]{5}(?![0-9,:.%])|[1-9][0-9]{3}(?= [^\W\d_a-zß-ÿ])"
"""Digits that may end an address or stand before its town: the second half of a British postcode, a ZIP code, the
postcodes of most countries of Europe. Four digits alone are mostly a year, so a capital letter must follow them."""

AFTER_LINE: Final = re.compile(rf"\n(?=[0-9])(?:{CODE})")
"""A postcode at the beginning of a line."""

WINDOW: Final = 160
"""How many signs before a postcode its street may begin."""

_STATES: Final = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC PR".split()
)
_WORD: Final = r"[A-Z0-9][\w'’.-]*"
_ENGLISH: Final = (
    "Street St Road Rd Avenue Ave Lane Ln Drive Dr Close Court Ct Way Place Pl Square Sq Terrace Crescent Gardens "
    "Grove Hill Row Mews Walk Parade Quay Strand Wharf Boulevard Blvd Parkway Pkwy Circle Cir Trail Highway Hwy View"
)
_BRITISH_STREET: Final = express(rf"(?<![\w-])[1-9][0-9]{{0,3}}[A-Za-z]?,? {_WORD}(?: {_WORD}){{0,4}}(?=[, ])")
_AMERICAN_STREET: Final = express(
    rf"(?<![\w-])[1-9][0-9]{{0,5}} (?:{_WORD} ){{1,4}}(?:{_ENGLISH.replace(' ', '|')})\b\.?"
)
_EUROPEAN_STREET: Final = express(
    r"(?:[A-ZÄÖÜÅØÉ][\w'’.-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|gracht|plein|kade|"
    r"dijk|singel|gatan|vägen|gade|vej|gata|veien|katu|tie)"
    r"|(?:Calle|C/|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Largo|Rua|Travessa|Praça|ul\.|al\.)"
    r" [\w'’. -]{2,40}?),? ?(?:n\.?º? ?)?[1-9][0-9]{0,3} ?[a-zA-Z]?(?![\w])"
    r"|(?<![\w-])[1-9][0-9]{0,3}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|chemin|quai|impasse|allée|cours|route)"
    r" [\w'’. -]{2,40}",
)
_OUTWARD: Final = express(r"(?:^|[ ,>\n])([A-Z]{1,2}[0-9][A-Z0-9]?)\Z")
_TAG: Final = express(r"<[^>]*>")
_TOWN: Final = express(r" (?:[A-Z]{2} )?[^\W\d_a-zß-öø-ÿ][\w'’-]+")
"""A town after its postcode; Dutch ones have two capitals more."""

_SENTENCE: Final = express(r"[!?;:]|\.\s|\b(?:the|and|in|is|was|with|of|on|for|at|to)\b")


def complete_address(text: str, code: re.Match[str]) -> str | None:
    """The address that ends in a postcode, which is a match of ``CODE`` with the sign before it, or in the town behind
    that: from the house number or the street on, without markup. None where no street stands before it.
    """
    digits = code[0][1:]
    last = text[code.start() - 1]
    if not digits.isdigit():
        return _find(text, code, _BRITISH_STREET, digits, _OUTWARD) if last.isalnum() else None
    if text[code.start() - 2 : code.start()] in _STATES:
        return _find(text, code, _AMERICAN_STREET, digits)
    if not (last in ",>\n" or last.isalnum()):
        return None
    town = _TOWN.match(text, code.end())
    return _find(text, code, _EUROPEAN_STREET, digits + town[0]) if town else None


def _find(
    text: str, code: re.Match[str], street: re.Pattern[str], end: str, needed: re.Pattern[str] | None = None
) -> str | None:
    """From the last street shortly before the code to the ``end`` of the address; none where a sentence ends or begins
    between them, or what is ``needed`` does not stand right before the code.
    """
    plain = _make_plain(text[max(code.start() - WINDOW, 0) : code.start()])
    found = list(street.finditer(plain)) if not needed or needed.search(plain) else []
    if not found or _SENTENCE.search(plain, found[-1].end()):
        return None
    return f"{plain[found[-1].start() :].rstrip(' ')} {end}"


def _make_plain(html: str) -> str:
    """Text without tags and with single spaces, a comma in place of a line's end."""
    cut = html.rpartition("<")[2] if html.rfind("<") > html.rfind(">") else html
    cut = cut.partition(">")[2] if 0 <= cut.find(">") < (cut.find("<") if "<" in cut else len(cut)) else cut
    lines = _TAG.sub(", ", cut).replace("\\n", ", ").replace("\n", ", ")
    if "&" in lines:
        from html import unescape

        lines = unescape(lines)
    return re.sub(r"(?:\s*,)+\s*", ", ", re.sub(r"\s+", " ", lines))
