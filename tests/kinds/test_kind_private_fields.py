"""A marker in every private field of every kind, and not one of them in anything that is published."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from PIL import Image
from pydantic import BaseModel

from tests.conftest import MakeSite
from tests.support.records import read_beside
from twinsite.core.record import field_marks
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.validate.fields import own_models

SAMPLES = Path(__file__).parents[1] / "samples"
NOWS = [datetime(year, 6, 1, 12, tzinfo=UTC) for year in (2025, 2026, 2028)]


def find_private(model: type[BaseModel]) -> type[BaseModel] | None:
    """The model of a kind's private fields."""
    info = model.model_fields.get("private")
    annotation = info.annotation if info else None
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)


def make_marker(kind: Kind, name: str, mark: Any) -> str:
    """A right value for a field that nothing else holds."""
    word = f"planted{kind.name}{name}".replace("_", "")
    return {
        "email": f"{word}@home.example",
        "url": f"https://{word}.example/",
        "date": "1931-12-07",
        "whole": "19311207",
        "instant": "1931-12-07 06:05:04",
    }.get(mark.name if mark else "text", word)


def write_private(kind: Kind, model: type[BaseModel], indent: str) -> tuple[str, list[str]]:
    """The lines of all fields of a model and of those within it, and what was planted in them."""
    lines, planted, marks = "", [], field_marks(model)
    for name, info in model.model_fields.items():
        inner = own_models(info.annotation)
        if inner:
            more, values = write_private(kind, inner[0], f"{indent}  ")
            lines, planted = f"{lines}{indent}{name}:\n{more}", [*planted, *values]
            continue
        value = make_marker(kind, name, marks.get(name))
        written = f'["{value}"]' if get_origin(info.annotation) is tuple else f'"{value}"'
        lines, planted = f"{lines}{indent}{name}: {written}\n", [*planted, value]
    return lines, planted


def plant(kind: Kind) -> tuple[str, list[str]]:
    """The good sample of a kind with every private field filled, and what was planted."""
    text = (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8")
    model = find_private(kind.model)
    if model is None:
        return text, []
    lines, values = write_private(kind, model, "  ")
    text = re.sub(r"(?m)^private:.*(?:\n[ \t]+.*)*\n", "", text)
    head, body = text.split("\n---\n", 1)
    return f"{head}\nprivate:\n{lines}---\n{body}", values


def make_beside() -> dict[str, bytes]:
    """The files that the samples name."""
    data = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(data, "JPEG")
    pictures = ("contests/machine", "twinterns/ana", "twinterns/swan", "showcases/cup")
    files = read_beside() | {f"content/{name}.jpg": data.getvalue() for name in pictures}
    files |= {f"content/{name}": b"-" for name in ("contests/rules.pdf", "showcases/talk.mp4")}
    files |= {f"content/data/{name}.csv": b"name,points\nA,1\n" for name in ("cup-scores", "ana-numbers")}
    return files


SLUGS = {
    "contest": "cup-of-spring",
    "twintern": "ana-lopez",
    "showcase": "maria-k",
    "announcement": "leeds",
    "programme": "twinternship",
    "campaign": "spring-in-a-cup",
    "product": "house-blend",
    "claim": "mould",
    "page": "privacy",
}


@pytest.mark.parametrize("now", NOWS, ids=str)
@pytest.mark.parametrize("drafts", [False, True])
def test_nothing_private_is_published(make_site: MakeSite, now: datetime, drafts: bool) -> None:
    planted = {kind.name: plant(kind) for kind in KINDS if kind.name in SLUGS}
    files: dict[str, str | bytes] = {"content/index.md": "---\ntitle: Home\n---\n", **make_beside()}
    files |= {
        f"content/{kind.folder}/{SLUGS[kind.name]}.md": planted[kind.name][0] for kind in KINDS if kind.name in SLUGS
    }
    site = make_site(files)
    result = site.build(now=now, drafts=drafts)
    assert result.ok, [problem for problem in result.problems if problem.severity == "error"]
    values = [value for _, own in planted.values() for value in own]
    assert len(values) >= 7, "the samples must have private fields"
    whole = b"\n".join([name.encode() + data for name, data in site.files().items()]).lower()
    views = repr([page.view for page in result.plan.pages] + [document.view for document in result.plan.documents])
    assert [value for value in values if value.lower().encode() in whole] == []
    assert [value for value in values if value in views or value in repr(result.plan.frame)] == []
