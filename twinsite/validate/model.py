"""Plain values to a typed model, or all that is wrong with them at once, in words for people who know no Python.

Takes the values of one file and the model they must fit; gives the instance or problems that name their field, to be
placed later. Touches nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from twinsite.core.expression import express
from twinsite.core.instants import zone_names
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.values import Place
from twinsite.validate.fields import choices_of, describe_example, field_names, find_annotation, find_field, own_models

M = TypeVar("M", bound=BaseModel)

_PRICE: Final = express(r"(?P<sign>[£€$]) ?(?P<amount>[0-9]+(?:\.[0-9]{1,2})?)")
_SIGNS: Final[Mapping[str, str]] = MappingProxyType({"£": "GBP", "€": "EUR", "$": "USD"})
_SHAPES: Final = frozenset(
    {
        "model_type",
        "model_attributes_type",
        "dict_type",
        "tuple_type",
        "list_type",
        "list-for-value",
        "mapping-for-value",
    }
)


def validate_model(
    model: type[M], values: Mapping[str, Any], path: str, zone: str, label: str = ""
) -> tuple[M | None, list[Problem]]:
    """The instance of ``model`` that ``values`` describe, or every problem of theirs.

    ``path`` is the file (site-relative); ``zone`` is the site's IANA time zone, which a field ``timezone`` of the
    values themselves overrides; ``label`` is what a person calls the thing (``contest``, ``site.yaml``). Rules:
    ``unknown-field``, ``missing-field``, ``not-a-choice``, ``value-for-list``, ``mapping-for-list``, ``value-for-
    fields``, ``list-for-fields``, and those of the field types.
    """
    place = Place(find_zone(values, zone), posixpath.dirname(path) or "content")
    try:
        return model.model_validate(dict(values), context=place), []
    except ValidationError as error:
        teller = _Teller(model, values, path, label.lower() or "file")
        return None, list(teller.tell_all(error.errors(include_url=False)))


def find_zone(values: Mapping[str, Any], zone: str) -> str:
    """The time zone of some values: their own if they name one, else the site's, ``zone``."""
    own = values.get("timezone")
    return own if isinstance(own, str) and own in zone_names() else zone


class _Teller:
    """Says what is wrong with one file's values: holds what every message needs."""

    def __init__(self, model: type[BaseModel], values: Mapping[str, Any], path: str, label: str) -> None:
        self._model = model
        self._values = values
        self._path = path
        self._label = label

    def tell_all(self, errors: list[ErrorDetails]) -> Iterator[Problem]:
        """One problem for each place. Where a field may have several shapes, the shape that came nearest is told of."""
        placed = [(self._field_of(error), error) for error in errors]
        meant = {self._meant(field) for field, error in placed if error["type"] == "extra_forbidden"}
        for field, error in placed:
            if error["type"] == "missing" and field in meant:
                continue  # it is there under a mistyped name, which has its own problem
            if _is_shape(error) and any(_within(field, other) for other, second in placed if second is not error):
                continue
            if any(field == other and second is not error for other, second in placed) and not _is_first(
                field, error, placed
            ):
                continue
            yield self._tell(field, error)

    def _meant(self, field: FieldPath) -> FieldPath:
        """The field that a mistyped name was probably meant to be; the empty path if none is near."""
        near = nearest_name(str(field[-1]), field_names(self._model, field[:-1]))
        return (*field[:-1], near) if near else ()

    def _field_of(self, error: ErrorDetails) -> FieldPath:
        """The path of an error in the values as written: pydantic's own, without its names for branches of a choice."""
        field: list[str | int] = []
        value: Any = self._values
        last = len(error["loc"]) - 1
        for index, part in enumerate(error["loc"]):
            if _holds(value, part):
                value = value[part]
            elif not (index == last and error["type"] == "missing"):
                continue
            field.append(part)
        at = error.get("ctx", {}).get("at")
        return (*field, at) if at else tuple(field)

    def _tell(self, field: FieldPath, error: ErrorDetails) -> Problem:
        kind, context, value = error["type"], error.get("ctx", {}), error["input"]
        if kind == "missing":
            return self._missing(field)
        if kind == "extra_forbidden":
            return self._unknown(field)
        if kind in ("literal_error", "enum"):
            return self._not_a_choice(field, value)
        if kind in ("tuple_type", "list_type"):
            return self._needs_list(field, value)
        if kind in ("model_type", "model_attributes_type", "dict_type"):
            return self._needs_fields(field, value)
        if "message" in context and "hint" in context:
            at_key = error["loc"][-1:] == ("[key]",)
            return self._problem(kind, field, str(context["message"]), str(context["hint"]), at_key)
        cause = context.get("error")
        message = str(cause) if isinstance(cause, ValueError) else error["msg"]
        return self._problem("not-valid", field, f"This value does not fit: {message}.".replace("..", "."))

    def _problem(self, rule: str, field: FieldPath, message: str, hint: str = "", at_key: bool = False) -> Problem:
        return Problem(rule, self._path, message, hint, field=field, at_key=at_key)

    def _unknown(self, field: FieldPath) -> Problem:
        name, names = str(field[-1]), field_names(self._model, field[:-1])
        near = nearest_name(name, names)
        guess = f' Did you mean "{near}"?' if near else ""
        hint = "" if near or not names else f"Fields here: {', '.join(names)}."
        return self._problem(
            "unknown-field", field, f'There is no field "{name}" {self._where(field[:-1])}.{guess}', hint, True
        )

    def _where(self, parent: FieldPath) -> str:
        names = [part for part in parent if isinstance(part, str)]
        if names:
            return f'in "{names[-1]}"'
        return f"in {self._label}" if "." in self._label else f"on {_with_article(self._label)}"

    def _missing(self, field: FieldPath) -> Problem:
        name, parent = str(field[-1]), field[:-1]
        info = find_field(self._model, field)
        example = describe_example(name, info)
        if self._is_empty(field):
            message = f'The field "{name}" is empty, but {self._owner(parent)} needs it.'
            return self._problem("missing-field", field, message, example, True)
        owner = self._owner(parent)
        begin = owner if "." in owner.partition(" ")[0] else f"{owner[0].upper()}{owner[1:]}"
        return self._problem("missing-field", parent, f'{begin} needs the field "{name}".', example, True)

    def _is_empty(self, field: FieldPath) -> bool:
        value: Any = self._values
        for part in field[:-1]:
            value = value[part]
        return isinstance(value, Mapping) and field[-1] in value

    def _owner(self, parent: FieldPath) -> str:
        """What lacks a field: ``a contest``, ``"sponsor"``, ``item 2 of "prizes"``."""
        if not parent:
            return self._label if "." in self._label else _with_article(self._label)
        names = [part for part in parent if isinstance(part, str)]
        if isinstance(parent[-1], int) and names:
            return f'item {parent[-1] + 1} of "{names[-1]}"'
        return f'"{parent[-1]}"'

    def _not_a_choice(self, field: FieldPath, value: Any) -> Problem:
        choices = choices_of(find_annotation(self._model, field))
        listed = ", ".join(choices)
        if not isinstance(value, str):
            return self._problem("not-a-choice", field, "One word belongs here.", f"Write one of: {listed}.")
        near = nearest_name(value, choices)
        guess = f' Did you mean "{near}"?' if near else ""
        name = next((part for part in reversed(field) if isinstance(part, str)), "this field")
        message = f'"{value[:60]}" is not one of the words for "{name}".{guess}'
        return self._problem("not-a-choice", field, message, f"Write one of: {listed}.")

    def _needs_list(self, field: FieldPath, value: Any) -> Problem:
        name = str(field[-1]) if field and isinstance(field[-1], str) else ""
        if isinstance(value, Mapping):
            hint = (
                "Put each item below, beginning with a hyphen and a space, and its other fields below that, indented."
            )
            return self._problem("mapping-for-list", field, "A list belongs here, not a single item.", hint)
        items = ", ".join(part.strip() for part in str(value).split(",") if part.strip())
        needs = own_models(find_annotation(self._model, (*field, 0)))
        hint = (
            f"Write {name}: [{items}]"
            if name and not needs
            else "Write each item on a line of its own, after a hyphen and a space."
        )
        return self._problem("value-for-list", field, "A list belongs here, not a single value.", hint)

    def _needs_fields(self, field: FieldPath, value: Any) -> Problem:
        if value is None:
            return self._problem(
                "empty-value", field, "This item is empty.", "Write its fields after the hyphen, or delete the line."
            )
        names = field_names(self._model, field, required=True) or field_names(self._model, field)
        hint = f"Write below it, indented by two spaces: {', '.join(f'{name}: …' for name in names[:6])}"
        if isinstance(value, (list, tuple)):
            return self._problem(
                "list-for-fields", field, "Named fields belong here, not a list.", f"{hint} (without hyphens)"
            )
        name = str(field[-1]) if field and isinstance(field[-1], str) else ""
        price = _PRICE.fullmatch(str(value))
        if name and price and names[:2] == ("amount", "currency"):
            hint = f"Write {name}: {{amount: {price['amount']}, currency: {_SIGNS[price['sign']]}}}"
        elif name and len(str(value)) < 60 and not set(str(value)) & set(",[]{}#:\"'"):
            fields = ", ".join([f"{names[0]}: {value}", *(f"{other}: …" for other in names[1:4])])
            hint = f"Write {name}: {{{fields}}}"
        return self._problem("value-for-fields", field, "Named fields belong here, not a single value.", hint)


def _is_shape(error: ErrorDetails) -> bool:
    """Whether an error says no more than that a single value, a list or named fields stand in each other's place."""
    return error["type"] in _SHAPES or (error["type"] == "literal_error" and not isinstance(error["input"], str))


def _holds(value: Any, part: str | int) -> bool:
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, (list, tuple)) and isinstance(part, int) and part < len(value)


def _within(field: FieldPath, other: FieldPath) -> bool:
    return len(other) > len(field) and other[: len(field)] == field


def _is_first(field: FieldPath, error: ErrorDetails, placed: list[tuple[FieldPath, ErrorDetails]]) -> bool:
    """Whether an error is the one to tell of its field: the first that is not about the shape, else the first.

    Unknown and missing fields of one place are different problems and are all told.
    """
    own = [second for other, second in placed if other == field]
    telling = [second for second in own if not _is_shape(second)] or own
    return telling[0] is error


def _with_article(label: str) -> str:
    return f"{'an' if label[:1] in 'aeiou' else 'a'} {label}"
