"""The schema of a component, ``components/<name>.yaml`` of a theme, as a value."""

from __future__ import annotations

import re
from typing import Any, Literal, cast, get_args

from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.theme import Component, Parameter
from twinsite.core.values import Wrong, convert
from twinsite.kinds import KINDS
from twinsite.read.front import parse_yaml, place_problems
from twinsite.read.shapes import Shapes

PARAMETER_TYPES = (
    "text",
    "whole",
    "amount",
    "flag",
    "url",
    "date",
    "instant",
    "choice",
    "ref",
    "file",
    "picture",
    "table",
    "names",
    "speaker",
)
Body = Literal["none", "optional", "required", "sections", "images"]
Planned = Literal["wall", "average"]
SCHEMA_KEYS = ("about", "main", "body", "parameters", "example", "planned")
TAKEN = ("body", "sections", "images", "name", "first_words", "items", "state", "narrowed", "facets", "average")
"""What a component's template finds beside the parameters."""

NAME_HINT = "write letters, digits, hyphens and underscores, a letter first."
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

PARAMETER_KEYS = ("type", "required", "of", "default", "about")


def read_component(name: str, data: bytes, path: str) -> tuple[Component | None, list[Problem]]:
    """The component of a schema file, or what is wrong with the file."""
    values, problems = parse_yaml(data, path)
    if problems or not isinstance(values, dict):
        return None, problems or [
            _wrong(path, (), "A component's schema is a list of settings such as about: and body:.")
        ]
    shapes = Shapes(path)
    problems = [_unknown(path, (key,), key, SCHEMA_KEYS) for key in values if key not in SCHEMA_KEYS]
    if not _NAME.fullmatch(name):
        problems.append(_wrong(path, (), f'"{name}" is no name of a component: {NAME_HINT}'))
    declared = shapes.fields(values.get("parameters"), ("parameters",), "label: {type: text}")
    parameters = [_read_parameter(key, given, path, shapes) for key, given in declared.items()]
    body = shapes.text(values.get("body"), ("body",)) or "none"
    if body not in get_args(Body):
        problems.append(_wrong(path, ("body",), f'"{body}" is no kind of body: write {", ".join(get_args(Body))}.'))
    main = shapes.text(values.get("main"), ("main",))
    if main and main not in declared:
        problems.append(_wrong(path, ("main",), f'The main parameter "{main}" is not among the parameters.'))
    planned = shapes.text(values.get("planned"), ("planned",))
    if planned and planned not in get_args(Planned):
        problems.append(_wrong(path, ("planned",), f'"{planned}" is none of: {", ".join(get_args(Planned))}.'))
    component = Component(
        name=name,
        planned=cast(Planned | None, planned or None),
        about=shapes.text(values.get("about"), ("about",)) or "",
        parameters=tuple(parameter for parameter, _ in parameters),
        main=main,
        body=cast(Body, body),
        example=shapes.text(values.get("example"), ("example",)) or "",
    )
    problems += [*shapes.problems, *(problem for _, wrong in parameters for problem in wrong)]
    problems += [] if problems else _check_columns(component, path)
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return (None if problems else component), place_problems(problems, {path: text})


def _read_parameter(name: str, given: Any, path: str, shapes: Shapes) -> tuple[Parameter, list[Problem]]:
    """A parameter, and what is wrong with it beyond the shapes of its settings."""
    field: FieldPath = ("parameters", name)
    own = shapes.fields(given, field, f"{name}: {{type: text}}")
    problems = [_unknown(path, (*field, key), key, PARAMETER_KEYS) for key in own if key not in PARAMETER_KEYS]
    if not _NAME.fullmatch(name) or name in TAKEN:
        taken = "templates have something else by that name" if name in TAKEN else NAME_HINT
        problems.append(_wrong(path, field, f'A parameter cannot be called "{name}": {taken}'))
    kind = shapes.text(own.get("type"), (*field, "type")) or "text"
    if kind not in PARAMETER_TYPES:
        problems.append(_wrong(path, (*field, "type"), f'"{kind}" is no type: write {", ".join(PARAMETER_TYPES)}.'))
    required = shapes.text(own.get("required"), (*field, "required")) or "no"
    if required.lower() not in ("true", "yes", "false", "no"):
        problems.append(_wrong(path, (*field, "required"), f'"{required}" is neither yes nor no.'))
    parameter = Parameter(
        name=name,
        type=kind,
        required=required.lower() in ("true", "yes"),
        of=shapes.texts(own.get("of"), (*field, "of")),
        default=shapes.text(own.get("default"), (*field, "default")),
        about=shapes.text(own.get("about"), (*field, "about")) or "",
    )
    return parameter, [*problems, *_check_choices(parameter, path, field), *_check_default(parameter, path, field)]


def _check_choices(parameter: Parameter, path: str, field: FieldPath) -> list[Problem]:
    """What ``of`` must hold: the words of a choice, the kinds of a reference."""
    if parameter.type not in ("choice", "ref"):
        return []
    if not parameter.of:
        what = "the words to choose from" if parameter.type == "choice" else "the kinds of record it may name"
        return [_wrong(path, field, f'The parameter "{parameter.name}" needs of: with {what}.')]
    kinds = [kind.name for kind in KINDS if kind.name not in ("home", "list")]
    unknown = [name for name in parameter.of if name not in kinds] if parameter.type == "ref" else []
    text = f'There is no kind "{unknown[0]}": write {", ".join(kinds)}.' if unknown else ""
    return [_wrong(path, (*field, "of"), text)] if unknown else []


def _check_default(parameter: Parameter, path: str, field: FieldPath) -> list[Problem]:
    """A default must be a value of its type, or every page that leaves it out would be wrong."""
    text, place = parameter.default, (*field, "default")
    if text is None:
        return []
    if parameter.type == "choice" and parameter.of and text not in parameter.of:
        return [_wrong(path, place, f'The default "{text}" is not among {", ".join(parameter.of)}.')]
    if parameter.type not in ("whole", "amount", "flag", "date", "instant"):
        return []
    value = convert(parameter.type, text)
    return [_wrong(path, place, f"{value.message} {value.hint}")] if isinstance(value, Wrong) else []


def _check_columns(component: Component, path: str) -> list[Problem]:
    """Names with an ``of`` are columns of the table that another parameter names."""
    tables = [parameter.name for parameter in component.parameters if parameter.type == "table"]
    return [
        _wrong(path, ("parameters", parameter.name, "of"), "Names are of one parameter of the type table: write it.")
        for parameter in component.parameters
        if parameter.type == "names" and parameter.of and not (len(parameter.of) == 1 and parameter.of[0] in tables)
    ]


def _wrong(path: str, field: FieldPath, message: str) -> Problem:
    return Problem("bad-component-schema", path, message, "See the guide's page on components.", field=field)


def _unknown(path: str, field: FieldPath, key: str, known: tuple[str, ...]) -> Problem:
    near = nearest_name(key, known)
    text = f'There is no setting "{key}" in a component\'s schema.' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-field", path, text, f"Known settings: {', '.join(known)}.", field=field, at_key=True)
