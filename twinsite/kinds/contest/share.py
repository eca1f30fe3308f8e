"""What must be said where a contest is shared: whose it is, until when, and that it is one."""

from __future__ import annotations

from datetime import datetime

from twinsite.kinds.contest.model import Contest
from twinsite.kinds.kind import Shared

LIVE = ("upcoming", "open", "voting")
"""The states in which people are asked for something."""


def share_contest(record: Contest, state: str | None) -> Shared:
    """The sponsor, the tags that make a post recognisable as one for a contest, and the next day that counts."""
    ways = record.entry.methods if record.entry and state == "open" else ()
    tags = dict.fromkeys(way.disclosure_tag for way in ways if way.disclosure_tag)
    return Shared(
        by=record.sponsor.name,
        tags=tuple(f"#{tag}" for tag in tags),
        until=_find_day(record, state),
        campaign=record.campaign or "",
        live=state in LIVE,
    )


def _find_day(record: Contest, state: str | None) -> datetime | None:
    if state == "upcoming":
        return record.opens
    if state == "open":
        return record.closes
    return record.voting.closes if state == "voting" and record.voting else None
