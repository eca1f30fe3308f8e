"""What was told of pages while they were made comes to what a look at every link of every page comes to, or nothing."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from twinsite.checks.links import check_leads, check_links
from twinsite.core.facts import PageFacts
from twinsite.core.leads import Leads
from twinsite.core.page import Page
from twinsite.render.told import Hearsay, Told

PATHS = ("index.html", "404.html", "a/index.html", "b/index.html", "a/c/index.html", "a/x%20y.html", "media/p.jpg")
ENDS = ("", "a/", "b/", "a/c/", "media/p.jpg", "a", "A/", "feed.xml", "a/x%20y.html", "a/x y.html", "c/", "nowhere/")
STARTS = ("", "../", "../../", "../../../", "/", "/base/", "./", "https://example.org/", "mailto:", "//", "http://[")
TAILS = ("", "", "", "#one", "#two", "#top", "?q=1", "#", "\x01")
LINKS = st.one_of(
    st.tuples(st.sampled_from(STARTS), st.sampled_from(ENDS), st.sampled_from(TAILS)).map("".join),
    st.sampled_from(("#one", "#two", "#top", "#", "", "https://ä.example/", "tel:+1")),
)
RIGHT = st.sampled_from(("a/", "b/", "a/c/", "a/#one", "a/?q=1", "%61/", "media/p.jpg", "feed.xml", ""))
IDS = st.lists(st.sampled_from(("one", "two")), unique=True).map(tuple)
ENCODE = msgspec.json.Encoder().encode


@st.composite
def sites(draw: st.DrawFn) -> list[tuple[Page, PageFacts, int]]:
    """Pages with their facts, and which of two processes made each; of half the sites all links are right."""
    rows = []
    right = draw(st.booleans())
    for path in PATHS[:6]:
        root = "../" * path.count("/")
        links = draw(st.lists(RIGHT.map(lambda end, root=root: f"{root}{end}") if right else LINKS, max_size=6))
        url = f"/{path.removesuffix('index.html')}"
        page = Page.of(url, path, "page.html", {"noindex": False}, source=f"{path}.md")
        rows.append((page, PageFacts("0" * 32, draw(IDS), tuple(dict.fromkeys(links))), draw(st.integers(0, 1))))
    return rows


@given(sites(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_was_told_is_enough_or_says_nothing(site: list[tuple[Page, PageFacts, int]], begun: bool) -> None:
    makers, hearsay, told = (Leads(), Leads()), Hearsay(), Told()
    pages = [page for page, _, _ in site][not begun :]
    for page, facts, maker in site[not begun :]:
        hearsay.take(page.path, makers[maker].tell(page.path, facts))
        told.take(page.path, ENCODE(facts))
    paths = [*PATHS, "feed.xml"]
    sure = check_links(pages, {page.path: told[page.path] for page in pages}, paths, "/base/", "error")
    quick = check_leads(pages, told, paths, "/base/", hearsay.targets, hearsay.others)
    wrong = any(problem.rule != "orphan-page" for problem in sure)
    assert quick == (None if wrong else sure)
    assert hearsay.count == len(pages)


@given(IDS, IDS, st.lists(LINKS, max_size=2).map(tuple), st.lists(LINKS, max_size=2).map(tuple), st.booleans())
def test_facts_that_are_still_encoded_name_the_same_as_decoded_ones(
    ids: tuple[str, ...], others: tuple[str, ...], links: tuple[str, ...], more: tuple[str, ...], encoded: bool
) -> None:
    now, before = PageFacts("1" * 32, ids, links), PageFacts("2" * 32, others, more)
    told = Told()
    told.take("a", ENCODE(now) if encoded else now)
    assert told.names_the_same("a", ENCODE(before)) == now.names_the_same(before)
    assert told.names_the_same("a", ENCODE(PageFacts("3" * 32, ids, links)))
    assert not told.names_the_same("a", None)
    assert not told.names_the_same("a", b"nonsense")
    assert not told.names_the_same("b", ENCODE(now))
    assert told["a"] == now
