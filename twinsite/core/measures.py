"""What a column of an export can mean: a day, a network, followers, likes. A schema says it (``is: followers``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COUNTS: Final = (
    "followers", "posts", "impressions", "reach", "likes", "comments", "shares", "saves", "clicks", "engagements",
)  # fmt: skip
"""Whole numbers that cannot be below zero. ``engagements`` is a sum that the network made itself."""

MEANINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "date": ("date", "instant"),
        "network": ("text",),
        "account": ("text",),
        "title": ("text",),
        "url": ("url",),
        **dict.fromkeys(COUNTS, ("whole",)),
    }
)
"""Each meaning with the types that its column may have, the usual one first."""

ROWS: Final = ("post", "day", "week", "month")
"""What one row of an export can be: a single post, or all that happened in a day, a week or a month."""
