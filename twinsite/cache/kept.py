"""Values as they were kept: decoded, or nothing where their bytes are no longer what they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

Value = TypeVar("Value")


def decode_kept(decode: Callable[[bytes], Value], data: bytes | None) -> Value | None:
    """What ``decode`` makes of kept bytes; ``None`` where there are none, or where they are of another shape."""
    try:
        return decode(data) if data else None
    except (msgspec.DecodeError, ValueError):
        return None
