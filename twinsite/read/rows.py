"""Rows of a data file as text with places, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.core.problem import FieldPath, Problem
from twinsite.read.characters import check_characters, may_be_forbidden
from twinsite.read.front import decode_text, parse_yaml, place_problems
from twinsite.read.table_schema import TableSchema

_JSON_UNKNOWN = ("This is not JSON.", "Check the brackets, commas and quotes around this place.")
_JSON_WORDS = (
    (
        "Expecting value",
        ("A value is missing here, or the comma before it is too many.", "Add it, or delete the comma."),
    ),
    ("Illegal trailing comma", ("The last comma here is too many.", "Delete it.")),
    ("Expecting property name", ("A name in double quotes is missing here.", "Write it, or delete the comma before.")),
    ("Expecting ','", ("A comma or a closing bracket is missing before this.", "Add it.")),
    ("Expecting ':'", ("A colon is missing between name and value.", 'Write "name": value.')),
    ("Extra data", ("The table has ended before this.", "Delete what follows, or put it inside the brackets.")),
    ("Unterminated string", ("The text that begins here is never closed.", "Write the closing double quote.")),
    ("Invalid control", ("A line break or tab stands inside a text.", "Write \\n or \\t instead.")),
    ("Invalid \\", ("A backslash here means nothing.", "Write two backslashes for one.")),
)
"""What each message of the JSON reader begins with, in plain words with what to do."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin: ``.xlsx``, ``.ods`` and ``.numbers`` are archives, ``.xls`` is older."""


class Cell(Struct, frozen=True):
    """A value as text (``None`` where empty) with its place: line and column from 1 in a CSV file, else its field."""

    text: str | None
    line: int | None = None
    column: int | None = None
    field: FieldPath | None = None


class RawTable(Struct, frozen=True):
    """Column names in order, the rows by column name, and the places of the names. ``text`` is of YAML, else empty."""

    names: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    text: str = ""


def read_csv(data: bytes, path: str, schema: TableSchema) -> tuple[RawTable | None, list[Problem]]:
    """A CSV file as rows. Its first line names the columns; every row must have as many cells."""
    rows: list[Mapping[str, Cell]] = []
    heading, problems = scan_csv(data, path, schema, rows.append)
    return (None if problems or heading is None else RawTable(tuple(heading), tuple(rows), heading)), problems


def scan_csv(
    data: bytes, path: str, schema: TableSchema, take: Callable[[Mapping[str, Cell]], None]
) -> tuple[dict[str, tuple[int, int]] | None, list[Problem]]:
    """The places of the names of the columns, in their order, and what is wrong with the file; each row that is right
    is handed to ``take`` and forgotten, so that a file need not fit into memory as cells.
    """
    import csv

    text, problems = _decode(data, path, schema)
    if text is None:
        return None, problems
    problems += check_characters(text, path) if may_be_forbidden(text.encode()) else []
    lines = text.split("\n")
    reader = csv.reader(StringIO(text, newline=""), delimiter=schema.delimiter, strict=True)
    names: list[str] = []
    heading: dict[str, tuple[int, int]] = {}
    start, number = 1, 0
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            places = _find_cells(lines[line - 1], len(cells), schema.delimiter)
            if not names:
                names = [cell.strip() for cell in cells]
                heading = {name: (line, place) for name, place in zip(names, places, strict=True)}
                separator = _check_separator(lines[line - 1], names, path, line)
                if separator:
                    return None, [*problems, *separator]
                problems += _check_heading(names, heading, path)
                continue
            number += 1
            if len(cells) != len(names):
                problems.append(_ragged(path, line, len(cells), names, number, schema))
                continue
            found = zip(names, cells, places, strict=True)
            take({name: Cell(cell.strip() or None, line, place) for name, cell, place in found})
    except csv.Error as error:
        return None, [*problems, _bad_csv(path, start, str(error))]
    if not names:
        hint = "Write the names of the columns in the first line."
        return None, [*problems, Problem("empty-file", path, "This table is empty.", hint, 1, 1)]
    return heading, problems


def _decode(data: bytes, path: str, schema: TableSchema) -> tuple[str | None, list[Problem]]:
    """The text of a CSV file in its declared encoding."""
    if data.startswith(_WORKBOOKS):
        hint = 'Open it in a spreadsheet program, save it there as "CSV UTF-8", and name that file.'
        return None, [Problem("bad-csv", path, "This is a spreadsheet or an archive, not a CSV file.", hint, 1, 1)]
    if schema.encoding == "utf-8":
        text, problems = decode_text(data, path)
        for problem in problems:
            if problem.rule == "not-utf-8":
                encoding = "UTF-16" if "UTF-16" in problem.message else "cp1252"
                hint = f"Save it as UTF-8, or declare its encoding in its schema: format: {{encoding: {encoding}}}"
                return None, [Problem(problem.rule, path, problem.message, hint, problem.line, problem.column)]
        return text, problems
    try:
        return data.decode(schema.encoding).replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(schema.encoding, "replace").replace("\r\n", "\n")
        message = f"The character here does not exist in the encoding {schema.encoding}, which the schema declares."
        hint = "Declare the right encoding in the schema: format: {encoding: utf-8} or {encoding: cp1252}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [Problem("not-decodable", path, message, hint, line, column)]
    except LookupError:
        message = f'There is no encoding "{schema.encoding}", which the schema declares.'
        hint = "Write one such as utf-8, cp1252 or iso-8859-15."
        return None, [Problem("not-decodable", path, message, hint, 1, 1)]


def _bad_csv(path: str, line: int, cause: str) -> Problem:
    if "field larger" in cause:
        message, hint = "A cell here is far too long.", "Look for a quote that is never closed, or shorten the text."
    elif "end of data" in cause:
        message = "The quote that opens in this row is never closed."
        hint = "Write the closing quote after the cell's text."
    else:
        message = "A cell in quotes goes on after its closing quote."
        hint = 'Write each quote inside a quoted cell twice: "the ""best"" month".'
    return Problem("bad-csv", path, message, hint, line, 1)


def _find_cells(line: str, count: int, delimiter: str) -> list[int]:
    """The column (from 1) at which each cell of a line begins; cells on further lines of a quoted text get the last
    one.
    """
    starts, quoted = [1], False
    for place, letter in enumerate(line, 1):
        if letter == '"':
            quoted = not quoted
        elif letter == delimiter and not quoted:
            starts.append(place + 1)
    return (starts + [starts[-1]] * count)[:count]


def _check_separator(text: str, names: list[str], path: str, line: int) -> list[Problem]:
    """A heading of one column with other separators in it was written with these."""
    found = next((name for sign, name in ((";", "semicolon"), ("\t", "tab")) if sign in text), None)
    if len(names) != 1 or found is None:
        return []
    stem = PurePosixPath(path).stem
    message = f"The columns of this table are separated by a {found}, not by a comma."
    hint = f"In {stem}.schema.yaml beside it (make it if there is none) write: format: {{delimiter: {found}}}"
    return [Problem("wrong-separator", path, message, hint, line, 1, max(len(text), 1))]


def _check_heading(names: list[str], places: Mapping[str, tuple[int, int]], path: str) -> list[Problem]:
    problems = []
    for index, name in enumerate(names):
        line, column = places.get(name, (1, 1))
        if not name:
            text = f"Column {index + 1} has no name."
            problems.append(Problem("unnamed-column", path, text, "Name every column in the first line.", line, column))
        elif name in names[:index]:
            text = f'Two columns are called "{name}".'
            problems.append(Problem("same-column", path, text, "Rename one of them.", line, column, len(name)))
    return problems


def _ragged(path: str, line: int, count: int, names: list[str], number: int, schema: TableSchema) -> Problem:
    cells = "1 cell" if count == 1 else f"{count} cells"
    columns = "1 column" if len(names) == 1 else f"{len(names)} columns"
    text = f"Row {number} has {cells}, but the first line names {columns}."
    hint = f'Cells are separated by "{schema.delimiter}"; put a text that contains one into double quotes'
    hint += ", and write numbers without: 1412, or 9.5 with a point." if schema.delimiter == "," else "."
    return Problem("ragged-row", path, text, hint, line, 1)


def read_records(data: bytes, path: str) -> tuple[RawTable | None, list[Problem]]:
    """A YAML or JSON file as rows: a list of mappings with plain values. JSON is read as YAML, which contains it."""
    if path.lower().endswith(".json"):
        return _read_json(data, path)
    values, problems = parse_yaml(data, path)
    if problems:
        return None, problems
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return _make_rows(values, path, text)


def _read_json(data: bytes, path: str) -> tuple[RawTable | None, list[Problem]]:
    import json

    text, problems = decode_text(data, path)
    if text is None:
        return None, problems
    try:
        values = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        message, hint = next((words for sign, words in _JSON_WORDS if error.msg.startswith(sign)), _JSON_UNKNOWN)
        return None, [Problem("bad-json", path, message, hint, error.lineno, error.colno)]
    except RecursionError:
        return None, [Problem("too-deep", path, "This file is nested too deep.", "Write a list of flat objects.", 1, 1)]
    return _make_rows(values, path, text if _is_yaml_like(text) else "")


def _is_yaml_like(text: str) -> bool:
    """Whether the YAML reader can find places in this JSON: it can unless there are tabs."""
    return "\t" not in text


def _make_rows(values: Any, path: str, text: str) -> tuple[RawTable | None, list[Problem]]:
    if not isinstance(values, list) or not all(isinstance(row, dict) for row in values):
        hint = "Write a list of rows, each with its columns:\n- month: 2026-05\n  followers: 1200"
        return None, [Problem("not-a-table", path, "A data table is a list of rows with named columns.", hint, 1, 1)]
    names = tuple(dict.fromkeys(str(name) for row in values for name in row))
    problems: list[Problem] = []
    rows = []
    for index, row in enumerate(values):
        cells = {}
        for name, value in row.items():
            if isinstance(value, dict | list):
                hint = "Write one text or number."
                message = f'Row {index + 1}, column "{name}": a cell holds one value, not a list or a mapping.'
                problems.append(Problem("not-a-cell", path, message, hint, field=(index, str(name))))
            elif isinstance(value, str) and not value.isprintable():
                problems += [
                    replace(problem, field=(index, str(name)), line=None, column=None)
                    for problem in check_characters(value, path)[:1]
                ]
            cells[str(name)] = Cell(_as_text(value), field=(index, str(name)))
        rows.append(cells)
    raw = RawTable(names, tuple(rows), {}, text)
    return (None if problems else raw), place_cells(problems, raw, path)


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def place_cells(problems: Iterable[Problem], raw: RawTable, path: str) -> list[Problem]:
    """Problems of cells with their lines and columns. JSON is placed as the YAML that it also is."""
    if not raw.text:
        return list(problems)
    placed = place_problems([replace(problem, path="rows.yaml") for problem in problems], {"rows.yaml": raw.text})
    return [replace(problem, path=path) for problem in placed]
