"""Records from front matter without a site: what a kind's own tests need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from twinsite.core.problem import FieldPath
from twinsite.core.record import Record
from twinsite.core.values import Place
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind

SAMPLES = Path(__file__).parents[1] / "samples"
Found = tuple[str, FieldPath]
"""What a test says of a problem: its rule and its field."""


def split_text(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's values, all scalars as text, and the body."""
    front, body = text.removeprefix("---\n").split("\n---\n", 1) if "\n---\n" in text else (text, "")
    return yaml.load(front, yaml.BaseLoader) or {}, body


def make_record(kind: Kind, text: str, zone: str = "Europe/London", **changes: Any) -> Any:
    """The record of a front matter, with some of its fields changed (``None`` leaves a field out)."""
    values = {**split_text(text)[0], **changes}
    given = {name: value for name, value in values.items() if value is not None}
    return kind.model.model_validate(given, context=Place(zone=zone))


def find_problems(kind: Kind, text: str, zone: str = "Europe/London") -> list[Found]:
    """What is wrong with a record: with its fields, or if these are right, across them."""
    try:
        record: Record = make_record(kind, text, zone)
    except ValidationError as error:
        return sorted((found["type"], found["loc"]) for found in error.errors())
    return sorted(((problem.rule, problem.field or ()) for problem in kind.check(record, "x.md")), key=repr)


def read_beside() -> dict[str, bytes]:
    """The files beside the samples that their fields name, by their places in a site."""
    folders = {kind.name: kind.folder for kind in KINDS}
    found = (path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")
    return {f"content/{folders[path.parent.name]}/{path.name}": path.read_bytes() for path in sorted(found)}
