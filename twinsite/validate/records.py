"""Drafts to records: each checked against the model of its kind."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from twinsite.core.draft import Draft
from twinsite.core.problem import Problem, has_errors
from twinsite.core.record import Record
from twinsite.core.values import Place
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Kind, check_body
from twinsite.validate.model import find_zone, validate_model
from twinsite.validate.quick import validate_quickly


class Records(Struct, frozen=True):
    """The valid records with their drafts, the drafts that are wrong, and all problems of both."""

    valid: list[tuple[Draft, Record]] = field(default_factory=list)
    wrong: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, drafts: Iterable[Draft], zone: str) -> list[tuple[Draft, Record]]:
        """Validate some more drafts; ``zone`` is the site's (IANA). Gives those that are valid."""
        before = len(self.valid)
        for draft in drafts:
            record, found = validate_draft(draft, zone)
            self.problems.extend(found)
            if record is None:
                self.wrong.append(draft)
            else:
                self.valid.append((draft, record))
        return self.valid[before:]


def validate_draft(draft: Draft, zone: str) -> tuple[Record | None, list[Problem]]:
    """The record of one draft, without its private fields, or everything that is wrong with it."""
    kind = kind_named(draft.kind)
    record, problems = _validate(kind, draft, zone)
    if record is None:
        return None, problems
    problems = [*problems, *check_body(kind, record, draft.path, draft.wordy)]
    return (None if problems and has_errors(problems) else record.public()), problems


def _validate(kind: Kind, draft: Draft, zone: str) -> tuple[Record | None, list[Problem]]:
    own = draft.values if b'"timezone"' in draft.encoded else {}
    quick = validate_quickly(kind.model, draft.encoded, Place(find_zone(own, zone), draft.folder))
    return (quick, []) if quick is not None else validate_model(kind.model, draft.values, draft.path, zone, kind.label)
