"""The permission to show what somebody else made: its states, its days, and what each state asks of whom.

A permission is kept for one item, with its scope, its duration, who said yes and when; a like or a hashtag is none. It
goes from asked to granted or declined, and from granted to revoked or expired.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct
from pydantic import Field

from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Model
from twinsite.core.values import Date
from twinsite.kinds.parts import count_days

NOTICE_DAYS: Final = 30
"""How many days before its end a permission is reported, where ``policies.permission_notice_days`` says nothing."""

PATIENCE_DAYS: Final = 14
"""How long one waits for an answer before asking once more."""


class Permission(Model):
    """Whether its author allows us to show it."""

    status: Literal["requested", "granted", "declined", "revoked", "expired", "quotation"] = Field(
        description="requested, granted, declined, revoked, expired; or quotation for a short quote of the press."
    )
    scope: tuple[Literal["site", "ads", "print"], ...] = Field(
        default=(), description="What it was granted for: [site, ads, print]; if empty, the site alone."
    )
    asked_on: Date | None = Field(default=None, description="The day we asked, such as: 2026-03-02.")
    answered_on: Date | None = Field(default=None, description="The day of the answer.")
    expires: Date | None = Field(default=None, description="The first day on which it may no longer be shown.")


def is_allowed(permission: Permission) -> bool:
    """Whether a permission, while it lasts, lets us show something on the site."""
    for_site = not permission.scope or "site" in permission.scope
    return for_site and permission.status in ("granted", "quotation")


def is_over(permission: Permission, today: date) -> bool:
    """Whether its last day is past."""
    return permission.expires is not None and today >= permission.expires


def check_permission(permission: Permission, path: str) -> tuple[Problem, ...]:
    """Days of the permission that come before the one they must follow."""
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


def note_end(permission: Permission, path: str, today: date, days: int) -> tuple[Problem, ...]:
    """The notice of a permission that holds and ends within ``days``."""
    expires = permission.expires
    if expires is None or is_over(permission, today) or not is_allowed(permission):
        return ()
    if expires - today > timedelta(days=days):
        return ()
    left = count_days((expires - today).days)
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


class Right(Struct, frozen=True):
    """What we may do with one item that somebody else made. ``who`` made it, ``what`` it is in a few words, ``source``
    where it can be found, ``captured`` when it was copied; ``field`` is where the permission stands in the record.
    """

    permission: Permission
    who: str
    what: str
    source: str | None = None
    captured: date | None = None
    field: FieldPath = ("permission",)


Standing = Literal["to ask", "asked", "granted", "quotation", "ending", "elsewhere", "expired", "revoked", "declined"]
"""Where a permission stands on a day: as its status says, or as its dates and its scope do."""

SECTIONS: Final[Mapping[str, tuple[Standing, ...]]] = MappingProxyType(
    {
        "asked": ("to ask", "asked"),
        "granted": ("granted", "quotation"),
        "expiring": ("ending",),
        "gone": ("expired", "revoked", "declined", "elsewhere"),
    }
)
"""The sections of the ledger, with the standings that belong to each."""


def find_standing(permission: Permission, today: date, days: int = NOTICE_DAYS) -> Standing:
    """Where a permission stands today; ``ending`` when it ends within ``days``."""
    if permission.status == "requested":
        return "asked" if permission.asked_on else "to ask"
    if permission.status in ("declined", "revoked", "expired"):
        return permission.status
    if is_over(permission, today):
        return "expired"
    if not is_allowed(permission):
        return "elsewhere"
    if permission.expires and permission.expires - today <= timedelta(days=days):
        return "ending"
    return "quotation" if permission.status == "quotation" else "granted"


def say_standing(permission: Permission, today: date, days: int = NOTICE_DAYS) -> str:
    """Where a permission stands today, in one sentence."""
    standing = find_standing(permission, today, days)
    asked = f" on {permission.asked_on}" if permission.asked_on else ""
    answered = f" on {permission.answered_on}" if permission.answered_on else ""
    scope = ", ".join(permission.scope) or "site"
    sentences: Mapping[Standing, str] = {
        "to ask": "Nobody has asked yet.",
        "asked": f"Asked{asked}; no answer yet.",
        "granted": f"Granted{answered} for: {scope}; {_say_end(permission)}.",
        "quotation": f"A short quotation of the press; {_say_end(permission)}.",
        "ending": f"Granted{answered} for: {scope}; {_say_end(permission)}.",
        "elsewhere": f"Granted{answered}, but not for the site: for {scope} only.",
        "expired": f"The permission expired{_say_day(permission.expires)}.",
        "revoked": f"The permission was revoked{answered}.",
        "declined": f"The author declined{answered}.",
    }
    return sentences[standing]


def _say_day(day: date | None) -> str:
    return f" on {day}" if day else ""


def _say_end(permission: Permission) -> str:
    return f"until {permission.expires - timedelta(days=1)}" if permission.expires else "no end was agreed"


def say_next(permission: Permission, today: date, slug: str, evidence: bool, days: int = NOTICE_DAYS) -> str:
    """What to do next, in a sentence or two; empty where nothing is. ``evidence``: it is noted where the answer is
    kept.
    """
    standing = find_standing(permission, today, days)
    if standing == "asked" and permission.asked_on:
        waited = (today - permission.asked_on).days
        return "Wait for the answer." if waited < PATIENCE_DAYS else f"No answer for {waited} days: ask once more."
    if standing == "granted" and not evidence:
        return "Note in private.evidence where the answer is kept."
    return {
        "to ask": f"Ask (twinsite rights --request {slug} prints the words), then write asked_on.",
        "ending": f"Ask again before {permission.expires}, then write the new day in expires.",
        "expired": "Nothing of it is published. Ask again, or delete it.",
        "revoked": "Nothing of it is published. Delete the copies that need not be kept.",
        "declined": "Nothing of it is published. Delete the copies that need not be kept.",
        "elsewhere": "Nothing of it is published here. Ask for the site too, or leave it.",
    }.get(standing, "")
