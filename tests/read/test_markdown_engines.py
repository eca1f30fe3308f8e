"""The seam: choosing an engine, its extensions, and what stays alike whatever the text."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.markdown import ENGINES, check_shape, engine_of, parse, rules, show
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.markdown import make_engine, parse_body

both = pytest.mark.parametrize("engine", ENGINES)


def python_markdown(*extensions, **configs):
    engine = make_engine(MarkdownSettings("python-markdown", extensions, configs))
    assert not isinstance(engine, Problem), engine.message
    return engine


@pytest.mark.parametrize(
    ("chosen", "text", "imported"),
    [("commonmark", "# a\n~b~", False), ("python-markdown", "# a", False), ("python-markdown", "# a\n~b~", True)],
)
def test_the_other_engine_is_imported_only_when_chosen_and_needed(chosen, text, imported):
    code = (
        "import sys; from twinsite.read.markdown import make_engine, parse_body\n"
        "from twinsite.core.markdown import MarkdownSettings\n"
        f"parse_body({text!r}, make_engine(MarkdownSettings({chosen!r}))); print('markdown' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(imported)


def test_settings_have_a_digest_that_depends_on_all_of_them():
    all_settings = [
        MarkdownSettings(),
        MarkdownSettings("python-markdown"),
        MarkdownSettings("python-markdown", ("toc",)),
        MarkdownSettings("python-markdown", ("toc",), {"toc": {"permalink": True}}),
        MarkdownSettings(smart=False),
        MarkdownSettings(labels={"note": "Hinweis"}),
    ]
    assert len({each.digest() for each in all_settings}) == len(all_settings)
    assert MarkdownSettings().digest() == MarkdownSettings().digest()


@both
def test_labels_in_another_language(engine):
    made = make_engine(MarkdownSettings(engine, labels={"note": "Hinweis", "open": "Offen"}))
    html = show(parse_body("> [!NOTE]\n> a\n\n- [ ] b\n", made))
    assert '<p class="alert-title">Hinweis</p>' in html
    assert 'aria-label="Offen"' in html


def test_an_extension_that_does_not_exist_is_a_problem_of_the_settings():
    problem = make_engine(MarkdownSettings("python-markdown", ("tables", "markdown_nonsense")))
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.path, problem.field) == (
        "unknown-extension",
        "site.yaml",
        ("markdown", "extensions", 1),
    )
    assert "markdown_nonsense" in problem.message


def test_options_that_do_not_exist_are_a_problem_of_the_settings():
    problem = make_engine(MarkdownSettings("python-markdown", ("toc",), {"toc": {"nonsense": 1}}))
    assert isinstance(problem, Problem)
    assert problem.rule == "unknown-extension"


def test_extensions_reach_the_other_engine():
    html = show(
        parse_body("!!! danger\n    Take care.\n\nHTML\n\n*[HTML]: Hyper\n", python_markdown("admonition", "abbr"))
    )
    assert 'class="admonition danger"' in html
    assert '<abbr title="Hyper">HTML</abbr>' in html


def test_ids_of_the_table_of_contents_are_those_of_the_headings():
    fragment = parse_body("[TOC]\n\n## What's new?\n\n## What's new?\n", python_markdown("toc"))
    assert [heading.id for heading in fragment.headings] == ["whats-new", "whats-new_1"]
    assert [slot.target for slot in fragment.slots if slot.kind == "link"] == ["#whats-new", "#whats-new_1"]


@pytest.mark.parametrize("name", ["extra", "markdown.extensions.extra"])
def test_extra_keeps_what_both_engines_promise(name):
    text = 'a[^1] *[A]\n\n[^1]: n\n\n| a |\n|:-:|\n| b |\n\n> [!TIP]\n> t\n\n<div markdown="1">\n*x*\n</div>\n'
    html = show(parse_body(text, python_markdown(name)))
    for piece in ('<section class="footnotes"', '<th class="center">', 'class="alert alert-tip"', "<em>x</em>"):
        assert piece in html


def test_configured_footnotes_are_those_of_the_package():
    engine = python_markdown("footnotes", footnotes={"BACKLINK_TITLE": "Back to {}"})
    html = show(parse_body("a[^1]\n\n[^1]: n\n", engine))
    assert '<div class="footnote">' in html
    assert "doc-endnotes" not in html


def test_superfences_take_the_place_of_fences():
    html = show(parse_body("- a\n\n    ```python\n    x = 1\n    ```\n", python_markdown("pymdownx.superfences")))
    assert "x" in html
    assert "```" not in html


def test_the_other_engine_keeps_no_footnotes_or_links_between_bodies():
    engine = python_markdown()
    parse_body("a[^1] [b]\n\n[^1]: n\n\n[b]: c.md\n", engine)
    assert "[^1] [b]" in show(parse_body("x[^1] [b]\n", engine))


HOSTILE = {
    "brackets": "[" * 100_000,
    "pictures": "![" * 50_000,
    "links": "[a](" * 50_000,
    "quotations": ">" * 100_000,
    "spaced quotations": "> " * 50_000,
    "lists": "- " * 50_000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(300)),
    "strong": "*" * 50_000 + "a" + "*" * 50_000,
    "emphasis": "*a _b " * 10_000,
    "code": "` `` " * 5_000,
    "tags": "<a " * 30_000,
    "open quotes": '<a b="' * 15_000,
    "elements": "<div>" * 20_000,
    "comments": "<!--" * 25_000,
    "mail": "a@" * 50_000,
    "addresses": "www." * 25_000 + "http://" * 5_000,
    "an address in brackets": "http://a" + ")" * 100_000,
    "colons": ":::\n" * 5_000,
    "open components": "::: a\n" * 20_000,
    "parameters": "::: a " + "k=v " * 25_000 + "\n:::",
    "an open quote": "::: a " + '"' * 100_000 + "\n:::",
    "backslashes": "\\" * 100_000,
    "a long line": "x" * 1_000_000,
    "a long line of words": "é x " * 100_000,
    "definitions": "[a]: b\n" * 10_000,
    "footnotes": "".join(f"[^{n}]: x\n\n[^{n}]\n\n" for n in range(1_000)),
    "braces": "# a {" * 20_000,
    "control characters": "a\0b\x02c\x03\x0bd\u2028e\ufeff\r" * 1_000,
}


@both
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little_and_breaks_nothing(engine, name):
    start = time.process_time()
    fragment = parse(HOSTILE[name], engine)
    assert time.process_time() - start < (3 if engine == "commonmark" else 30)
    assert {flaw.rule for flaw in fragment.flaws} <= {
        "body-too-deep", "too-deep", "unclosed-component", "stray-component-end", "malformed-parameter",
        "duplicate-parameter", "html-removed",
    }  # fmt: skip
    assert len(fragment.flaws) < 30_000


@both
@pytest.mark.parametrize("name", ["quotations", "elements", "strong"])
def test_text_that_nests_too_deep_is_one_error(engine, name):
    assert rules(parse("ok\n\n" + HOSTILE[name], engine)) == [("body-too-deep", 1, 1)]


def test_an_engine_that_fails_is_an_error_of_the_text():
    class BrokenError(Exception):
        pass

    def render(text):
        raise BrokenError("no good")

    good = engine_of("commonmark")
    engine = type(good)(good.settings, render, good.reader, filtered=False)
    fragment = parse_body("a\n\n::: q\nb\n:::\n", engine)
    assert rules(fragment) == [("markdown-failed", 1, 1), ("markdown-failed", 4, 1)]
    assert "no good" in fragment.flaws[0].message


PIECES = st.sampled_from(
    [
        *"[ ]( ![ ) ] a b` ` `` ``` ~~~ \\ x.md * ** _ ( - + 1. > # ## é $ | ~~ &amp; & < <b> </b> <a </a> "
        "<div> </div> <!-- --> <script> ::: ``` [^1] [^1]: [!NOTE] [x]: https://a.b www.c.d e@f.g "
        ": {#a} {: } = --- \" ' ".split(),
        "\n",
        "\n\n",
        "    ",
        " ",
        "\t",
        "\n::: q k=v\n",
        "\n:::\n",
        "\n> ",
        "\n- [ ] ",
        "\n|a|\n|:-|\n",
        "\r\n",
        "\x00",
        "<!--tw:0-->",
    ]
)


@both
@given(text=st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@settings(max_examples=150, derandomize=True, database=None, deadline=None)
def test_any_text_gives_a_well_formed_fragment(engine, text):
    fragment = parse_body(text, engine_of(engine))
    check_shape(fragment)
    html = "".join(fragment.parts)
    assert "<!--" not in html
    assert " style=" not in html or "style=" in text
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= slot.line <= lines for slot in fragment.slots)
    assert all(1 <= flaw.line <= lines for flaw in fragment.flaws)


@given(text=st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150, derandomize=True, database=None, deadline=None)
def test_a_body_parses_alike_every_time(text):
    assert parse_body(text, engine_of("commonmark")) == parse_body(text, engine_of("commonmark"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("os:system", 'There is no Markdown extension "os:system" here.'),
        ("subprocess:Popen", "is no Markdown extension"),
        ("antigravity", "is no Markdown extension"),
        ("this", "is no Markdown extension"),
        ("twinsite.cli:main", "is no Markdown extension"),
        ("markdown:Markdown", "is no Markdown extension"),
        ("../evil", 'There is no Markdown extension "../evil" here.'),
        ("a:b:c", 'There is no Markdown extension "a:b:c" here.'),
        ("pymdownx.snippets", "puts other files into a page"),
        ("pymdownx.b64", "puts other files into a page"),
    ],
)
def test_only_extensions_of_markdown_are_loaded(name, words):
    problem = make_engine(MarkdownSettings("python-markdown", (name,), {name: {"command": "exit 3"}}))
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.field) == ("unknown-extension", ("markdown", "extensions", 0))
    assert words in problem.message


@pytest.mark.parametrize(
    "name", ["toc", "markdown.extensions.toc", "markdown.extensions.toc:TocExtension", "pymdownx.mark"]
)
def test_every_way_to_name_an_extension(name):
    engine = make_engine(MarkdownSettings("python-markdown", extensions=(name,)))
    assert "<h1" in engine.render("# A")
