"""Entries to contests: what people sent in, shown only once an editor approved it and its maker agreed.

Nothing of an entry that is not both leaves the source; one that was withdrawn leaves only a notice at its address.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from twinsite.core.held import WITHDRAWN
from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.kinds.kind import Kind, Shared

if TYPE_CHECKING:
    from twinsite.kinds.entry.model import ContestEntry


def make_title(record: ContestEntry) -> str:
    """The title as written, or ``Entry K7Q2M9``."""
    return record.title or f"Entry {record.code}" if record.code or record.title else "Entry"


def find_day(record: ContestEntry) -> date | None:
    """The day on which it came in."""
    return record.date


def order_in_lists(record: ContestEntry, state: str | None, title: str) -> tuple[Any, ...]:
    """By weight where one is given, such as a place in the standings; else the newest first, then title."""
    newest = -record.date.toordinal() if record.date else 0
    return (record.weight if record.weight is not None else 10**9, newest, title.casefold())


def withhold(record: ContestEntry, now: datetime) -> tuple[str, datetime | None] | None:
    """``withdrawn`` as soon as a day is written, whichever it is; ``moderation`` unless it is approved; ``consent``
    unless it was given for the site.
    """
    if record.withdrawn_on:
        return (WITHDRAWN, None)
    if record.moderation != "approved":
        return ("moderation", None)
    scope = record.consent.scope
    return None if record.consent.given and (not scope or "site" in scope) else ("consent", None)


def share_entry(record: ContestEntry, state: str | None) -> Shared:
    """Its picture goes to networks only where its maker agreed to that as well."""
    return Shared(live=False, pictured="networks" in record.consent.scope)


def check(record: ContestEntry, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of an entry."""
    return (*check_consent(record, path), *check_contest(record, path))


def check_consent(record: ContestEntry, path: str) -> tuple[Problem, ...]:
    """A consent that cannot be shown to anybody who asks: it needs its day, and how it was given."""
    consent = record.consent
    missing = [name for name, value in (("given_on", consent.given_on), ("how", consent.how)) if not value]
    if not consent.given or not missing:
        return ()
    return (
        Problem(
            rule="consent-without-record",
            path=path,
            field=("consent",),
            message=f"This consent does not say {' and '.join(_SAYS[name] for name in missing)}.",
            hint=f"Add {' and '.join(_EXAMPLES[name] for name in missing)}.",
        ),
    )


def check_contest(record: ContestEntry, path: str) -> tuple[Problem, ...]:
    """An entry that would be shown, and to no contest."""
    if record.contest or record.moderation != "approved":
        return ()
    message = "This entry does not say to which contest it was sent in."
    hint = 'Add "contest:" with the name of a file in content/contests/ without .md.'
    return (Problem("entry-without-contest", path, message, hint, field=()),)


_SAYS = {"given_on": "when it was given", "how": "how it was given"}
_EXAMPLES = {"given_on": '"given_on:" with the day, such as: 2026-11-02', "how": '"how:", such as: Ticked the box'}


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.entry.model import ContestEntry

    return ContestEntry


KIND = Kind(
    name="entry",
    folder="entries",
    label="Entry",
    plural="Entries",
    load_model=load_model,
    about="Something that was sent in to a contest, shown once it is approved and its maker agreed.",
    card=("by", "region", "contest"),
    title=make_title,
    day=find_day,
    order=order_in_lists,
    check=check,
    withhold=withhold,
    share=share_entry,
    most_back=240,
    draws_images=True,
)
