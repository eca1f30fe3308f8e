"""A value that is worked out when it is first asked for, by a function that always gives the same: nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Later(Generic[Value]):
    """What ``make()`` gives, asked for at most once. ``Later.of(value)`` is there already."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make: Callable[[], Value] | None = make
        self._value: Value | None = None

    @classmethod
    def of(cls, value: Value) -> Later[Value]:
        """A value that is there already."""
        later = cls.__new__(cls)
        later._make, later._value = None, value
        return later

    @property
    def ready(self) -> bool:
        """Whether it has been worked out."""
        return self._make is None

    def renew(self, make: Callable[[], Value]) -> None:
        """Have the value made by another function when it is next asked for."""
        self._make, self._value = make, None

    def get(self) -> Value:
        """The value."""
        if self._make is not None:
            self._value = self._make()
            self._make = None
        return self._value  # type: ignore[return-value]


class LaterTexts(Mapping[str, str]):
    """Texts by name, each worked out when it is first asked for."""

    def __init__(self, texts: Mapping[str, Later[str]]) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> str:
        return self._texts[name].get()

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
