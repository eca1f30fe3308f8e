"""The file of a column map, and whether it fits an export: every column it names is there, every field it fills too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from twinsite.core.column_map import ColumnMap
from twinsite.core.date_style import read_style
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.values import Wrong
from twinsite.kinds import kind_named
from twinsite.read.front import decode_text, parse_yaml
from twinsite.read.positions import place_problems
from twinsite.scaffold.imported import guess
from twinsite.scaffold.showcase_values import FIELDS, NEEDED, nest
from twinsite.validate.model import validate_model

SOUND: Final = MappingProxyType(
    {
        "medium": "review", "author.name": "Somebody", "relationship": "none", "published": "2000-01-01",
        "quote": "Words.", "permission.status": "requested", "rating.value": "1", "incentive.given": "no",
        "reply.by": "Somebody", "reply.date": "2000-01-01", "reply.text": "Words.",
    }
)  # fmt: skip
"""A showcase in which nothing is wrong but what is put into it."""


def parse_map(data: bytes, path: str) -> tuple[ColumnMap | None, list[Problem]]:
    """The map that the bytes of a file hold, or every problem of theirs, placed. ``path`` is shown in messages."""
    values, problems = parse_yaml(data, path)
    if not isinstance(values, dict):
        hint = "Write at least source:, id: and columns:. The guide shows one."
        return None, problems or [Problem("not-fields", path, "This column map has no fields.", hint, 1, 1)]
    found, wrong = validate_model(ColumnMap, values, path, "UTC", "column map")
    problems = [*problems, *wrong, *(_check(found, path) if found else ())]
    return (None if problems else found), place_in_map(problems, data, path)


def place_in_map(problems: Iterable[Problem], data: bytes, path: str) -> list[Problem]:
    """Problems of the map with their lines."""
    text, _ = decode_text(data, path)
    return place_problems(problems, {path: text or ""})


def _check(found: ColumnMap, path: str) -> Iterator[Problem]:
    """Fields that cannot be filled, are filled twice, or must be filled and are not; a time without a zone."""
    for at, names in (("columns", found.columns.values()), ("constants", found.constants), ("words", found.words)):
        for key, name in zip(getattr(found, at), names, strict=True):
            if name not in FIELDS:
                message = f'There is no field "{name}" to fill.{guess(name, FIELDS)}'
                hint = f"Fields that can be filled: {', '.join(FIELDS)}."
                yield Problem("unknown-field", path, message, hint, field=(at, key), at_key=at != "columns")
    filled = [*found.columns.values(), *found.constants]
    for name in dict.fromkeys(name for name in filled if filled.count(name) > 1):
        message = f'Two things fill the field "{name}".'
        yield _bad(path, message, "Leave one of them out.", ("columns",))
    for name in NEEDED:
        if name not in filled:
            hint = f'Name its column under "columns:", or write it once for all rows: constants: {{{name}: …}}'
            message = f'Nothing fills "{name}", which every showcase needs.'
            yield Problem("missing-column", path, message, hint, field=())
    if found.format.decimal and found.format.decimal == found.format.thousands:
        message = "The sign before a fraction and the one between thousands are the same."
        yield _bad(path, message, 'Write two, such as decimal: "," and thousands: "."', ("format", "thousands"))
    if not found.id:
        message = "Nothing says which rows are the same ones when an export comes again."
        yield _bad(path, message, "Name the columns that tell the rows apart: id: [Review ID]", ("id",))
    yield from _check_zone(found, path)
    yield from _check_values(found, path)


def _check_values(found: ColumnMap, path: str) -> Iterator[Problem]:
    """Values that no row could have: they are told once, at their place in the map, not for every row."""
    given: list[tuple[str, str, FieldPath]] = [
        (name, text, ("constants", name)) for name, text in found.constants.items()
    ]
    given += [
        (name, text, ("words", name, word)) for name, words in found.words.items() for word, text in words.items()
    ]
    model = kind_named("showcase").model
    for name, text, field in given:
        if name not in FIELDS:
            continue
        value: str | list[str] = [part.strip() for part in text.split(",")] if FIELDS[name] == "list" else text
        values = {**SOUND, name: value}
        _, problems = validate_model(model, nest(values), path, "UTC", "showcase")
        for problem in problems:
            yield replace(problem, field=field, at_key=False)


def _check_zone(found: ColumnMap, path: str) -> Iterator[Problem]:
    style = read_style(found.format.date) if found.format.date else None
    if style and not isinstance(style, Wrong) and style.timed and not style.offset and not found.format.timezone:
        message = "The days have a time, and nothing says in which time zone: near midnight it is another day."
        yield _bad(path, message, "Add the zone of the export: timezone: UTC", ("format", "date"))


def _bad(path: str, message: str, hint: str, field: FieldPath) -> Problem:
    return Problem("bad-column-map", path, message, hint, field=field)


def check_columns(found: ColumnMap, path: str, names: tuple[str, ...]) -> list[Problem]:
    """Columns that the map names and the export does not have."""
    known = ", ".join(names)
    wanted: list[tuple[FieldPath, str]] = [(("columns", name), name) for name in found.columns]
    wanted += [(("id", place), name) for place, name in enumerate(found.id)]
    return [
        Problem(
            "unknown-column",
            path,
            f'There is no column "{name}".{guess(name, names)}',
            f"Its columns are: {known}.",
            field=field,
            at_key=field[0] == "columns",
        )
        for field, name in wanted
        if name not in names
    ]
