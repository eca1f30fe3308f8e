"""The quick way of the Python-Markdown engine: where it answers, it says what the package and the filter say."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bench.corpus import make_corpus
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.markdown import Engine, make_engine, parse_body
from twinsite.read.markdown.autolinks import may_have_bare
from twinsite.read.markdown.body import _filter
from twinsite.read.markdown.engine import know_nothing
from twinsite.read.markdown.ordinary import HARMLESS

CONTENT = Path(__file__).parents[2] / "content"
TEXTS = 100_000 if os.environ.get("LONG") else 4_000
PIECES = (
    'word Word\'s the it\'s 90\'s 7 é ü 日本 don\'t "Quoted words." "So--he\'s..." "a" (in brackets) a-b snake_case _ *'
    " ** *a* **b** *a b* (*c*) [link](/a/b-c/) [a](b.md) [x.y](https://e.com/a?b=c#d) [a](http://a.b) **[l](/m/)**"
    ' *[l](m)* ![pic](a.jpg) ![a b](/p/q.png) ![it\'s](a.png) `code` `a "b" & c` ``x`` & &amp; AT&T ! ? . .. ... ....'
    " , ; : - -- --- ---- – — ' \" < > -> <b> \\ \\* | # a@b.c @name :// www.a.b https://a.b [ ] ( ) [a] [a][b] [^1] {"
    " } {#i} ~ ~~a~~ ^ = == + $5 100% 1. 1) 2026. \N{NO-BREAK SPACE} \N{LINE SEPARATOR} \t \x02 klzzwxh:0001 *a*b a*b* "
    "*a*. x*. **a* 'single' 's '80s rock'n'roll riders' \"*a*\" *\"a\"* \"a`b`\" !!! !a :-) © 1/2 [a](x:y) [a](//b.c)"
).split(" ") + '**`a`** *`a` [`a`](b) [`a`](b.md) ![`a`](b) **£5** *(a)* **-** *"* **(** **:** *a*/b'.split(" ")
STARTS = (
    "", "# ", "## ", "###### ", "- ", "* ", "+ ", "1. ", "2. ", "10. ", "> ", "| ", "    ", "  ", ": ", "> - ",
    "- [ ] ", "!!! ", "```", "<!--tw:0-->", "[a]: ", "*[a]: ", "---", "===", "***", "- - -", "> > ",
)  # fmt: skip
BLOCKS = (
    "| a | b |\n|---|---|\n| c | *d* |", "|a|b|c|\n|:--|--:|:-:|\n|d||f|", "| a |\n|---|\n| b |",
    "| a | b |\n|---|\n| c |",
    "```\ncode\n```", "```python\na = \"<b>\" & 'c'\n\nd\n```", "```\n```", "```a b\nc\n```", "```\n\n  \nx\n```",
    "~~~\nx\n~~~", "<!--tw:3-->", "- a\n- b", "* a\n* *b c*", "1. a\n2. b", "3. a\n4. b", "> a\n> b", "> a\n>\n> b",
    "- a\n\n- b", "- a\n  b", "- a\n    - b", "# One", "### Three\ntext", "## Two ##", "Title\n===", "a  \nb", "a\\\nb",
    "***", "Term\n: text", "a\n- b", "a\n> b", "a\n# b", "```\na|b\n|c|\n```", "**Note.** a", "**a**: b, *c*!",
    "> [!TIP]\n> a *b*", "> [!NOTE]", "> [!NOTE]\n\n> a", "> a\n> [!NOTE]\n> b", "> [!WARNING]\n> - a",
    "| `a` | `b\\|c` |\n|---|---|\n| `a|b` | c |", "\"A,\" said *b* \"c.\"",
)  # fmt: skip
SIGNS = (
    "a", "a", "b", "z9", "é", " ", " ", " ", "*", "*", "**", "'", '"', ".", "-", "--", "!", "`", "(", ")", "[", "](x)",
    "[a](b)", "![", "_", "&", "&a;", ",", ":", "\n", "\n\n", "\n\n", "\n- ", "\n1. ", "# ", "> ", "|", "^", "~", "=",
    "/", "…", "—", "“", "¨", "€", "\N{COMBINING ACUTE ACCENT}", "😀", "٣", "Ⅷ", "①", "ª", "ǅ", "ß",
)  # fmt: skip
ORDINARY = (
    "> [!TIP]\n> A *tip*.", "**`code`**, [`code`](a.md) and **£5**", "| `a` | b |\n|---|---|\n| c | **-** |",
    "A text\nof two lines, with **two words** and *more*.", "# One\n\n## Two\ntext", "- a\n- b\n\ntext", "1. a\n2. b",
    "> A quotation.\n> Of two lines.", "| a | b |\n|---|--:|\n| c | **d** |", "```html\n<b>\n\n\"x\" & y\n```",
    "![A picture](a.jpg) and [a link](/a/b-c/?d=e#f), [another](https://a.example/).", "`code` & snake_case (*a*) it's",
    "**[A link](/a/)**: text!", "She said \"well, it's not -- done.\" Not...\n\n<!--tw:0-->\n\nEnd\n",
)  # fmt: skip


def make(smart: bool, *extensions: str) -> Engine:
    engine = make_engine(MarkdownSettings("python-markdown", extensions, smart=smart))
    assert not isinstance(engine, Problem)
    return engine


ALL = tuple(sorted(HARMLESS))
ENGINES = [make(True), make(False), make(True, *ALL), make(False, *ALL)]


def write_line(random: random.Random) -> str:
    pieces = [random.choice(PIECES[: 16 if random.random() < 0.5 else None]) for _ in range(random.randint(1, 5))]
    return "".join(piece + random.choice((" ", " ", " ", "")) for piece in pieces)


def write_block(random: random.Random) -> str:
    """A block of lines that begin alike, or one that is known to be of interest."""
    if random.random() < 0.3:
        return random.choice(BLOCKS)
    start = random.choice(STARTS[: 8 if random.random() < 0.5 else None]) if random.random() < 0.5 else ""
    lines = [start + write_line(random) for _ in range(random.randint(1, 3))]
    return "\n".join(line if random.random() < 0.1 else line.rstrip() for line in lines)


def write_text(random: random.Random) -> str:
    blocks = [write_block(random) for _ in range(random.randint(1, 3))]
    return "".join(block + random.choice(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "")) for block in blocks)


def check(engine: Engine, text: str) -> bool:
    """Whether the quick way answers, which must then be what the sure one says."""
    quick = None if may_have_bare(text) or not text.strip() else engine.quick(text)
    if quick is not None:
        assert quick == _filter(engine.render(text)), text
    return quick is not None


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quick_answer_is_the_sure_one(engine):
    """Thousands of texts of pieces that mean something, of which a tenth are ordinary."""
    source = random.Random(1)
    assert sum(check(engine, write_text(source)) for _ in range(TEXTS)) > TEXTS / 20


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quick_answer_is_the_sure_one_for_single_signs(engine):
    source = random.Random(2)
    texts = ("".join(source.choices(SIGNS, k=source.randint(1, 14))) for _ in range(TEXTS))
    assert sum(check(engine, text) for text in texts) > TEXTS / 20


@given(st.sampled_from(ENGINES), st.text(max_size=20), st.sampled_from(BLOCKS))
@settings(max_examples=300, derandomize=True, database=None, deadline=None)
def test_a_quick_answer_is_the_sure_one_for_any_character(engine, text, block):
    check(engine, f"a{text}b\n\n{block}")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_ordinary_is_known(engine):
    for text in ORDINARY:
        assert check(engine, text), text
    assert all(check(engine, entry.body) for entry in make_corpus(40))


@pytest.mark.parametrize("engine", [make(True), make(False, "extra")])
def test_whole_bodies_are_the_same(engine):
    """With their components, the places of their links, and what is wrong with them."""
    bodies = [path.read_text("utf-8").rpartition("\n---\n")[2] for path in sorted(CONTENT.rglob("*.md"))[::3]]
    source = random.Random(3)
    bodies += [f"{write_text(source)}\n\n::: faq\n### A?\n{write_text(source)}\n:::\n" for _ in range(200)]
    sure = replace(engine, quick=know_nothing)
    for body in bodies:
        assert parse_body(body, engine) == parse_body(body, sure)


@pytest.mark.parametrize("parts", [("a ", "(", ""), ("```\n", "[](", "\n```"), ("```\n", "<a", "\n```")])
def test_what_is_too_much_for_the_package_is_not_ordinary(parts):
    few, many = (parts[0] + parts[1] * count + parts[2] for count in (100, 1001))
    engine, sure = ENGINES[0], replace(ENGINES[0], quick=know_nothing)
    assert (engine.quick(few) is None, engine.quick(many) is None) == (False, True)
    assert parse_body(many, engine) == parse_body(many, sure)


@pytest.mark.parametrize(
    ("extensions", "configs"), [(("toc",), {}), (("nl2br",), {}), (("extra", "codehilite"), {}), ((), {"tables": {}})]
)
def test_extensions_that_change_ordinary_texts_leave_all_to_the_package(extensions, configs):
    engine = make_engine(MarkdownSettings("python-markdown", extensions, configs))
    assert not isinstance(engine, Problem)
    assert engine.quick("A plain text.") is None
