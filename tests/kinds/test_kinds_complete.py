"""Every kind has all that a kind needs: a model with described fields of our own types, samples, a scaffold."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from tests.support.records import find_problems, make_record, split_text
from twinsite.core.record import Model, Record
from twinsite.core.values import Typed
from twinsite.kinds import INTERNAL, KINDS, kind_named
from twinsite.kinds.kind import check_body
from twinsite.kinds.scaffold import fill_scaffold, read_scaffold

SAMPLES = Path(__file__).parents[1] / "samples"
ALL = (*KINDS, *INTERNAL)
SCALARS = (str, int, float, bool, date, datetime, Decimal, bytes, object)

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)


def sample(kind, name):
    return (SAMPLES / kind.name / f"{name}.md").read_text(encoding="utf-8")


def test_the_kinds_are_these():
    assert [kind.name for kind in KINDS] == [
        "contest", "entry", "twintern", "showcase", "announcement", "programme", "campaign", "product", "claim",
        "page",
    ]  # fmt: skip
    assert [kind.folder for kind in KINDS] == ["entries" if kind.name == "entry" else f"{kind.name}s" for kind in KINDS]
    assert [kind.name for kind in INTERNAL] == ["home", "list"]
    assert all(kind_named(kind.name) is kind for kind in ALL)


def test_models_that_few_sites_need_are_imported_when_they_are_asked_for():
    code = (
        "import sys; from twinsite.kinds import kind_named; from twinsite.validate import records\n"
        "names = ('announcement', 'campaign', 'claim', 'entry', 'product')\n"
        "known = lambda: [name for name in names if f'twinsite.kinds.{name}.model' in sys.modules]\n"
        "print(known(), kind_named('claim').model.__name__, known())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] Claim ['claim']"


def test_an_unknown_kind_is_a_bug():
    with pytest.raises(KeyError):
        kind_named("contests")


@every_kind
def test_a_kind_describes_itself(kind):
    assert issubclass(kind.model, Record)
    assert kind.about.endswith(".")
    assert kind.label[0].isupper()
    assert kind.plural[0].isupper()
    assert set(kind.card) <= set(kind.model.model_fields)


def models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for info in model.model_fields.values():
        for part in parts_of(info.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from models_below(part)


def parts_of(annotation: Any) -> Iterator[Any]:
    """The annotation and everything written inside it."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from parts_of(part)


@every_kind
def test_every_field_is_described(kind):
    silent = [
        f"{model.__name__}.{name}"
        for model in models_below(kind.model)
        for name, info in model.model_fields.items()
        if not (info.description or "").endswith((".", "'", "?", '"'))
    ]
    assert silent == []


@every_kind
def test_every_part_is_one_of_our_models(kind):
    assert [model.__name__ for model in models_below(kind.model) if not issubclass(model, Model)] == []


def bare_scalars(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Any]:
    """The plain types in an annotation that no ``Typed`` converts."""
    if any(isinstance(mark, Typed) for mark in metadata):
        return
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from bare_scalars(get_args(annotation)[0], annotation.__metadata__)
    elif origin in (Union, UnionType, tuple):
        for part in get_args(annotation):
            yield from bare_scalars(part, ())
    elif origin is not Literal and annotation not in (NoneType, ...) and not isinstance(annotation, type(BaseModel)):
        yield annotation


@every_kind
def test_no_field_has_a_bare_type(kind):
    bare = [
        f"{model.__name__}.{name}: {found}"
        for model in models_below(kind.model)
        for name, info in model.model_fields.items()
        for found in bare_scalars(info.annotation, tuple(info.metadata))
    ]
    assert bare == []


@each_kind
def test_the_good_sample_is_good(kind):
    assert find_problems(kind, sample(kind, "good")) == []
    record = make_record(kind, sample(kind, "good"))
    assert kind.title(record)
    assert check_body(kind, record, "x.md", 0) == ()


@each_kind
def test_the_good_sample_uses_every_field_of_its_kind(kind):
    own = set(kind.model.model_fields) - set(Record.model_fields)
    values = split_text(sample(kind, "good"))[0]
    assert own - set(values) <= {"status_override"}


@each_kind
def test_the_bad_sample_is_bad(kind):
    assert find_problems(kind, sample(kind, "bad")) != []


@each_kind
@pytest.mark.parametrize("title", ['Say "hello": a #tag', "%slug% and %today%", "Überraschung"])
def test_the_scaffold_is_valid_and_a_draft(kind, title):
    text = fill_scaffold(kind, title, "a-new-one", date(2026, 11, 22), "Europe/London")
    assert find_problems(kind, text) == []
    record = make_record(kind, text)
    assert record.draft
    assert kind.title(record) == title
    words = len(split_text(text)[1].split())
    assert check_body(kind, record, "x.md", words) == ()


@each_kind
def test_the_scaffold_is_valid_with_everything_switched_on(kind):
    text = fill_scaffold(kind, "Title", "a-new-one", date(2026, 11, 22), "Europe/London")
    switched_on = re.sub(r"(?m)^( *)#(?! [^ ])", r"\1", text)
    assert switched_on != text
    assert find_problems(kind, switched_on) == []


@each_kind
def test_the_scaffold_uses_every_marker_that_there_is(kind):
    text = fill_scaffold(kind, "Title", "a-new-one", date(2026, 11, 22), "Europe/London")
    assert "%title%" in read_scaffold(kind)
    assert not re.search("%[a-z]+%", text)
