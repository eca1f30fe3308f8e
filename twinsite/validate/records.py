"""Drafts to records: each checked against the model of its kind."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from twinsite.core.draft import Draft
from twinsite.core.problem import Problem, has_errors
from twinsite.core.record import Record
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Kind, check_body
from twinsite.validate.model import find_place, validate_model
from twinsite.validate.quick import validate_quickly


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
    record, problems = _validate(kind, draft, zone)
    if record is None:
        return None, problems
    problems = [*problems, *check_body(kind, record, draft.path, draft.body.words)]
    return (None if has_errors(problems) else record.public()), problems


def _validate(kind: Kind, draft: Draft, zone: str) -> tuple[Record | None, list[Problem]]:
    values = draft.values
    quick = validate_quickly(kind.model, msgspec.json.encode(values), find_place(values, draft.path, zone))
    return (quick, []) if quick is not None else validate_model(kind.model, values, draft.path, zone, kind.label)
