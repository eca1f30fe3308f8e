"""Plain values: what a field of each type becomes in a view, by a way worked out once for each model."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from tests.conftest import MakeSite
from tests.support.library import read_library
from tests.support.records import make_record
from twinsite.core.digest import decode_view, encode_view
from twinsite.core.record import Image, field_marks, hidden_fields
from twinsite.core.values import FileMark, Ref, TableMark, Typed
from twinsite.kinds import KINDS, kind_named
from twinsite.plan.plain import NOT_SHOWN, make_instant, plain_record

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = (Ref, FileMark, TableMark)


def plain(value: Any, mark: Typed | None, zone: str) -> Any:
    """The slow way, value by value; ``...`` for names of other things, which are looked up."""
    if isinstance(mark, NAMES) or (mark and mark.name == "target"):
        return ...
    if isinstance(value, tuple):
        return [plain(item, mark, zone) for item in value]
    if isinstance(value, Image):
        return ...
    if isinstance(value, BaseModel):
        return plain_model(value, zone)
    if isinstance(value, datetime):
        return make_instant(value, zone)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def plain_model(model: BaseModel, zone: str, skipped: tuple[str, ...] = ("private",)) -> dict[str, Any]:
    marks, hidden = field_marks(type(model)), hidden_fields(type(model))
    names = [name for name in type(model).model_fields if name not in skipped and name not in hidden]
    held = ((name, getattr(model, name)) for name in names)
    return {name: None if value is None else plain(value, marks.get(name), zone) for name, value in held}


def is_same(shown: Any, expected: Any) -> bool:
    if expected is ... or (isinstance(expected, list) and ... in expected):
        return True
    if isinstance(expected, dict):
        return expected.keys() == shown.keys() - {"picture", "size"} and all(
            is_same(shown[name], value) for name, value in expected.items()
        )
    if isinstance(expected, list):
        return len(shown) == len(expected) and all(map(is_same, shown, expected))
    return type(shown) is type(expected) and bool(shown == expected)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_quick_way_gives_what_the_slow_one_gives(make_site: MakeSite, kind: Any) -> None:
    text = (SAMPLES / kind.name / "good.md").read_text(encoding="utf-8").replace("slug:", "# slug:")
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n", f"content/{kind.folder}/one.md": text})
    library = read_library(site, drafts=True)
    (entry,) = (entry for entry in library.site.by_path.values() if entry.kind == kind.name)
    expected = plain_model(entry.record, entry.zone, NOT_SHOWN)
    assert entry.record == make_record(kind, text, "Europe/London").public()
    shown = decode_view(encode_view(plain_record(library, entry, entry.record)))
    assert list(shown) == list(expected)
    assert is_same(shown, expected)


def test_an_instant_has_its_offset_its_wall_clock_and_its_zone() -> None:
    moment = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert make_instant(moment, "Europe/London") == {
        "iso": "2026-10-25T01:30:00+01:00",
        "local": "2026-10-25T01:30:00",
        "zone": "BST",
    }
    assert make_instant(moment + timedelta(hours=1), "Europe/London")["iso"] == "2026-10-25T01:30:00+00:00"


@pytest.mark.parametrize(
    ("zone", "name"), [("America/Sao_Paulo", "UTC-03:00"), ("Asia/Kathmandu", "UTC+05:45"), ("Etc/UTC", "UTC")]
)
def test_a_zone_without_letters_is_called_by_its_offset(zone: str, name: str) -> None:
    assert make_instant(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9))), zone)["zone"] == name


def test_what_is_hidden_is_part_of_no_view() -> None:
    assert "winners" in hidden_fields(kind_named("contest").model)
    assert "private" in NOT_SHOWN
