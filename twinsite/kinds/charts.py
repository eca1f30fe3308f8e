"""Where the marks of a small chart stand, in thousandths of its width and height: whole numbers, the same every time.

A chart starts at zero, so that no growth looks larger than it is. What stands where is worked out here; what it looks
like is the theme's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

WIDE: Final = 1000
"""Both the width and the height of a chart, in the unit of all its numbers."""

_STEPS: Final = (1, 2, 4, 6, 8, 10)
_FINE: Final = (Fraction(1), Fraction(3, 2), *map(Fraction, (2, 3, 4, 5, 6, 8, 10)))
"""The ends of scales, times a power of ten. Below ten only those whose half is whole, because people count."""


class Mark(Struct, frozen=True):
    """A value at a place in time; ``place`` counts in the chart's own unit (days, months), ``label`` says when."""

    place: int
    label: str
    value: Fraction


def find_top(highest: Fraction) -> Fraction:
    """The end of a scale from zero: a round number, at least ``highest``, whose half is round as well."""
    if highest <= 0:
        return Fraction(1)
    size = Fraction(1)
    while size * 10 <= highest:
        size *= 10
    while size > highest:
        size /= 10
    return next(size * step for step in (_STEPS if size == 1 else _FINE) if size * step >= highest)


def draw_chart(marks: Sequence[Mark], slot: int, middle: Fraction | None = None) -> dict[str, Any]:
    """The places of the marks of at least one value.

    ``slot`` is how many units of time one mark stands for. Gives ``points`` (``[x, y]``, y counted from below), the
    width of a ``slot``, ``top`` (an amount as text) and its ``half``, and ``middle`` (the y of a value to compare).
    """
    first, last = marks[0].place, marks[-1].place
    span = last - first + slot
    top = find_top(max(mark.value for mark in marks))
    return {
        "points": [[(2 * (mark.place - first) + slot) * WIDE // (2 * span), _rise(mark.value, top)] for mark in marks],
        "slot": max(1, slot * WIDE // span),
        "top": _write(top),
        "half": _write(top / 2),
        "middle": None if middle is None else _rise(middle, top),
    }


def _rise(value: Fraction, top: Fraction) -> int:
    return round(value * WIDE / top)


def _write(value: Fraction) -> str:
    """A round number as text: ``1500``, ``0.25``."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(value * 10**digits)).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole


def count_months(day: date) -> int:
    """The month of a day, counted so that neighbours differ by one."""
    return day.year * 12 + day.month - 1
