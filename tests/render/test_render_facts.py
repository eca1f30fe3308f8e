"""The scan of a finished page finds what a full HTML parser finds."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twinsite.render.facts import Found, make_facts, make_scanner, read_tag, repeats_ids, scan_closely, tell_ids_apart
from twinsite.render.pieces import cut_page

LINKS = ("href", "src", "poster", "action")


def read_slowly(page: str) -> Found:
    """The same by html5lib."""
    ids: list[str] = []
    links: list[str] = []
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        canonical = element.tag == "link" and element.get("rel") == "canonical"
        for name, value in element.attrib.items():
            if name == "id" and value:
                ids.append(value)
            elif name == "srcset":
                links += [part.strip().split(" ")[0] for part in value.split(",")]
            elif name in LINKS and not (canonical and name == "href"):
                links.append(value)
    return Found(tuple(ids), tuple(links))


SIGNS = st.text(st.sampled_from("ab =&/#-'<>é\n"), max_size=8)
NAMES = st.sampled_from(("id", "href", "src", "srcset", "poster", "action", "class", "title", "data-id", "HREF", "rel"))
TAGS = st.sampled_from(("a", "p", "img", "b", "my-part", "em", "section", "link", "video"))


def scan(page: str) -> Found:
    return make_scanner()(cut_page(page.encode("utf-8", "surrogatepass")))


def quote(value: str, sign: str) -> str:
    return sign + value.replace("&", "&amp;").replace(sign, "&#34;" if sign == '"' else "&#39;") + sign


@st.composite
def tags(draw: st.DrawFn) -> str:
    """A start tag with its end, its attributes written in any of the ways that HTML knows."""
    name = draw(TAGS)
    written = {}
    for attribute in draw(st.lists(NAMES, max_size=4, unique_by=str.lower)):
        way = draw(st.sampled_from(('"', '"', '"', "'", "", " ")))
        if way in ('"', "'"):
            written[attribute] = f"{attribute}={quote(draw(SIGNS), way)}"
        else:
            plain = draw(st.text("ab#.-", min_size=1, max_size=5))
            written[attribute] = f"{attribute}={plain}" if way == "" else f'{attribute} = "{plain}"'
    gap = draw(st.sampled_from((" ", "\n", "  ")))
    start = "".join(gap + text for text in written.values())
    return f"<{name}{start}>" + ("" if name in ("img", "link") else f"{draw(TEXTS)}</{name}>")


TEXTS = st.text(st.sampled_from("ab =\"'&;-!é"), max_size=12).map(lambda text: text.replace("&", "&amp;"))
QUIET = st.sampled_from(
    (
        '<!-- <a href="no"> -->',
        '<!-- a -- b - <p id="no"> -->',
        '<script>let a = \'<a href="no">\' + "</a>" </script>',
        '<script type="application/ld+json">{"@id": "x", " id=": "y"}</script>',
        '<style>a[href="no"] > b { }</style>',
        '<textarea> id="no" <p id="no"></textarea>',
        '<title>x <p id="no"></title>',
        'in words: id="no" and href="no" &gt; end',
    )
)


@given(st.lists(st.one_of(tags(), TEXTS, QUIET), max_size=8).map("".join))
@settings(max_examples=200, deadline=None)
@example('<p title="a > b" id="x">')
@example("<p title='>' id='x'><!----><a href=y>")
@example('<a href="a&amp;b#c"></a><img srcset="a.jpg 1w, b.jpg 2w" src="b.jpg">')
@example('<script src="x.js" defer></script><a href="y">z</a>')
def test_finds_what_a_parser_finds(body: str) -> None:
    page = f"<!doctype html><html><head></head><body><div>{body}</div></body></html>"
    mine, theirs = scan(page), read_slowly(page)
    assert sorted(mine.ids) == sorted(theirs.ids)
    assert sorted(mine.links) == sorted(theirs.links)


PIECES = (
    *("<", ">", "</", "<!", "<!--", "-->", "<a", "<p", "<B", "<my-part", "<title", "</title", "<script", "</script>"),
    *(' href="x"', ' id="y"', ' class="z"', " datetime='w'", ' class="', " src=v", ' title="a > b"', ' HREF="u"'),
    *("/", "=", '"', "'", " ", "\n", "\t", "\x0b", "\xa0", "&amp;", "-", "é", "\ud800", "</textarea", "<textarea>"),
    *("</head>", "<main>", "<main", "</main>"),
    *("<meta", "<link", ' name="t"', ' content="s"', ' rel="canonical"', " name=", " content="),
    *('<a href="1">', '<p class="2">', '<h2 id="3">', "<title>", "</title>", "</SCRIPT>", '<script type="4">', "<td>"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
@settings(max_examples=1000, deadline=None)
@example('<title>a <b id="x"></title><p id="y">')
@example('<script src="a>b"></script><p id="y">')
@example('<p class="a>b" id="y"><a\thref="x">')
@example('<a href=">"></a>')
@example('<p></head><main><a title="</main>" href="x">')
@example('<a href="x"><textarea>')
@example('<p></head><main><!-- </main> --><a href="x">')
def test_the_quick_scan_finds_the_same(page: str) -> None:
    for whole in (page, f"<b></head>{page}<main>{page}</main>{page}"):
        assert scan(whole) == scan_closely(whole)


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ('<link rel="canonical" href="https://example.org/">', Found()),
        ('<link href="https://example.org/" rel="canonical">', Found()),
        ('<link rel="next" href="2/">', Found((), ("2/",))),
        ('<a id="x" href="../" id="y">', Found(("x",), ("../",))),
        ("<!-- no -->", Found()),
        ('<a href="">', Found((), ("",))),
        ('<a id="">', Found()),
        ('<a href="a&amp;b">', Found((), ("a&b",))),
        ('<img srcset="a.jpg 1w, b.jpg 2w">', Found((), ("a.jpg", "b.jpg"))),
        ('<h2 id="x>y">', Found(("x>y",))),
        ('<p title="href=">', Found()),
    ],
)
def test_what_a_tag_says(tag: str, found: Found) -> None:
    assert read_tag(tag) == found


def test_each_once_in_order() -> None:
    found = scan('<a href="b"></a><a href="a"></a><a href="b" id="q"></a>')
    assert make_facts(found, b"").links == ("b", "a")
    assert not repeats_ids(found)


def test_ids_that_repeat_are_found_and_told_apart() -> None:
    page = '<p id="a"></p><p id="a"></p>'
    assert repeats_ids(scan(page))
    assert not repeats_ids(scan(tell_ids_apart(page)))


def test_a_long_page_is_scanned_in_one_pass() -> None:
    page = "<!--" + "-" * 50_000 + "<p " + 'a="' * 20_000 + "<script>" * 5_000
    assert scan(page).ids == ()
