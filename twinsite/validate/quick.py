"""Ordinary values to a typed model with hardly a call into Python: about four times as fast as the thorough way.

Takes the values as JSON; gives the instance, or nothing wherever something is wrong or unusual. What is right, and what
is said of what is wrong, is decided by the thorough way alone (``validate.model``); ``tests/validate`` holds the two
against each other. Touches nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from pydantic import BaseModel, ValidationError
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from twinsite.core.later import Later
from twinsite.core.native import NATIVE, check_range
from twinsite.core.record import Model
from twinsite.core.values import TYPE_MARK, Place, Range

M = TypeVar("M", bound=BaseModel)


class _Quick(Struct, frozen=True):
    """A validator; ``named`` says that names of fields are not all its own, so that an empty one may be an error."""

    validator: SchemaValidator
    named: Later[bool]


def validate_quickly(model: type[M], encoded: bytes, place: Place) -> M | None:
    """The instance of ``model`` that these values (a JSON object) describe, or ``None`` if that needs a closer look."""
    quick = _make_quick(model)
    plain = encoded if _is_plain(encoded) else None if quick.named.get() else _drop_empty(encoded)
    if plain is None:
        return None
    try:
        made = quick.validator.validate_json(plain, context=place)
    except ValidationError:
        return None
    return made if isinstance(made, model) else None


def _is_plain(encoded: bytes) -> bool:
    """Whether no value is empty or may stand for one, so that ``Model.drop_empty`` is not needed; and none has control
    characters, some of which are spaces to Python alone.
    """
    if b"null" in encoded or (b"~" in encoded and b'"~"' in encoded):
        return False
    return b"\\" not in encoded or b"\\u00" not in encoded


def _drop_empty(encoded: bytes) -> bytes | None:
    """The same without empty fields, if that leaves nothing that might stand for one."""
    plain = msgspec.json.encode(_without_empty(msgspec.json.decode(encoded)))
    return plain if _is_plain(plain) else None


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


@cache
def _make_quick(model: type[BaseModel]) -> _Quick:
    model.model_rebuild()
    schema = _quicken(model.__pydantic_core_schema__)
    try:
        # Else the validators of the models inside this one would be taken as they are.
        validator = SchemaValidator(schema, _use_prebuilt=False)
    except TypeError:  # Older versions cannot be told; they check as thoroughly, and as slowly.
        validator = SchemaValidator(schema)
    return _Quick(validator, Later(lambda: _has_names(schema)))


def _quicken(schema: Any, native: bool = True) -> Any:
    """A core schema with native validators for the field types that have one, and no search for empty fields.

    Which branch of a union is taken depends on how each of them works, so all stay as they are.
    """
    if isinstance(schema, list | tuple):
        return type(schema)(_quicken(item, native) for item in schema)
    if not isinstance(schema, dict):
        return schema
    found = _find_native(schema) if native else None
    if found is not None:
        return core_schema.union_schema([found, schema], mode="left_to_right")
    within = _find_range(schema) if native else None
    if within is not None:
        return core_schema.chain_schema([_quicken(schema["schema"]), within])
    if schema.get("type") == "function-before" and _is_drop_empty(schema["function"]["function"]):
        return _quicken(schema["schema"], native)
    native = native and schema.get("type") != "union"
    return {key: value if key == "metadata" else _quicken(value, native) for key, value in schema.items()}


def _has_names(schema: Any) -> bool:
    if isinstance(schema, dict):
        return schema.get("type") == "dict" or any(map(_has_names, schema.values()))
    return isinstance(schema, list | tuple) and any(map(_has_names, schema))


def _find_native(schema: dict[str, Any]) -> CoreSchema | None:
    return NATIVE.get(_name_type(schema))


def _find_range(schema: dict[str, Any]) -> CoreSchema | None:
    """What does the work of a ``Range`` round a number of ours."""
    check = schema["function"]["function"] if schema.get("type") == "function-after" else None
    return check_range(_name_type(schema["schema"]), check.low, check.high) if isinstance(check, Range) else None


def _name_type(schema: dict[str, Any]) -> str:
    metadata = schema.get("metadata")
    return str(metadata.get(TYPE_MARK, "")) if isinstance(metadata, dict) else ""


def _is_drop_empty(function: Any) -> bool:
    return getattr(function, "__func__", None) is Model.drop_empty.__func__
