"""Ids of headings are those that GitHub makes."""

from __future__ import annotations

import pytest

from tests.support.markdown import ENGINES, parse, show
from twinsite.core.fragment import Heading

both = pytest.mark.parametrize("engine", ENGINES)


@both
@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Hello World", "hello-world"),
        ("What's *new*, `code_x`?", "whats-new-code_x"),
        ("A & B", "a--b"),
        ("Foo -- bar", "foo----bar"),
        ("1. Prizes: 100 € (each)", "1-prizes-100--each"),
        ("Über Größe", "über-größe"),
        ("हिन्दी", "हिन्दी"),
        ("[A link](x.md) here", "a-link-here"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("😄 happy", "-happy"),
        ("🎉", "section"),
        ("Own id {#mine}", "mine"),
    ],
)
def test_id(engine, text, anchor):
    assert [heading.id for heading in parse(f"## {text}\n", engine).headings] == [anchor]


@both
def test_duplicates_are_counted(engine):
    fragment = parse("## A\n\n## A\n\n## A-1\n\n## A\n", engine)
    assert [heading.id for heading in fragment.headings] == ["a", "a-1", "a-1-1", "a-2"]


@both
def test_a_written_id_wins_over_one_that_is_made(engine):
    fragment = parse("## Mine\n\n## Other {#mine}\n\n## Third {#mine}\n", engine)
    assert [heading.id for heading in fragment.headings] == ["mine-1", "mine", "mine-2"]
    assert "{#" not in show(fragment)


@both
def test_headings_carry_level_and_text(engine):
    assert parse('## The "best" *of* `x`[^1]\n\n[^1]: n\n', engine).headings == (
        Heading(2, "the-best-of-x", "The “best” of x"),
    )


@both
def test_a_body_with_level_one_moves_down_one_level(engine):
    fragment = parse("# A\n\n## B\n\n###### C\n", engine)
    assert [heading.level for heading in fragment.headings] == [2, 3, 6]
    assert "<h1" not in show(fragment)
    assert [heading.level for heading in parse("## A\n\n#### B\n", engine).headings] == [2, 4]


@both
def test_ids_differ_between_a_body_and_its_components(engine):
    html = show(parse("## Rules\n\n::: faq\n### Rules\n\nText\n:::\n", engine))
    assert '<h2 id="rules">' in html
    assert '<h3 id="rules-1">' in html


@both
def test_attributes_on_a_heading_reach_the_page_only_as_id(engine):
    html = show(parse('## A {#x onclick="alert(1)" style="color:red"}\n', engine))
    assert html.strip() == '<h2 id="x">A</h2>'
