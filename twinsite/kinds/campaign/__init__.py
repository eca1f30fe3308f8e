"""Campaigns: an offer or an experience with a beginning and an end, inside the ongoing dialogue."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.kinds.kind import Change, Kind
from twinsite.kinds.moment import TERM_STATES, find_term_state, list_term_changes
from twinsite.kinds.parts import check_term

if TYPE_CHECKING:
    from twinsite.kinds.campaign.model import Campaign


def find_state(record: Campaign, now: datetime) -> str:
    """``upcoming`` before its first day, ``ended`` after its last, else ``running``."""
    return find_term_state(record.starts, record.ends, now)


def list_changes(record: Campaign, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of its first day and the end of its last."""
    return list_term_changes(record.starts, record.ends, zone)


def check(record: Campaign, path: str) -> tuple[Problem, ...]:
    """A campaign that ends before it starts."""
    return check_term(record.starts, record.ends, path, ())


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.campaign.model import Campaign

    return Campaign


KIND = Kind(
    name="campaign",
    folder="campaigns",
    label="Campaign",
    plural="Campaigns",
    load_model=load_model,
    about="An offer or an experience for a time, with everything that belongs to it.",
    states=TERM_STATES,
    card=("starts", "ends", "offer", "hashtag"),
    state=find_state,
    changes=list_changes,
    check=check,
    draws_images=True,
)
