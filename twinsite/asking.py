"""The words that ask somebody whether we may show what they made: the item, the scope, how long, and how to say no.

What a consent must hold to be worth anything: the very item with its address and the day it was copied, the scope of
use, the duration, and that it can be refused and taken back. A like or a hashtag is no consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from textwrap import fill, indent
from types import MappingProxyType
from typing import Final

from babel.dates import format_date

from twinsite.config import Brand, Settings
from twinsite.core.record import Record
from twinsite.kinds.permission import Right, find_standing

WIDTH: Final = 78
PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {"site": "on our web site, {url}", "ads": "in our advertisements", "print": "in print, such as our catalogue"}
)


def write_request(right: Right, record: Record, settings: Settings, today: date) -> str:
    """A letter in English to the author of an item, ready to be sent or printed."""
    brand = settings.brand or Brand(name=settings.title)
    parts = [
        f"To: {right.who}",
        f"Subject: May {brand.name} show your {_name(right)}?",
        "",
        f"Dear {right.who},",
        "",
        _recall(right, today),
        "",
        *_show_item(right, record),
        *_say_terms(right, settings, today),
        "",
        fill(f"Yes: answer with the word yes. {_say_name(right)}", WIDTH),
        "",
        fill(
            "No: answer with the word no, or do not answer; then we do not show it. Nothing else follows from a no, "
            "and we pay nothing for a yes. A yes can be taken back at any time and without a reason"
            + (f", by a line to {brand.email}" if brand.email else "")
            + "; we then take it down. A like, a tag or a hashtag is not a yes to us.",
            WIDTH,
        ),
        "",
        *_sign(brand),
    ]
    return "\n".join(parts) + "\n"


def _name(right: Right) -> str:
    return right.what.partition(" on ")[0]


def _recall(right: Right, today: date) -> str:
    """Why we write: for the first time, or because a permission ends or has ended."""
    standing, permission = find_standing(right.permission, today), right.permission
    if standing in ("ending", "expired", "granted") and permission.answered_on:
        end = f", until {_day(permission.expires - timedelta(days=1))}" if permission.expires else ""
        said = f"On {_day(permission.answered_on)} you allowed us to show this {_name(right)}{end}. May we go on?"
        return fill(said, WIDTH)
    what, on, where = right.what.partition(" on ")
    return fill(f"We came across this {what} of yours{on}{where} and would like to show it. May we?", WIDTH)


def _show_item(right: Right, record: Record) -> list[str]:
    """The very item: its address, when it was copied, and its words letter by letter."""
    lines = [f"  Where it stands: {right.source}"] if right.source else []
    lines += [f"  Copied by us on: {_day(right.captured)}"] if right.captured else []
    quote = getattr(record, "quote", None)
    lines += ["  Your words:", "", indent(str(quote), "    ")] if quote else []
    return [*lines, ""]


def _say_terms(right: Right, settings: Settings, today: date) -> list[str]:
    permission = right.permission
    scope = [PLACES[name].format(url=settings.base_url) for name in permission.scope or ("site",)]
    ahead = permission.expires if permission.expires and permission.expires > today else None
    end = f"until {_day(ahead - timedelta(days=1))}, or " if ahead else "until "
    return [
        "We would show it unchanged, with your name as you want it, the date and a link",
        "to the original:",
        "",
        *(f"  Where: {place}" for place in scope),
        f"  How long: {end}the day on which you ask us to take it down",
    ]


def _say_name(right: Right) -> str:
    return f'We would write "{right.who}"; tell us if you want another name, or none.'


def _sign(brand: Brand) -> list[str]:
    return [line for line in (brand.name, brand.legal_name, brand.address, brand.email) if line]


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="en_GB")
