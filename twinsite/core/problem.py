"""What is wrong, where, and what to write instead.

A room that finds something wrong returns ``Problem``s; it never prints and never raises for what a user can cause.
A problem of a field names it by ``field`` (its keys and indexes in the front matter); ``read.positions`` turns that
into a line and a column before anything is shown, so that the hot path carries no positions.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "notice"]
FieldPath = tuple[str | int, ...]


class Problem(Struct, frozen=True):
    """One problem as an editor sees it.

    ``path`` is relative to the site, with ``/``; it is empty only for a problem of the command itself. ``line`` and
    ``column`` count from 1 in the file, columns in characters. ``width`` is how many characters the caret marks.
    ``field`` waits to be placed: ``("prizes", 0, "value")``; the empty tuple is the record as a whole. ``at_key`` puts
    the caret under the key, not the value. ``overdue`` marks a notice that makes ``check`` exit 1.
    """

    rule: str
    path: str
    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    width: int = 1
    severity: Severity = "error"
    field: FieldPath | None = None
    at_key: bool = False
    overdue: bool = False

    def order(self) -> tuple[str, int, int, str, str]:
        """The place in a report: by file, line, column, rule, message."""
        return (self.path, self.line or 0, self.column or 0, self.rule, self.message)


def sort_problems(problems: list[Problem]) -> list[Problem]:
    """The problems in the order a report shows them, each once."""
    return sorted(set(problems), key=Problem.order)


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of the problems stops the build."""
    return any(problem.severity == "error" for problem in problems)
