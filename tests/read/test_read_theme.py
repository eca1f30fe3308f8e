"""Themes with mistakes: each gives one clear problem at its place, and nothing foreign is ever published."""

from __future__ import annotations

import os

import pytest

from tests.support.site import SETTINGS

PAGE = "---\ntitle: About\n---\nHello.\n\n::: k\n:::\n"
TEMPLATE = "<b>{{ component.name }}</b>"
OURS = "extends: default\n"


@pytest.fixture
def site(make_site):
    files = {
        "content/pages/about.md": PAGE,
        "themes/ours/theme.yaml": OURS,
        "themes/ours/components/k.yaml": "about: K\n",
        "themes/ours/components/k.html": TEMPLATE,
    }
    return make_site(files, SETTINGS + "theme: ours\n")


def tell(site, **options):
    """What is wrong: file, place, rule."""
    result = site.build(**options)
    return [
        (each.path, f"{each.line}:{each.column}" if each.line else "", each.rule)
        for each in result.problems
        if each.severity == "error"
    ]


def test_the_theme_is_good(site):
    assert tell(site) == []
    assert "<b>k</b>" in site.text("about/")


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("just words\n", "1:1", "not-fields"),
        ("- a\n", "1:1", "not-fields"),
        ("extends: [default]\n", "1:10", "list-for-value"),
        ("extends: {a: b}\n", "1:10", "mapping-for-value"),
        ("extends: ../ours\n", "1:10", "unknown-theme"),
        ("extends: " + "x" * 300 + "\n", "1:10", "unknown-theme"),
        (OURS + "name: [a]\n", "2:7", "list-for-value"),
        (OURS + "stylesheets: {a: b}\n", "2:14", "mapping-for-list"),
        (OURS + "stylesheets: [[a]]\n", "2:15", "list-for-value"),
        (OURS + "scripts: [https://evil.example/x.js]\n", "2:11", "missing-asset"),
        (OURS + "stylesheets: [../theme.yaml]\n", "2:15", "missing-asset"),
        (OURS + "settings: [a]\n", "2:11", "list-for-fields"),
        (OURS + "settings: words\n", "2:11", "value-for-fields"),
        (OURS + "settings: {tone: {a: b}}\n", "2:18", "mapping-for-value"),
    ],
)
def test_the_settings_of_a_theme(site, text, place, rule):
    site.write("themes/ours/theme.yaml", text)
    assert tell(site) == [("themes/ours/theme.yaml", place, rule)]


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("words\n", "1:1", "not-fields"),
        ("a: [b]\n", "1:4", "list-for-value"),
        ("a: {b: c}\n", "1:4", "mapping-for-value"),
    ],
)
def test_the_words_of_a_theme(site, text, place, rule):
    site.write("themes/ours/strings/en.yaml", text)
    assert tell(site) == [("themes/ours/strings/en.yaml", place, rule)]


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("", "1:1", "bad-component-schema"),
        ("parameters: [a]\n", "1:13", "list-for-fields"),
        ("parameters: {x: y}\n", "1:17", "value-for-fields"),
        ("parameters: {x: {type: [text]}}\n", "1:24", "list-for-value"),
        ("parameters: {x: {type: choice}}\n", "1:17", "bad-component-schema"),
        ("parameters: {x: {type: choice, of: [[a]]}}\n", "1:17", "bad-component-schema"),
        ("parameters: {x: {type: choice, of: [a], default: b}}\n", "1:50", "bad-component-schema"),
        ("parameters: {x: {type: ref}}\n", "1:17", "bad-component-schema"),
        ("parameters: {x: {type: ref, of: [contests]}}\n", "1:33", "bad-component-schema"),
        ("parameters: {x: {default: [a]}}\n", "1:27", "list-for-value"),
        ("parameters: {x: {type: whole, default: many}}\n", "1:40", "bad-component-schema"),
        ("parameters: {x: {type: names, of: [x]}}\n", "1:35", "bad-component-schema"),
        ("parameters: {x: {required: maybe}}\n", "1:28", "bad-component-schema"),
        ("parameters: {body: {type: text}}\n", "1:20", "bad-component-schema"),
        ("parameters: {a b: {type: text}}\n", "1:19", "bad-component-schema"),
        ("main: [x]\n", "1:7", "list-for-value"),
        ("main: x\n", "1:7", "bad-component-schema"),
        ("body: [none]\n", "1:7", "list-for-value"),
    ],
)
def test_the_schema_of_a_component(site, text, place, rule):
    site.write("themes/ours/components/k.yaml", text)
    problems = [problem for problem in tell(site) if "of: [[a]]" not in text or problem[2] == rule]
    assert problems == [("themes/ours/components/k.yaml", place, rule)]


def test_a_schema_without_a_template(site):
    site.delete("themes/ours/components/k.html")
    assert tell(site) == [("themes/ours/components/k.yaml", "1:1", "missing-template")]


@pytest.mark.parametrize(
    ("data", "place", "rule"),
    [
        ("é".encode("latin-1"), "1:1", "not-utf-8"),
        ("words".encode("utf-16"), "1:1", "not-utf-8"),
        (b"a\0b and more words", "1:2", "null-byte"),
        (b"\n\x01", "2:1", "control-character"),
    ],
)
@pytest.mark.parametrize("path", ["templates/page/card.html", "components/k.html", "assets/site.css"])
def test_files_that_are_no_text(site, path, data, place, rule):
    site.write(f"themes/ours/{path}", data)
    assert tell(site) == [(f"themes/ours/{path}", place, rule)]


def test_a_byte_order_mark_is_no_part_of_a_page(site):
    site.write("themes/ours/components/k.html", b"\xef\xbb\xbf<i>k</i>\r\n")
    assert tell(site) == []
    assert "\ufeff" not in site.text("about/")
    assert "\r" not in site.text("about/")


@pytest.mark.parametrize("path", ["strings/en.yaml", "components/k.yaml", "theme.yaml"])
def test_a_folder_where_a_file_should_be(site, path):
    if (site.folder / "themes/ours" / path).exists():
        site.delete(f"themes/ours/{path}")
    (site.folder / "themes/ours" / path).mkdir(parents=True)
    problems = tell(site)
    if path == "theme.yaml":
        assert problems == [("themes/ours/theme.yaml", "", "cannot-read")]
    else:
        # What is in such a folder would be files of the theme; the folder itself is none.
        assert [problem for problem in problems if problem[2] != "unknown-component"] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("path", ["theme.yaml", "components", "components/k.html", "components/k.yaml", ""])
def test_what_may_not_be_read(site, path):
    place = site.folder / "themes/ours" / path
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        assert {rule for _, _, rule in tell(site)} == {"cannot-read"}
    finally:
        place.chmod(mode)


@pytest.mark.parametrize("part", ["assets", "templates", "strings", "components"])
def test_links_lead_to_files_of_the_same_theme_only(site, tmp_path, part):
    (tmp_path / "secret.html").write_text("SECRET")
    folder = site.folder / "themes/ours" / part
    folder.mkdir(exist_ok=True)
    (folder / "secret.html").symlink_to(tmp_path / "secret.html")
    (folder / "all").symlink_to(tmp_path)
    (folder / "nothing").symlink_to("nowhere")
    shown = f"themes/ours/{part}"
    names = ("all", "nothing", "secret.html")
    assert tell(site) == [(f"{shown}/{name}", "", "link-outside-site") for name in names]


def test_a_folder_linked_into_itself(site):
    (site.folder / "themes/ours/assets").mkdir()
    (site.folder / "themes/ours/assets/again").symlink_to(".")
    assert tell(site) == [("themes/ours/assets/again", "", "symlink-loop")]


def test_what_editors_leave_behind_is_not_published(site):
    for name in ("site.css~", ".site.css.swp", "site.css.orig"):
        site.write(f"themes/ours/assets/{name}", "a{}")
    assert tell(site) == []
    assert not [path for path in site.files() if path.startswith("assets/") and "site.css" in path]


@pytest.mark.parametrize(
    "css", ["@import 'https://evil.example/x.css';", "a{b:url(//evil.example/x)}", "@import 'no.css';"]
)
def test_a_style_sheet_names_files_of_the_theme_only(site, css):
    site.write("themes/ours/assets/own.css", f"b{{}}\n{css}")
    assert tell(site) == [("themes/ours/assets/own.css", "2:1", "missing-asset")]


def test_style_sheets_that_ask_for_each_other(site):
    site.write("themes/ours/assets/a.css", "@import 'b.css';")
    site.write("themes/ours/assets/b.css", "@import url(a.css);")
    assert tell(site) == [("themes/ours/assets/b.css", "1:1", "missing-asset")]


def test_addresses_in_style_sheets(site):
    site.write("themes/ours/assets/css/own.css", (
        "/* url(no.png) */ @import 'more.css'; @import \"more.css\" screen;\n"
        "a{b:url(../dot.svg)} c{d:URL( '../dot.svg#x' )} e{f:url(data:image/png;base64,AA)} g{h:url(#i)}"
    ))  # fmt: skip
    site.write("themes/ours/assets/css/more.css", "k{}")
    site.write("themes/ours/assets/dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert tell(site) == []
    names = {path.split(".")[0].rpartition("/")[2]: path for path in site.files() if path.startswith("assets/")}
    more, dot = names["more"].rpartition("/")[2], names["dot"].rpartition("/")[2]
    assert site.text(names["own"]) == (
        f'/* url(no.png) */ @import "{more}"; @import "{more}" screen;\n'
        f'a{{b:url("../{dot}")}} c{{d:url("../{dot}#x")}} e{{f:url(data:image/png;base64,AA)}} g{{h:url(#i)}}'
    )
