"""Plain YAML values taken for what a theme's files need: one text, a list of texts, named texts.

Takes values as ``read.front`` gives them; gives the wanted shape, empty where the value has another, and a problem at
its field. (Records and settings have models; a theme's few files are read before there is a room for those.)
"""

from __future__ import annotations

from typing import Any

from twinsite.core.problem import FieldPath, Problem


class Shapes:
    """Takes the values of one file apart; ``problems`` are those of the values that had another shape."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.problems: list[Problem] = []

    def text(self, value: Any, field: FieldPath) -> str | None:
        """One text, ``None`` where nothing was written."""
        if value is None or isinstance(value, str):
            return value or None
        if isinstance(value, list):
            self._refuse("list-for-value", "One value belongs here, not a list.", "Write it without brackets.", field)
        else:
            hint = "Write the value after the colon, on the same line."
            self._refuse("mapping-for-value", "One value belongs here, not further fields.", hint, field)
        return None

    def texts(self, value: Any, field: FieldPath) -> tuple[str, ...]:
        """A list of texts; a single one is a list of one."""
        if isinstance(value, list):
            items = [self.text(item, (*field, index)) for index, item in enumerate(value)]
            return tuple(item for item in items if item)
        if isinstance(value, dict):
            hint = "Write the names in square brackets: [first, second]"
            self._refuse("mapping-for-list", "A list belongs here, not a single item.", hint, field)
            return ()
        own = self.text(value, field)
        return (own,) if own else ()

    def fields(self, value: Any, field: FieldPath, example: str) -> dict[str, Any]:
        """Named values, none where nothing was written. ``example`` is one of them as it should be written."""
        if value is None or value == "":
            return {}
        if isinstance(value, dict):
            return value
        hint = f"Write each on a line of its own: {example}"
        if not field:
            self._refuse("not-fields", "This file is not made of fields.", hint, field, at_start=True)
        elif isinstance(value, list):
            self._refuse("list-for-fields", "Named fields belong here, not a list.", hint, field)
        else:
            self._refuse("value-for-fields", "Named fields belong here, not a single value.", hint, field)
        return {}

    def named_texts(self, value: Any, field: FieldPath, example: str) -> dict[str, str]:
        """Named texts; what was left empty is an empty text."""
        own = self.fields(value, field, example)
        return {key: self.text(item, (*field, key)) or "" for key, item in own.items()}

    def _refuse(self, rule: str, message: str, hint: str, field: FieldPath, at_start: bool = False) -> None:
        if at_start:
            self.problems.append(Problem(rule, self._path, message, hint, 1, 1))
        else:
            self.problems.append(Problem(rule, self._path, message, hint, field=field))
