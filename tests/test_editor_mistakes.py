"""Ordinary mistakes of editors, each in one file: one clear problem at the right line, and the old site as it was."""

from __future__ import annotations

import pytest

from tests.support.bad_sites import build_bad_site
from tests.support.site import write_site

PAGE, ANA, CUP = "content/pages/about.md", "content/twinterns/ana.md", "content/contests/cup.md"
BOMB = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def page(*fields: str, body: str = "Hello.\n") -> str:
    return "\n".join(["---", "title: About", *fields, "---", body])


def twintern(handle: str) -> str:
    return f"---\nname: Ana\nhandle: {handle}\nrelationship: none\n---\n"


MISTAKES: dict[str, tuple[str, str | bytes, str]] = {
    "a wrong key": (PAGE, page("sumary: x"), "3:1 unknown-field"),
    "a wrong type": (PAGE, page("weight: heavy"), "3:9 not-a-whole-number"),
    "a bad date": (PAGE, page("date: 1 June 2026"), "3:7 not-a-date"),
    "an unknown reference": (
        "content/announcements/a.md",
        "---\ntitle: A\ndate: 2026-05-01\ntwinterns: [nobody]\n---\n",
        "4:13 unknown-reference",
    ),
    "a tab": (PAGE, page("seo:", "\ttitle: x"), "4:1 tab-in-indentation"),
    "an at sign": (ANA, twintern("@x"), "3:9 needs-quotes"),
    "a hash": (ANA, twintern("#x"), "3:9 needs-quotes"),
    "a mistake after a byte-order mark": (PAGE, "\ufeff" + page("sumary: x"), "3:1 unknown-field"),
    "a mistake among Windows line ends": (PAGE, page("sumary: x").replace("\n", "\r\n"), "3:1 unknown-field"),
    "Latin-1": (PAGE, page("summary: Café").encode("latin-1"), "3:13 not-utf-8"),
    "UTF-16": (PAGE, page().encode("utf-16"), "1:1 not-utf-8"),
    "a null byte": (PAGE, page(body="a\0b\n"), "4:2 null-byte"),
    "an empty file": (PAGE, "", "1:1 empty-file"),
    "no fence": (PAGE, "title: About\n", "1:1 missing-front-matter"),
    "no second fence": (PAGE, "---\ntitle: About\n\nHello.\n", "1:1 unclosed-front-matter"),
    "a dash for a fence": (PAGE, "---\ntitle: About\n—\nHello.\n", "3:1 bad-fence"),
    "a key twice": (PAGE, page("title: Us"), "3:1 duplicate-key"),
    "a missing picture": (PAGE, page(body="![The team](team.jpg)\n"), "4:1 missing-image"),
    "two megabytes of front matter": (PAGE, page("summary: " + "word " * 400_000), "1:1 front-matter-too-large"),
    "100,000 brackets": (PAGE, page("tags: " + "[" * 100_000), "3:56 too-deep"),
    "100,000 hyphens": (PAGE, page("tags:", "- " * 100_000), "4:99 too-deep"),
    "an alias bomb": (PAGE, page("a: &a [x]", BOMB), "3:4 yaml-anchor"),
    "a tag": (PAGE, page("weight: !!python/object:os.system x"), "3:9 yaml-tag"),
    "an unknown folder": ("content/blog/a.md", page(), "None:None unknown-folder"),
    "marks of a merge": (PAGE, page(body="<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> b\n"), "4:1 merge-conflict"),
    "a no-break space": (PAGE, page("draft:\u00a0no"), "3:7 missing-space"),
    "a no-break space before a name": (
        PAGE,
        page("seo:", "\u00a0\u00a0noindex: yes", "  title: x"),
        "4:1 bad-indentation",
    ),
    "a comma in a number in braces": (
        "content/products/a.md",
        "---\ntitle: A\nprice: {amount: 48,50, currency: GBP}\n---\n",
        "3:20 missing-colon",
    ),
    "a missing brace": (PAGE, page("image: {src: a.jpg, alt: A", "draft: no"), "3:8 unclosed-bracket"),
    "a brace instead of a bracket": (PAGE, page("seo: {title: [a, b}"), "3:14 unclosed-bracket"),
    "a hash in braces": (PAGE, page('seo: {title: #win, description: "x"}'), "3:14 needs-quotes"),
    "a hyphen without its space": (PAGE, page("aliases:", "  - /a/", "  -/b/"), "5:3 missing-space"),
    "a long text without its indentation": (PAGE, page("summary: |", "Hello there."), "4:1 bad-indentation"),
    "an at sign in a list": (PAGE, page("tags: [a, @b]"), "3:11 needs-quotes"),
    "brackets in the settings": ("site.yaml", "menu: " + "[" * 100_000, "1:56 too-deep"),
    "brackets in a table": ("content/data/a.yaml", "[" * 100_000, "1:51 too-deep"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_problem_at_its_place(name, tmp_path):
    path, content, expected = MISTAKES[name]
    site = write_site(tmp_path, {"content/pages/old.md": page()})
    assert site.build(jobs=1).ok
    before = site.files()
    site.write(path, content.encode() if isinstance(content, str) else content)
    problems = site.build(jobs=1).problems
    assert [f"{problem.line}:{problem.column} {problem.rule}" for problem in problems] == [expected]
    assert {problem.path.startswith(path.rpartition("/")[0]) for problem in problems} == {True}
    outcome = build_bad_site(site.folder, site.output)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    assert site.files() == before


@pytest.mark.parametrize("content", ["\ufeff" + page(), page().replace("\n", "\r\n"), page().replace("\n", "\r")])
def test_a_byte_order_mark_and_foreign_line_ends_are_no_mistakes(content, tmp_path):
    site = write_site(tmp_path, {PAGE: content.encode()})
    result = site.build(jobs=1)
    assert (result.ok, result.problems) == (True, ())
    assert "<p>Hello.</p>" in site.text("about/")
