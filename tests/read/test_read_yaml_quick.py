"""The quick way to read front matter gives what libyaml gives, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.installed import read_package_law
from twinsite.read.yaml_nodes import read_text
from twinsite.read.yaml_quick import read_quickly

NAMES = ["a", "title", "c-d", "_x", "null", "é", "<<", "a b", "a"]
VALUES = """
x|x y|12:30|a: b|a:b|a #b|a#b|#b|'q'|'it''s'|'a'b'|''|"dq"|"d\\n"|""|[a, b]|[a,b]|[ a , b ]|[]|[a,]|["a, b", 'c']|{k: v}
{k: v, k: w}|{k: "a: b", j: 'x, y'}|{k:v}|{k: }|{k}|[a: b]|- x|-5|~|>-|&a x|*a|!t x|?|: x|x:|x  |“q”|£5|@me|`c`|%d
a,b|a]|(x)|/p/q|http://x.y/z?a=b&c#d|{k: http://x}|\xa0|\x07|a\tb|'a' # c|[a b, c d]|[-a]|[é]|{é: x}|{k: é}|...|---
--- x|[a] b|{a: b} c|[a, 'b'c]|["a"b]|{k: "a"  , j: b }|{k:  v}|[a\\b]|²|x\u200by|日本|[日本, x]|{k: v & w, j: a*b!}
[1, 2.5, 3-4]|[a]b]|{k: a`b}|[/a, (b), £5]
""".strip().replace("\n", "|").split("|")

NOISE = ["", "- ", *" \n:#'\"[},\t|", "\n  z\n", "\n#\n", "\n# c\n", "\n  # c: d\n", "\n# c #d\n"]


@st.composite
def blocks(draw, column=0, depth=0):
    """The lines of some fields that begin at a column."""
    lines = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)):
        shape = draw(st.integers(0, 5 if depth < 3 else 3))
        if shape < 4:
            lines.append(" " * column + f"{name}: {draw(st.sampled_from(VALUES)) if shape else ''}")
        elif shape == 4:
            lines += [" " * column + f"{name}:", *draw(blocks(column + draw(st.sampled_from([1, 2, 2, 4])), depth + 1))]
        else:
            lines += [" " * column + f"{name}:", *draw(items(column + draw(st.sampled_from([0, 2, 2])), depth + 1))]
    return lines


@st.composite
def items(draw, column, depth):
    """The lines of a list whose hyphens stand at a column."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines.append(" " * column + "- " + draw(st.sampled_from(VALUES)))
        else:
            first, *rest = draw(blocks(column + 2, depth))
            lines += [" " * column + "- " + first.lstrip(" "), *rest]
    return lines


@st.composite
def texts(draw):
    """Front matter, now and then with something put into it or taken out."""
    text = "\n".join(draw(blocks())) + "\n"
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        noise = draw(st.sampled_from(NOISE))
        text = text[:at] + noise + text[at + draw(st.integers(0, 2)) :]
    return text


@given(texts())
@settings(max_examples=1500, derandomize=True, database=None, deadline=None)
def test_the_quick_way_gives_what_the_library_gives(text):
    quick = read_quickly(text)
    if quick is not None:
        assert read_text(text, 2) == (quick, ())


ORDINARY = """title: A cup of spring
opens: 2026-05-01 09:00
empty:

sponsor:
  name: 'Acme: Ltd'
  address: "1 Road, Leeds #3"
tags: [spring, "coffee, black", £5 off]
prizes:
- place: First
  value: {amount: 20, currency: GBP}
  names:
    - Ana
    - Jo
- place: Second
last: https://example.com/a?b=c#d
"""


def test_ordinary_front_matter_takes_the_quick_way():
    assert read_quickly(ORDINARY) == {
        "title": "A cup of spring",
        "opens": "2026-05-01 09:00",
        "empty": None,
        "sponsor": {"name": "Acme: Ltd", "address": "1 Road, Leeds #3"},
        "tags": ["spring", "coffee, black", "£5 off"],
        "prizes": [
            {"place": "First", "value": {"amount": "20", "currency": "GBP"}, "names": ["Ana", "Jo"]},
            {"place": "Second"},
        ],
        "last": "https://example.com/a?b=c#d",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: b\n- c\n",
        "- a\n",
        " a: b\n",
        "a: |\n  b\n",
        "a: b\na: c\n",
        "a: b # c\n",
        "#c\na: b\n",
        "a: [b\n  , c]\n",
        "a: *b\n",
        "a:\tb\n",
        "a: b\n...\n",
        "a:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 40)),
        "a: [" + "b, " * 1000 + "b]\n",
    ],
)
def test_anything_else_is_left_to_the_library(text):
    assert read_quickly(text) is None


def test_what_comes_with_twinsite_needs_no_library():
    files = read_package_law()
    assert [path for path, data in files.items() if read_quickly(data.decode()) is None] == []
