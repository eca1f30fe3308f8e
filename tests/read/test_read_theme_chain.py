"""A site's own theme over the default one: single files, single blocks, own words, own components."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.support.files import find_dead_links
from tests.support.site import SETTINGS, Site

PAGES = {
    "content/index.md": "---\ntitle: Home\n---\n\nHello.\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\n::: badge level=3\nWe **mend**.\n:::\n",
    "content/announcements/news.md": "---\ntitle: News\ndate: 2026-01-01\n---\n\nWords.\n",
}
THEME = {
    "themes/ours/theme.yaml": "name: Ours\nextends: default\nstylesheets: [ours.css]\nsettings: {tone: calm}\n",
    "themes/ours/assets/ours.css": "main { max-width: 40rem }\n",
    "themes/ours/templates/base.html": (
        '{% extends "parent:base.html" %}{% block footer %}<p>{{ frame.t.ours }} {{ frame.theme.tone }}</p>'
        "{{ super() }}{% endblock %}\n"
    ),
    "themes/ours/templates/404.html": "<!doctype html><title>Gone</title><p>{{ frame.t.ours }}</p>\n",
    "themes/ours/strings/en.yaml": "ours: Made by us\nmenu: Our menu\n",
    "themes/ours/strings/de.yaml": "ours: Von uns\n",
    "themes/ours/components/badge.yaml": "body: required\nparameters:\n  level: {type: whole, required: yes}\n",
    "themes/ours/components/badge.html": (
        '<div class="badge-{{ component.level }}">{{ component.body | fill(frame) }}</div>\n'
    ),
}
OURS = SETTINGS + "theme: ours\n"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    made = make_site({**PAGES, **THEME}, OURS)
    result = made.build()
    assert result.ok, result.problems
    return made


def test_one_block_is_overridden_on_every_page(site: Site) -> None:
    for path in ("", "about/", "announcements/", "announcements/news/"):
        text = site.text(path)
        assert "<p>Made by us calm</p>" in text
        assert "<main" in text, "the rest is as the default theme has it"


def test_one_file_is_replaced_whole(site: Site) -> None:
    assert site.text("404.html") == "<!doctype html><title>Gone</title><p>Made by us</p>\n"


def test_style_sheets_come_after_those_of_the_parent(site: Site) -> None:
    text = site.text("")
    sheets = [part.split('"')[0] for part in text.split('<link rel="stylesheet" href="')[1:]]
    assert len(sheets) >= 2
    assert "ours." in sheets[-1]
    assert find_dead_links(site.output) == []


def test_own_components_are_checked_and_shown(site: Site) -> None:
    assert '<div class="badge-3"><p>We <strong>mend</strong>.</p>' in site.text("about/")
    site.write("content/pages/about.md", "---\ntitle: About\n---\n\n::: badge level=high\nX.\n:::\n")
    (problem,) = site.build().problems
    assert (problem.rule, problem.line) == ("bad-parameter", 5)


def test_own_words_win_and_others_stay(make_site: MakeSite, site: Site) -> None:
    german = make_site({**PAGES, **THEME}, OURS + "language: de\n")
    assert german.build().ok
    assert "<p>Von uns calm</p>" in german.text("")
    plain = make_site({key: text for key, text in PAGES.items() if "about" not in key}, SETTINGS)
    assert plain.build().ok
    assert "Made by us" not in plain.text("")


def test_a_changed_component_renders_only_the_pages_that_use_it(site: Site) -> None:
    site.write("themes/ours/components/badge.html", "<b>{{ component.body | fill(frame) }}</b>\n")
    result = site.build()
    assert result.rendered == 1
    assert "<b><p>We" in site.text("about/")


def test_a_block_may_be_overridden_by_each_theme_of_a_chain(make_site: MakeSite) -> None:
    child = {
        "themes/child/theme.yaml": "name: Child\nextends: ours\nsettings: {tone: loud}\n",
        "themes/child/templates/base.html": (
            '{% extends "parent:base.html" %}{% block footer %}<p>Child</p>{{ super() }}{% endblock %}\n'
        ),
    }
    site = make_site({**PAGES, **THEME, **child}, SETTINGS + "theme: child\n")
    assert site.build().ok
    text = site.text("about/")
    assert text.index("<p>Child</p>") < text.index("<p>Made by us loud</p>")


def test_a_site_may_change_the_default_theme_under_its_own_name(make_site: MakeSite) -> None:
    """``themes/default`` of a site extends the one that comes with Twinsite, not itself."""
    files = {
        "themes/default/theme.yaml": "name: Default\nextends: default\n",
        "themes/default/templates/base.html": (
            '{% extends "parent:base.html" %}{% block footer %}<p>Ours</p>{{ super() }}{% endblock %}\n'
        ),
    }
    pages = {key: text for key, text in PAGES.items() if "about" not in key}
    site = make_site({**pages, **files}, SETTINGS)
    result = site.build()
    assert result.ok, result.problems
    assert "<main" in site.text("")
    assert site.text("").count("<p>Ours</p>") == 1


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        ("themes/ours/templates/base.html", '{% extends "parent:basis.html" %}', "missing-template"),
        ("themes/ours/templates/base.html", '{% extends "parent:base.html" %}{% block footer %}', "template-syntax"),
        ("themes/ours/templates/404.html", "{{ frame.t.oars }}", "template-error"),
        ("themes/ours/theme.yaml", "extends: defualt\n", "unknown-theme"),
        ("themes/ours/theme.yaml", "extends: ours\n", "endless-theme"),
        ("themes/ours/theme.yaml", "extends: default\nstylesheet: [ours.css]\n", "unknown-field"),
        ("themes/ours/theme.yaml", "extends: default\nstylesheets: [hours.css]\n", "missing-asset"),
        ("themes/ours/components/badge.yaml", "parameters: {level: {type: number}}\n", "bad-component-schema"),
    ],
)
def test_mistakes_of_a_theme_are_told_in_its_own_file(site: Site, path: str, text: str, rule: str) -> None:
    before = site.files()
    site.write(path, text)
    result = site.build()
    assert rule in [problem.rule for problem in result.problems]
    assert {problem.path for problem in result.problems if problem.rule == rule} == {path}
    assert site.files() == before
