"""Showcases: what others said of their own will, shown only while they allow it, with how they are connected."""

from __future__ import annotations

from datetime import date
from typing import Any

from twinsite.kinds.kind import Kind
from twinsite.kinds.parts import newest_first
from twinsite.kinds.showcase.checks import check
from twinsite.kinds.showcase.model import Showcase
from twinsite.kinds.showcase.rights import find_right, list_changes, note_permission, withhold


def make_title(record: Showcase) -> str:
    """The title as written, or ``Review by Maria K. on Trustpilot``."""
    if record.title:
        return str(record.title)
    joint = "in" if record.medium == "article" else "on"
    where = f" {joint} {record.platform}" if record.platform else ""
    return f"{record.medium.capitalize()} by {record.author.name}{where}"


def find_day(record: Showcase) -> date:
    """The day on which it appeared, unless ``date`` says otherwise."""
    return record.date or record.published


def order_in_lists(record: Showcase, state: str | None, title: str) -> tuple[Any, ...]:
    """Newest first, then title."""
    return newest_first(find_day(record), title)


def needs_body(record: Showcase) -> bool:
    """The exact words stand in ``quote``, or else in the body."""
    return not record.quote


KIND = Kind(
    name="showcase",
    folder="showcases",
    label="Showcase",
    plural="Showcases",
    model=Showcase,
    about="A review, a comment, a post, a film, a picture or an article that others made of their own will.",
    dated=True,
    card=(
        "medium", "author", "relationship", "platform", "source_url", "published", "quote", "language", "translation",
        "rating", "incentive", "product", "twintern",
    ),
    title=make_title,
    day=find_day,
    changes=list_changes,
    order=order_in_lists,
    check=check,
    notices=note_permission,
    right=find_right,
    withhold=withhold,
    needs_body=needs_body,
)  # fmt: skip
