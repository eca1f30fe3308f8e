"""Fields of a contest by their names as profiles write them: ``sponsor.address``, ``prizes.*.value``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twinsite.core.problem import FieldPath


def find_values(record: Any, name: str) -> Iterator[tuple[FieldPath, Any]]:
    """Every field that a name means, with its place: one, or with ``*`` one of each item; none of an empty list."""
    return _descend(record, (), name.split("."))


def _descend(value: Any, place: FieldPath, steps: list[str]) -> Iterator[tuple[FieldPath, Any]]:
    if not steps:
        yield (place, value)
    elif steps[0] == "*":
        for index, item in enumerate(value or ()):
            yield from _descend(item, (*place, index), steps[1:])
    else:
        yield from _descend(getattr(value, steps[0], None), (*place, steps[0]), steps[1:])


def is_given(value: Any) -> bool:
    """Whether an editor wrote anything; ``false`` and 0 are answers too."""
    return value is not None and value not in ("", ())
