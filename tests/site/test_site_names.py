"""Files with every sort of name: each is published at an address that works, or told of; nothing breaks."""

from __future__ import annotations

import sys
import unicodedata
from urllib.parse import quote

import pytest
from lxml import etree

from tests.conftest import MakeSite
from tests.support.files import find_dead_links
from tests.support.machine import find_feed_faults, find_sitemap_faults
from tests.support.markup import find_faults

HOME = {"content/index.md": "---\ntitle: Home\n---\n"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'
GOOD = [
    "a b", "a.b", "-a", "A", "con", "it's", "q&a", "ß",
    unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café"),
    "עברית", "日本語", "😀", "a\u200bb", "n" * 240,
]  # fmt: skip
POSIX = ['a"b', "a<b", "a:b"]
AMBIGUOUS = ["50%", "a%20b", "a#b"]
ALL = GOOD if sys.platform == "win32" else [*GOOD, *POSIX]
pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="its file system changes names")


def news(body: str = "Words.", more: str = "") -> str:
    return f"---\ntitle: News\ndate: 2026-03-04\ntags: [tea]\n{more}---\n\n{body}\n"


@pytest.mark.parametrize("name", ALL, ids=ascii)
def test_a_name_that_can_be_published(make_site: MakeSite, name: str) -> None:
    """As a record, a page, a plain file and a picture at once; every link of the site leads somewhere."""
    quoted = f'"{name}.svg"'.replace('""', '"\\"') if '"' not in name else "'" + name + ".svg'"
    picture = f"image: {{src: {quoted}, alt: A leaf}}\n" if ":" not in name else ""
    files = {
        f"content/announcements/{name}.md": news(
            f"![A leaf]({quote(name)}.svg)\n\n[Get it]({quote(name)}.svg)", picture
        ),
        f"content/announcements/{name}.svg": SVG,
        f"content/pages/{name}.md": "---\ntitle: Page\n---\n",
        f"content/static/{name}.txt": "x",
    }
    site = make_site({**HOME, **files})
    result = site.build()
    assert result.ok, result.problems
    assert find_dead_links(site.output) == []
    assert find_feed_faults(site.output.joinpath("feed.xml").read_bytes()) == []
    assert find_sitemap_faults(site.output.joinpath("sitemap.xml").read_bytes()) == []
    assert all(found.text.isascii() for found in etree.fromstring(site.text("sitemap.xml").encode()).iter("{*}loc"))
    pages = [site.text(path) for path in site.files() if path.endswith(".html")]
    assert [fault for page in pages for fault in find_faults(page)] == []
    assert f"{name}.txt" in site.files()


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_name_that_no_address_can_have_is_told(make_site: MakeSite, name: str) -> None:
    """In an address ``%``, ``?`` and ``#`` mean something else; hosts disagree on what."""
    result = make_site({**HOME, f"content/static/{name}.txt": "x"}).build()
    assert [(problem.rule, problem.path) for problem in result.problems] == [
        ("reserved-name", f"content/static/{name}.txt")
    ]


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_picture_and_a_record_may_have_any_name(make_site: MakeSite, name: str) -> None:
    """It is published under a name of its own, and found as written or as an address."""
    body = f"![A leaf]({quote(name)}.svg)\n\n[Get it]({quote(name)}.svg)"
    files = {
        "content/announcements/news.md": news(body, f'image: {{src: "{name}.svg", alt: A leaf}}\n'),
        f"content/announcements/{name}.svg": SVG,
        f"content/announcements/{name}.md": news(),
    }
    site = make_site({**HOME, **files})
    result = site.build()
    assert result.ok, result.problems
    assert find_dead_links(site.output) == []


def test_pictures_with_very_long_names_are_published(make_site: MakeSite) -> None:
    name = "é" * 125
    files = {f"content/announcements/{name}.svg": SVG, "content/announcements/news.md": news(f"![A leaf]({name}.svg)")}
    site = make_site({**HOME, **files})
    assert site.build().ok
    assert find_dead_links(site.output) == []


def test_a_line_end_in_a_name_is_told(make_site: MakeSite) -> None:
    if sys.platform == "win32":
        pytest.skip("no such name there")
    result = make_site({**HOME, "content/static/a\nb.txt": "x"}).build()
    assert [problem.rule for problem in result.problems] == ["reserved-name"]
