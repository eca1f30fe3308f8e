"""Engagement rates by named formulas, computed from inputs and never typed in.

Formulas (in per cent): ``by_followers`` = engagements / followers x 100; ``by_reach`` = engagements / reach x 100;
``by_impressions`` = engagements / impressions x 100; ``per_post`` = engagements / (followers x posts) x 100. What
counts as an engagement differs from network to network (``COUNTED``). A number that is not given is not taken as zero:
it is left out, and the rate names what it counted. All of it is exact (whole numbers and fractions); only what people
read is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct

from twinsite.kinds.twintern.model import Channel, Numbers, Work

FORMULAS = ("by_reach", "by_impressions", "by_followers", "per_post")
"""The named formulas, in the order in which pages show them."""

ALWAYS_COUNTED = ("likes", "comments", "shares")
COUNTED: Mapping[str, tuple[str, ...]] = {
    "instagram": ("likes", "comments", "saves", "shares"),
    "tiktok": ("likes", "comments", "shares"),
    "youtube": ("likes", "comments"),
    "linkedin": ("likes", "comments", "shares"),
    "x": ("likes", "shares", "comments"),
    "twitter": ("likes", "shares", "comments"),
    "facebook": ("likes", "comments", "shares"),
}


def list_counted(network: str) -> tuple[str, ...]:
    """What counts as an engagement on a network."""
    return COUNTED.get(network.casefold(), ALWAYS_COUNTED)


class Engagements(Struct, frozen=True):
    """What is known of a work's engagements: their sum, the names of the numbers that were ``counted`` (none: nothing
    is known), and the ``network`` without regard to letter case.
    """

    total: int
    counted: tuple[str, ...]
    network: str


def count_engagements(work: Work) -> Engagements:
    """The engagements of a work by its network's rule, as far as numbers were given."""
    network = (work.network or "").casefold()
    held = work.metrics.__dict__ if work.metrics else {}
    counted = tuple(name for name in list_counted(network) if held.get(name) is not None)
    return Engagements(sum(held[name] for name in counted), counted, network)


def rate_in_percent(engagements: int, base: int) -> str:
    """``engagements / base`` in per cent as text with two decimals; halves go to the even neighbour. No number is
    negative.
    """
    return write_hundredths(Fraction(engagements * 100, base))


def write_hundredths(value: Fraction) -> str:
    """A number that is not negative, with two decimals; halves go to the even neighbour."""
    hundredths = round(value * 100)
    return f"{hundredths // 100}.{hundredths % 100:02}"


Pair = tuple[int, int]
"""Engagements and the number by which they are divided, which is above zero."""


def order_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs from the lowest rate to the highest; there must be at least one.

    Rates that differ do so by at least 1 / largest², so that whole numbers of that size sort them exactly, and much
    faster than fractions do.
    """
    finest = max(base for _, base in pairs) ** 2
    return sorted(pairs, key=lambda pair: pair[0] * finest // pair[1])


def find_median(ordered: Sequence[Pair]) -> Fraction:
    """The middle of some rates in order, or the mean of the two in the middle."""
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (Fraction(*low) + Fraction(*high)) / 2


def find_middle(values: Sequence[int]) -> Fraction:
    """The median of some whole numbers; there must be at least one."""
    ordered = sorted(values)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)


def write_median(value: Fraction) -> str:
    """A median of whole numbers: whole, or with its half."""
    return f"{value.numerator // value.denominator}" + (".5" if value.denominator == 2 else "")


def rate_work(work: Work, found: Engagements, channels: Sequence[Channel]) -> list[dict[str, Any]]:
    """The rates of one work: ``[{formula, percent, engagements, counted, base}]``; empty where inputs are missing.

    ``found`` are its engagements.
    """
    return [
        {
            "formula": formula,
            "percent": rate_in_percent(found.total, base),
            "engagements": found.total,
            "counted": list(found.counted),
            "base": base,
        }
        for formula, base in list_bases(work, found, channels)
    ]


def list_bases(work: Work, found: Engagements, channels: Sequence[Channel]) -> list[tuple[str, int]]:
    """By what the engagements of a work can be divided: the formula and the number, as far as it is given."""
    if work.metrics is None or not found.counted:
        return []
    bases = _find_bases(found.network, work.metrics, channels)
    return [(formula, base) for formula, base in bases if base]


def _find_bases(network: str, numbers: Numbers, channels: Sequence[Channel]) -> list[tuple[str, int | None]]:
    own = (channel.followers for channel in channels if channel.followers and channel.network.casefold() == network)
    return [
        ("by_reach", numbers.reach),
        ("by_impressions", numbers.impressions),
        ("by_followers", next(own, None)),
    ]


def summarise_works(
    works: Sequence[Work], found: Sequence[Engagements], channels: Sequence[Channel]
) -> list[dict[str, Any]]:
    """For each formula that at least two works have: ``{formula, median, lowest, highest, n}``, in per cent."""
    rates: dict[str, list[Pair]] = {}
    for work, one in zip(works, found, strict=True):
        for formula, base in list_bases(work, one, channels):
            rates.setdefault(formula, []).append((one.total, base))
    return [{"formula": name, **describe_spread(rates[name])} for name in FORMULAS if len(rates.get(name, ())) > 1]


def describe_spread(pairs: Sequence[Pair]) -> dict[str, Any]:
    """``{median, lowest, highest, n}`` of at least one rate, in per cent as text with two decimals."""
    ordered = order_pairs(pairs)
    return {
        "median": write_hundredths(find_median(ordered) * 100),
        "lowest": rate_in_percent(*ordered[0]),
        "highest": rate_in_percent(*ordered[-1]),
        "n": len(pairs),
    }


def rate_channels(channels: Sequence[Channel], found: Sequence[Engagements]) -> list[dict[str, Any]]:
    """The rate per post of each account: ``[{network, handle, formula, percent, engagements, posts, base}]``.

    ``found`` are the engagements of all works; ``posts`` are those on the account's network whose engagements are
    known; ``base`` is followers x posts.
    """
    rates = []
    for channel in channels:
        network = channel.network.casefold()
        posts = [one.total for one in found if one.counted and one.network == network]
        if channel.followers and posts:
            rates.append(_rate_posts(channel, channel.followers * len(posts), posts))
    return rates


def _rate_posts(channel: Channel, base: int, posts: Sequence[int]) -> dict[str, Any]:
    return {
        "network": channel.network,
        "handle": channel.handle,
        "formula": "per_post",
        "percent": rate_in_percent(sum(posts), base),
        "engagements": sum(posts),
        "posts": len(posts),
        "base": base,
    }
