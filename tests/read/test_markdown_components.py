"""``:::`` blocks become slots with their parameters, their content and its sections, at the right lines."""

from __future__ import annotations

import msgspec
import pytest

from tests.support.markdown import ENGINES, parse, places, rules, show

both = pytest.mark.parametrize("engine", ENGINES)


def only_slot(text, engine):
    fragment = parse(text, engine)
    assert fragment.flaws == ()
    (slot,) = fragment.slots
    return slot


@both
def test_parameters_have_names_values_and_places(engine):
    slot = only_slot(
        'Text\n\n  ::: figure photo.jpg alt="A \\"red\\" bike" width=\'2 m\' link=https://x.org?a=b\n  :::\n', engine
    )
    assert (slot.kind, slot.target, slot.line, slot.column) == ("component", "figure", 3, 3)
    assert slot.parameters == (
        ("", "photo.jpg", 3, 14),
        ("alt", 'A "red" bike', 3, 24),
        ("width", "2 m", 3, 45),
        ("link", "https://x.org?a=b", 3, 57),
    )
    assert slot.body.parts == ("",)
    assert slot.sections == ()


@both
@pytest.mark.parametrize("text", ["::: cta href=/x :::", "::: cta href=/x\n:::", ":::cta href=/x\n:::::\n"])
def test_blocks_without_content(engine, text):
    slot = only_slot(text, engine)
    assert (slot.target, slot.parameters[0][:2]) == ("cta", ("href", "/x"))


@both
def test_a_component_stands_between_paragraphs(engine):
    html = show(parse("before\n::: cta\n:::\nafter\n", engine)).replace("\n", "")
    assert html == "<p>before</p>[cta: ]<p>after</p>"


@both
@pytest.mark.parametrize(
    "before", ["- item\n", "> quoted\n", "| a |\n|---|\n| b |\n", "1. one\n   two\n", "# Heading\n"]
)
def test_a_component_ends_whatever_stands_above(engine, before):
    fragment = parse(before + "\n::: cta\n:::\n", engine)
    part = fragment.parts[0].strip()
    assert part.endswith((">",))
    assert not part.endswith("<p>")
    assert [slot.target for slot in fragment.slots] == ["cta"]
    assert fragment.parts[1].strip() == ""


@both
def test_blocks_nest_and_keep_their_lines(engine):
    text = "a\n\n::: outer\n[one](1.md)\n::: inner x\n![two](2.png)\n:::\n\n[three](3.md)\n:::\n\n[four](4.md)\n"
    assert places(parse(text, engine)) == [
        ("component", "outer", 3, 1),
        ("link", "1.md", 4, 1),
        ("component", "inner", 5, 1),
        ("image", "2.png", 6, 1),
        ("link", "3.md", 9, 1),
        ("link", "4.md", 12, 1),
    ]


@both
def test_sections_are_cut_at_the_shallowest_headings(engine):
    text = (
        "::: faq\nIntro [i](i.md)\n\n### One `x`\n\n[a](a.md)\n\n#### Deeper\n\nb\n\n"
        "Two\n---\n\n> ## not a cut\n\n### Three\n:::\n"
    )
    slot = only_slot(text.replace("Two\n---", "### Two"), engine)
    assert [(section.title, section.line) for section in slot.sections] == [
        ("", 2),
        ("One x", 4),
        ("Two", 12),
        ("Three", 16),
    ]
    assert places(slot.sections[0].body) == [("link", "i.md", 2, 7)]
    assert places(slot.sections[1].body) == [("link", "a.md", 6, 1)]
    assert [heading.text for heading in slot.sections[1].body.headings] == ["Deeper"]
    assert "not a cut" in show(slot.sections[2].body)
    assert not slot.sections[3].body.wordy
    setext = only_slot(text, engine)
    assert [(section.title, section.line) for section in setext.sections] == [("", 2), ("Two", 12)]


@both
def test_content_without_headings_is_one_section(engine):
    slot = only_slot("::: faq\n\nJust *text*.\n:::\n", engine)
    assert [(section.title, show(section.body).strip()) for section in slot.sections] == [
        ("", "<p>Just <em>text</em>.</p>")
    ]


@both
def test_components_inside_sections_are_shared_with_the_body(engine):
    slot = only_slot("::: timeline\n## One\n::: quote x\nSaid\n:::\n## Two\n:::\n", engine)
    assert slot.sections[0].body.slots[0] is slot.body.slots[0]


@both
def test_link_definitions_reach_into_components(engine):
    fragment = parse('::: quote\n### A\n[here][1]\n:::\n\n[1]: x.md "The (title)"\n', engine)
    slot = fragment.slots[0]
    link = slot.sections[0].body.slots[0]
    assert (link.target, link.title, link.line, link.column) == ("x.md", "The (title)", 3, 1)
    assert show(slot.body).count("<a ") == 1


@both
@pytest.mark.parametrize(
    "text",
    [
        "```\n::: quote\n:::\n```\n",
        "~~~~ text\n::: quote\n~~~\n:::\n~~~~\n",
        "text\n\n    ::: quote\n    :::\n",
        "- item\n\n  ```\n  ::: quote\n  :::\n  ```\n",
        "- item\n  ~~~\n  ::: quote\n  ~~~\n",
        "> ```\n> ::: quote\n> ```\n",
        "text ::: quote\n",
        "<!--\n::: quote\n:::\n-->\n",
    ],
)
def test_colons_in_code_and_comments_are_text(engine, text):
    fragment = parse(text, engine)
    assert fragment.slots == ()
    assert fragment.flaws == ()
    assert ("::: quote" in show(fragment)) == ("<!--" not in text)


@both
def test_a_fence_inside_a_component_hides_colons(engine):
    slot = only_slot("::: disclosure\n```\n:::\n```\n:::\n", engine)
    assert ":::\n" in show(slot.body)


def test_a_fence_ends_with_its_list_item_or_quotation():
    assert [slot.target for slot in parse("- ```\n  code\n\ntext\n\n::: a\n:::\n").slots] == ["a"]
    assert [slot.target for slot in parse("> ```\n> code\n\n::: a\n:::\n").slots] == ["a"]


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n::: quote x\nb\n", [("unclosed-component", 3, 1)]),
        ("::: a\n::: b\n:::\n", [("unclosed-component", 1, 1)]),
        ("a\n\n  :::\n", [("stray-component-end", 3, 3)]),
        ("::: a\n:::\n:::\n", [("stray-component-end", 3, 1)]),
        ("::: {.note}\n:::\n", [("malformed-component", 1, 5)]),
        ("::: 1st\n:::\n", [("malformed-component", 1, 5)]),
        ("::: a key= value\n:::\n", [("malformed-parameter", 1, 7)]),
        ("::: a key = value\n:::\n", [("malformed-parameter", 1, 11)]),
        ('::: a key="open\n:::\n', [("malformed-parameter", 1, 7)]),
        ('::: a key="x"y\n:::\n', [("malformed-parameter", 1, 7)]),
        ("::: a key=“x y”\n:::\n", [("malformed-parameter", 1, 7)]),
        ("::: a ok k=1 k=2\n:::\n", [("duplicate-parameter", 1, 14)]),
    ],
)
def test_flaws(engine, text, expected):
    fragment = parse(text, engine)
    assert rules(fragment) == expected
    assert all(flaw.severity == "error" and flaw.message and flaw.hint for flaw in fragment.flaws)


@both
def test_what_follows_an_unclosed_component_is_still_read(engine):
    fragment = parse("::: quote\n[a](b.md)\n::: cta\n:::\n", engine)
    assert places(fragment) == [("link", "b.md", 2, 1), ("component", "cta", 3, 1)]


@both
def test_straight_quotes_are_asked_for(engine):
    (flaw,) = parse("::: a key=“x”\n:::\n", engine).flaws
    assert "straight quotes" in flaw.hint


@both
def test_nesting_has_a_limit(engine):
    text = "\n".join(["::: a"] * 25 + ["[x](y)"] + [":::"] * 25 + ["[z](z.md)"])
    fragment = parse(text, engine)
    assert rules(fragment) == [("too-deep", 21, 1)]
    assert places(fragment)[-1] == ("link", "z.md", 52, 1)


@both
def test_lines_stay_right_after_a_block_that_is_too_deep(engine):
    text = "\n".join(["::: a"] * 21 + ["x", ":::", "[y](y.md)"] + [":::"] * 20)
    assert ("link", "y.md", 24, 1) in places(parse(text, engine))


def test_a_fragment_written_out_in_full_stays_small():
    text = "\n".join(["::: a\n# h"] * 20 + [":::"] * 20)
    assert len(msgspec.json.encode(parse(text))) < 1_000_000


def test_a_placeholder_cannot_be_forged():
    fragment = parse('<!--tw:0-->\n\n::: a\n:::\n\n<!--tw:7-->\n\n`<!--tw:0-->`\n\n<hr class="tw-0">\n')
    assert sum(slot.kind == "component" for slot in fragment.slots) <= 2
    assert "tw:" not in "".join(fragment.parts).replace("tw;", "")


def test_a_block_that_the_engine_takes_for_code_is_shown_as_written():
    fragment = parse("<pre>\n\n::: a <b>\ntext\n:::\n</pre>\n\n1. x\n\n   - ```\n     y\n\n ::: a\n :::\n")
    assert all(slot.kind == "component" for slot in fragment.slots)
