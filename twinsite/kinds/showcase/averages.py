"""The average of a whole set of ratings, exact, and rounded so that it never says more than is true.

Never of a selection: that has no average worth printing (16 CFR 465.7(b)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

TENTH = Decimal("0.1")
EXACT = Decimal("0.0001")


def sum_up(ratings: Sequence[Decimal], best: Decimal, worst: Decimal) -> dict[str, Any]:
    """The average of one rating or more: ``{mean, exact, total, count, best, worst, shares: [{value, count}]}``.

    ``mean`` has one decimal, ``exact`` four, of which none is rounded up; ``shares`` begin with the best. All but the
    counts are texts.
    """
    total = sum(ratings, Decimal(0))
    mean = Fraction(total) / len(ratings)
    counts = Counter(ratings)
    return {
        "mean": format(round_mean(mean, best, worst), "f"),
        "exact": write_plain(_divide(mean).quantize(EXACT, ROUND_DOWN)),
        "total": write_plain(total),
        "count": len(ratings),
        "best": write_plain(best),
        "worst": write_plain(worst),
        "shares": [{"value": write_plain(value), "count": counts[value]} for value in sorted(counts, reverse=True)],
    }


def round_mean(mean: Fraction, best: Decimal, worst: Decimal) -> Decimal:
    """A mean with one decimal, halves to the even neighbour. The ends of the scale are for means that are just that:
    4.96 of 5 is 4.9, not 5.0.
    """
    value = _divide(mean).quantize(TENTH, ROUND_HALF_EVEN)
    if value >= best and mean < Fraction(best):
        return value - TENTH
    if value <= worst and mean > Fraction(worst):
        return value + TENTH
    return value


def _divide(mean: Fraction) -> Decimal:
    return Decimal(mean.numerator) / Decimal(mean.denominator)


def write_plain(value: Decimal) -> str:
    """A number as text without an exponent and without zeros that say nothing: ``5``, ``3.5``, ``500``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
