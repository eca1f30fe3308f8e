"""Answers in public: which showcases find fault, and which of them nobody has answered for too long."""

from __future__ import annotations

from twinsite.core.problem import Problem
from twinsite.kinds.kind import Facts
from twinsite.kinds.parts import count_days
from twinsite.kinds.showcase.model import Showcase

REPLY_DAYS = 14
"""How long an answer may take, where ``policies.reply_days`` says nothing."""


def is_critical(record: Showcase) -> bool:
    """Whether a showcase finds fault: marked so, or rated in the lower half of its scale (below the middle)."""
    rating = record.rating
    return record.critical or (rating is not None and 2 * rating.value < rating.best + rating.worst)


def note_unanswered(record: Showcase, path: str, facts: Facts) -> tuple[Problem, ...]:
    """One that finds fault and has no ``reply``: a notice, overdue after ``policies.reply_days``.

    Days count from the one on which it was copied, else published: nobody answers what nobody has seen.
    """
    if record.reply or not is_critical(record):
        return ()
    limit = int(facts.policies.get("reply_days", REPLY_DAYS))
    days = max(0, (facts.now.date() - (record.captured or record.published)).days)
    late = days > limit
    waited = f"It has waited {count_days(days)}; the limit is {count_days(limit)}."
    return (
        Problem(
            rule="unanswered-criticism",
            path=path,
            field=("critical",) if record.critical else ("rating", "value"),
            message=f"This {record.medium} finds fault, and nobody has answered. {waited}",
            hint='Answer where it was written, and add "reply:" with by, date and text; it is shown beneath.',
            severity="notice",
            overdue=late,
        ),
    )
