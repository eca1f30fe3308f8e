"""Where a claim stands: whether it is open, how far it is told, what its page shows, and when somebody should write.

A claim is **open** until its ``closed``; one that was withdrawn by those who made it never is. What has been found
(``status``) does not end it: a false claim goes on spreading, and a recall goes on.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from twinsite.core.problem import Problem
from twinsite.kinds.claim.statuses import STATUSES
from twinsite.kinds.kind import Change, Facts
from twinsite.kinds.moment import LATEST, as_utc, start_of, write_utc
from twinsite.kinds.parts import count_days, newest_first

if TYPE_CHECKING:
    from twinsite.kinds.claim.model import Claim, Update

END_OF_DAYS = LATEST - 200
"""After this year no days are counted: they would lie beyond the calendar."""


def find_state(record: Claim, now: datetime) -> str:
    """What has been found: the status as written."""
    return record.status


def is_open(record: Claim, now: datetime) -> bool:
    """Whether the matter goes on at a moment."""
    if record.status == "withdrawn":
        return False
    return record.closed is None or not now >= as_utc(record.closed)


def find_alert(record: Claim, now: datetime) -> str:
    """How far a claim is told: while it is open, ``everywhere`` if it can do much harm, ``near`` (its products and
    campaigns) if some, else only in the list of claims. A recall stays near when it is closed: somebody still has the
    thing that must not be used.
    """
    if is_open(record, now):
        return {"high": "everywhere", "medium": "near", "low": ""}[record.severity]
    return "near" if is_recall(record) and record.severity != "low" else ""


def is_recall(record: Claim) -> bool:
    """Whether it tells people to stop using something, because what is said is true."""
    return record.status in ("true", "partly_true") and record.remedy is not None and record.remedy.stop_using


def list_changes(record: Claim, zone: tzinfo) -> tuple[Change, ...]:
    """Each update that appears, and the end of the matter."""
    updates = [Change(update.at.astimezone(zone), "shows one more update") for update in record.updates]
    if record.closed is None:
        return tuple(updates)
    near = " and from what it is about" if is_recall(record) else " alone"
    return (*updates, Change(record.closed.astimezone(zone), f"is closed and linked from the list{near}"))


def order_in_lists(record: Claim, state: str | None, title: str) -> tuple[Any, ...]:
    """By status, then the newest first, then by title."""
    return (STATUSES.index(record.status), *newest_first(record.first_seen, title))


def find_updated(record: Claim) -> date | None:
    """The day of the last update, or a later one that was written."""
    days = [update.at.date() for update in record.updates[-1:]] + ([record.updated] if record.updated else [])
    return max(days, default=None)


def name_update(update: Update) -> str:
    """The name of an update, which is its moment in UTC: ``2026-11-17T09:30:00Z``."""
    return as_utc(update.at).strftime("%Y-%m-%dT%H:%M:%SZ")


def shorten_name(update: Update) -> str:
    """Its name without signs, for the anchor ``update-20261117T093000Z`` on the page."""
    return name_update(update).replace("-", "").replace(":", "")


def list_shown(record: Claim, now: datetime) -> list[Update]:
    """The updates whose moment has come, the newest first."""
    return [update for update in reversed(record.updates) if now >= as_utc(update.at)]


def split_lines(text: str | None) -> list[str]:
    """The lines of a text that are not empty: each is a paragraph or a step."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def compute(record: Claim, facts: Facts) -> dict[str, Any]:
    """``open``, ``alert`` (see ``find_alert``) and ``until`` when; the ``updates`` ``{at name lines}``, the newest
    first, and the moment of the ``latest``; the lines of ``what_to_do``, ``what_we_know`` and ``how`` to get a remedy.
    """
    shown = list_shown(record, facts.now)
    return {
        **compute_card(record, facts),
        "updates": [
            {"at": update.at, "name": shorten_name(update), "lines": split_lines(update.text)} for update in shown
        ],
        "what_to_do": split_lines(record.what_to_do),
        "what_we_know": split_lines(record.what_we_know),
        "how": split_lines(record.remedy.how if record.remedy else None),
    }


def compute_card(record: Claim, facts: Facts) -> dict[str, Any]:
    """Whether it is open, how far it is told and until when (UTC; a recall stays), and when it was last updated."""
    shown = list_shown(record, facts.now)
    return {
        "open": is_open(record, facts.now),
        "alert": find_alert(record, facts.now),
        "until": None if is_recall(record) else write_utc(record.closed),
        "latest": shown[0].at if shown else None,
    }


def note_silence(record: Claim, path: str, facts: Facts) -> tuple[Problem, ...]:
    """An open claim of which nothing was said for longer than the policies allow, and updates before their time."""
    early = [_too_early(path, index) for index, one in enumerate(record.updates) if not facts.now >= as_utc(one.at)]
    return (*early, *_note_old(record, path, facts))


def _note_old(record: Claim, path: str, facts: Facts) -> tuple[Problem, ...]:
    days = facts.policies[f"claim_{record.severity}_days"]
    last = list_shown(record, facts.now)[:1]
    since = as_utc(last[0].at) if last else as_utc(start_of(record.first_seen, ZoneInfo(facts.zone)))
    if since.year > END_OF_DAYS or not is_open(record, facts.now) or not facts.now >= since + timedelta(days=days):
        return ()
    said = f"has had no update for {count_days(days)}" if last else f"was seen {count_days(days)} ago and has no update"
    return (
        Problem(
            rule="claim-without-news",
            path=path,
            field=("updates",) if record.updates else ("first_seen",),
            message=f"This claim is open and {said}.",
            hint='Add an update, even "nothing new"; or write closed: with the moment at which the matter ended.',
            severity="notice",
            overdue=True,
        ),
    )


def _too_early(path: str, index: int) -> Problem:
    return Problem(
        rule="update-in-future",
        path=path,
        field=("updates", index, "at"),
        message="This update is dated later than now, so the page does not show it yet.",
        hint="Write the moment at which you publish it, in the site's time zone: at: 2026-04-14 09:30",
        severity="notice",
        overdue=True,
    )
