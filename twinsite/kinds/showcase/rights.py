"""Whether a showcase may be shown: what its author allows, what may be quoted anyway, and when that ends."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from twinsite.core.problem import Problem
from twinsite.kinds.kind import Change, Facts
from twinsite.kinds.moment import change_on
from twinsite.kinds.parts import count_days
from twinsite.kinds.showcase.model import Permission, Showcase

PRESS = ("article", "podcast", "video")
QUOTATION_WORDS = 60
"""A quotation without leave must be short; no law gives a number, so more words than this is only a warning."""


def withhold(record: Showcase, now: datetime) -> tuple[str, datetime | None] | None:
    """``permission`` unless it is granted for the site (or a quotation) and has not expired; no end is foreseen."""
    expires = record.permission.expires
    expired = expires is not None and now.date() >= expires
    return None if is_allowed(record.permission) and not expired else ("permission", None)


def is_allowed(permission: Permission) -> bool:
    """Whether a permission, while it lasts, lets us show something on the site."""
    for_site = not permission.scope or "site" in permission.scope
    return for_site and permission.status in ("granted", "quotation")


def list_changes(record: Showcase, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of the day on which the permission expires."""
    if not is_allowed(record.permission):
        return ()
    return change_on(record.permission.expires, zone, "is taken down, because the permission expires")


def check_permission(record: Showcase, path: str) -> tuple[Problem, ...]:
    """Days of the permission that come before the one they must follow."""
    permission = record.permission
    pairs = (
        ("answered_on", permission.answered_on, "asked_on", permission.asked_on),
        ("expires", permission.expires, "answered_on", permission.answered_on),
    )
    return tuple(
        Problem(
            rule="dates-out-of-order",
            path=path,
            field=("permission", later),
            message=f'"permission.{later}" is earlier than "permission.{earlier}".',
            hint="The order is: asked_on, answered_on, expires.",
        )
        for later, second, earlier, first in pairs
        if first and second and second < first
    )


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
    expires = record.permission.expires
    days = int(facts.policies.get("permission_notice_days", 30))
    if expires is None or withhold(record, facts.now) or expires - facts.now.date() > timedelta(days=days):
        return ()
    left = count_days((expires - facts.now.date()).days)
    return (
        Problem(
            rule="permission-ends-soon",
            path=path,
            field=("permission", "expires"),
            message=f"The permission ends in {left}, on {expires.isoformat()}; then this showcase is taken down.",
            hint='Ask the author again, and write the new day in "expires".',
            severity="notice",
        ),
    )
