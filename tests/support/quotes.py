"""Showcases by the dozen, for tests of sites that count as large."""

from __future__ import annotations


def write_quote(number: int, body: str = "Words of my own.") -> str:
    """The file of a showcase that quotes somebody, number 1 to 9."""
    return f"""\
---
title: Voice {number}
medium: review
author: {{name: Sunil {number}}}
relationship: none
published: 2026-02-0{number}
quote: Holds a steady sixty degrees.
permission: {{status: granted, scope: [site]}}
---

{body}
"""
