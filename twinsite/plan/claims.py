"""Texts beside a wall that say all reviews are shown, where not all are: readers would take a selection for the whole.

Takes the record whose page has the wall; reports into the library. What is true by the words of the records and untrue
only at this moment is a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twinsite.core.fragment import Fragment
from twinsite.core.page import Origin
from twinsite.core.problem import FieldPath, Severity
from twinsite.core.site import Entry
from twinsite.kinds.showcase.collection import Collection, Extent, count_shown, find_claim
from twinsite.plan.library import Library

_MARKUP = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:p|li|h[1-6]|td|th|dt|dd)>")
HINT = "Say how many of how many are shown, or leave the sentence out: the wall says so by itself."


def check_claims(library: Library, entry: Entry, own: Collection, extent: Extent) -> None:
    """Report each text of a record that says all reviews are shown, unless they are."""
    severity = judge_claims(own, extent)
    if severity is None:
        return
    for field, claim in list_claims(entry):
        origin = None if field else find_line(entry, claim)
        library.report(entry, origin, field or None, **describe_claim(claim, own, extent, severity))


def list_claims(entry: Entry) -> Iterator[tuple[FieldPath, str]]:
    """The words of a record that say all reviews are shown, with their fields; the body has none."""
    for field, text in _list_texts(entry):
        claim = find_claim(text)
        if claim:
            yield field, claim


def judge_claims(own: Collection, extent: Extent) -> Severity | None:
    """How bad it is to say that all reviews are shown; ``None`` where it is true."""
    if own.complete and own.collected == extent.ever:
        return None if extent.shown == extent.ever else "notice"
    return "error"


def describe_claim(claim: str, own: Collection, extent: Extent, severity: Severity) -> dict[str, str]:
    """The problem of some words that say all reviews are shown, without its place."""
    known = "nobody has counted how many there are" if own.collected is None else f"{own.collected} were collected"
    return {
        "rule": "claims-to-be-all",
        "message": f'"{claim}": {count_shown(extent.shown)}, and {known}.',
        "hint": HINT,
        "severity": severity,
    }


def _list_texts(entry: Entry) -> Iterator[tuple[FieldPath, str]]:
    """The texts of a record by their fields; the body has none."""
    record = entry.record
    yield ("title",), entry.title
    yield ("summary",), record.summary or ""
    yield (), read_words(entry.draft.body)


def read_words(body: Fragment) -> str:
    """The words of a text without markup, each paragraph a line; those of its components as well."""
    from html import unescape

    parts = [unescape(_MARKUP.sub("", _ENDS.sub("\n", "".join(body.parts))))]
    for slot in body.slots:
        parts += [read_words(section.body) for section in slot.sections] or (
            [read_words(slot.body)] if slot.body else []
        )
    return "\n".join(parts)


def find_line(entry: Entry, claim: str) -> Origin:
    """Where in its file the words of a claim begin, if they stand there as they are read; else its first line."""
    draft = entry.draft
    for number, line in enumerate(draft.body_text.split("\n")):
        place = line.find(claim)
        if place >= 0:
            return Origin("", entry.path, draft.body_line + number, place + 1)
    return Origin("", entry.path, draft.body_line, 1)
