"""Engagement rates by named formulas, computed from inputs and never typed in.

Formulas (in per cent): ``by_followers`` = engagements / followers x 100; ``by_reach`` = engagements / reach x 100;
``by_impressions`` = engagements / impressions x 100; ``per_post`` = engagements / (followers x posts) x 100. What
counts as an engagement differs from network to network (``COUNTED``). A number that is not given is not taken as zero:
it is left out, and the rate names what it counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twinsite.kinds.twintern.model import Channel, Numbers, Work

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


@dataclass(frozen=True, slots=True)
class Engagements:
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
    counted = tuple(name for name in COUNTED.get(network, ALWAYS_COUNTED) if held.get(name) is not None)
    return Engagements(sum(held[name] for name in counted), counted, network)


def rate_in_percent(engagements: int, base: int) -> str:
    """``engagements / base`` in per cent as text with two decimals; halves go to the even neighbour. No number is
    negative.
    """
    hundredths, rest = divmod(engagements * 10_000, base)
    if 2 * rest > base or (2 * rest == base and hundredths % 2):
        hundredths += 1
    return f"{hundredths // 100}.{hundredths % 100:02}"


def rate_work(work: Work, found: Engagements, channels: Sequence[Channel]) -> list[dict[str, Any]]:
    """The rates of one work: ``[{formula, percent, engagements, counted, base}]``; empty where inputs are missing.

    ``found`` are its engagements.
    """
    if work.metrics is None or not found.counted:
        return []
    return [
        {
            "formula": formula,
            "percent": rate_in_percent(found.total, base),
            "engagements": found.total,
            "counted": list(found.counted),
            "base": base,
        }
        for formula, base in _find_bases(found.network, work.metrics, channels)
        if base
    ]


def _find_bases(network: str, numbers: Numbers, channels: Sequence[Channel]) -> list[tuple[str, int | None]]:
    own = (channel.followers for channel in channels if channel.followers and channel.network.casefold() == network)
    return [
        ("by_reach", numbers.reach),
        ("by_impressions", numbers.impressions),
        ("by_followers", next(own, None)),
    ]


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


def total_followers(channels: Sequence[Channel]) -> dict[str, Any] | None:
    """``{total, as_of, channels}``: all followers together and the oldest day among them; none where none is given."""
    counted = [channel for channel in channels if channel.followers is not None]
    if not counted:
        return None
    days = [channel.as_of for channel in counted if channel.as_of is not None]
    total = sum(channel.followers or 0 for channel in counted)
    return {"total": total, "as_of": min(days, default=None), "channels": len(counted)}
