"""What is wrong with a record's fields: all of it at once, at the right place, in words that say what to write."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from twinsite.core.record import Image, Model, Money, Record
from twinsite.core.values import Instant, Ref, Text, Whole, Zone
from twinsite.kinds import INTERNAL, KINDS
from twinsite.read.front import parse_front, place_problems
from twinsite.validate.model import validate_model

PATH = "content/contests/spring.md"


class Prize(Model):
    name: Text = Field(description="What is won, such as: A mug.")
    value: Money | None = Field(None, description="What it is worth.")
    photo: Image | None = Field(None, description="A picture of it.")


class Sample(Record):
    title: Text = Field(description="The title.")
    kind_of: Literal["judged", "draw", "vote"] = Field(description="How winners are found.")
    opens: Instant | None = Field(None, description="When it opens.")
    winners_announced: Instant | None = Field(None, description="When winners are told.")
    timezone: Zone | None = Field(None, description="Its own time zone.")
    prizes: tuple[Prize, ...] = Field((), description="What can be won.")
    sponsor: Annotated[str, Ref("brand")] | None = Field(None, description="Who pays.")
    pay: Money | Literal["unpaid"] | None = Field(None, description="What is paid.")
    labels: dict[str, Whole] = Field({}, description="Numbers by name.")


GOOD = "title: Spring\nkind_of: draw\n"


def problems_of(text: str, label: str = "contest") -> list[tuple[str, str, str, str]]:
    values, wrong = parse_front(text, PATH)
    assert wrong == []
    record, problems = validate_model(Sample, values, PATH, "Europe/London", label)
    assert (record is None) == bool(problems)
    placed = sorted(place_problems(problems, {PATH: text}), key=lambda problem: problem.order())
    return [(f"{each.line}:{each.column}+{each.width}", each.rule, each.message, each.hint) for each in placed]


@pytest.mark.parametrize(
    ("text", "place", "rule", "message", "hint"),
    [
        (
            GOOD + "winner_announced: 2026-07-01 12:00\n",
            "4:1+16",
            "unknown-field",
            'There is no field "winner_announced" on a contest. Did you mean "winners_announced"?',
            "",
        ),
        (
            GOOD + "seo:\n  xyz: x\n",
            "5:3+3",
            "unknown-field",
            'There is no field "xyz" in "seo".',
            "Fields here: title, description, noindex.",
        ),
        (
            GOOD + "prizes:\n  - name: Mug\n    vlaue: x\n",
            "6:5+5",
            "unknown-field",
            'There is no field "vlaue" in "prizes". Did you mean "value"?',
            "",
        ),
        (
            "kind_of: draw\n",
            "2:1+1",
            "missing-field",
            'A contest needs the field "title".',
            "Add title: Spring contest. The title.",
        ),
        (
            "title:\nkind_of: draw\n",
            "2:1+5",
            "missing-field",
            'The field "title" is empty, but a contest needs it.',
            "Add title: Spring contest. The title.",
        ),
        (
            "titel: Spring\nkind_of: draw\n",
            "2:1+5",
            "unknown-field",
            'There is no field "titel" on a contest. Did you mean "title"?',
            "",
        ),
        (
            GOOD + "prizes:\n  - name: Mug\n  - value: {amount: 1, currency: EUR}\n",
            "6:5+33",
            "missing-field",
            'Item 2 of "prizes" needs the field "name".',
            "Add name: A mug. What is won.",
        ),
        (
            GOOD + "seo:\n  title:\nimage:\n  alt: A cup\n",
            "6:1+5",
            "missing-field",
            '"image" needs the field "src".',
            "Add src: photo.jpg. The picture's file, relative to this one.",
        ),
        (
            "title: Spring\nkind_of: jugded\n",
            "3:10+6",
            "not-a-choice",
            '"jugded" is not one of the words for "kind_of". Did you mean "judged"?',
            "Write one of: judged, draw, vote.",
        ),
        (
            "title: Spring\nkind_of: [draw]\n",
            "3:10+6",
            "not-a-choice",
            "One word belongs here.",
            "Write one of: judged, draw, vote.",
        ),
        (
            GOOD + "tags: fun, spring\n",
            "4:7+11",
            "value-for-list",
            "A list belongs here, not a single value.",
            "Write tags: [fun, spring]",
        ),
        (
            GOOD + "prizes: Mug\n",
            "4:9+3",
            "value-for-list",
            "A list belongs here, not a single value.",
            "Write each item on a line of its own, after a hyphen and a space.",
        ),
        (
            GOOD + "prizes:\n  name: Mug\n",
            "4:1+6",
            "mapping-for-list",
            "A list belongs here, not a single item.",
            "Put each item below, beginning with a hyphen and a space, and its other fields below that, indented.",
        ),
        (
            GOOD + "summary: [Fun]\n",
            "4:10+5",
            "list-for-value",
            "One value belongs here, not a list.",
            "Write Fun, without a list.",
        ),
        (
            GOOD + "summary: {a: b}\n",
            "4:10+6",
            "mapping-for-value",
            "One value belongs here, not further fields.",
            "Write the value after the colon, on the same line.",
        ),
        (
            GOOD + "image: photo.jpg\n",
            "4:8+9",
            "value-for-fields",
            "Named fields belong here, not a single value.",
            "Write image: {src: photo.jpg}",
        ),
        (
            GOOD + "prizes:\n  - name: Mug\n    value: £12.50\n",
            "6:12+6",
            "value-for-fields",
            "Named fields belong here, not a single value.",
            "Write value: {amount: 12.50, currency: GBP}",
        ),
        (
            GOOD + "image:\n  - src: photo.jpg\n",
            "4:1+5",
            "list-for-fields",
            "Named fields belong here, not a list.",
            "Write below it, indented by two spaces: src: … (without hyphens)",
        ),
        (
            GOOD + "tags:\n  - fun\n  -\n",
            "6:4+1",
            "empty-value",
            "This item is empty.",
            "Write a value, or delete the line.",
        ),
        (
            GOOD + "image:\n  src: cup.jpg\n",
            "4:1+5",
            "missing-alt",
            'The picture "cup.jpg" has no alt text.',
            "Add alt: with what it shows, or decorative: true if it says nothing.",
        ),
        (
            GOOD + "prizes:\n  - name: Mug\n    value: {amount: -1, currency: EUR}\n",
            "6:21+2",
            "negative-amount",
            "A sum of money cannot be below zero.",
            "Write the amount without a minus.",
        ),
        (
            GOOD + "image:\n  src: ../../../etc/passwd\n  alt: x\n",
            "5:8+19",
            "file-outside-content",
            '"../../../etc/passwd" lies outside the content folder.',
            "Put the file inside content/ and name it from here.",
        ),
        (
            GOOD + "pay: nothing\n",
            "4:6+7",
            "not-a-choice",
            '"nothing" is not one of the words for "pay".',
            "Write one of: unpaid.",
        ),
        (
            GOOD + "pay:\n  amount: 12\n  currency: euro\n",
            "6:13+4",
            "not-a-currency",
            '"euro" is not a currency.',
            "Write EUR.",
        ),
        (
            GOOD + "labels:\n  a: b\n",
            "5:6+1",
            "not-a-whole-number",
            '"b" is not a whole number.',
            "Write digits only, for example 1000.",
        ),
        (
            GOOD + "sponsor: Acme Ltd\n",
            "4:10+8",
            "not-a-slug",
            '"Acme Ltd" cannot be part of an address.',
            "Write acme-ltd.",
        ),
    ],
)
def test_each_mistake_is_one_clear_problem(text, place, rule, message, hint):
    assert problems_of(text) == [(place, rule, message, hint)]


def test_all_mistakes_of_a_record_are_told_at_once():
    text = "title: Spring\nopens: 2026-06-01\nfoo: x\ntags: x\ndraft: maybe\n"
    assert [(place, rule) for place, rule, _, _ in problems_of(text)] == [
        ("2:1+1", "missing-field"),
        ("3:8+10", "not-an-instant"),
        ("4:1+3", "unknown-field"),
        ("5:7+1", "value-for-list"),
        ("6:8+5", "not-a-flag"),
    ]


def test_the_record_may_have_a_time_zone_of_its_own():
    values: dict[str, Any] = {"title": "A", "kind_of": "draw", "opens": "2026-06-01 12:00"}
    own, _ = validate_model(Sample, {**values, "timezone": "Asia/Tokyo"}, PATH, "Europe/London")
    site, _ = validate_model(Sample, values, PATH, "Europe/London")
    assert own.opens.isoformat() == "2026-06-01T12:00:00+09:00"
    assert site.opens.isoformat() == "2026-06-01T12:00:00+01:00"
    assert validate_model(Sample, {**values, "timezone": "Tokio"}, PATH, "Europe/London")[0] is None


@pytest.mark.parametrize(("label", "words"), [("Announcement", "on an announcement"), ("site.yaml", "in site.yaml")])
def test_messages_speak_of_the_kind(label, words):
    values = {"title": "A", "kind_of": "draw", "foo": "x"}
    _, (problem,) = validate_model(Sample, values, PATH, "UTC", label)
    assert f'There is no field "foo" {words}.' in problem.message


WORDS = st.sampled_from(
    ["", "a", "12", "2026-06-01 12:00", "true", "~", "x.jpg", "/a/", "https://a.example", "spring-1"]
)
NESTED = st.recursive(
    st.one_of(st.none(), WORDS, st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "title", "src", "type", "amount", "x", "url"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", [*KINDS, *INTERNAL], ids=lambda kind: kind.name)
def test_any_values_make_a_record_or_problems(kind):
    names = sorted(kind.model.model_fields)

    @given(st.dictionaries(st.one_of(st.sampled_from(names), st.text(max_size=5)), NESTED, max_size=6))
    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    def check(values: dict[str, Any]) -> None:
        record, problems = validate_model(kind.model, values, PATH, "Europe/London", kind.label)
        assert (record is None) == bool(problems)
        for problem in problems:
            assert problem.message
            assert problem.rule == problem.rule.lower()
            assert "_" not in problem.rule
            assert problem.field is not None

    check()
