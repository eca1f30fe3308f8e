"""Whether a line of a profile asks anything of a contest."""

from __future__ import annotations

from datetime import timedelta

from twinsite.core.law import When
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.moment import as_utc


def applies(when: When | None, record: Contest) -> bool:
    """Whether all that a line names is true of a contest. One that does not say what entering costs counts as free."""
    if when is None:
        return True
    return _fits_entry(when, record) and _fits_contest(when, record)


def _fits_entry(when: When, record: Contest) -> bool:
    entry = record.entry
    cost = (entry.cost if entry else None) or "free"
    methods = {method.type for method in entry.methods} if entry else set()
    return (
        (not when.cost or cost in when.cost)
        and (not when.methods or not methods.isdisjoint(when.methods))
        and (not when.in_shops or bool(entry and entry.in_shops))
        and (not when.reviews or bool(entry and entry.reviews))
    )


def _fits_contest(when: When, record: Contest) -> bool:
    age = record.eligibility.minimum_age if record.eligibility else None
    young = when.under_age is None or age is None or age < when.under_age
    late = when.days_after_closing is None or _takes_longer(record, when.days_after_closing)
    in_force = when.since is None or record.opens.date() >= when.since
    return (not when.kind_of or record.kind_of in when.kind_of) and in_force and young and late


def _takes_longer(record: Contest, days: int) -> bool:
    """Whether the winners are announced more than some days after the end of entries."""
    announced = record.winners_announced
    return announced is not None and as_utc(announced) - as_utc(record.closes) > timedelta(days=days)
