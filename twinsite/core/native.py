"""Field types as pydantic reads them by itself, without a call into Python.

Each takes ordinary texts only, and makes of them what ``core.values`` does; all others, right or wrong, it refuses, and
they are left to ``core.values``, where the grammar of each type is defined. The expressions are those of Rust's
``regex``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from pydantic_core import CoreSchema, core_schema

from twinsite.core.currencies import CURRENCIES

_LONGEST: Final = 400
_LONGEST_SLUG: Final = 200
"""Of the slug of a record, which names a folder of the output."""


def _text(pattern: str, then: CoreSchema | None = None, longest: int = _LONGEST) -> CoreSchema:
    """A text that fits the pattern, without the spaces round it: as it is, or as ``then`` reads it."""
    text = core_schema.str_schema(strict=True, strip_whitespace=True, max_length=longest, pattern=f"^(?:{pattern})$")
    return core_schema.chain_schema([text, then]) if then else text


_SLUG: Final = "[a-z0-9]+(?:-+[a-z0-9]+)*"
_URL: Final = _text(r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9/._~-]*)?")

NATIVE: Final[Mapping[str, CoreSchema]] = MappingProxyType(
    {
        "text": core_schema.str_schema(strict=True, strip_whitespace=True, min_length=1),
        "date": _text("[0-9]{4}-[0-9]{2}-[0-9]{2}", core_schema.date_schema()),
        "whole": _text("-?[0-9]{1,18}", core_schema.int_schema()),
        "amount": _text(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?", core_schema.decimal_schema()),
        "flag": _text("true|false|yes|no", core_schema.bool_schema()),
        "url": _URL,
        "target": _URL,
        "handle": _text("[A-Za-z0-9_.-]+"),
        "hashtag": _text("[A-Za-z][A-Za-z0-9_]*"),
        "slug": _text(_SLUG, longest=_LONGEST_SLUG),
        "ref": _text(_SLUG),
        "language": _text("[a-z]{2,3}(?:-[A-Z]{2})?"),
        "currency": core_schema.literal_schema(sorted(CURRENCIES)),
        "table": _text("[a-z0-9][a-z0-9_-]*"),
        "file": _text("[A-Za-z0-9_-]+(?:[.][A-Za-z0-9_-]+)+"),
    }
)


def check_range(name: str, low: int, high: int | None) -> CoreSchema | None:
    """What takes a number of the type ``name`` as it is, if it lies in a range."""
    if name == "whole":
        return core_schema.int_schema(strict=True, ge=low, le=high)
    if name == "amount":
        return core_schema.decimal_schema(strict=True, ge=Decimal(low), le=None if high is None else Decimal(high))
    return None
