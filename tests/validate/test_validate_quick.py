"""The quick way to a record gives what the thorough way gives, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field
from pydantic_core import SchemaValidator, ValidationError

from twinsite.core.native import NATIVE
from twinsite.core.record import Model, Money, Record
from twinsite.core.values import NOWHERE, TYPES, Amount, Place, Text, Whole, Wrong, convert
from twinsite.kinds import KINDS
from twinsite.kinds.parts import in_range
from twinsite.read.front import parse_front, split_front
from twinsite.validate.model import validate_model
from twinsite.validate.quick import validate_quickly

SAMPLES = Path(__file__).parents[1] / "samples"
PLACE = Place("Europe/London", "content/contests")
VALIDATORS = {name: SchemaValidator(schema) for name, schema in NATIVE.items()}


def read_sample(kind: str, name: str) -> dict:
    front, _ = split_front((SAMPLES / kind / f"{name}.md").read_bytes(), name)
    assert front
    return parse_front(front.text, name)[0]


def agree(model, values):
    """Whether the quick way answered; what it answered must be what the thorough way does."""
    quick = validate_quickly(model, msgspec.json.encode(values), PLACE)
    thorough, problems = validate_model(model, values, "content/contests/spring.md", "Europe/London")
    if quick is not None:
        assert quick == thorough, problems
        assert dict(quick) == dict(thorough)
        assert quick.model_fields_set == thorough.model_fields_set
        assert repr(quick) == repr(thorough)
    return quick is not None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_good_samples_take_the_quick_way(kind):
    assert agree(kind.model, read_sample(kind.name, "good"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_bad_samples(kind):
    agree(kind.model, read_sample(kind.name, "bad"))


def put(values, place, value):
    """The values with another in the place of the ``place``-th of their leaves, and how many leaves there are."""
    count = 0

    def walk(node):
        nonlocal count
        if isinstance(node, dict):
            return {key: walk(item) for key, item in node.items()}
        if isinstance(node, list):
            return [walk(item) for item in node]
        count += 1
        return value if count - 1 == place else node

    return walk(values), count


ODD = [None, "", " ", "~", "null", "x", " x ", [], {}, ["x"], [None], {"a": "x"}, "1", "-1", "2026-02-30", "\x1f x"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_odd_values_anywhere(kind):
    good = read_sample(kind.name, "good")
    for place in range(put(good, -1, None)[1]):
        for value in ODD:
            agree(kind.model, put(good, place, value)[0])


@pytest.mark.parametrize("name", NATIVE)
def test_native_types_agree_on_examples(name):
    kind = TYPES[name]
    for text in (*kind.good, *(bad for bad, _ in kind.bad)):
        compare(name, text)
    assert any(compare(name, text) for text in kind.good)


def compare(name, text):
    """Whether a native type takes a text; then its value must be ours."""
    try:
        value = VALIDATORS[name].validate_json(msgspec.json.encode(text))
    except ValidationError:
        return False
    ours = convert(name, text, NOWHERE)
    assert not isinstance(ours, Wrong), text
    assert (value, type(value)) == (ours, type(ours))
    return True


ALPHABET = "0123456789aAzZ .,:/@#?&=_+~-%'\"\\()[]éß²٣\xa0\u200b\u2028nullyestrue"


@given(st.sampled_from(sorted(NATIVE)), st.text(ALPHABET, max_size=20))
@settings(max_examples=800, derandomize=True, database=None, deadline=None)
def test_native_types_agree_on_any_text(name, text):
    compare(name, text)


@given(st.sampled_from(sorted(NATIVE)), st.data())
@settings(max_examples=800, derandomize=True, database=None, deadline=None)
def test_native_types_agree_on_texts_close_to_examples(name, data):
    text = data.draw(st.sampled_from(TYPES[name].good))
    at = data.draw(st.integers(0, len(text)))
    compare(name, text[:at] + data.draw(st.text(ALPHABET, max_size=2)) + text[at + data.draw(st.integers(0, 2)) :])


class Named(Model):
    numbers: dict[str, Whole] = Field({})
    pay: Money | Whole | Text | None = None


class Sample(Record):
    named: Named | None = None


@pytest.mark.parametrize(
    "values",
    [
        {"named": {"numbers": {"a": "1", "b": "2"}}},
        {"named": {"numbers": {"a": "1", "b": None}}},
        {"named": {"pay": "12"}},
        {"named": {"pay": "twelve"}},
        {"named": {"pay": {"amount": "12", "currency": "EUR"}}},
        {"named": {"pay": None}, "title": "null"},
        {"title": "~", "tags": ["~"]},
        {"title": "null and void"},
        {"title": None, "tags": None, "summary": "x"},
        {"image": {"src": "a.jpg", "alt": None}},
        {"image": {"src": "a.jpg", "alt": None, "decorative": "yes"}},
    ],
)
def test_odd_models(values):
    agree(Sample, values)


class Ranged(Model):
    few: Annotated[Whole, in_range(1, 12)] | None = Field(None, description="Some.")
    any: Annotated[Whole, in_range(0)] = Field(0, description="Any.")
    part: Annotated[Amount, in_range(0, 100)] | None = Field(None, description="A part.")
    parts: tuple[Annotated[Amount, in_range(0)], ...] = Field((), description="Parts.")


NUMBERS = st.sampled_from(["0", "-0", "1", "12", "13", "0.0", "12.50", "100", "100.00", "100.01", "-0.01", "-1", "1e2"])


RANGED = {"few": NUMBERS, "any": NUMBERS, "part": NUMBERS, "parts": st.lists(NUMBERS)}


@given(st.fixed_dictionaries({}, optional=RANGED))
def test_numbers_in_ranges(values):
    agree(Ranged, values)


def test_a_number_in_its_range_takes_the_quick_way():
    assert agree(Ranged, {"few": "12", "any": "0", "part": "100.00", "parts": ["0", "12.50"]})
