"""Tables of scores and votes, cell by cell: which column is meant, what a cell says, where a problem of it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from twinsite.core.draft import Table
from twinsite.core.problem import Problem
from twinsite.core.values import Wrong, convert

HEADING = 0
"""The number of the row that names the columns; rows of values count from 1."""

Cell = str | int | bool | None


class Sheet:
    """A table whose columns are found by their names or labels, letter case ignored. ``problems`` gathers what is wrong
    with it, each with its line and column.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self._places: dict[str, int] = {}
        for place, column in enumerate(table.columns):
            for name in (column.label, column.name):
                self._places[fold(name)] = place

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return fold(name) in self._places

    def need(self, names: Iterable[str], why: str) -> bool:
        """Whether all of these columns are there; each that is not is a problem. ``why`` finishes "It is needed"."""
        missing = [name for name in names if not self.has(name)]
        for name in missing:
            hint = f"Add a column with the heading {name}; it is needed {why}."
            self.tell("missing-column", f'The column "{name}" is missing.', hint, HEADING, "")
        return not missing

    def rows(self) -> Iterable[int]:
        """The numbers of the rows, from 1."""
        return range(1, len(self.table.rows) + 1)

    def cell(self, row: int, name: str) -> Cell:
        """What a row says in a column that is there."""
        return self.table.rows[row - 1][self._places[fold(name)]]

    def text(self, row: int, name: str) -> str:
        """The same as text, empty where nothing is written."""
        value = self.cell(row, name)
        return "" if value is None else " ".join(str(value).split())

    def number(self, row: int, name: str, kind: str = "amount") -> Decimal | None:
        """A number, of the type ``amount`` or ``whole``; ``None`` where it is none, which is a problem, or empty."""
        value = self.cell(row, name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        found = convert(kind, str(value))
        if not isinstance(found, Wrong):
            return Decimal(found)
        hint = f'{found.hint} Where the file has decimal commas, its schema must say so: format: {{decimal: ","}}'
        column = self.name_of(name)
        self.tell(found.rule, f'Row {row}, column "{column}": {found.message}', hint, row, name)
        return None

    def moment(self, row: int, name: str) -> Any:
        """A day, a moment or a whole number, to sort by; ``None`` where it is none, which is a problem."""
        text = self.text(row, name)
        for kind in ("whole", "date", "instant"):
            found = convert(kind, text) if text else None
            if found is not None and not isinstance(found, Wrong):
                return found.timestamp() if isinstance(found, datetime) else _order(found)
        hint = "Write the day (2026-06-01), the moment (2026-06-01 12:30) or the number in the order of arrival."
        self.tell("not-a-date", f'Row {row}, column "{self.name_of(name)}": "{text}" is no day.', hint, row, name)
        return None

    def name_of(self, name: str) -> str:
        """How the table itself writes a column's name."""
        place = self._places.get(fold(name))
        return name if place is None else self.table.columns[place].name

    def tell(self, rule: str, message: str, hint: str, row: int, name: str) -> None:
        """Note a problem of a cell; of a row as a whole with an empty ``name``."""
        column = self.name_of(name) if name else ""
        line, at = self.table.find(row, column)
        width = len(str(self.cell(row, name))) if row and name and self.cell(row, name) is not None else len(column)
        self.problems.append(Problem(rule, self.table.path, message, hint, line, at, max(width, 1)))


def _order(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def fold(name: str) -> str:
    """A name without regard to letter case and to how many spaces are in it."""
    return " ".join(name.casefold().replace("_", " ").split())
