"""The scores of a panel, read from their table: one row for each judge and entry, or one for each single score.

A row holds an entry and a judge with a column for each criterion, or an entry, a judge, a ``criterion`` and a
``score``. Without a column for judges the panel scored together; without criteria there is one column ``score``.
What is not exactly as declared is a problem with its row and column; nothing is guessed, skipped or filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from twinsite.core.draft import Table
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.kinds.contest.counts import ScoreTable
from twinsite.kinds.contest.model import Judging
from twinsite.kinds.contest.sheets import HEADING, Sheet, fold

RESERVED = ("entry", "judge", "criterion", "score", "received")
PANEL = ""
"""Who gave a score that is the whole panel's."""

Mark = tuple[str, str, str]
"""What a score is of: entry, judge, criterion."""


class Scores(Struct):
    """All scores: ``marks``; the ``entries`` in the order of the table; when each was ``received``, to sort by."""

    marks: dict[Mark, Decimal] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    received: dict[str, Any] = field(default_factory=dict)
    judges: tuple[str, ...] = (PANEL,)


def list_criteria(judging: Judging) -> tuple[str, ...]:
    """By what is scored: the criteria, or else the score as a whole."""
    return tuple(criterion.name for criterion in judging.criteria) or ("score",)


def read_scores(table: Table, judging: Judging, scores: ScoreTable) -> tuple[Scores, list[Problem]]:
    """The scores of a table, and all that is wrong with them."""
    reader = _Reader(table, judging, scores)
    return reader.read(), reader.sheet.problems


class _Reader:
    """Reads one table of scores."""

    def __init__(self, table: Table, judging: Judging, scores: ScoreTable) -> None:
        self.sheet = Sheet(table)
        self.scale = scores
        self.criteria = {fold(name): name for name in list_criteria(judging)}
        self.panel = {fold(judge.name): judge.name for judge in judging.panel}
        self.tie_rule = judging.tie_rule
        self.long = self.sheet.has("criterion")
        self.found = Scores()
        self.rows: dict[Mark, int] = {}
        self.first_rows: dict[str, int] = {}

    def read(self) -> Scores:
        """All scores; none where the columns are not those of a table of scores."""
        judged = self.sheet.has("judge")
        if not self._check_columns():
            return self.found
        if judged:
            self.found.judges = tuple(self.panel.values())
        for row in self.sheet.rows():
            self._read_row(row, judged)
        self._check_whole()
        return self.found

    def _check_columns(self) -> bool:
        sheet = self.sheet
        meant = self._check_headings()
        needed = ["entry", "score"] if self.long else ["entry", *self.criteria.values()]
        right = sheet.need([name for name in needed if name not in meant], "to tell what was scored") and not meant
        if "earliest" in self.tie_rule:
            right &= sheet.need(["received"], 'because equal scores are decided by "earliest"')
        if "chair" in self.tie_rule:
            right &= sheet.need(["judge"], 'because equal scores are decided by the "chair"')
        return right

    def _check_headings(self) -> set[str]:
        """Tell of every column that is no criterion. Gives what each was probably meant to be, or else its name."""
        names = self.criteria.values()
        unknown = [
            column.name
            for column in (() if self.long else self.sheet.table.columns)
            if not {fold(column.name), fold(column.label)} & {*self.criteria, *RESERVED}
        ]
        for name in unknown:
            self._unknown("unknown-criterion", "criterion", name, names, HEADING, name)
        return {nearest_name(name, names) or name for name in unknown}

    def _unknown(self, rule: str, what: str, name: str, names: Iterable[str], row: int, column: str) -> None:
        near = nearest_name(name, names)
        where = f"Row {row}: " if row else ""
        message = f'{where}"{name}" is no {what} of this contest.' + (f' Did you mean "{near}"?' if near else "")
        self.sheet.tell(rule, message, f"Declared are: {', '.join(names) or 'none'}.", row, column)

    def _read_row(self, row: int, judged: bool) -> None:
        sheet = self.sheet
        entry = sheet.text(row, "entry")
        if not entry:
            sheet.tell("empty-cell", f"Row {row} says of no entry what it scored.", "Write the entry.", row, "entry")
            return
        judge = self._read_judge(row) if judged else PANEL
        criteria = [self._read_criterion(row)] if self.long else list(self.criteria.values())
        before = self.rows.get((entry, judge or "", criteria[0] or ""))
        if before is not None:
            what = f'"{entry}"{f", by {judge}" if judge else ""}' + (f": {criteria[0]}" if self.long else "")
            message = f"Row {row} scores the same as row {before}: {what}."
            sheet.tell("counted-twice", message, "Delete one of the two rows.", row, "entry")
            return
        if entry not in self.first_rows:
            self.first_rows[entry] = row
            self.found.entries.append(entry)
            if "earliest" in self.tie_rule:
                self.found.received[entry] = sheet.moment(row, "received")
        for criterion in criteria:
            if criterion is not None and judge is not None:
                self._read_mark(row, (entry, judge, criterion), "score" if self.long else criterion)

    def _read_judge(self, row: int) -> str | None:
        name = self.sheet.text(row, "judge")
        if fold(name) not in self.panel:
            self._unknown("unknown-judge", "judge", name, self.panel.values(), row, "judge")
        return self.panel.get(fold(name))

    def _read_criterion(self, row: int) -> str | None:
        name = self.sheet.text(row, "criterion")
        if fold(name) not in self.criteria:
            self._unknown("unknown-criterion", "criterion", name, self.criteria.values(), row, "criterion")
        return self.criteria.get(fold(name))

    def _read_mark(self, row: int, mark: Mark, column: str) -> None:
        sheet, scale = self.sheet, self.scale
        self.rows[mark] = row
        value = sheet.number(row, column)
        if value is None:
            if sheet.cell(row, column) is None:
                message = f"Row {row} has no score here: {_name(mark)}."
                sheet.tell("missing-score", message, "Write the score.", row, column)
            return
        if not scale.lowest <= value <= scale.highest:
            message = f"Row {row}: {value} is no score of this contest: {_name(mark)}."
            hint = f'Scores go from {scale.lowest} to {scale.highest}; "lowest" and "highest" declare another scale.'
            sheet.tell("score-out-of-range", message, hint, row, column)
            return
        self.found.marks[mark] = value

    def _check_whole(self) -> None:
        """Every judge must have scored every entry by every criterion; a missing row is told at the entry's first."""
        if self.sheet.problems:
            return
        for entry, row in self.first_rows.items():
            for judge in self.found.judges:
                lacking = [name for name in self.criteria.values() if (entry, judge, name) not in self.rows]
                if lacking:
                    who = f"{judge} has not scored" if judge else "Nothing scores"
                    message = f'{who} the entry "{entry}" by: {", ".join(lacking)}.'
                    self.sheet.tell("missing-score", message, "Add the missing scores.", row, "entry")


def _name(mark: Mark) -> str:
    entry, judge, criterion = mark
    return f'"{entry}", {criterion}' + (f", by {judge}" if judge else "")
