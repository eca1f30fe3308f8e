"""The cells of one row of an export, brought into the values of a showcase as a column map declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.column_map import ColumnMap, ExportFormat
from twinsite.core.date_style import DateStyle, read_day, read_style
from twinsite.core.values import Wrong
from twinsite.read.characters import describe_forbidden, find_forbidden
from twinsite.read.html_text import find_markup, take_words

_BY_SORT: Final = (
    ("line", "title medium author.name author.handle author.url author.twintern relationship platform source_url "
     "archived critical language product contest campaign twintern permission.status incentive.given incentive.what "
     "incentive.disclosure reply.by private.evidence private.contact"),
    ("text", "quote translation reply.text private.notes"),
    ("day", "published captured permission.asked_on permission.answered_on permission.expires reply.date"),
    ("number", "rating.value rating.best rating.worst"),
    ("list", "tags audience regions permission.scope"),
)  # fmt: skip
FIELDS: Final = MappingProxyType({name: sort for sort, names in _BY_SORT for name in names.split()})
"""The fields of a showcase that an import can fill, each with the sort of its value."""

ORDER: Final = (
    "title medium author.name author.handle author.url author.twintern relationship platform source_url archived "
    "published captured quote language translation rating.value rating.best rating.worst critical product contest "
    "campaign twintern tags audience regions permission.status permission.scope permission.asked_on "
    "permission.answered_on permission.expires incentive.given incentive.what incentive.disclosure reply.by reply.date "
    "reply.text private.evidence private.contact private.notes"
).split()

NEEDED: Final = ("medium", "author.name", "relationship", "published")
"""What every row must have."""

_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_IN_DOUBT: Final = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")


class Reading(Struct, frozen=True):
    """How the cells of an export are read: its map, the style of its days, and the zone of the site."""

    map: ColumnMap
    home: ZoneInfo
    style: DateStyle | None
    zone: ZoneInfo | None


def make_reading(column_map: ColumnMap, zone: str) -> Reading:
    """The reading that a map declares; ``zone`` is the site's."""
    form = column_map.format
    style = read_style(form.date) if form.date else None
    assert not isinstance(style, Wrong), "checked when the map was read"
    return Reading(column_map, ZoneInfo(zone), style, ZoneInfo(form.timezone) if form.timezone else None)


def read_cell(field: str, text: str, reading: Reading) -> str | list[str] | Wrong:
    """The value that a cell gives to a field; empty where the cell is. Rules: ``control-character``, ``undeclared-
    style``, ``undeclared-word``, ``not-a-date``, ``no-such-date``, ``not-an-amount``.
    """
    unseen = find_unseen(text)
    if unseen:
        return Wrong("control-character", *describe_forbidden(unseen))
    words = reading.map.words.get(field)
    if words and text:
        return words.get(text) or _unknown_word(field, text)
    sort = FIELDS[field]
    if not text:
        return ""
    if sort == "day":
        day = read_day(text, reading.style, reading.zone, reading.home)
        return day if isinstance(day, Wrong) else day.isoformat()
    if sort == "number":
        return read_number(text, reading.map.format)
    if sort == "list":
        return [part for part in map(str.strip, re.split(r"[,;|]", text)) if part]
    plain = _read_words(text, reading.map.format)
    return plain if sort == "text" or isinstance(plain, Wrong) else " ".join(plain.split())


def find_unseen(text: str) -> str:
    """The name of the first character of a text that no file may hold, half of a pair (which JSON can write) included;
    empty where there is none.
    """
    half = re.search("[\ud800-\udfff]", text)
    return f"U+{ord(half[0]):04X}" if half else next((code for _, code in find_forbidden(text)), "")


def _unknown_word(field: str, text: str) -> Wrong:
    hint = f'Say in the map what it means: words: {{{field}: {{"{text[:40]}": …}}}}'
    return Wrong("undeclared-word", f'The map does not say what "{text[:40]}" means.', hint)


def _read_words(text: str, form: ExportFormat) -> str | Wrong:
    """The text as it is, or the words of its HTML, as declared."""
    if form.html is not None:
        return take_words(text) if form.html else text
    markup = find_markup(text)
    if not markup:
        return text
    message = f'"{markup[:40]}" looks like HTML, but may also be meant as it stands.'
    hint = "Declare in the map: format: {html: true} to take the words out of it, or {html: false} to keep every sign."
    return Wrong("undeclared-style", message, hint)


def read_number(text: str, form: ExportFormat) -> str | Wrong:
    """A number by the declared signs, as Twinsite writes it: digits and a point. Rules: ``undeclared-style``,
    ``not-an-amount``.
    """
    if form.decimal is None and form.thousands is None:
        if _PLAIN_NUMBER.fullmatch(text) and not _IN_DOUBT.fullmatch(text):
            return text
        if not re.search(r"[0-9]", text):
            return Wrong("not-an-amount", f'"{text}" is not a number.', "Write digits, or leave the cell empty.")
        hint = """Declare in the map which sign does what, such as: format: {decimal: ",", thousands: "."}"""
        return Wrong("undeclared-style", f'"{text}" can be read in more than one way.', hint)
    point = form.decimal or ("," if form.thousands == "." else ".")
    marks = {"space": r"[ \u00a0\u2009\u202f]"}.get(form.thousands or "", re.escape(form.thousands or ""))
    groups = rf"[0-9]{{1,3}}(?:{marks}[0-9]{{3}})+|[0-9]+" if marks else "[0-9]+"
    if re.fullmatch(rf"-?(?:{groups})(?:{re.escape(point)}[0-9]+)?", text):
        return (re.sub(marks, "", text) if marks else text).replace(point, ".")
    return Wrong(
        "not-an-amount",
        f'"{text}" is no number with the signs that the map declares.',
        "Correct the cell, or declare the signs that all cells have.",
    )


def nest(values: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Values by dotted names as nested ones, in the order in which records are written, empty ones left out."""
    nested: dict[str, Any] = {}
    for name in ORDER:
        if values.get(name):
            *parents, last = name.split(".")
            place = nested
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = values[name]
    return nested


def flatten(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Nested values by dotted names."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value
