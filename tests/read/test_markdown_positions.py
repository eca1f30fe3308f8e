"""Links and pictures stand at the line and column of their opening mark, in characters."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.markdown import ENGINES, engine_of, parse, places
from twinsite.core.fragment import _find_ids, list_anchors
from twinsite.read.markdown import parse_body
from twinsite.read.markdown.places import locate
from twinsite.read.markdown.prose import join_words
from twinsite.read.markdown.walk import _WALK

both = pytest.mark.parametrize("engine", ENGINES)


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b](c.md) d\n", [("link", "c.md", 1, 3)]),
        ("é– [b](ç.md) ![ü](ö.png)\n", [("link", "ç.md", 1, 4), ("image", "ö.png", 1, 14)]),
        ("x\n\n- y\n- z [b](c.md)\n", [("link", "c.md", 4, 5)]),
        ("[a](x.md)\n\n[b](x.md) [c](x.md)\n", [("link", "x.md", *place) for place in ((1, 1), (3, 1), (3, 11))]),
        ("`[a](x.md)` [a](x.md)\n", [("link", "x.md", 1, 13)]),
        ("```\n[a](x.md)\n```\n\n[a](x.md)\n", [("link", "x.md", 5, 1)]),
        ("[![alt](i.png)](t.md)\n", [("link", "t.md", 1, 1), ("image", "i.png", 1, 2)]),
        ("[a][r] and [r][] and [r]\n\n[r]: t.md\n", [("link", "t.md", 1, c) for c in (1, 12, 22)]),
        ("\\[no](x.md) [yes](x.md)\n", [("link", "x.md", 1, 13)]),
        ("<https://x.org> é https://x.org\n", [("link", "https://x.org", 1, 1), ("link", "https://x.org", 1, 19)]),
        ('a\n<a href="x.md">b</a> <img src="y.png" alt="z">\n', [("link", "x.md", 2, 1), ("image", "y.png", 2, 22)]),
        ("| a |\n|---|\n| [b](c.md) |\n", [("link", "c.md", 3, 3)]),
        ("[a](<b c.md>)\n", [("link", "b c.md", 1, 1)]),
        ("[a](b%20c.md#é)\n", [("link", "b%20c.md#é", 1, 1)]),
        ("[a](b.md?x=1&y=2)\n", [("link", "b.md?x=1&y=2", 1, 1)]),
        ("# [a](b.md)\n\nx[^1]\n\n[^1]: [n](m.md)\n", [("link", "b.md", 1, 3), ("link", "m.md", 5, 7)]),
    ],
)  # fmt: skip
def test_place(engine, text, expected):
    assert places(parse(text, engine)) == expected


@both
def test_titles_and_texts(engine):
    fragment = parse('[a](b.md "Say \\"hi\\" & go") ![An <alt> & text](c.png "T")\n', engine)
    link, _, image = fragment.slots
    assert link.title == 'Say "hi" & go'
    assert (image.text, image.title) == ("An <alt> & text", "T")


def test_an_anchor_written_on_a_link_survives():
    assert show_parts('<a id="x" href="y.md">z</a>') == ['<p><span id="x"></span>', "z", "</p>\n"]
    assert show_parts('<a id="x"></a>z') == ['<p><a id="x"></a>z</p>\n']


def show_parts(text):
    return list(parse(text).parts)


def test_a_link_that_only_the_other_engine_knows_stands_where_its_address_does():
    fragment = parse("`c d.md` text\n\nx [a](c d.md) y\n", "python-markdown")
    assert places(fragment) == [("link", "c d.md", 3, 3)]


def test_locate():
    assert locate("ab\ncd\n\ne", [0, 1, 3, 4, 6, 7]) == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1)]


SHAPED = frozenset("h1 h2 table pre input div blockquote".split())
SURE_WALK = re.compile(_WALK.pattern.replace("h([1-6])>", "(?!)()").replace('a href="', "(?!)"), re.DOTALL)
PIECES = st.sampled_from(
    [
        *"[ ]( ![ ) ] a b` ` \\ x.md * _ ( - > # é $ | ~~ &amp; ![i](j) [x](y) [q](r'') [^ {#a} :".split(),
        "\n",
        "\n\n",
        "    ",
        " ",
        "\n|a|\n|-|\n",
        '"t"',
        "\n```\n",
        "\n\n```py\n[c](d.md)\n```\n\n",
        "\n\n## b\n\n",
        "\n\n- [x] d\n",
        "\n\n> [!TIP]\n> e\n\n",
        "\n\n---\n\n",
        "\n7. f\n",
        "  \n",
        "'",
        "ww.",
        "\u2003",
        "\u3042",
        "\x1c",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400, derandomize=True, database=None, deadline=None)
def test_the_quick_way_finds_what_the_sure_way_finds(text):
    engine = engine_of("commonmark")
    with (
        patch("twinsite.read.markdown.body.find_openings", return_value=None),
        patch("twinsite.read.markdown.body.find_tags", return_value=SHAPED),
        patch("twinsite.read.markdown.walk._WALK", SURE_WALK),
    ):
        sure = parse_body(text, engine)
    quick = parse_body(text, engine)
    assert quick == sure
    assert list_anchors(quick) == tuple(sorted({*_find_ids(" ".join(quick.parts))}))


def test_ordinary_texts_take_the_quick_way():
    engine = engine_of("commonmark")
    text = "# A\n\nWe *met* at [the fair](fair.md) on `Monday`; see [it](https://www.x.org/a).\n\n![p](p.jpg 'T')\n"
    with patch("twinsite.read.markdown.body.survey_events", side_effect=AssertionError):
        parse_body(text, engine)


@given(st.text(st.sampled_from("ab \n\t\x1c\xa0\u3000\u200bé")))
@settings(max_examples=200, derandomize=True, database=None, deadline=None)
def test_words_joined_quickly_are_words_joined(text):
    assert join_words(text) == " ".join(text.split())
