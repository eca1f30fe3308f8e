"""Campaigns: an offer or an experience with a beginning and an end, inside the ongoing dialogue."""

from datetime import datetime, tzinfo
from typing import Annotated

from pydantic import Field

from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.core.values import Date, Hashtag, Ref, Text
from twinsite.kinds.kind import Change, Kind
from twinsite.kinds.moment import TERM_STATES, find_term_state, list_term_changes
from twinsite.kinds.parts import check_term


class Campaign(Record):
    """An offer or an experience for a time."""

    title: Text = Field(description="The campaign's name, such as: Spring in a cup.")
    starts: Date | None = Field(default=None, description="Its first day, such as: 2026-03-01.")
    ends: Date | None = Field(default=None, description="Its last day, such as: 2026-05-31.")
    offer: Text | None = Field(default=None, description="What people get, such as: A free tasting in every shop.")
    goal: Text | None = Field(default=None, description="What it is meant to reach, such as: 500 reviews by June.")
    hashtag: Hashtag | None = Field(default=None, description="The campaign's tag, in quotes: '#SpringInACup'.")
    products: tuple[Annotated[str, Ref("product")], ...] = Field(default=(), description="The products it is about.")
    networks: tuple[Text, ...] = Field(default=(), description="Where it runs, such as: [Instagram, TikTok].")


def find_state(record: Campaign, now: datetime) -> str:
    """``upcoming`` before its first day, ``ended`` after its last, else ``running``."""
    return find_term_state(record.starts, record.ends, now)


def list_changes(record: Campaign, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of its first day and the end of its last."""
    return list_term_changes(record.starts, record.ends, zone)


def check(record: Campaign, path: str) -> tuple[Problem, ...]:
    """A campaign that ends before it starts."""
    return check_term(record.starts, record.ends, path, ())


KIND = Kind(
    name="campaign",
    folder="campaigns",
    label="Campaign",
    plural="Campaigns",
    model=Campaign,
    about="An offer or an experience for a time, with everything that belongs to it.",
    states=TERM_STATES,
    card=("starts", "ends", "offer", "hashtag"),
    state=find_state,
    changes=list_changes,
    check=check,
    draws_images=True,
)
