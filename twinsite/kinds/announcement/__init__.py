"""Announcements: news of the brand, with an embargo that is never lifted early."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from twinsite.core.record import Record
from twinsite.kinds.kind import Change, Kind
from twinsite.kinds.moment import as_utc
from twinsite.kinds.parts import contact_of, newest_first

if TYPE_CHECKING:
    from twinsite.kinds.announcement.model import Announcement


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


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.announcement.model import Announcement

    return Announcement


KIND = Kind(
    name="announcement",
    folder="announcements",
    label="Announcement",
    plural="Announcements",
    load_model=load_model,
    about="News of the brand, with a date and, where needed, an embargo.",
    dated=True,
    schema_type="NewsArticle",
    card=("dateline",),
    changes=list_changes,
    order=order_in_lists,
    withhold=withhold,
    contacts=lambda record: contact_of(record.contact),
)
