"""The text of an imported showcase: its values in quotes, as they came, with the note of where they came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_UNSEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
"""What YAML takes for the end of a line, or for no character at all, even in quotes."""
_PLAIN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,9}(\.[0-9]{1,3})?")


def write_showcase(values: Mapping[str, Any], origin: Mapping[str, Any]) -> str:
    """The record: a draft, with the note of its import under ``private``. ``values`` are those of the row, nested."""
    private = {**values.get("private", {}), "imported": dict(origin)}
    fields = {"draft": "true", **values, "private": private}
    where = " ".join(f"{origin['file']}, row {origin['row']}".split())
    lines = [
        "---",
        f"# From {_UNSEEN.sub(' ', where)}. It is shown once draft is gone and its author has given leave.",
        *_write(fields, ""),
        "---",
        "",
    ]
    return "\n".join(lines)


def _write(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _write(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{name}: [{', '.join(map(quote, value))}]"
        else:
            yield f"{indent}{name}: {_scalar(str(value))}"


def _scalar(text: str) -> str:
    """A plain word where nothing else can be meant by it, such as a day; else the text in quotes."""
    return text if text in ("true", "false") or _PLAIN.fullmatch(text) else quote(text)


def quote(text: str) -> str:
    """A text on one line as YAML understands it, with its own line breaks in it."""
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
