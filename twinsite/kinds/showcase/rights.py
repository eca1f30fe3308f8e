"""Whether a showcase may be shown: what its author allows, what may be quoted anyway, and when that ends."""

from __future__ import annotations

from datetime import datetime, tzinfo

from twinsite.core.problem import Problem
from twinsite.kinds.kind import Change, Facts
from twinsite.kinds.moment import change_on
from twinsite.kinds.permission import NOTICE_DAYS, Right, is_allowed, is_over, note_end
from twinsite.kinds.showcase.model import Showcase

PRESS = ("article", "podcast", "video")
QUOTATION_WORDS = 60
"""A quotation without leave must be short; no law gives a number, so more words than this is only a warning."""


def withhold(record: Showcase, now: datetime) -> tuple[str, datetime | None] | None:
    """``permission`` unless it is granted for the site (or a quotation) and has not expired; no end is foreseen."""
    shown = is_allowed(record.permission) and not is_over(record.permission, now.date())
    return None if shown else ("permission", None)


def list_changes(record: Showcase, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of the day on which the permission expires."""
    if not is_allowed(record.permission):
        return ()
    return change_on(record.permission.expires, zone, "is taken down, because the permission expires")


def check_quotation(record: Showcase, path: str) -> tuple[Problem, ...]:
    """The status ``quotation`` is for short quotes of the press; all else needs leave."""
    if record.permission.status != "quotation":
        return ()
    found = []
    if record.medium not in PRESS:
        found.append(
            Problem(
                rule="quotation-not-press",
                path=path,
                field=("permission", "status"),
                message=f"A {record.medium} cannot be shown as a quotation: that is for articles, podcasts and videos.",
                hint='Ask the author, and write "status: requested" until the answer comes.',
            )
        )
    words = len((record.quote or "").split())
    if words > QUOTATION_WORDS:
        found.append(
            Problem(
                rule="quotation-too-long",
                path=path,
                field=("quote",),
                message=f"This quotation has {words} words; without permission a quote should be short.",
                hint=f"Shorten it to {QUOTATION_WORDS} words or fewer, or ask for permission.",
                severity="warning",
            )
        )
    return tuple(found)


def note_permission(record: Showcase, path: str, facts: Facts) -> tuple[Problem, ...]:
    """A permission that ends within the days of ``policies.permission_notice_days``."""
    days = int(facts.policies.get("permission_notice_days", NOTICE_DAYS))
    return note_end(record.permission, path, facts.now.date(), days)


def find_right(record: Showcase) -> Right:
    """The permission of its author, with what it is of."""
    what = f"{record.medium} on {record.platform}" if record.platform else record.medium
    return Right(record.permission, record.author.name, what, record.source_url, record.captured)
