"""What is wrong with a claim: across its fields, whatever the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from twinsite.core.expression import express
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.claim.titles import only_states

if TYPE_CHECKING:
    from twinsite.kinds.claim.model import Claim

SETTLED = ("true", "partly_true", "false")
"""Statuses that say what was found, which nobody should say without a ground."""

_SMALL = express(
    r"\b(?:voluntar(?:y|ily)|precautionary|discretionary|as a (?:pure )?precaution|abundance of caution"
    r"|in (?:rare|isolated|specific|very few) (?:cases?|situations?|instances?|circumstances))\b",
    re.IGNORECASE,
)
"""Words that make a danger small (Regulation (EU) 2023/988, Article 36(2)(c), names most of them). English only."""


def check(record: Claim, path: str) -> tuple[Problem, ...]:
    """All that is wrong across the fields."""
    return (
        *_check_titles(record, path),
        *_check_advice(record, path),
        *_check_remedy(record, path),
        *_find_small_words(record, path),
        *_check_grounds(record, path),
        *_check_order(record, path),
    )


def _check_titles(record: Claim, path: str) -> Iterator[Problem]:
    """A claim that is true may be its own title."""
    if record.status == "true":
        return
    titles: list[tuple[FieldPath, str]] = [(("title",), record.title)]
    if record.seo and record.seo.title:
        titles.append((("seo", "title"), record.seo.title))
    for field, title in titles:
        if only_states(title, record.claim):
            yield Problem(
                rule="title-states-claim",
                path=path,
                field=field,
                message=f'This title repeats the claim, and its status is "{record.status}". Titles are what people '
                "remember and share.",
                hint="Write what is true: Our sails passed every test for skin. While nothing is known yet, say what "
                "you do: What we know about the dye in our sails.",
            )


def _check_advice(record: Claim, path: str) -> Iterator[Problem]:
    if record.what_to_do is None and record.status != "withdrawn":
        yield Problem(
            rule="claim-without-advice",
            path=path,
            field=(),
            message="This claim does not say what people should do.",
            hint="Write what_to_do:, safety first. If nothing need be done, say so: You can go on using it.",
        )


def _check_remedy(record: Claim, path: str) -> Iterator[Problem]:
    if record.status == "true" and record.remedy is None:
        yield Problem(
            rule="true-claim-without-remedy",
            path=path,
            field=("status",),
            message="This claim is true, and it does not say what is affected and how people get help.",
            hint="Write remedy: with affected:, stop_using: yes or no, refund:, how: and hotline:.",
        )


def _find_small_words(record: Claim, path: str) -> Iterator[Problem]:
    """Words in a recall that let those who are affected think that it is about others."""
    remedy = record.remedy
    if remedy is None or not remedy.stop_using:
        return
    texts: list[tuple[FieldPath, str | None]] = [
        *(((name,), getattr(record, name)) for name in ("title", "summary", "what_to_do", "what_we_know")),
        *((("remedy", name), getattr(remedy, name)) for name in ("affected", "refund", "how")),
    ]
    for field, text in texts:
        found = _SMALL.search(text or "")
        if found:
            message = f'"{found[0]}" makes the danger sound small, in a recall that asks people to stop.'
            hint = "Leave it out, and say plainly what can happen and to whom."
            yield Problem("recall-sounds-small", path, message, hint, field=field, severity="warning")


def _check_grounds(record: Claim, path: str) -> Iterator[Problem]:
    """A finding needs a ground; that something is false or partly true also needs something that others can check."""
    if record.status in SETTLED and record.what_we_know is None:
        yield _groundless(record, path, "does not say what is known", "Write what_we_know:, a few plain sentences.")
    elif record.status in ("false", "partly_true") and not record.evidence:
        hint = "Write evidence: with title:, date: and url: of a report, or the status unproven until there is one."
        yield _groundless(record, path, "names no evidence that others can check", hint)


def _groundless(record: Claim, path: str, lacks: str, hint: str) -> Problem:
    message = f'This claim is called "{record.status}" and {lacks}.'
    return Problem("claim-without-evidence", path, message, hint, field=("status",))


def _check_order(record: Claim, path: str) -> Iterator[Problem]:
    """Updates must follow each other in time; anchors are made of their moments."""
    for index, (before, after) in enumerate(pairwise(record.updates), start=1):
        if after.at.timestamp() <= before.at.timestamp():
            yield Problem(
                rule="updates-out-of-order",
                path=path,
                field=("updates", index, "at"),
                message="This update is not later than the one before it.",
                hint="Updates stand in the order of their publication, the oldest first. Add new ones at the end.",
            )
    first = next(iter(record.updates), None)
    if first and first.at.date() < record.first_seen:
        yield Problem(
            rule="dates-out-of-order",
            path=path,
            field=("updates", 0, "at"),
            message="This update is older than the day on which the claim was first seen.",
            hint='Write the day on which you first saw it in "first_seen".',
        )
    if record.closed and record.updates and record.closed.timestamp() < record.updates[-1].at.timestamp():
        yield Problem(
            rule="dates-out-of-order",
            path=path,
            field=("closed",),
            message="The matter was closed before its last update.",
            hint='Write a later moment in "closed", or leave it out while the matter goes on.',
        )
