"""Showcases: what others said of their own will, shown only while they allow it, with how they are connected."""

from __future__ import annotations

from datetime import date
from typing import Any

from twinsite.core.problem import Problem
from twinsite.kinds.kind import Facts, Kind
from twinsite.kinds.parts import newest_first
from twinsite.kinds.showcase.answers import note_unanswered
from twinsite.kinds.showcase.checks import check, check_wording
from twinsite.kinds.showcase.model import Showcase
from twinsite.kinds.showcase.rights import find_right, list_changes, note_permission, withhold
from twinsite.kinds.showcase.share import share_showcase
from twinsite.kinds.showcase.speakers import list_outsiders
from twinsite.kinds.showcase.values import compute, compute_card, describe_review, list_facets


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


def find_notices(record: Showcase, path: str, facts: Facts) -> tuple[Problem, ...]:
    """What became true only because time passed: a permission near its end, a complaint without an answer."""
    return (*note_permission(record, path, facts), *note_unanswered(record, path, facts))


KIND = Kind(
    name="showcase",
    folder="showcases",
    label="Showcase",
    plural="Showcases",
    load_model=lambda: Showcase,
    about="A review, a comment, a post, a film, a picture or an article that others made of their own will.",
    dated=True,
    card=(
        "medium", "author", "relationship", "platform", "source_url", "published", "quote", "language", "translation",
        "rating", "incentive", "product", "twintern", "reply", "archived",
    ),
    title=make_title,
    day=find_day,
    changes=list_changes,
    order=order_in_lists,
    check=check,
    check_law=check_wording,
    notices=find_notices,
    outsiders=list_outsiders,
    facets=list_facets,
    preface=lambda record: f"relationship_{record.relationship}",
    right=find_right,
    withhold=withhold,
    needs_body=needs_body,
    compute=compute,
    compute_card=compute_card,
    structure=describe_review,
    share=share_showcase,
)  # fmt: skip
