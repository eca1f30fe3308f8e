"""The filters templates may use: pure functions of their arguments and the site's language.

Dates and numbers are written by Babel's rules for that language. No filter knows what time it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, parse_pattern
from markupsafe import Markup, escape

from twinsite.core.countries import name_in_sentence, write_place
from twinsite.core.digest import encode_canonical
from twinsite.core.locale import find_locale
from twinsite.render.body import add_anchors, mark_address, mark_sources, write_image
from twinsite.render.icalendar import escape_text, write_calendar


def make_filters(language: str) -> dict[str, Callable[..., Any]]:
    """The filters for a site in ``language`` (BCP 47; an unknown one falls back to English)."""
    locale = find_locale(language)
    words = Words(locale)
    return {
        "href": cache(write_address),
        "srcset": mark_sources,
        "image": write_image,
        "anchored": add_anchors,
        "date": words.date,
        "month": words.month,
        "instant": words.instant,
        "number": words.number,
        "money": words.money,
        "language": words.language,
        "country": words.country,
        "place": words.place,
        "jsonld": write_jsonld,
        "json": write_json,
        "rfc3339": write_rfc3339,
        "calendar": write_calendar,
        "calendar_text": escape_text,
        "qr": draw_qr,
    }


_DAY = "d MMMM y"
"""The usual form of a date, which needs no more than the names of the months."""


class Words:
    """Dates, instants, numbers and money in the words of one locale. Months and days are asked of Babel once each."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._months: Mapping[int, str] = locale.months["format"]["wide"]
        self.date = cache(self._date)
        self.month = cache(self._month)
        self.number = lru_cache(None, typed=True)(self._number)
        self.language = cache(self._language)
        self.country = cache(self._country)
        self._day_and_time = cache(self._format_instant)
        self._price = cache(self._format_price)

    def _date(self, value: str | None, style: str = _DAY) -> str:
        """``2026-06-01`` as ``1 June 2026``; ``style`` is a CLDR pattern or ``long``, ``medium``, ``short``."""
        if not value:
            return ""
        day = date.fromisoformat(value[:10])
        if style == _DAY:
            return f"{day.day} {self._months[day.month]} {day.year}"
        return format_date(day, format=style, locale=self._locale)

    def _month(self, value: str) -> str:
        """``2009-11`` as ``November 2009``."""
        year, month = value.split("-")[:2]
        return format_date(date(int(year), int(month), 1), format="LLLL y", locale=self._locale)

    def instant(self, value: Mapping[str, Any] | None, style: str = "d MMMM y, HH:mm") -> str:
        """``{iso, local, zone}`` as ``1 June 2026, 12:00 BST``."""
        return f"{self._day_and_time(value['local'], style)} {value['zone']}" if value else ""

    def _format_instant(self, local: str, style: str) -> str:
        return format_datetime(datetime.fromisoformat(local), format=style, locale=self._locale)

    def _number(self, value: int | str | None) -> str:
        """``12500`` as ``12,500``; amounts come as text and keep their digits."""
        if value is None:
            return ""
        amount = Decimal(str(value))
        digits = max(0, -int(amount.as_tuple().exponent))
        pattern = parse_pattern(self._locale.decimal_formats[None].pattern)
        pattern.frac_prec = (digits, digits)
        return str(pattern.apply(amount, self._locale))

    def money(self, value: Mapping[str, Any] | None) -> str:
        """``{amount, currency}`` as ``£1,200`` (pence only where there are any)."""
        return self._price(str(value["amount"]), value["currency"]) if value is not None else ""

    def _format_price(self, text: str, currency: str) -> str:
        amount = Decimal(text)
        whole = amount == amount.to_integral_value()
        pattern = "¤#,##0" if whole else None
        return str(format_currency(amount, currency, format=pattern, currency_digits=not whole, locale=self._locale))

    def _language(self, tag: str) -> str:
        """``es`` as ``Spanish``, in the words of this locale; a tag that Babel does not know stays."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag

    def _country(self, code: str) -> str:
        """``GB`` as ``United Kingdom``, in the words of this locale; a code that Babel does not know stays."""
        return str(self._locale.territories.get(code, code))

    def place(self, name: str) -> str:
        """A place as it stands in a sentence: ``uk`` as ``the UK`` in English."""
        return name_in_sentence(name) if self._locale.language == "en" else write_place(name)


def write_address(address: str) -> Markup:
    """An address, ready for an attribute (see ``mark_address``)."""
    return escape(mark_address(address))


def write_json(value: Any) -> str:
    """A plain value as canonical JSON text."""
    return encode_canonical(value).decode()


def write_jsonld(value: Any) -> Markup:
    """A plain value as JSON that is safe inside ``<script type="application/ld+json">``."""
    text = encode_canonical(value).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def write_rfc3339(value: Mapping[str, Any] | str | None) -> str:
    """An instant, or a date as its first moment in UTC, as feeds and sitemaps want it."""
    if not value:
        return ""
    text = value if isinstance(value, str) else str(value["iso"])
    return text if "T" in text else f"{text}T00:00:00Z"


@lru_cache(maxsize=1000)
def draw_qr(text: str) -> dict[str, Any]:
    """A QR code (error correction M) for an SVG: its ``size`` in modules with the quiet zone of four around it, and the
    ``path`` of its dark modules, row by row as lines one module high.
    """
    import segno

    code = segno.make(text, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix_iter(border=4)]
    runs = [
        f"M{found.start()} {y}.5h{found.end() - found.start()}"
        for y, row in enumerate(rows)
        for found in re.finditer(rb"\x01+", row)
    ]
    return {"size": len(rows), "path": "".join(runs)}
