"""A twintern's record of their daily work: what the public may see of it, and the reference that can be printed.

The log is private: only ``work_log_public`` lets anything of it out, and then what this module works out, never the
field itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, get_args

from twinsite.core.problem import Problem
from twinsite.kinds.further import Family, Further, Surroundings
from twinsite.kinds.parts import plain_amount
from twinsite.kinds.twintern.model import LoggedWork, Task, Twintern

REFERENCE_STEP: Final = "reference/"
TASKS: Final[tuple[str, ...]] = get_args(Task)


def describe_log(record: Twintern) -> dict[str, Any] | None:
    """What may be seen of the work log; ``None`` where nothing may.

    ``{pieces, hours, first, last, tasks, items}``: see ``add_up``; ``tasks``: ``add_up`` of each kind of work that was
    done, with its ``task``, in the order of ``TASKS``; ``items``: ``[{date, task, what, url}]``, the oldest first,
    where all may be seen, else empty.
    """
    if record.work_log_public is None:
        return None
    by_task = ((task, [one for one in record.work_log if one.task == task]) for task in TASKS)
    shown = sorted(record.work_log, key=attrgetter("date")) if record.work_log_public == "all" else ()
    return {
        **add_up(record.work_log),
        "tasks": [{"task": task, **add_up(done)} for task, done in by_task if done],
        "items": [{"date": one.date, "task": one.task, "what": one.what, "url": one.url} for one in shown],
    }


def add_up(done: Sequence[LoggedWork]) -> dict[str, Any]:
    """``{pieces, hours, first, last}``: how many pieces of work; their hours as text, where every piece has them; and
    the first and the last month (``2026-06``). Without any work all but ``pieces`` are ``None``.
    """
    months = [one.date.isoformat()[:7] for one in done]
    return {
        "pieces": len(done),
        "hours": add_hours(one.hours for one in done) if done else None,
        "first": min(months, default=None),
        "last": max(months, default=None),
    }


def add_hours(hours: Iterable[Decimal | None]) -> str | None:
    """The sum as text without needless zeros (``37.5``); ``None`` where one is not known."""
    total = Decimal(0)
    for value in hours:
        if value is None:
            return None
        total += value
    text = plain_amount(total)
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_log(record: Twintern, path: str) -> tuple[Problem, ...]:
    """Work on a day on which the twintern was not there (``work-outside-term``)."""
    return tuple(
        Problem(
            rule="work-outside-term",
            path=path,
            field=("work_log", place, "date"),
            message=f"This work was done on {one.date}, {where}.",
            hint='Correct the day, or the days in "programme".',
            severity="warning",
        )
        for place, one in enumerate(record.work_log)
        if (where := _place_outside(record, one))
    )


def _place_outside(record: Twintern, work: LoggedWork) -> str:
    """Where a day stands that is not in the term, in words; empty for all others."""
    term = record.programme
    if term and term.starts and work.date < term.starts:
        return f"before the first day of the term, {term.starts}"
    if term and term.ends and work.date > term.ends:
        return f"after the last day of the term, {term.ends}"
    return ""


def make_reference(record: Twintern, around: Surroundings) -> Further:
    """The reference; all that it shows is in the record and what is computed of it. It is for whom the twintern gives
    it to, so search engines are asked to leave it out.
    """
    return Further(title=record.name, word="reference", summary=record.tagline or "", noindex=True)


FAMILY: Final = Family(
    "reference",
    "twintern/reference.html",
    lambda record: (REFERENCE_STEP,) if record.work_log_public else (),
    make_reference,
)
