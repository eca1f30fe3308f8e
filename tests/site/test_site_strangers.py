"""What Markdown written by strangers taught: small texts, each with a fault found among thousands of real files."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.support.markup import find_faults
from twinsite.render.facts import tell_ids_apart

ENGINES = ("commonmark", "python-markdown")
SETTINGS = """\
title: Brightleaf
base_url: https://example.org/
timezone: Europe/London
policies: {{broken_links: warning}}
markdown: {{engine: {engine}}}
"""


def build(make_site: MakeSite, body: str, engine: str = "commonmark") -> str:
    """The page that a text becomes; nothing is wrong with it but links."""
    page = f"---\ntitle: A page\n---\n\n{body}\n"
    site = make_site({"content/pages/about.md": page}, SETTINGS.format(engine=engine))
    result = site.build()
    assert result.ok, result.problems
    html = site.text("about/")
    assert find_faults(html) == []
    return html


@pytest.mark.parametrize("engine", ENGINES)
def test_a_badge_that_is_not_shown_leaves_a_link_with_words(make_site: MakeSite, engine: str) -> None:
    """Nearly every README begins with pictures from elsewhere inside links."""
    html = build(make_site, "[![Build status](https://badges.example/x.svg)](https://ci.example/x)", engine)
    assert '<a href="https://ci.example/x">Build status</a>' in html


@pytest.mark.parametrize("engine", ENGINES)
def test_an_old_named_place_can_be_linked_to(make_site: MakeSite, engine: str) -> None:
    """``<a name>`` is how places were named before ids; changelogs are full of it."""
    html = build(make_site, '<a name="old"></a>\n\n## New\n\nSee [above](#old).', engine)
    assert '<a id="old"' in html
    assert " name=" not in html.split("<main", 1)[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_heading_named_as_a_place_of_the_theme(make_site: MakeSite, engine: str) -> None:
    html = build(make_site, "## Content\n\nOne.\n\n## Content\n\nTwo. See [it](#content).", engine)
    assert html.count('id="content"') == html.count('id="content-1"') == 1


def test_ids_are_told_apart() -> None:
    """The first keeps its own; what looks like an id in a text is none."""
    html = '<p id="a">id="a" id="a"</p><b class="x" id="a">x</b><i id="a-2">y</i><u data-id="a" id="b">z</u>'
    assert tell_ids_apart(html) == html.replace('class="x" id="a"', 'class="x" id="a-3"')
    assert tell_ids_apart('<p id="q&amp;a"></p><p id="q&amp;a"></p>') == '<p id="q&amp;a"></p><p id="q&amp;a-2"></p>'


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "body",
    [
        "{{ a template of another generator }} {% raw %} text {% endraw %}",
        "<Tabs>\n<TabItem>\n\nWords.\n\n</TabItem>\n</Tabs>",
        "text <br> and <img src=x onerror=y> and </div> that was never opened",
        "* a\n    * b\n            * c\n\n          code?",
        "| a |\n|--|\n| `x|y` | more | than | wanted |",
        "[a]: <>\n[b]:\n[c\n\n[x][a] [y][b] [z][c]",
        "&nbsp;&copy;&#128512;&#x1F600;&unknown; &",
        "```\nnever closed\n\n    <script>",
        "<!-- a comment -- with -- hyphens -->\n\n<!-- never closed",
        "<details><summary>More</summary>\n\n- a\n- b\n\n</details>",
        "Term\n: meaning\n\n[^1]: nobody asks\n\n[^2]",
    ],
)
def test_texts_of_other_generators_become_pages(make_site: MakeSite, engine: str, body: str) -> None:
    build(make_site, f"Before.\n\n{body}\n\nAfter.", engine)
