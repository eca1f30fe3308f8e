"""No character that HTML and XML forbid gets from any source into a page or a feed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import MakeSite
from twinsite.read.characters import find_forbidden, may_be_forbidden

FORBIDDEN = [
    "\x01",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x1f",
    "\x7f",
    "\x85",
    "\x9f",
    "\ufdd0",
    "\ufffe",
    "\uffff",
    "\U0001fffe",
]
HOME = {"content/index.md": "---\ntitle: Home\n---\n"}
NEWS = "content/announcements/news.md"


def news(title: str = "News", body: str = "Words.") -> str:
    return f"---\ntitle: {title}\ndate: 2026-03-04\n---\n\n{body}\n"


@pytest.mark.parametrize("sign", FORBIDDEN, ids=ascii)
def test_in_a_body_it_is_told_with_its_place(make_site: MakeSite, sign: str) -> None:
    result = make_site({**HOME, NEWS: news(body=f"One.\n\nTwo wo{sign}rds.")}).build()
    (problem,) = result.problems
    assert (problem.rule, problem.path, problem.line, problem.column) == ("control-character", NEWS, 8, 7)
    assert f"U+{ord(sign):04X}" in problem.message


@pytest.mark.parametrize("escape", ["\\x01", "\\x0b", "\\e", "\\N", "\\uFFFE", "\\U0001FFFF"])
def test_in_a_field_as_an_escape_it_is_told(make_site: MakeSite, escape: str) -> None:
    result = make_site({**HOME, NEWS: news(title=f'"One{escape}two"')}).build()
    assert [(problem.rule, problem.line) for problem in result.problems] == [("control-character", 2)]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("content/data/points.csv", "name,points\nA,1\nB\x02,2\n", 3),
        ("content/data/points.json", '[\n{"name": "A\\u0002"}]\n', 2),
        ("content/data/points.yaml", '- {name: "A\\x02"}\n', 1),
        ("site.yaml", 'title: "A\\x01"\nbase_url: https://example.org/\ntimezone: UTC\n', 1),
    ],
)
def test_in_tables_and_settings_too(make_site: MakeSite, path: str, text: str, line: int) -> None:
    result = make_site({**HOME, path: text}).build()
    assert [(problem.rule, problem.path, problem.line) for problem in result.problems] == [
        ("control-character", path, line)
    ]


def test_as_a_character_reference_it_is_left_out(make_site: MakeSite) -> None:
    """As browsers do with what the standard calls a parse error."""
    site = make_site({**HOME, NEWS: news(body="One&#1;two &#xFFFE; [three](https://example.org/&#2;x) &#x80;.")})
    assert site.build().ok
    texts = {
        path: data.decode() for path, data in site.files().items() if Path(path).suffix in (".html", ".xml", ".json")
    }
    assert {path: list(find_forbidden(text)) for path, text in texts.items() if list(find_forbidden(text))} == {}
    etree.fromstring(site.text("feed.xml").encode())
    assert "Onetwo" in site.text("announcements/news/")


@pytest.mark.parametrize("sign", FORBIDDEN, ids=ascii)
def test_the_quick_look_misses_none(sign: str) -> None:
    assert may_be_forbidden(f"a{sign}b".encode())
    assert not may_be_forbidden("Plain – text, déjà vu, 日本, 😀\t\r\n".replace("déjà", "deja").encode())
