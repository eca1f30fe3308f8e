"""Texts of records that tests write: the least each kind needs, with room for more lines of front matter and a body."""

from __future__ import annotations

ENTERED = """\
---
title: Spring
kind_of: judged
sponsor: {name: Brightleaf Ltd}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
prizes: [{name: A kite, value: {amount: 20, currency: GBP}}]
---
"""
"""A contest that people enter, up to its text."""


def contest(title: str = "Spring", more: str = "", body: str = "Enter now.") -> str:
    """A contest that is open on 1 June 2026."""
    return (
        f"---\ntitle: {title}\nkind_of: draw\nsponsor: {{name: Brightleaf}}\nopens: 2026-05-01 09:00\n"
        f"closes: 2026-07-01 17:00\nwinners_announced: 2026-07-15 12:00\n"
        "prizes:\n  - {place: First, name: A bag, value: {amount: 20, currency: GBP}}\n"
        f"{more}---\n{body}\n"
    )


def twintern(name: str = "Ana Ruiz", more: str = "", body: str = "Hello.") -> str:
    """A twintern without a programme."""
    return f"---\nname: {name}\nhandle: ana\nrelationship: none\n{more}---\n{body}\n"


def showcase(quote: str = "Lovely.", day: str = "2026-05-05", more: str = "", status: str = "granted") -> str:
    """A review with a permission."""
    return (
        f"---\nmedium: review\nauthor: {{name: Kim}}\nrelationship: none\npublished: {day}\n"
        f"quote: {quote}\npermission: {{status: {status}}}\n{more}---\n"
    )


def announcement(title: str = "News", day: str = "2026-05-01", more: str = "", body: str = "It happened.") -> str:
    """An announcement of a day."""
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n{body}\n"


def page(title: str = "About", more: str = "", body: str = "We are.") -> str:
    """A page."""
    return f"---\ntitle: {title}\n{more}---\n{body}\n"


def named(title: str, more: str = "", body: str = "Text.") -> str:
    """A campaign or a product."""
    return f"---\ntitle: {title}\n{more}---\n{body}\n"
