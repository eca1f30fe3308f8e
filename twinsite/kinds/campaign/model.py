"""What is written of a campaign."""

from typing import Annotated

from pydantic import Field

from twinsite.core.record import Record
from twinsite.core.values import Date, Hashtag, Ref, Text


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
