"""``explain``: which part of a page or which template made it render again, for every kind of output; and errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.bare import BARE
from tests.support.command import run_command
from tests.support.site import SETTINGS, Site, write_site
from twinsite.cache.memory import MemoryStore
from twinsite.core.page import Document, view_key
from twinsite.render.keys import Parts
from twinsite.render.reasons import encode_reason, read_parts, read_reason, reason_key

ONE, TWO, LIST, OTHER = "/announcements/one/", "/announcements/two/", "/announcements/", "/about/"
THEMED = SETTINGS + "theme: mine\n"
FILE = "content/announcements/one.md"
REUSED = "The next build reuses it."
SHARED = "what every page shows (site.yaml, menu, theme, Twinsite itself)"
LISTED = "the template announcement/list.html or one it uses"


def write_news(title: str = "One", body: str = "Words.") -> str:
    return f"---\ntitle: {title}\ndate: 2026-05-01\nsummary: A summary.\n---\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    files = {
        **BARE,
        FILE: write_news(),
        "content/announcements/two.md": write_news("Two").replace("05-01", "05-02"),
        "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
        "content/static/plain.txt": "Plain.",
    }
    made = write_site(tmp_path, files, THEMED)
    assert made.build(jobs=1).ok
    return made


def explain(site: Site, path: str) -> list[str]:
    """The sentences about a path."""
    outcome = run_command("explain", path, "--site", site.folder, "--now", "2026-06-01T12:00:00Z")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()


def check_change(site: Site, path: str, content: str, expected: dict[str, str]) -> None:
    """Before and after the build, ``explain`` must name for each address what made it render again, and of all others
    say that they are reused and what was true of them before.
    """
    addresses = (ONE, TWO, LIST, OTHER, "/feed.xml", "/sitemap.xml")
    before = {address: explain(site, address)[-2] for address in addresses}
    site.write(path, content)
    for address in addresses:
        coming = f"The next build renders it again, because of {expected.get(address)}."
        assert explain(site, address)[-1] == (coming if address in expected else REUSED), address
    assert site.build(jobs=1).ok
    for address in addresses:
        last = f"It was last rendered because of {expected[address]}." if address in expected else before[address]
        assert explain(site, address)[-2:] == [last, REUSED], address


def test_a_body(site: Site) -> None:
    check_change(site, FILE, write_news(body="Other words."), {ONE: "its body, its words"})


def test_a_title(site: Site) -> None:
    parts = "its jsonld, its record, its seo_title, its title"
    expected = {ONE: parts, TWO: "its prev", LIST: "its cards", "/feed.xml": "its entries"}
    check_change(site, FILE, write_news("Uno"), expected)


def test_a_template(site: Site) -> None:
    text = '{% extends "parent:announcement/page.html" %}{% block footer %}Ours{% endblock %}'
    template = "the template announcement/page.html or one it uses"
    # A list takes the template of each card by a computed name, which may be any of the theme.
    check_change(
        site, "themes/mine/templates/announcement/page.html", text, {ONE: template, TWO: template, LIST: LISTED}
    )


def test_the_settings(site: Site) -> None:
    page = f"its crumbs, its jsonld, {SHARED}"
    expected = {
        **dict.fromkeys((ONE, TWO, OTHER), page),
        LIST: f"its crumbs, its feeds, {SHARED}",
        "/feed.xml": f"its author, its title, {SHARED}",
        "/sitemap.xml": SHARED,
    }
    check_change(site, "site.yaml", THEMED.replace("Brightleaf", "Greenleaf"), expected)


def test_what_is_undone_is_reused(site: Site) -> None:
    site.write(FILE, write_news(body="Other words."))
    assert site.build(jobs=1).rendered == 1
    site.write(FILE, write_news())
    assert explain(site, ONE)[-2:] == ["It was last rendered because of its body, its words.", REUSED]
    assert site.build(jobs=1).rendered == 0


def test_a_view_that_is_forgotten_is_not_guessed_at(tmp_path: Path) -> None:
    """A page may go back to what it was, be taken over from the cache for long, and then change again."""
    cache = MemoryStore()
    new, old = (Document.of("a.xml", "machine/a.xml", {"title": title, "words": "Same."}) for title in ("New", "Old"))
    parts = {page.digest: Parts("shared", {"machine/a.xml": "1"}, page.digest) for page in (new, old)}
    cache.put(view_key(new), new.encoded.get())
    cache.put(reason_key("a.xml"), encode_reason(parts[old.digest], None))
    assert read_parts([old], cache)["a.xml"] == read_parts([new], cache)["a.xml"] == parts[old.digest]
    cache.put(reason_key("a.xml"), encode_reason(parts[new.digest], read_parts([new], cache)["a.xml"]))
    assert (found := read_reason("a.xml", cache))
    assert found.changed == ("what it shows",)
    cache.put(view_key(old), old.encoded.get())
    cache.put(reason_key("a.xml"), encode_reason(parts[old.digest], read_parts([old], cache)["a.xml"]))
    assert (found := read_reason("a.xml", cache))
    assert found.changed == ("its title",)


def test_before_the_first_build(tmp_path: Path) -> None:
    site = write_site(tmp_path, {**BARE, FILE: write_news()}, THEMED)
    coming = "It has not been rendered yet with this cache: the next build renders it."
    assert explain(site, FILE)[-1] == explain(site, LIST)[-1] == explain(site, "/feed.xml")[-1] == coming
    assert not site.output.exists()


def test_other_files_are_explained_by_their_address(site: Site) -> None:
    assert explain(site, "/feed.xml") == [
        "/feed.xml is made by Twinsite; it has no file of its own.",
        "The file feed.xml is made with machine/feed.xml.",
        "It was last rendered because it was new.",
        REUSED,
    ]
    assert "The file robots.txt is made with machine/robots.txt." in explain(site, "/robots.txt")
    assert "The page 404.html is made with 404.html." in explain(site, "/404.html")
    assert explain(site, "/plain.txt")[1:] == ["It is a copy of content/static/plain.txt."]
    (sheet,) = (path for path in site.files() if path.endswith(".css"))
    assert len(explain(site, f"/{sheet}")) == 2


def test_a_picture_is_explained_by_its_address(site: Site) -> None:
    from tests.support.edits import make_picture

    site.write("content/pages/cup.jpg", make_picture(1))
    site.write("content/pages/about.md", "---\ntitle: About\n---\n![A cup](cup.jpg)\n")
    assert site.build(jobs=1).ok
    pictures = [path for path in site.files() if path.startswith("media/cup.")]
    assert pictures
    assert all("made from content/pages/cup.jpg" in explain(site, f"/{path}")[1] for path in pictures)


def test_errors_elsewhere_keep_a_record_from_being_published(site: Site) -> None:
    site.write("content/pages/wrong.md", "---\ntitel: Wrong\n---\n")
    site.write(FILE, write_news("Uno"))
    stopped = "No build changes anything until the errors are mended. twinsite check shows them."
    assert explain(site, FILE) == [
        f'{FILE} (announcement "Uno") would be published at {ONE} at 2026-06-01 13:00 BST, but the site has errors.',
        stopped,
        "It will not change by itself.",
        "The page announcements/one/index.html is made with announcement/page.html.",
        "It was last rendered because it was new.",
    ]
    assert explain(site, LIST)[1] == stopped
    site.delete("content/pages/wrong.md")
    assert " is published at " in explain(site, FILE)[0]


def test_a_wrong_address_is_met_with_the_nearest_right_one(site: Site) -> None:
    outcome = run_command("explain", "/fed.xml", "--site", site.folder)
    assert outcome.code == 1
    assert 'Did you mean "/feed.xml"?' in outcome.err
