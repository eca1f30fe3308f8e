"""Hold the free texts of a contest to its fields: a warning for each figure that says another thing, at its place."""

from __future__ import annotations

from collections.abc import Iterator

from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.linter.figures import Figure, find_figures, may_hold_figures
from twinsite.kinds.contest.linter.judge import Said, judge
from twinsite.kinds.contest.linter.text import find_line, list_sentences
from twinsite.kinds.contest.model import Contest

HINT = (
    "Correct whichever of the two is wrong; best, leave it out here: page and rules show it anyway. If both are"
    " right, say it in other words, or switch this off: contradictions under policies in site.yaml."
)


def lint(record: Contest, path: str, zone: str, body: str, body_line: int) -> tuple[Problem, ...]:
    """What is wrong; ``body`` is the text under the front matter, which begins on line ``body_line`` of the file."""
    found = [_in_body(path, figure, said, body, body_line) for figure, said in find_contradictions(record, zone, body)]
    found += [
        _in_field(path, figure, said, field)
        for field, text in list_texts(record)
        for figure, said in find_contradictions(record, zone, text)
    ]
    return tuple(found)


def find_contradictions(record: Contest, zone: str, text: str) -> Iterator[tuple[Figure, Said]]:
    """The figures of a text that say another thing than the fields, each with what those say."""
    if not may_hold_figures(text):
        return
    for sentence in list_sentences(text, may_hold_figures):
        judged = [(figure, judge(figure, record, zone)) for figure in find_figures(sentence)]
        # A sentence that also says the right thing explains, compares or tells what became of it.
        told = {figure.of for figure, said in judged if said is None}
        for figure, said in judged:
            if said and figure.of not in told:
                told.add(figure.of)
                yield figure, said


def list_texts(record: Contest) -> Iterator[tuple[FieldPath, str]]:
    """The free texts among the fields. Amendments are not: they tell of what was."""
    entry, who, rules = record.entry, record.eligibility, record.rules
    texts: list[tuple[FieldPath, str | None]] = [
        (("summary",), record.summary),
        (("eligibility", "text"), who.text if who else None),
        (("entry", "free_route"), entry.free_route if entry else None),
        (("how_winners_are_told",), record.how_winners_are_told),
    ]
    methods = entry.methods if entry else ()
    texts += [(("entry", "methods", place, "instructions"), one.instructions) for place, one in enumerate(methods)]
    texts += [(("prizes", place, "description"), one.description) for place, one in enumerate(record.prizes)]
    texts += [
        (("rules", "extra_clauses", place), one) for place, one in enumerate(rules.extra_clauses if rules else ())
    ]
    return ((field, text) for field, text in texts if text)


def _in_body(path: str, figure: Figure, said: Said, body: str, first: int) -> Problem:
    line, column = find_line(body, figure.start)
    return Problem(
        "text-contradicts-field",
        path,
        _describe(figure, said),
        HINT,
        line + first - 1,
        column,
        len(body[figure.start : figure.start + len(figure.words)].partition("\n")[0]),
        severity="warning",
    )


def _in_field(path: str, figure: Figure, said: Said, field: FieldPath) -> Problem:
    return Problem("text-contradicts-field", path, _describe(figure, said), HINT, field=field, severity="warning")


def _describe(figure: Figure, said: Said) -> str:
    words = " ".join(figure.words.split())
    return f'The text says "{words}", but the field "{said.field}" says {said.words}.'
