"""An export of another program as rows of text: CSV in the declared encoding, or a list of objects in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from twinsite.core.column_map import ExportFormat
from twinsite.core.problem import Problem
from twinsite.read.rows import Cell, read_records, scan_csv
from twinsite.read.table_schema import NAMED_DELIMITERS, TableSchema

_HINTS: Final = {
    "not-utf-8": "Save it as UTF-8, or declare its encoding in the map: format: {encoding: cp1252} (or utf-16).",
    "not-decodable": "Declare the right encoding in the map: format: {encoding: utf-8}",
    "wrong-separator": "Declare in the map what separates the cells: format: {delimiter: semicolon} (or tab).",
}
"""What to do about problems of reading, where a map, not a table's schema, declares how the file is written."""


Take = Callable[[Mapping[str, Cell]], None]


def no_rows(take: Take) -> None:
    """An export without rows."""


class Export(Struct, frozen=True):
    """An export that can be read: the names of its columns, and ``feed``, which hands one row after the other to
    somebody; they are never in memory all at once.
    """

    names: tuple[str, ...]
    feed: Callable[[Take], None] = no_rows


def read_export(data: bytes, path: str, form: ExportFormat) -> tuple[Export | None, list[Problem]]:
    """An export, or every problem of it as a whole. Columns of JSON objects within objects have dotted names:
    ``author.name``. Rules: those of reading tables.
    """
    if path.lower().endswith(".json"):
        return _read_json(data, path, form.rows)
    delimiter = dict(NAMED_DELIMITERS).get(form.delimiter, form.delimiter)
    if len(delimiter) != 1:
        message = f'The cells cannot be separated by "{form.delimiter}", as the map declares.'
        return None, [Problem("bad-column-map", path, message, "Write comma, semicolon, tab, or one character.", 1, 1)]
    schema = TableSchema(encoding=form.encoding.lower(), delimiter=delimiter)
    heading, problems = scan_csv(data, path, schema, lambda row: None)
    if heading is None or problems:
        return None, [_tell_of_map(problem) for problem in problems]

    def feed(take: Take) -> None:
        scan_csv(data, path, schema, take)

    return Export(tuple(heading), feed), []


def _tell_of_map(problem: Problem) -> Problem:
    """A problem of reading with what to write in the map, where a data table would have a schema."""
    hint = _HINTS.get(problem.rule)
    if hint is None:
        return problem
    return replace(problem, hint=hint, message=problem.message.replace("the schema declares", "the map declares"))


def _read_json(data: bytes, path: str, rows: str | None) -> tuple[Export | None, list[Problem]]:
    """The list of rows inside a JSON file, each flattened."""
    import json

    try:
        value = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None, read_records(data, path)[1]  # which says what is wrong and where
    for step in rows.split(".") if rows else ():
        value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        where = f'no list of rows under "{rows}"' if rows else "no list of rows"
        hint = "Declare in the map where the rows are: format: {rows: data.reviews}"
        return None, [Problem("not-a-table", path, f"There is {where} in this file.", hint, 1, 1)]
    if not value:
        hint = "Export it again; if the rows stand elsewhere in the file, declare where: format: {rows: data.reviews}"
        return None, [Problem("empty-file", path, "The list of rows in this file is empty.", hint, 1, 1)]
    names = tuple(dict.fromkeys(name for row in value for name, _ in _flatten(row, "")))

    def feed(take: Take) -> None:
        for row in value:
            cells = dict(_flatten(row, ""))
            take({name: Cell(cells.get(name)) for name in names})

    return Export(names, feed), []


def _flatten(row: dict[str, Any], before: str) -> Iterator[tuple[str, str | None]]:
    """The values of an object as text by dotted names; a list of plain values as one text with commas."""
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}", ", ".join(str(item) for item in value if not isinstance(item, dict | list)) or None
        else:
            text = ("yes" if value else "no") if isinstance(value, bool) else value
            yield f"{before}{name}", str(text).strip() or None if text is not None else None
