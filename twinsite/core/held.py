"""Why a record is withheld."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

WITHDRAWN = "withdrawn"
"""The reason of a record that its maker took back: a notice stands at its address."""


class Held(Struct, frozen=True):
    """Why a record is withheld: ``draft scheduled expired permission embargo moderation consent withdrawn``, and until
    when (aware) if that is known. ``passing``: at some other time it is shown without anybody's doing.
    """

    reason: str
    until: datetime | None = None
    passing: bool = False
