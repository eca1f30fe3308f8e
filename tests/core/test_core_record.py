"""Models drop what is empty, describe every field, hold no bare types, and know their references, files and tables."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, Field, ValidationError

from twinsite.config import Settings
from twinsite.core.record import Image, Model, Money, PrivateNotes, Record, files, references, tables
from twinsite.core.values import FileName, Ref, Slug, Text, Typed, Whole
from twinsite.kinds import INTERNAL, KINDS


class Part(Model):
    twintern: Annotated[str, Ref("twintern")] | None = None
    photo: FileName | None = None


class Sample(Record):
    title: Text
    main: Annotated[str, Ref("contest")] | None = None
    products: tuple[Annotated[str, Ref("product")], ...] = ()
    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = Field({})


def make(**values: Any) -> Sample:
    return Sample.model_validate({"title": "A", **values})


def test_empty_counts_as_absent():
    record = make(summary=None, weight="~", date="null", tags=None, draft="~")
    assert (record.summary, record.weight, record.date, record.tags, record.draft) == (None, None, None, (), False)


def test_a_text_keeps_what_others_take_for_nothing():
    assert make(summary="~").summary == "~"
    assert make(title="null").title == "null"
    assert make(tags=["~", "no"]).tags == ("~", "no")


def test_a_required_field_left_empty_is_missing():
    with pytest.raises(ValidationError, match="Field required"):
        make(title=None)


def test_records_are_frozen_and_know_their_fields():
    with pytest.raises(ValidationError, match="frozen"):
        make().title = "B"
    with pytest.raises(ValidationError, match="Extra inputs"):
        make(titel="B")


def test_references_files_and_tables_with_their_fields():
    record = make(
        main="spring",
        products=["mug", "cup"],
        parts=[{"photo": "a.jpg"}, {"twintern": "kim", "photo": "b.jpg"}],
        named={"x": {"twintern": "lee"}},
        image={"src": "c.jpg", "alt": "A cup"},
        data=["followers"],
    )
    assert references(record) == (
        (("main",), "contest", "spring"),
        (("products", 0), "product", "mug"),
        (("products", 1), "product", "cup"),
        (("parts", 1, "twintern"), "twintern", "kim"),
        (("named", "x", "twintern"), "twintern", "lee"),
    )
    assert files(record) == (
        (("image", "src"), "c.jpg"),
        (("parts", 0, "photo"), "a.jpg"),
        (("parts", 1, "photo"), "b.jpg"),
    )
    assert tables(record) == ((("data", 0), "followers"),)
    assert references(make()) == ()


def test_public_has_nothing_private():
    record = make(private={"notes": "secret"})
    assert record.private == PrivateNotes(notes="secret")
    assert record.public().private is None
    assert record.public().title == "A"
    assert "secret" not in record.public().model_dump_json()


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"src": "a.jpg"}, "missing-alt"),
        ({"src": "a.jpg", "alt": ""}, "missing-alt"),
        ({"src": "a.jpg", "alt": "x", "focus": "left"}, "not-a-focus"),
        ({"src": "a.jpg", "alt": "x", "focus": "50% 101%"}, "not-a-focus"),
    ],
)
def test_wrong_images(values, rule):
    with pytest.raises(ValidationError) as caught:
        Image.model_validate(values)
    assert [error["type"] for error in caught.value.errors()] == [rule]


def test_right_images():
    assert Image.model_validate({"src": "a.jpg", "decorative": "true"}).alt is None
    assert Image.model_validate({"src": "a.jpg", "decorative": "yes", "alt": ""}).alt is None
    assert Image.model_validate({"src": "a.jpg", "alt": "A cup", "focus": "50% 30%"}).focus == "50% 30%"


def test_money_is_not_negative():
    with pytest.raises(ValidationError, match="below zero"):
        Money.model_validate({"amount": "-1", "currency": "EUR"})


def test_values_of_the_right_type_pass_unchanged():
    record = make(weight=3, tags=("a",))
    assert Sample.model_validate(record.model_dump()) == record


def find_models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for info in model.model_fields.values():
        for leaf in find_leaves(info.annotation, ()):
            if isinstance(leaf[0], type) and issubclass(leaf[0], BaseModel) and leaf[0] is not model:
                yield from find_models(leaf[0])


def find_leaves(annotation: Any, marks: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types at the ends of an annotation, each with the marks that stand on it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from find_leaves(parts[0], (*marks, *parts[1:]))
    elif origin in (Union, UnionType):
        for part in parts:
            yield from find_leaves(part, marks)
    elif origin in (tuple, list, dict):
        for part in parts:
            if part is not Ellipsis:
                yield from find_leaves(part, ())
    elif annotation is not NoneType:
        yield annotation, marks


MODELS = sorted(
    {model for root in (*(kind.model for kind in (*KINDS, *INTERNAL)), Settings) for model in find_models(root)},
    key=repr,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_says_what_it_is_for(model):
    assert [name for name, info in model.model_fields.items() if not info.description] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_part_that_is_left_out_is_what_validation_makes_of_nothing(model):
    left_out = [info.default for info in model.model_fields.values() if isinstance(info.default, BaseModel)]
    for default in left_out:
        made = type(default)()
        assert default == made
        assert default.__dict__ == made.__dict__
        assert default.model_fields_set == made.model_fields_set


FREE_KEYS = {"extension_configs", "terms"}
"""Names that other programs or the editor choose."""


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_field_is_left_to_loose_parsing(model):
    bare = [
        name
        for name, info in model.model_fields.items()
        for leaf, marks in find_leaves(info.annotation, tuple(info.metadata))
        if not any(isinstance(mark, Typed) for mark in marks)
        and not (isinstance(leaf, type) and issubclass(leaf, BaseModel))
        and get_origin(leaf) is not Literal
        and name not in FREE_KEYS
    ]
    assert bare == []


def test_the_types_named_here_are_marked():
    assert all(any(isinstance(mark, Typed) for mark in get_args(kind)) for kind in (Text, Whole, Slug, FileName))
