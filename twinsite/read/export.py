"""An export of another program as rows of text: CSV in the declared encoding, or a list of objects in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from twinsite.core.column_map import ExportFormat
from twinsite.core.problem import Problem
from twinsite.read.rows import Cell, RawTable, read_csv, read_records
from twinsite.read.table_schema import NAMED_DELIMITERS, TableSchema

_HINTS: Final = {
    "not-utf-8": "Save it as UTF-8, or declare its encoding in the map: format: {encoding: cp1252} (or utf-16).",
    "not-decodable": "Declare the right encoding in the map: format: {encoding: utf-8}",
    "wrong-separator": "Declare in the map what separates the cells: format: {delimiter: semicolon} (or tab).",
}
"""What to do about problems of reading, where a map, not a table's schema, declares how the file is written."""


def read_export(data: bytes, path: str, form: ExportFormat) -> tuple[RawTable | None, list[Problem]]:
    """The rows of an export by column, or every problem of it as a whole. Columns of JSON objects within objects have
    dotted names: ``author.name``. Rules: those of reading tables.
    """
    if path.lower().endswith(".json"):
        return _read_json(data, path, form.rows)
    delimiter = dict(NAMED_DELIMITERS).get(form.delimiter, form.delimiter)
    if len(delimiter) != 1:
        message = f'The cells cannot be separated by "{form.delimiter}", as the map declares.'
        return None, [Problem("bad-column-map", path, message, "Write comma, semicolon, tab, or one character.", 1, 1)]
    table, problems = read_csv(data, path, TableSchema(encoding=form.encoding.lower(), delimiter=delimiter))
    return table, [
        replace(
            problem,
            hint=_HINTS[problem.rule],
            message=problem.message.replace("the schema declares", "the map declares"),
        )
        if problem.rule in _HINTS
        else problem
        for problem in problems
    ]


def _read_json(data: bytes, path: str, rows: str | None) -> tuple[RawTable | None, list[Problem]]:
    """The list of rows inside a JSON file, each flattened."""
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return read_records(data, path)  # which says what is wrong and where
    for step in rows.split(".") if rows else ():
        value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        where = f'no list of rows under "{rows}"' if rows else "no list of rows"
        hint = "Declare in the map where the rows are: format: {rows: data.reviews}"
        return None, [Problem("not-a-table", path, f"There is {where} in this file.", hint, 1, 1)]
    flat = [dict(_flatten(row, "")) for row in value]
    names = tuple(dict.fromkeys(name for row in flat for name in row))
    return RawTable(names, tuple({name: Cell(row.get(name)) for name in names} for row in flat)), []


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
