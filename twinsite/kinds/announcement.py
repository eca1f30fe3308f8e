"""Announcements: news of the brand, with an embargo that is never lifted early."""

from datetime import datetime, tzinfo
from typing import Annotated, Any

from pydantic import Field

from twinsite.core.record import Record
from twinsite.core.values import Date, Instant, Ref, Text
from twinsite.kinds.kind import Change, Kind
from twinsite.kinds.moment import as_utc
from twinsite.kinds.parts import Contact, contact_of, newest_first


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


def withhold(record: Announcement, now: datetime) -> tuple[str, datetime | None] | None:
    """``embargo`` until its instant; at that instant it is shown."""
    if record.embargo is None or as_utc(now) >= as_utc(record.embargo):
        return None
    return ("embargo", record.embargo)


def list_changes(record: Announcement, zone: tzinfo) -> tuple[Change, ...]:
    """The end of the embargo."""
    return (Change(record.embargo.astimezone(zone), "is released"),) if record.embargo else ()


def order_in_lists(record: Announcement, state: str | None, title: str) -> tuple[Any, ...]:
    """Newest first, then title."""
    return newest_first(record.date, title)


KIND = Kind(
    name="announcement",
    folder="announcements",
    label="Announcement",
    plural="Announcements",
    model=Announcement,
    about="News of the brand, with a date and, where needed, an embargo.",
    dated=True,
    schema_type="NewsArticle",
    card=("dateline",),
    changes=list_changes,
    order=order_in_lists,
    withhold=withhold,
    contacts=lambda record: contact_of(record.contact),
)
