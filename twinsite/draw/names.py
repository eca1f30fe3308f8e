"""How the public files of a draw are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"commitment": ".commitment.json", "receipt": ".receipt.json", "leaves": ".leaves.bin"}
)
"""What follows the contest's slug."""


def is_draw_file(name: str) -> bool:
    """Whether a file is called like one of a draw."""
    return name.endswith(tuple(ENDINGS.values()))
