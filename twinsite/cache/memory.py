"""A cache that lives as long as its process: keys → bytes, and whole values by their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class MemoryStore:
    """A cache that lives as long as the process."""

    lasting = blank = False

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}
        self._objects: dict[str, object] = {}

    def get(self, key: str) -> bytes | None:
        """The bytes kept under ``key``, or ``None``."""
        return self._values.get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The bytes of those of ``keys`` that are kept."""
        return {key: self._values[key] for key in keys if key in self._values}

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        self._values[key] = data

    def touch(self, keys: Iterable[str]) -> None:
        """Nothing is ever dropped here."""

    def share(self) -> bool:
        """``False``: the values are in this process."""
        return False

    def flush(self) -> None:
        """Nothing to write."""

    def spare(self) -> None:
        """Nothing is ever dropped here."""

    def recall(self, name: str) -> Any:
        """The value last given to ``remember`` under this name, itself."""
        return self._objects.get(name)

    def remember(self, name: str, value: object) -> bool:
        """Keep a value itself, in place of any other of this name."""
        self._objects[name] = value
        return True

    def close(self) -> None:
        """Nothing to write."""
