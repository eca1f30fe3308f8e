"""The components of the default theme: what they refuse, and what they show of records that are not published."""

from __future__ import annotations

import pytest

from tests.theme.conftest import make_picture

PAGE = "---\ntitle: A page\n---\n"


@pytest.fixture
def build(make_site):
    """Builds a page with a text; gives the site and (rule, line) of each problem."""

    def build_text(text, **files):
        site = make_site(
            {
                "content/pages/a.md": PAGE + text,
                "content/pages/cup.jpg": make_picture(),
                "content/data/scores.csv": "name,points\nA,3\n",
                **files,
            }
        )
        result = site.build()
        return site, [(problem.rule, problem.line) for problem in result.problems]

    return build_text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("::: figure cup.jpg :::\n", "missing-alt"),
        ("::: figure cup.png alt=Cup :::\n", "missing-image"),
        ("::: figure :::\n", "missing-parameter"),
        ("::: quote :::\n", "missing-body"),
        ("::: disclosure :::\n", "missing-body"),
        ("::: faq :::\n", "missing-body"),
        ("::: cta label=Go :::\n", "missing-parameter"),
        ("::: cta label=Go url=/nowhere/ :::\n", "broken-link"),
        ("::: quote nobody :::\n", "unknown-reference"),
        ("::: table points :::\n", "unknown-table"),
        ('::: table scores columns="name, score" :::\n', "unknown-column"),
        ("::: download rules.pdf :::\n", "missing-file"),
        ("::: metric 3 as_of=May :::\n", "bad-parameter"),
        ("::: metric 3 since=2026-01-01 :::\n", "unknown-parameter"),
        ("::: figur cup.jpg :::\n", "unknown-component"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(build, text, rule):
    assert build(f"Words.\n\n{text}")[1] == [(rule, 6)]


def test_a_decorative_picture_needs_no_words(build):
    site, problems = build("::: figure cup.jpg decorative=true :::\n")
    assert problems == []
    assert 'alt=""' in site.text("a/")


def test_words_of_a_text_are_no_markup(build):
    site, problems = build('::: disclosure text="<b>A & B</b>" :::\n')
    assert problems == []
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in site.text("a/")


def test_text_before_the_first_heading_of_a_faq_is_kept(build):
    site, problems = build("::: faq\nAsk us.\n\n## Twice?\nNo.\n:::\n")
    assert problems == []
    assert "<p>Ask us.</p>" in site.text("a/")
    assert site.text("a/").count("<details>") == 1
