"""What is written of an announcement."""

from typing import Annotated

from pydantic import Field

from twinsite.core.record import Record
from twinsite.core.values import Date, Instant, Ref, Text
from twinsite.kinds.parts import Contact


class Announcement(Record):
    """A piece of news."""

    title: Text = Field(description="The headline, such as: Larkfield opens in Leeds.")
    date: Date = Field(description="The day it is published, such as: 2026-04-14.")
    dateline: Text | None = Field(default=None, description="Where it comes from, such as: LEEDS.")
    embargo: Instant | None = Field(
        default=None, description="Nothing of it is shown before this instant, such as: 2026-04-14 06:00."
    )
    contact: Contact | None = Field(default=None, description="Whom journalists may ask.")
    contest: Annotated[str, Ref("contest")] | None = Field(default=None, description="The contest it is about.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    programme: Annotated[str, Ref("programme")] | None = Field(default=None, description="The programme it is about.")
    products: tuple[Annotated[str, Ref("product")], ...] = Field(default=(), description="The products it is about.")
    twinterns: tuple[Annotated[str, Ref("twintern")], ...] = Field(default=(), description="The twinterns it names.")
    showcases: tuple[Annotated[str, Ref("showcase")], ...] = Field(default=(), description="The showcases it quotes.")
    boilerplate: Text | None = Field(default=None, description="The standing words about the company at the end.")
