"""The witness: which records somebody asked for their words or fields, noted by the records themselves.

What was made while a witness listened was made of nothing else of those records than what every ``Entry`` shows openly.
So nobody has to say what a page depends on, and nobody can forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Witness:
    """Stands beside all records of one site. ``seen`` are the files of those that were asked."""

    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def listen(self, make: Callable[[], Value]) -> tuple[Value, frozenset[str]]:
        """What ``make`` gives, and the files of the records that it asked; they count for what is made around it,
        too.
        """
        around, self.seen = self.seen, set()
        try:
            made = make()
            return made, frozenset(self.seen)
        finally:
            around |= self.seen
            self.seen = around
