"""The schema of a data table: how its file is written and what type each column has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twinsite.core.draft import Column
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.values import TYPES
from twinsite.read.front import parse_yaml, place_problems

KEYS = ("title", "source", "format", "columns")
FORMAT_KEYS = ("encoding", "delimiter", "decimal", "thousands")
COLUMN_KEYS = ("type", "label", "required")
NAMED_DELIMITERS = (("tab", "\t"), ("comma", ","), ("semicolon", ";"))


@dataclass(frozen=True, slots=True)
class TableSchema:
    """``columns`` in the order they are shown (none: as in the data, all text); the marks of a CSV file."""

    columns: tuple[Column, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    title: str = ""
    source: str = ""


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
    schema = TableSchema(
        columns,
        str(given.get("encoding") or "utf-8").lower(),
        delimiter,
        str(given.get("decimal") or "."),
        str(given.get("thousands") or ""),
        str(values.get("title") or ""),
        str(values.get("source") or ""),
    )
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return (PLAIN if problems else schema), place_problems(problems, {path: text})


def _read_columns(values: Any, path: str) -> tuple[tuple[Column, ...], list[Problem]]:
    if not isinstance(values, dict):
        return (), [_wrong(path, ("columns",), "Columns are names with their types: followers: {type: whole}.")]
    columns: list[Column] = []
    problems: list[Problem] = []
    for name, given in values.items():
        own = {"type": given} if isinstance(given, str) else given or {}
        if not isinstance(own, dict):
            problems.append(_wrong(path, ("columns", name), f"Write {name}: {{type: text}} or another type."))
            continue
        problems += [_unknown(path, ("columns", name, key), COLUMN_KEYS) for key in own if key not in COLUMN_KEYS]
        kind = str(own.get("type") or "text")
        if kind not in TYPES:
            near = nearest_name(kind, TYPES)
            text = f'There is no type "{kind}".' + (f' Did you mean "{near}"?' if near else "")
            problems.append(_wrong(path, ("columns", name, "type"), text, f"Types: {', '.join(TYPES)}."))
        label = str(own.get("label") or name.replace("_", " ").capitalize())
        columns.append(Column(name, kind, label, own.get("required") in ("true", "yes")))
    return tuple(columns), problems


def _wrong(path: str, field: FieldPath, message: str, hint: str = "See the guide's page on data tables.") -> Problem:
    return Problem("bad-table-schema", path, message, hint, field=field)


def _unknown(path: str, field: FieldPath, known: tuple[str, ...]) -> Problem:
    name = str(field[-1])
    near = nearest_name(name, known)
    text = f'There is no setting "{name}" in a table\'s schema.' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-field", path, text, f"Known settings: {', '.join(known)}.", field=field, at_key=True)
