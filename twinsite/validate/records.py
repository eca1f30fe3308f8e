"""Drafts to records: each checked against the model of its kind."""

from __future__ import annotations

from collections.abc import Iterable

from twinsite.core.draft import Draft
from twinsite.core.problem import Problem, has_errors
from twinsite.core.record import Record
from twinsite.kinds import kind_named
from twinsite.kinds.kind import check_body
from twinsite.validate.model import validate_model


def validate_drafts(
    drafts: Iterable[Draft], zone: str
) -> tuple[list[tuple[Draft, Record]], list[Problem], list[Draft]]:
    """The valid records with their drafts, all problems, and the drafts that are wrong. ``zone`` is the site's
    (IANA).
    """
    records: list[tuple[Draft, Record]] = []
    problems: list[Problem] = []
    wrong: list[Draft] = []
    for draft in drafts:
        record, found = validate_draft(draft, zone)
        problems.extend(found)
        if record is None:
            wrong.append(draft)
        else:
            records.append((draft, record))
    return records, problems, wrong


def validate_draft(draft: Draft, zone: str) -> tuple[Record | None, list[Problem]]:
    """The record of one draft, without its private fields, or everything that is wrong with it."""
    kind = kind_named(draft.kind)
    record, problems = validate_model(kind.model, draft.values, draft.path, zone, kind.label)
    if record is None:
        return None, problems
    problems = [*problems, *check_body(kind, record, draft.path, draft.body.words)]
    return (None if has_errors(problems) else record.public()), problems
