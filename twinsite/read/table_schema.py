"""The schema of a data table: how its file is written and what type each column has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from twinsite.core.draft import Column
from twinsite.core.measures import MEANINGS, ROWS
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.values import TYPES
from twinsite.read.date_style import ISO_DATES, DateStyle, read_style
from twinsite.read.front import parse_yaml, place_problems

KEYS = ("title", "source", "format", "row", "columns")
FORMAT_KEYS = ("encoding", "delimiter", "decimal", "thousands", "dates")
COLUMN_KEYS = ("type", "label", "required", "is", "skip")
YES = ("true", "yes")
NAMED_DELIMITERS = (("tab", "\t"), ("comma", ","), ("semicolon", ";"))


class TableSchema(Struct, frozen=True):
    """``columns`` in the order they are shown (none: as in the data, all text); the marks of a CSV file; what one
    ``row`` of an export is. ``skipped`` are columns that the data have and nobody is shown.
    """

    columns: tuple[Column, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    title: str = ""
    source: str = ""
    dates: DateStyle = ISO_DATES
    row: str = ""
    skipped: tuple[str, ...] = ()


PLAIN = TableSchema()


def read_schema(data: bytes, path: str) -> tuple[TableSchema, list[Problem]]:
    """The schema of a ``<name>.schema.yaml``, or the plain one with everything that is wrong with the file."""
    values, problems = parse_yaml(data, path)
    if problems:
        return PLAIN, problems
    if not isinstance(values, dict):
        return PLAIN, [_wrong(path, (), "A schema is made of settings such as columns:.")]
    problems = [_unknown(path, (key,), KEYS) for key in values if key not in KEYS]
    form = values.get("format") or {}
    given = form if isinstance(form, dict) else {}
    problems += [_unknown(path, ("format", key), FORMAT_KEYS) for key in given if key not in FORMAT_KEYS]
    columns, wrong = _read_columns(values.get("columns") or {}, path)
    problems += wrong
    delimiter = dict(NAMED_DELIMITERS).get(str(given.get("delimiter") or ","), str(given.get("delimiter") or ","))
    if len(delimiter) != 1:
        problems.append(
            _wrong(path, ("format", "delimiter"), "A delimiter is one character (or tab, comma, semicolon).")
        )
    style = read_style(str(given.get("dates") or ISO_DATES.pattern))
    if isinstance(style, str):
        hint = "Write it as one day of yours is written, such as DD/MM/YYYY, D.M.YYYY or Mon D, YYYY."
        problems.append(_wrong(path, ("format", "dates"), style, hint))
    shown = tuple(column for column, skip in columns if not skip)
    row = str(values.get("row") or "")
    problems += _check_meanings(shown, row, path)
    schema = TableSchema(
        shown,
        str(given.get("encoding") or "utf-8").lower(),
        delimiter,
        str(given.get("decimal") or "."),
        str(given.get("thousands") or ""),
        str(values.get("title") or ""),
        str(values.get("source") or ""),
        ISO_DATES if isinstance(style, str) else style,
        row,
        tuple(column.name for column, skip in columns if skip),
    )
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return (PLAIN if problems else schema), place_problems(problems, {path: text})


def _read_columns(values: Any, path: str) -> tuple[list[tuple[Column, bool]], list[Problem]]:
    """The columns, each with whether it is skipped, and everything that is wrong with them."""
    if not isinstance(values, dict):
        return [], [_wrong(path, ("columns",), "Columns are names with their types: followers: {type: whole}.")]
    columns: list[tuple[Column, bool]] = []
    problems: list[Problem] = []
    for name, given in values.items():
        own = {"type": given} if isinstance(given, str) else given or {}
        if not isinstance(own, dict):
            problems.append(_wrong(path, ("columns", name), f"Write {name}: {{type: text}} or another type."))
            continue
        column, wrong = _read_column(str(name), own, path)
        columns.append((column, own.get("skip") in YES))
        problems += wrong
    return columns, problems


def _read_column(name: str, own: dict[str, Any], path: str) -> tuple[Column, list[Problem]]:
    """One column. Without a type it has the one that goes with what it means, else ``text``."""
    problems = [_unknown(path, ("columns", name, key), COLUMN_KEYS) for key in own if key not in COLUMN_KEYS]
    means = str(own.get("is") or "")
    known = MEANINGS.get(means, ("text",))
    kind = str(own.get("type") or known[0])
    if means and means not in MEANINGS:
        text = f'No column can be "{means}".' + _guess(means, MEANINGS)
        problems.append(_wrong(path, ("columns", name, "is"), text, f"A column can be: {', '.join(MEANINGS)}."))
    elif kind not in TYPES:
        text = f'There is no type "{kind}".' + _guess(kind, TYPES)
        problems.append(_wrong(path, ("columns", name, "type"), text, f"Types: {', '.join(TYPES)}."))
    elif means and kind not in known:
        text = f'A column that is "{means}" cannot have the type {kind}.'
        problems.append(_wrong(path, ("columns", name, "type"), text, f"Leave the type out; it is {known[0]}."))
    label = str(own.get("label") or name.replace("_", " ").capitalize())
    required = own.get("required") in YES or means == "date"
    return Column(name, kind, label, required, means if means in MEANINGS else ""), problems


def _check_meanings(columns: tuple[Column, ...], row: str, path: str) -> list[Problem]:
    """What is missing of an export: it says what one row is, and which column is the day; nothing is meant twice."""
    problems = []
    meant: dict[str, str] = {}
    for column in columns:
        if column.means in meant:
            text = f'Two columns cannot both be "{column.means}": "{meant[column.means]}" is it already.'
            problems.append(_wrong(path, ("columns", column.name, "is"), text, "Leave one of the two out."))
        elif column.means:
            meant[column.means] = column.name
    if row and row not in ROWS:
        text = f'One row cannot be a "{row}".' + _guess(row, ROWS)
        problems.append(_wrong(path, ("row",), text, f"Write one of: {', '.join(ROWS)}."))
    elif meant and not row:
        text = "This schema does not say what one row of the table is."
        problems.append(_wrong(path, ("columns",), text, f'Add "row:" with one of: {", ".join(ROWS)}.'))
    if (meant or row) and "date" not in meant:
        text = "This schema does not say which column is the day."
        problems.append(_wrong(path, ("columns",), text, "Add {is: date} to the column with the day."))
    return problems


def _guess(name: str, known: Iterable[str]) -> str:
    near = nearest_name(name, known)
    return f' Did you mean "{near}"?' if near else ""


def _wrong(path: str, field: FieldPath, message: str, hint: str = "See the guide's page on data tables.") -> Problem:
    return Problem("bad-table-schema", path, message, hint, field=field)


def _unknown(path: str, field: FieldPath, known: tuple[str, ...]) -> Problem:
    name = str(field[-1])
    near = nearest_name(name, known)
    text = f'There is no setting "{name}" in a table\'s schema.' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-field", path, text, f"Known settings: {', '.join(known)}.", field=field, at_key=True)
