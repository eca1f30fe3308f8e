"""What a model says about its fields, looked up by a path of the values: names, choices, examples. Only asked for
messages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twinsite.core.problem import FieldPath
from twinsite.core.values import TYPES, Typed


def _branches(annotation: Any) -> tuple[Any, ...]:
    """The types that an annotation allows, without ``None`` and annotations' marks."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _branches(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return tuple(branch for part in get_args(annotation) if part is not NoneType for branch in _branches(part))
    return (annotation,)


def own_models(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models among the types that an annotation allows."""
    return tuple(part for part in _branches(annotation) if isinstance(part, type) and issubclass(part, BaseModel))


def _step(annotation: Any, part: str | int) -> Any:
    for branch in _branches(annotation):
        origin, parts = get_origin(branch), get_args(branch)
        if isinstance(part, int) and origin in (tuple, list) and parts:
            return parts[0]
        if isinstance(part, str) and isinstance(origin, type) and issubclass(origin, Mapping) and len(parts) == 2:
            return parts[1]
    for model in own_models(annotation):
        info = model.model_fields.get(str(part))
        if info is not None:
            return info.annotation
    return None


def find_annotation(model: type[BaseModel], field: FieldPath) -> Any:
    """The type written in a model for the field at a path, or ``None``."""
    annotation: Any = model
    for part in field:
        annotation = _step(annotation, part)
    return annotation


def find_field(model: type[BaseModel], field: FieldPath) -> FieldInfo | None:
    """The field at a path, with its description, or ``None``."""
    owners = own_models(find_annotation(model, field[:-1]))
    return next((owner.model_fields[str(field[-1])] for owner in owners if str(field[-1]) in owner.model_fields), None)


def field_names(model: type[BaseModel], parent: FieldPath, required: bool = False) -> tuple[str, ...]:
    """The names of the fields below a path, or only those that must be there."""
    owners = own_models(find_annotation(model, parent))
    names = [
        name for owner in owners for name, info in owner.model_fields.items() if info.is_required() or not required
    ]
    return tuple(dict.fromkeys(names))


def choices_of(annotation: Any) -> tuple[str, ...]:
    """The words that an annotation allows."""
    return tuple(
        str(word) for branch in _branches(annotation) if get_origin(branch) is Literal for word in get_args(branch)
    )


def describe_example(name: str, info: FieldInfo | None) -> str:
    """How to write a missing field: a line with an example, and what the field is for."""
    if info is None:
        return f"Add {name}: and its value."
    example = _example(info)
    about = f" {re.sub('[,:;]? such as: .*', '.', info.description)}" if info.description else ""
    return f"Add {name}: {example}.{about}" if example else f"Add {name}: with its fields or items below it.{about}"


def _example(info: FieldInfo) -> str:
    own = re.search(r"[Ss]uch as: (.+?)\.?$", info.description or "")
    choices = choices_of(info.annotation)
    if own or choices:
        return own[1] if own else choices[0]
    mark = next((mark for mark in (*info.metadata, *_marks(info.annotation)) if isinstance(mark, Typed)), None)
    return TYPES[mark.name].good[0] if mark else ""


def _marks(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return tuple(annotation.__metadata__)
    if get_origin(annotation) in (Union, UnionType):
        return tuple(mark for part in get_args(annotation) for mark in _marks(part))
    return ()
