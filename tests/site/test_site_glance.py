"""A glance: the page of a saved record, before the site is built, is the very page that the build leaves; where only a
build can tell, there is none. That both agree whatever is edited is shown by ``tests/serve/test_serve_edits.py``.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.previewed import Previewed
from tests.support.site import NOW, SETTINGS
from tests.support.texts import announcement, page, showcase, twintern

FILES = {
    "content/twinterns/ana.md": twintern(),
    "content/announcements/a.md": announcement("Alpha", "2026-05-01", "tags: [soap]\n"),
    "content/announcements/b.md": announcement("Beta", "2026-05-01", "tags: [soap]\n"),
    "content/announcements/c.md": announcement("Gamma", "2026-05-01", "tags: [soap]\n"),
    "content/pages/about.md": page(body="We are. See [alpha](../announcements/a.md).\n"),
    "content/pages/contact.md": page("Contact"),
}
A = "content/announcements/a.md"
ABOUT = "content/pages/about.md"


@pytest.fixture
def shown(make_site):
    return Previewed(make_site(FILES))


def look(shown: Previewed, path: str, text: str, *others: str) -> set[str]:
    """The pages that a glance gives for a file, once it is sure that the build leaves the same."""
    shown.site.write(path, text)
    seen = shown.glance(path, *others)
    assert shown.build(path, *others).ok
    files = shown.site.files()
    assert {name: files[name] for name in seen} == seen
    return set(seen)


def test_a_body_a_summary_and_a_title_are_seen_at_once(shown):
    assert look(shown, ABOUT, page(body="We are other words.\n\nMore.\n")) == {"about/index.html"}
    assert "other words" in shown.site.text("about/")
    assert look(shown, ABOUT, page("Whom you meet")) == {"about/index.html"}
    assert "Whom you meet" in shown.site.text("about/")
    assert look(shown, ABOUT, page("Whom you meet", "summary: In short.\n")) == {"about/index.html"}


def test_a_title_by_which_a_record_moves_in_lists_is_seen_at_once(shown):
    path = "announcements/a/index.html"
    for title in ("Zeta", "Beta and a half", "Alpha"):
        assert look(shown, A, announcement(title, "2026-05-01", "tags: [soap]\n", f"About {title}.")) == {path}


def test_new_links_and_a_name_that_others_show_on_the_same_page_are_seen_at_once(make_site):
    body = "See [this](a.md) and [us](../pages/about.md)."
    shown = Previewed(make_site(FILES | {"content/showcases/s.md": showcase(more="twintern: ana\n")}))
    assert look(shown, A, announcement("Omega", "2026-05-01", "tags: [soap]\n", body))
    name = "content/twinterns/ana.md"
    assert look(shown, name, twintern("Ana Maria Ruiz")) >= {"twinterns/ana/index.html"}
    assert "Ana Maria Ruiz" in shown.site.text("twinterns/ana/")


def test_several_saves_in_a_row_and_together_are_each_seen(shown):
    for number in range(3):
        assert look(shown, ABOUT, page(body=f"Words {number}.")) == {"about/index.html"}
    shown.site.write(A, announcement("Alpha", "2026-05-01", "tags: [soap]\n", "Together."))
    assert look(shown, ABOUT, page(body="Together."), A) == {"about/index.html", "announcements/a/index.html"}


def test_what_was_not_built_yet_counts_from_the_last_build(shown):
    shown.site.write(ABOUT, page("First"))
    assert b"First" in shown.glance(ABOUT)["about/index.html"]
    assert look(shown, ABOUT, page("Second")) == {"about/index.html"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(A, announcement("Alpha", "2026-05-01", "tags: [new]\n"), id="another-tag"),
        pytest.param(A, announcement("Alpha", "2026-05-02", "tags: [soap]\n"), id="another-day"),
        pytest.param(A, announcement("Alpha", "2026-05-01", "tags: [soap]\nslug: other\n"), id="another-address"),
        pytest.param(A, announcement("Alpha", "2026-05-01", "tags: [soap]\ndraft: yes\n"), id="withheld"),
        pytest.param("content/announcements/d.md", announcement("Delta"), id="a-new-record"),
        pytest.param("content/announcements/_index.md", "---\ntitle: News of ours\n---\n", id="a-list"),
        pytest.param("content/data/x.csv", "a,b\n1,2\n", id="a-table"),
    ],
)
def test_of_what_part_of_the_site_hangs_on_only_the_build_tells(shown, path, text):
    assert look(shown, path, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\ntitle: [\n---\n", id="yaml"),
        pytest.param(page(more="date: yesterday\n"), id="a-field"),
        pytest.param(page(body="[gone](gone.md)"), id="a-broken-link"),
        pytest.param(page(body="![A picture](new.png)"), id="a-picture-that-is-not-there"),
        pytest.param("", id="empty"),
    ],
)
def test_a_record_with_an_error_is_never_seen_before_the_build_tells_it(shown, text):
    shown.site.write(ABOUT, text)
    assert shown.glance(ABOUT) == {}
    assert not shown.build(ABOUT).ok


def test_a_deleted_file_and_a_memory_without_a_build_show_nothing(shown):
    shown.site.delete(A)
    assert shown.glance(A) == {}
    shown.memory.remember("left", None)
    assert shown.glance(ABOUT) == {}


def test_at_another_time_only_the_build_tells(make_site):
    opens = "publish_at: 2026-06-02T12:00\n"
    shown = Previewed(make_site(FILES | {"content/pages/later.md": page("Later", opens)}))
    shown.site.write(ABOUT, page(body="New words."))
    assert shown.glance(ABOUT, now=NOW + timedelta(hours=1))
    assert shown.glance(ABOUT, now=NOW + timedelta(days=2)) == {}


def test_an_anchor_to_which_the_menu_leads_waits_for_the_build(make_site):
    menu = f"{SETTINGS}menu: [{{label: Us, to: pages/about.md#words}}]\n"
    shown = Previewed(make_site(FILES | {ABOUT: page(body="We.\n\n## Words\n\nOf ours.")}, menu))
    assert look(shown, ABOUT, page(body="We.\n\n## Words\n\nOf theirs.")) == {"about/index.html"}
    assert look(shown, ABOUT, page(body="We.\n\n## Words\n\n## More\n\nOf theirs.")) == set()


def test_documents_of_a_record_are_seen_with_its_page(shown):
    from tests.support.texts import contest

    assert shown.save("content/contests/spring.md", contest()).ok
    found = look(shown, "content/contests/spring.md", contest(body="Enter now, or later."))
    assert "contests/spring/index.html" in found
    assert any(name.endswith(".ics") for name in found)


def test_where_a_tag_is_written_in_two_ways_a_record_that_moves_waits_for_the_build(make_site):
    two = {A: announcement("Alpha", "2026-05-01", "tags: [Soap]\n")}
    shown = Previewed(make_site(FILES | two))
    assert look(shown, A, announcement("Alpha", "2026-05-01", "tags: [Soap]\n", "More.")) != set()
    assert look(shown, A, announcement("Zeta", "2026-05-01", "tags: [Soap]\n", "More.")) == set()


WALL = """\
---
title: {}
medium: review
author: {{name: Kim}}
relationship: none
published: 2026-05-05
quote: Lovely.
permission: {{status: granted}}
tags: [soap]
twintern: ana
---

::: wall layout=grid limit=9 :::

::: wall layout=grid limit=9 tag=soap :::
"""


def test_a_page_that_lists_itself_shows_its_new_title_in_its_new_place(make_site):
    files = {f"content/showcases/{name}.md": WALL.format(name.upper()) for name in "xyz"}
    shown = Previewed(make_site(FILES | files))
    for title in ("ZZ", "YA", "A"):
        assert look(shown, "content/showcases/x.md", WALL.format(title)) == {"showcases/x/index.html"}
    name = "content/twinterns/ana.md"
    assert look(shown, name, twintern("Zoe Ruiz", body="See [this](ana.md).")) >= {"twinterns/ana/index.html"}
