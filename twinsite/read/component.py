"""The schema of a component, ``components/<name>.yaml`` of a theme, as a value."""

from __future__ import annotations

from typing import Any, Literal, cast, get_args

from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.theme import Component, Parameter
from twinsite.read.front import parse_yaml, place_problems

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
)
Body = Literal["none", "optional", "required", "sections", "images"]
SCHEMA_KEYS = ("about", "main", "body", "parameters", "example")
PARAMETER_KEYS = ("type", "required", "of", "default", "about")


def read_component(name: str, data: bytes, path: str) -> tuple[Component | None, list[Problem]]:
    """The component of a schema file, or what is wrong with the file."""
    values, problems = parse_yaml(data, path)
    if problems or not isinstance(values, dict):
        return None, problems or [
            _wrong(path, (), "A component's schema is a list of settings such as about: and body:.")
        ]
    problems = [_unknown(path, (key,), key, SCHEMA_KEYS) for key in values if key not in SCHEMA_KEYS]
    declared = values.get("parameters") or {}
    parameters: list[Parameter] = []
    for key, given in declared.items() if isinstance(declared, dict) else ():
        parameter, wrong = _read_parameter(key, given or {}, path)
        problems.extend(wrong)
        parameters.append(parameter)
    body = values.get("body") or "none"
    if body not in get_args(Body):
        problems.append(_wrong(path, ("body",), f'"{body}" is no kind of body: write {", ".join(get_args(Body))}.'))
    main = values.get("main")
    if main and main not in declared:
        problems.append(_wrong(path, ("main",), f'The main parameter "{main}" is not among the parameters.'))
    component = Component(
        name=name,
        about=str(values.get("about") or ""),
        parameters=tuple(parameters),
        main=main,
        body=cast(Body, body),
        example=str(values.get("example") or ""),
    )
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return (None if problems else component), place_problems(problems, {path: text})


def _read_parameter(name: str, given: Any, path: str) -> tuple[Parameter, list[Problem]]:
    field: FieldPath = ("parameters", name)
    if not isinstance(given, dict):
        return Parameter(name, "text"), [_wrong(path, field, f"Write {name}: {{type: text}} or another type.")]
    problems = [_unknown(path, (*field, key), key, PARAMETER_KEYS) for key in given if key not in PARAMETER_KEYS]
    kind = given.get("type") or "text"
    if kind not in PARAMETER_TYPES:
        problems.append(_wrong(path, (*field, "type"), f'"{kind}" is no type: write {", ".join(PARAMETER_TYPES)}.'))
    of = given.get("of") or ()
    parameter = Parameter(
        name=name,
        type=kind,
        required=given.get("required") in ("true", "yes"),
        of=tuple(of) if isinstance(of, list) else (str(of),) if of else (),
        default=given.get("default"),
        about=str(given.get("about") or ""),
    )
    return parameter, problems


def _wrong(path: str, field: FieldPath, message: str) -> Problem:
    return Problem("bad-component-schema", path, message, "See the guide's page on components.", field=field)


def _unknown(path: str, field: FieldPath, key: str, known: tuple[str, ...]) -> Problem:
    near = nearest_name(key, known)
    text = f'There is no setting "{key}" in a component\'s schema.' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-field", path, text, f"Known settings: {', '.join(known)}.", field=field, at_key=True)
