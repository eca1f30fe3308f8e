"""Engagement rates by named formulas, computed from inputs and never typed in.

Formulas (in per cent): ``by_followers`` = engagements / followers x 100; ``by_reach`` = engagements / reach x 100;
``by_impressions`` = engagements / impressions x 100; ``per_post`` = engagements / (followers x posts) x 100. What
counts as an engagement differs from network to network (``COUNTED``). A number that is not given is not taken as zero:
it is left out, and the rate names what it counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from twinsite.kinds.twintern.model import Channel, Numbers, Twintern, Work

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
HUNDREDTH = Decimal("0.01")


def count_engagements(work: Work) -> tuple[int, tuple[str, ...]]:
    """The engagements of a work by its network's rule, and the names of the numbers that were given and counted."""
    names = COUNTED.get((work.network or "").casefold(), ALWAYS_COUNTED)
    given = {name: getattr(work.metrics, name) for name in names if getattr(work.metrics, name, None) is not None}
    return sum(given.values()), tuple(given)


def rate_in_percent(engagements: int, base: int) -> str:
    """``engagements / base`` in per cent as text with two decimals; halves go to the even neighbour."""
    exact = Decimal(engagements) * 100 / Decimal(base)
    return str(exact.quantize(HUNDREDTH, rounding=ROUND_HALF_EVEN))


def rate_work(work: Work, channels: Sequence[Channel]) -> list[dict[str, Any]]:
    """The rates of one work: ``[{formula, percent, engagements, counted, base}]``; empty where inputs are missing."""
    if work.metrics is None:
        return []
    engagements, counted = count_engagements(work)
    if not counted:
        return []
    bases = _find_bases(work, work.metrics, channels)
    return [
        {
            "formula": formula,
            "percent": rate_in_percent(engagements, base),
            "engagements": engagements,
            "counted": list(counted),
            "base": base,
        }
        for formula, base in bases
        if base
    ]


def _find_bases(work: Work, numbers: Numbers, channels: Sequence[Channel]) -> list[tuple[str, int | None]]:
    followers = next((channel.followers for channel in channels if _is_on(work, channel) and channel.followers), None)
    return [("by_reach", numbers.reach), ("by_impressions", numbers.impressions), ("by_followers", followers)]


def _is_on(work: Work, channel: Channel) -> bool:
    return (work.network or "").casefold() == channel.network.casefold()


def rate_channels(record: Twintern) -> list[dict[str, Any]]:
    """The rate per post of each account: ``[{network, handle, formula, percent, engagements, posts, base}]``.

    ``posts`` are the works on its network whose engagements are known; ``base`` is followers x posts.
    """
    rates = []
    for channel in record.channels:
        works = [work for work in record.works if work.metrics and _is_on(work, channel) and count_engagements(work)[1]]
        if channel.followers and works:
            engagements = sum(count_engagements(work)[0] for work in works)
            base = channel.followers * len(works)
            rates.append(
                {
                    "network": channel.network,
                    "handle": channel.handle,
                    "formula": "per_post",
                    "percent": rate_in_percent(engagements, base),
                    "engagements": engagements,
                    "posts": len(works),
                    "base": base,
                }
            )
    return rates


def total_followers(channels: Sequence[Channel]) -> dict[str, Any] | None:
    """``{total, as_of, channels}``: all followers together and the oldest day among them; none where none is given."""
    counted = [channel for channel in channels if channel.followers is not None]
    if not counted:
        return None
    days = [channel.as_of for channel in counted if channel.as_of is not None]
    total = sum(channel.followers or 0 for channel in counted)
    return {"total": total, "as_of": min(days, default=None), "channels": len(counted)}
