"""Skipping patterns that cannot match changes nothing that the Markdown package makes."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.core.markdown import MarkdownSettings
from twinsite.read.markdown import make_engine
from twinsite.read.markdown.inline import find_needles

EXTENSIONS = ("extra", "sane_lists", "nl2br", "wikilinks", "pymdownx.tilde", "pymdownx.mark", "pymdownx.magiclink")


def make(smart: bool, extensions: tuple[str, ...]):
    """Two engines of the same settings: ours, and the package as it is."""
    chosen = MarkdownSettings(engine="python-markdown", smart=smart, extensions=extensions)
    ours = make_engine(chosen)
    with patch("twinsite.read.markdown.python_markdown.quicken"):
        return ours.render, make_engine(chosen).render


PAIRS = [make(True, ()), make(False, ()), make(True, EXTENSIONS)]
PIECES = st.sampled_from(
    [
        *"a b. ... -- --- 'q' \"q\" * ** _ __ ~ ~~ == ` `` [ ] ( ) ![ [a](b.md) ![c](d.png) < > <b> </b>".split(),
        *"& &amp; \\ \\*".split(),
        *"https://x.org www.x.org a@b.org [^1] [[w]] {#i} | : @ ! # - 1. \x02 \x03 klzzwxh:0001 * é".split(),
        " ",
        "  ",
        "  \n",
        "\n",
        "\n\n",
        "\n\n[^1]: note\n",
        "\n[r]: /u\n",
        "[r]",
    ]
)


@given(st.integers(0, len(PAIRS) - 1), st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=600, derandomize=True, database=None, deadline=None)
def test_the_result_is_the_same(number, text):
    ours, package = PAIRS[number]
    assert ours(text) == package(text)


@pytest.mark.parametrize(
    ("expression", "needles"),
    [
        (r"a", ("a",)),
        (r"(?<!x)[*_]{1,3}", ("*", "_")),
        (r"(`+)(.+?)\1", ("`",)),
        (r"x*y?", ()),
        (r"(?:https?|www)", ("h", "w")),
        (r"https?://", (":",)),
        (r"a|", ()),
        (r"[^a]", ()),
        (r"[a-z]", ()),
        (r"  \n", ("\n",)),
        (r"(?i)a", ()),
        (r"(?i:a)b", ("b",)),
        (r"(?=a)", ()),
        (r"", ()),
    ],
)
def test_what_a_match_must_have(expression, needles):
    assert find_needles(re.compile(expression)) == needles


def test_a_case_that_does_not_count_asks_for_nothing():
    assert find_needles(re.compile("a", re.IGNORECASE)) == ()
