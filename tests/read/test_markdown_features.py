"""What both engines promise, with the same HTML structure from each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.markdown import ENGINES, parse, places, rules, show
from twinsite.core.markdown import LABELS
from twinsite.core.words import count_words
from twinsite.read.markdown.filter import ALLOWED_TAGS

both = pytest.mark.parametrize("engine", ENGINES)


def compact(html: str) -> str:
    """HTML without the line ends that engines place differently."""
    return re.sub(r"\s*\n\s*", "", html)


@both
def test_table_aligns_by_class(engine):
    html = compact(show(parse("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n", engine)))
    assert html.startswith('<div class="table-scroll" tabindex="0"><table><thead><tr><th class="left">a</th>')
    assert '<td class="center">2</td><td class="right">3</td><td>4</td>' in html
    assert html.endswith("</table></div>")
    assert "style" not in html


@both
def test_table_without_heads_has_no_row_for_them(engine):
    html = compact(show(parse("| | |\n|--:|---|\n| Size | 78 cm |\n", engine)))
    assert "<th" not in html
    assert '<table><tbody><tr><td class="right">Size</td><td>78 cm</td></tr></tbody></table>' in html


@both
def test_task_list(engine):
    html = compact(show(parse("- [ ] open\n- [x] *done*\n- plain\n", engine)))
    assert '<li class="task"><input type="checkbox" disabled aria-label="To do"> open</li>' in html
    assert '<li class="task"><input type="checkbox" disabled checked aria-label="Done"> <em>done</em></li>' in html
    assert "<li>plain</li>" in html


@both
def test_loose_task_list(engine):
    html = compact(show(parse("- [ ] open\n\n- [x] done\n", engine)))
    assert html.count('<li class="task"><p><input type="checkbox" disabled') == 2


@both
@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_alert(engine, kind):
    html = compact(show(parse(f"> [!{kind.upper()}]\n> Read *this*.\n\nAfter\n\n> quoted\n", engine)))
    assert html == (
        f'<div class="alert alert-{kind}" role="note"><p class="alert-title">{kind.capitalize()}</p>'
        "<p>Read <em>this</em>.</p></div><p>After</p><blockquote><p>quoted</p></blockquote>"
    )


@both
def test_quotation_inside_an_alert(engine):
    html = compact(show(parse("> [!NOTE]\n> a\n>\n> > b\n>\n> c\n", engine)))
    assert html == (
        '<div class="alert alert-note" role="note"><p class="alert-title">Note</p><p>a</p>'
        "<blockquote><p>b</p></blockquote><p>c</p></div>"
    )


@both
def test_footnotes_are_numbered_by_first_mark_and_link_both_ways(engine):
    text = (
        "One[^b], two[^a], one again[^b].\n\n[^a]: The *first* written.\n\n[^b]: Second.\n\n    With [a link](x.md).\n"
    )
    fragment = parse(text, engine)
    html = compact(show(fragment))
    assert 'One<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup>' in html
    assert '<a id="fnref-2" href="#fn-2" role="doc-noteref">2</a>' in html
    assert '<a id="fnref-1-2" href="#fn-1" role="doc-noteref">1</a>' in html
    assert '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn-1">' in html
    assert '<a href="#fnref-1-2" role="doc-backlink"' in html
    assert '<p>The <em>first</em> written. <a href="#fnref-2" role="doc-backlink"' in html
    assert html.index("Second.") < html.index("first")
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert [slot.kind for slot in fragment.slots] == ["link", "end"]


@both
def test_footnote_ids_differ_between_components(engine):
    html = show(parse("a[^1]\n\n[^1]: x\n\n::: quote\nb[^1]\n\n[^1]: y\n:::\n", engine))
    assert 'id="fn-1"' in html
    assert 'id="fn-5-1"' in html


@both
def test_footnote_without_mark_is_left_out_with_a_warning(engine):
    fragment = parse("Text\n\n[^1]: Nobody refers to this.\n", engine)
    assert "footnote" not in show(fragment)
    assert "Nobody" not in show(fragment)
    assert rules(fragment) == [("unused-footnote", 3, 1)]


@both
def test_mark_without_footnote_is_a_warning(engine):
    text = "Text[^a] and `[^b]` and \\[^c] and again[^a] and [^d](e.md)\n\n> x [^Big]\n\n    [^f]\n\n[^big]: y\n"
    fragment = parse(text, engine)
    assert rules(fragment) == [("unknown-footnote", 1, 5)]
    assert [flaw.severity for flaw in fragment.flaws] == ["warning"]


@both
def test_definition_list(engine):
    assert compact(show(parse("Term\n: Meaning\n", engine))) == "<dl><dt>Term</dt><dd>Meaning</dd></dl>"


@both
def test_definition_list_leaves_components_alone(engine):
    fragment = parse("Term\n: Meaning\n\n::: cta\nText\n:::\n", engine)
    assert [slot.target for slot in fragment.slots] == ["cta"]
    assert compact(fragment.parts[0]) == "<dl><dt>Term</dt><dd>Meaning</dd></dl>"


@both
def test_strikethrough(engine):
    assert (
        show(parse("~~gone~~ a ~ b `~~code~~`", engine)).strip() == "<p><del>gone</del> a ~ b <code>~~code~~</code></p>"
    )


@both
def test_smart_punctuation_but_not_in_code(engine):
    html = show(parse('"It\'s" -- so --- well... `"a" -- b...`\n\n    "c" --\n', engine))
    assert "<p>“It’s” – so — well… <code>" in html
    for code in ("-- b...</code>", "--\n</code>"):
        assert code in html


@both
def test_smart_punctuation_can_be_switched_off(engine):
    assert show(parse("it's -- so", engine, smart=False)).strip() == "<p>it's -- so</p>"


@both
def test_fenced_code_keeps_its_text(engine):
    html = show(parse('```html\n<script>alert("x")</script>\n<!-- c -->\n```\n', engine))
    assert '<pre tabindex="0"><code class="language-html">' in html
    assert "&lt;script&gt;" in html
    assert "&lt;!-- c --&gt;" in html
    assert rules(parse("```html\n<script>\n```\n", engine)) == []


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_nest_by_two_to_four_spaces(indent):
    html = compact(show(parse(f"Text\n- a\n{' ' * indent}- b\n- c\n")))
    assert html == "<p>Text</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


@both
@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("See https://example.org/a_b--c?d=e&f.", "https://example.org/a_b--c?d=e&f", "https://example.org/a_b--c?d=e&amp;f"),
        ("See (https://example.org/a_(b)).", "https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("**https://example.org**", "https://example.org", "https://example.org"),
        ("go to www.example.org/x_y now", "http://www.example.org/x_y", "www.example.org/x_y"),
        ("write to jo.doe@example.org.", "mailto:jo.doe@example.org", "jo.doe@example.org"),
        ("<https://example.org>", "https://example.org", "https://example.org"),
        ("<jo@example.org>", "mailto:jo@example.org", "jo@example.org"),
    ],
)  # fmt: skip
def test_bare_addresses_become_links(engine, text, target, shown):
    fragment = parse(text, engine)
    assert [slot.target for slot in fragment.slots if slot.kind == "link"] == [target]
    assert f">{shown}</a>" in show(fragment)


@both
@pytest.mark.parametrize(
    "text",
    [
        "`https://example.org`",
        "    https://example.org\n",
        "```\nwww.example.org\n```\n",
        "xhttps://",
        "@name",
        "a @ b",
        "www.",
    ],
)
def test_what_is_no_address_stays_text(engine, text):
    assert parse(text, engine).slots == ()


@both
def test_an_address_inside_a_link_makes_no_second_link(engine):
    fragment = parse("[https://example.org](x.md) and ![www.example.org](y.png)", engine)
    assert [(slot.kind, slot.target) for slot in fragment.slots] == [("link", "x.md"), ("end", ""), ("image", "y.png")]


@both
def test_comments_do_not_reach_the_page(engine):
    html = show(parse("a <!-- secret --> b\n\n<!-- more -->\n\n<!--\n::: quote\n:::\n-->\n\nc\n", engine))
    assert "secret" not in html
    assert "more" not in html
    assert "quote" not in html
    assert "<p>c</p>" in html


@both
@pytest.mark.parametrize("text", ["", "  \n\n", "\n"])
def test_an_empty_body_is_an_empty_fragment(engine, text):
    fragment = parse(text, engine)
    assert (fragment.parts, fragment.slots, fragment.wordy) == (("",), (), False)


@both
def test_line_ends_of_other_systems(engine):
    fragment = parse("a\r\n\r\n[b](c.md)\r\r::: q\r\n:::\r\n", engine)
    assert places(fragment) == [("link", "c.md", 3, 1), ("component", "q", 5, 1)]


@both
@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("# Title\n\nFirst *one* & `code`,\ntwo lines[^1].\n\nSecond.\n\n[^1]: x\n", "First one & code, two lines."),
        ("> quoted\n\n- item\n\n![a](b.png)\n\nProse.\n", "Prose."),
        ("::: quote\nInside\n:::\n\nOutside.\n", "Outside."),
        ("[A link](x.md) first.\n", "A link first."),
        ("> [!NOTE]\n> Careful.\n\nText.\n", "Text."),
        ("- only\n- items\n", ""),
        ("one<br>two\n", "one two"),
    ],
)  # fmt: skip
def test_summary(engine, text, summary):
    assert parse(text, engine).summary == summary


@both
def test_words_count_what_is_visible(engine):
    text = "# One two\n\nthree [four](five.md) `six`\n\n::: q key=no\nseven *eight*\n:::\n"
    assert count_words(parse(text, engine)) == 7


def test_words_of_scripts_without_spaces():
    assert count_words(parse("漢字かな")) == 5


GUIDE = Path(__file__).parents[2] / "content/pages/guide/writing-markdown.md"


def guide_body():
    return GUIDE.read_text(encoding="utf-8").split("\n---\n", 1)[1]


@both
def test_the_guide_has_no_flaws(engine):
    fragment = parse(guide_body(), engine)
    assert fragment.flaws == ()
    assert [slot for slot in fragment.slots if slot.kind == "component"] == []


def test_the_guide_names_exactly_the_tags_that_are_allowed():
    table = guide_body().split("These tags are allowed:")[1].split("`class`, `id`")[0]
    named = set(re.findall(r"\b[a-z]+[1-6]?\b", " ".join(re.findall(r"`([^`]*)`", table)))) - {
        "src",
        "alt",
        "width",
        "height",
    }
    assert named | {f"h{level}" for level in range(1, 7)} == ALLOWED_TAGS


def test_the_guide_names_exactly_the_labels_there_are():
    block = guide_body().split("  labels:\n")[1].split("```")[0]
    assert set(re.findall(r"^    (\w+):", block, re.MULTILINE)) == set(LABELS)
