"""Data tables: ``content/data/*.yaml``, ``.json`` and ``.csv``, each with an optional ``<name>.schema.yaml``, as
typed rows.

What a CSV file looks like (separator, decimal mark, thousands mark, encoding) is declared in the schema, never
guessed. Every problem stands at its line and column and names the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.draft import Column, Table
from twinsite.core.expression import express
from twinsite.core.later import Later
from twinsite.core.measures import COUNTS
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem, has_errors
from twinsite.core.values import Place, Wrong, convert
from twinsite.read.date_style import ISO_DATES, parse_day
from twinsite.read.drafts import read_bytes
from twinsite.read.rows import Cell, RawTable, place_cells, read_csv, read_records
from twinsite.read.table_schema import PLAIN, TableSchema, read_schema

Spot = tuple[int | None, int | None]
"""A line and a column, from 1, where they are known."""

ENDINGS = (".csv", ".yaml", ".yml", ".json")


def read_tables(site: Path, paths: Sequence[str], zone: str = "UTC") -> tuple[dict[str, Table], list[Problem]]:
    """Every table by its name, and all problems of all data files. ``zone`` is the site's (IANA), for instants."""
    schemas = {path.removesuffix(".schema.yaml"): path for path in paths if path.endswith(".schema.yaml")}
    sources = [path for path in paths if path not in schemas.values()]
    tables: dict[str, Table] = {}
    problems = [_lonely(path, sources) for stem, path in schemas.items() if not _belongs(stem, sources)]
    for path in sources:
        table, wrong = read_table(site, path, schemas.get(str(PurePosixPath(path).with_suffix(""))), zone)
        problems += wrong
        if table is None:
            continue
        if table.name in tables:
            problems += _twice(path, tables[table.name].path)
        tables[table.name] = table
    return tables, problems


def _belongs(stem: str, sources: Sequence[str]) -> bool:
    return any(str(PurePosixPath(path).with_suffix("")) == stem for path in sources)


def _lonely(path: str, sources: Sequence[str]) -> Problem:
    stem = PurePosixPath(path).name.removesuffix(".schema.yaml")
    near = nearest_name(stem, [PurePosixPath(source).stem for source in sources])
    text = f'This schema belongs to no table: there is no "{stem}" beside it.' + (
        f' Did you mean "{near}"?' if near else ""
    )
    return Problem("schema-without-table", path, text, f"Add {stem}.csv (or .yaml, .json), or rename the schema.")


def _twice(path: str, other: str) -> list[Problem]:
    """One problem for each of two tables of one name."""
    pairs = ((path, other), (other, path))
    return [
        Problem("same-table", one, f"There is another table of that name: {two}.", "Rename one of them.")
        for one, two in pairs
    ]


def table_name(path: str) -> str:
    """The name by which pages call a table: ``content/data/2026/reach.csv`` → ``2026/reach``."""
    return str(PurePosixPath(path.removeprefix("content/data/")).with_suffix(""))


def read_table(site: Path, path: str, schema_path: str | None, zone: str) -> tuple[Table | None, list[Problem]]:
    """One table, or everything that is wrong with it."""
    ending = PurePosixPath(path).suffix.lower()
    if ending not in ENDINGS:
        hint = "Tables are .csv, .yaml or .json files; publish any other file from content/static/."
        return None, [Problem("unknown-file", path, f'A file with the ending "{ending}" is no data table.', hint)]
    schema, problems = _load_schema(site, schema_path)
    data, problem = read_bytes(site, path)
    if data is None:
        return None, [*problems, problem] if problem else problems
    raw, wrong = read_csv(data, path, schema) if ending == ".csv" else read_records(data, path)
    problems += wrong
    if raw is None:
        return None, problems
    columns = _choose_columns(raw, schema)
    problems += _check_columns(raw, schema, path)
    # A required column that is missing as a whole is one problem, not one for each row.
    expected = [column if column.name in raw.names else replace(column, required=False) for column in columns]
    rows: list[tuple[Value, ...]] = []
    cell_problems: list[Problem] = []
    for number, row in enumerate(raw.rows, 1):
        values, wrong = _convert_row(row, expected, schema, path, number, zone)
        cell_problems += wrong
        rows.append(values)
    problems += place_cells(_shorten(cell_problems), raw, path)
    if has_errors(problems):
        return None, problems
    digest = digest_value([digest_bytes(data), schema])
    find = _make_finder(site, path, schema)
    name = table_name(path)
    return Table(name, path, digest, columns, tuple(rows), schema.title, schema.source, schema.row, find), problems


MOST_CELLS = 50
"""How many wrong cells of one table are told one by one."""


def _shorten(problems: list[Problem]) -> list[Problem]:
    """The first wrong cells, and how many more there are: one wrong mark in an export spoils every row."""
    if len(problems) <= MOST_CELLS:
        return problems
    more = f"{len(problems) - MOST_CELLS:,} further cells of this table are wrong, this one first."
    hint = 'Mend those above; often one line under "format:" in the schema mends all of them.'
    return [*problems[:MOST_CELLS], replace(problems[MOST_CELLS], message=more, hint=hint)]


def _make_finder(site: Path, path: str, schema: TableSchema) -> Callable[[int, str], Spot]:
    """What finds the place of a cell. The file is read again when somebody asks first: hardly anybody does."""
    again = Later(lambda: _read_raw(site, path, schema))

    def find(row: int, column: str) -> Spot:
        raw = again.get()
        if raw is None or row > len(raw.rows):
            return None, None
        if not row:
            return raw.places.get(column, (1, 1))
        cells = raw.rows[row - 1]
        cell = cells.get(column) or next(iter(cells.values()), Cell(None, 1, 1))
        unplaced = Problem("empty-cell", path, "", "", cell.line, cell.column, field=cell.field)
        placed = place_cells([unplaced], raw, path)[0]
        return placed.line, placed.column

    return find


def _read_raw(site: Path, path: str, schema: TableSchema) -> RawTable | None:
    data, _ = read_bytes(site, path)
    if data is None:
        return None
    return (read_csv(data, path, schema) if path.lower().endswith(".csv") else read_records(data, path))[0]


def _load_schema(site: Path, path: str | None) -> tuple[TableSchema, list[Problem]]:
    if path is None:
        return PLAIN, []
    data, problem = read_bytes(site, path)
    if data is None:
        return PLAIN, [problem] if problem else []
    return read_schema(data, path)


def _choose_columns(raw: RawTable, schema: TableSchema) -> tuple[Column, ...]:
    """The columns of the schema in its order; without a schema those of the data, all of them text."""
    if schema.columns:
        return schema.columns
    return tuple(Column(name, "text", name.replace("_", " ").capitalize()) for name in raw.names)


def _check_columns(raw: RawTable, schema: TableSchema, path: str) -> list[Problem]:
    """A problem for each column that the schema lacks, and for each that the data lack and the schema requires or gives
    a meaning: without likes, rates that count them would be gone without a word.
    """
    if not schema.columns:
        return []
    known = [*(column.name for column in schema.columns), *schema.skipped]
    problems = []
    meant: set[str | None] = set()
    for name in raw.names:
        if name not in known:
            near = nearest_name(name, known)
            meant.add(near)
            text = f'The schema has no column "{name}".' + (f' Did you mean "{near}"?' if near else "")
            line, column = raw.places.get(name, (1, 1))
            hint = f"Its columns are: {', '.join(known)}."
            problems.append(Problem("unknown-column", path, text, hint, line, column, len(name)))
    for wanted in schema.columns:
        needed = wanted.required or wanted.means
        if needed and wanted.name not in (*raw.names, *meant) and raw.rows:
            hint = f"Add a column with the heading {wanted.name}."
            if not wanted.required:
                hint = f"Export it with the column {wanted.name}, or take that column out of the schema."
            problems.append(Problem("missing-column", path, f'The column "{wanted.name}" is missing.', hint, 1, 1))
    return problems


Value = str | int | bool | None


def _convert_row(
    row: Mapping[str, Cell], columns: Sequence[Column], schema: TableSchema, path: str, number: int, zone: str
) -> tuple[tuple[Value, ...], list[Problem]]:
    values: list[Value] = []
    problems: list[Problem] = []
    for column in columns:
        cell = row.get(column.name)
        if cell is None or not cell.text:
            if column.required:
                problems.append(_empty_cell(path, column, row, number))
            values.append(None)
            continue
        value = _convert_cell(cell.text, column, schema, zone)
        if isinstance(value, Wrong):
            problems.append(_wrong_cell(path, column, cell, number, value))
            value = None
        values.append(value)
    return tuple(values), problems


def _convert_cell(text: str, column: Column, schema: TableSchema, zone: str) -> Value | Wrong:
    """A cell as a plain value; numbers and days are brought to the plain form by what the schema declares."""
    kind, written = column.type, text
    if kind == "date" and schema.dates is not ISO_DATES:
        return parse_day(text, schema.dates)
    if kind in ("whole", "amount") and (schema.thousands or schema.decimal != "."):
        if not _has_declared_marks(text, kind, schema):
            return _wrong_marks(text, kind, schema)
        text = text.replace(schema.thousands, "") if schema.thousands else text
        text = text.replace(schema.decimal, ".")
    value: Any = convert(kind, text, Place(zone, "content/data"))
    if isinstance(value, Wrong):
        return replace(value, hint=value.hint + _say_declare(text, kind))
    if isinstance(value, datetime | date):
        return value.isoformat()
    if column.means in COUNTS and value < 0:
        hint = "Write 0 or more; leave the cell empty where the number is not known."
        return Wrong("negative-count", f'"{written}" is less than none.', hint)
    return str(value) if isinstance(value, Decimal) else value


_FOREIGN_DAY = express(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
_GROUPED = express(r"-?[0-9]{1,3}([.,'\u00a0\u202f ])[0-9]{3}(\1[0-9]{3})*")


def _say_declare(text: str, kind: str) -> str:
    """What to write in the schema where a whole column is written in another style; a file of rows is not mended by
    hand.
    """
    day, grouped = _FOREIGN_DAY.fullmatch(text), _GROUPED.fullmatch(text)
    if kind == "date" and day:
        styles = (f"{{dates: {day[1].join(parts)}}}" for parts in (("DD", "MM", "YYYY"), ("MM", "DD", "YYYY")))
        return f" If all days here are written so, say in the schema which it is: format: {' or '.join(styles)}"
    if kind == "whole" and grouped:
        return f' If all numbers here are written so, say it in the schema: format: {{thousands: "{grouped[1]}"}}'
    return ""


def _has_declared_marks(text: str, kind: str, schema: TableSchema) -> bool:
    """Whether a number has the marks of its schema and no others, each where it may stand: 1.104 is eleven hundred and
    four where a full stop parts thousands, and 298.00 is nothing at all.
    """
    thousands, decimal = re.escape(schema.thousands), re.escape(schema.decimal)
    whole = rf"(?:[0-9]+|[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+)" if thousands else "[0-9]+"
    rest = rf"(?:{decimal}[0-9]+)?" if kind == "amount" else ""
    return re.fullmatch(f"-?{whole}{rest}", text) is not None


def _wrong_marks(text: str, kind: str, schema: TableSchema) -> Wrong:
    rule, what = ("not-an-amount", "an amount") if kind == "amount" else ("not-a-whole-number", "a whole number")
    example = f"1{schema.thousands}234" + (f"{schema.decimal}50" if kind == "amount" else "")
    hint = f"Write numbers like {example} as its schema says, or correct format: in the schema."
    return Wrong(rule, f'"{text}" is not {what} in this table.', hint)


def _empty_cell(path: str, column: Column, row: Mapping[str, Cell], number: int) -> Problem:
    cell = row.get(column.name) or next(iter(row.values()), Cell(None, 1, 1))
    text = f'Row {number} has no "{column.name}", which the schema requires.'
    hint = "Fill it in, or drop required: from the schema."
    return Problem("empty-cell", path, text, hint, cell.line, cell.column, field=cell.field)


def _wrong_cell(path: str, column: Column, cell: Cell, number: int, wrong: Wrong) -> Problem:
    text = f'Row {number}, column "{column.name}": {wrong.message}'
    width = max(1, len(cell.text or ""))
    return Problem(wrong.rule, path, text, wrong.hint, cell.line, cell.column, width, field=cell.field)
