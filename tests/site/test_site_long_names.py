"""Names that no file system or host takes: told where they were written, before anything is made."""

from __future__ import annotations

import pytest

LONG = "x" * 300


def errors(result):
    return [(p.path, p.line, p.rule) for p in result.problems if p.severity == "error"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (f"slug: {LONG}", "too-long"),
        (f"tags: [{LONG}]", "too-long"),
        (f"tags: [{'日' * 100}]", "too-long"),
        (f"aliases: [/{LONG}/]", "reserved-name"),
        (f"aliases: [/a/{LONG}.html]", "reserved-name"),
        ("aliases: [/.twinsite-manifest]", "reserved-name"),
        ("aliases: [/../x/]", "not-an-alias"),
        ("aliases: [/./x/]", "not-an-alias"),
        ("aliases: [/%2e%2e/x/]", "not-an-alias"),
        ("aliases: [/a%0a/]", "not-an-alias"),
    ],
)
def test_a_name_that_cannot_be_published(make_site, line, rule):
    site = make_site({"content/pages/about.md": f"---\ntitle: About\n{line}\n---\nHello.\n"})
    result = site.build(use_cache=False)
    assert errors(result) == [("content/pages/about.md", 3, rule)]
    assert not site.output.exists()


def test_names_as_long_as_can_be(make_site):
    slug = "x" * 200
    text = f"---\ntitle: About\nslug: {slug}\ntags: [{slug}]\naliases: [/{'y' * 255}/]\n---\nHello.\n"
    site = make_site({"content/pages/about.md": text})
    assert errors(site.build(use_cache=False)) == []
    assert (site.output / slug / "index.html").is_file()


def test_a_permalink_that_makes_a_name_too_long(make_site):
    settings = "title: B\nbase_url: https://example.org/\ntimezone: UTC\npermalinks: {page: '/%s{slug}/'}\n" % (
        "y" * 100
    )
    site = make_site({"content/pages/about.md": f"---\ntitle: A\nslug: {'x' * 200}\n---\n"}, settings)
    result = site.build(use_cache=False)
    assert [(p.path, p.rule) for p in result.problems] == [("content/pages/about.md", "reserved-name")]
    assert 'a name of 300 letters ("yyyy' in result.problems[0].message
