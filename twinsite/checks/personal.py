"""Personal data: no e-mail address, phone number or postal address is published that nobody declared as a contact.

Works on what was found in the finished files, whatever made them. Takes findings and declared contacts; gives leaks,
and problems for them. Where a leak was written in the source, somebody else must look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

from twinsite.core.problem import Problem
from twinsite.render.personal import find_personal

Place = tuple[str, int | None, int | None]
"""A file of the source, with line and column where they are known."""

FindPlace = Callable[[str, str], Place]
"""Gives the place in the source of a text that was found in an output, from the text and the file to blame."""

LAST_DIGITS: Final = 9
"""As many digits at the end of two phone numbers are compared: before them, a country is written in many ways."""

_KINDS: Final = {
    "email": ("public-email", "e-mail address"),
    "phone": ("public-phone", "phone number"),
    "address": ("public-address", "postal address"),
}


class Leak(Struct, frozen=True):
    """Something personal in the output: what it is, its text, and the files in which it stands, by path; and the file
    of the source that the first of these is made from.
    """

    kind: str
    text: str
    outputs: tuple[str, ...]
    source: str


class Allowed:
    """The contacts that may be public, however they are written, also within a sentence."""

    def __init__(self, contacts: Iterable[str]) -> None:
        plain = [contact.removeprefix("mailto:").partition("?")[0] for contact in contacts]
        found = {one for contact in plain for one in find_personal(f" {contact} ")}
        mails = {text for kind, text in found if kind == "email"} | {contact for contact in plain if "@" in contact}
        phones = {text for kind, text in found if kind == "phone"} | {
            contact for contact in plain if _is_number(contact)
        }
        self._mails = frozenset(mail.casefold() for mail in mails)
        self._phones = frozenset(filter(None, map(_last_digits, phones)))
        self._words = tuple(f" {' '.join(_split(contact))} " for contact in plain if " " in contact)

    def has(self, kind: str, text: str) -> bool:
        """Whether it is one of them, or a part of a postal address among them."""
        if kind == "email":
            return text.casefold() in self._mails
        if kind == "phone":
            return _last_digits(text) in self._phones
        own = f" {' '.join(_split(text))} "
        return any(own in words for words in self._words)


def _is_number(text: str) -> bool:
    return not any(sign.isalpha() for sign in text.removeprefix("tel:"))


def _last_digits(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits[-LAST_DIGITS:] if len(digits) >= LAST_DIGITS else ""


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def find_leaks(
    found: Mapping[str, tuple[tuple[str, str], ...]], sources: Mapping[str, str], allowed: Allowed
) -> list[Leak]:
    """What of the findings (by output path) no declared contact covers, each once. ``sources`` are the files that
    outputs are made from.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for path, findings in found.items():
        for kind, text in findings:
            if not allowed.has(kind, text):
                places.setdefault((kind, text), []).append(path)
    return [Leak(kind, text, tuple(paths), sources.get(paths[0], "")) for (kind, text), paths in places.items()]


def report_leaks(leaks: Iterable[Leak], find_place: FindPlace) -> list[Problem]:
    """A problem for each leak, where it was written."""
    return [_report(leak, *find_place(leak.text, leak.source)) for leak in leaks]


def _report(leak: Leak, path: str, line: int | None, column: int | None) -> Problem:
    rule, what = _KINDS[leak.kind]
    first = "/" + leak.outputs[0].removesuffix("index.html")
    more = len(leak.outputs) - 1
    where = first + (f" and in {more} more file{'s' if more > 1 else ''}" if more else "")
    message = f'The {what} "{leak.text}" would be public, in {where}.'
    shown = f'"{leak.text}"' if re.search(r"[,:#\[\]{}]|^[+@&*!|>%-]", leak.text) else leak.text
    hint = f"Take it out. If everybody may use it, say so in site.yaml: policies: {{contacts: [{shown}]}}"
    return Problem(rule, path, message, hint, line, column, width=len(leak.text) if line else 1)
