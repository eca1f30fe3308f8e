"""A build shows the site of one moment: where a file changes while it goes on, it begins anew, or says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from twinsite.core.problem import Problem
from twinsite.core.request import no_progress

PAGE = "---\ntitle: Visit\n---\nOpen on {}.\n"
TEMPLATE = "{% extends 'parent:page/page.html' %}{% block text %}{{ super() }}<p>{{ 'WORD' }}</p>{% endblock %}"


def write_while_rendering(path: Path, texts: list[str]) -> Callable[[str, int], Callable[[int], None]]:
    """A progress that writes the next of some texts each time pages begin to be rendered."""

    def start(label: str, length: int) -> Callable[[int], None]:
        if label == "Rendering" and texts:
            path.write_text(PAGE.format(texts.pop(0)), "utf-8")
        return no_progress(label, length)

    return start


def make_two(make_site):
    site = make_site({"content/pages/visit.md": PAGE.format("Monday"), "content/pages/other.md": PAGE.format("Sunday")})
    site.write("themes/ours/theme.yaml", "extends: default\n")
    site.write("themes/ours/templates/page/page.html", TEMPLATE.replace("WORD", "old"))
    site.write("site.yaml", (site.folder / "site.yaml").read_text("utf-8") + "theme: ours\n")
    return site


def test_a_build_begins_anew_when_a_file_changes(make_site):
    site = make_two(make_site)
    assert site.build().ok
    site.write("themes/ours/templates/page/page.html", TEMPLATE.replace("WORD", "new"))
    page = site.folder / "content/pages/visit.md"
    result = site.build(progress=write_while_rendering(page, ["Tuesday"]))
    assert result.ok
    assert "Open on Tuesday" in site.text("visit/index.html")
    assert "<p>new</p>" in site.text("visit/index.html")


def test_a_file_that_never_rests_stops_the_build(make_site):
    site = make_two(make_site)
    assert site.build().ok
    before = site.files()
    site.write("themes/ours/templates/page/page.html", TEMPLATE.replace("WORD", "new"))
    page = site.folder / "content/pages/visit.md"
    result = site.build(progress=write_while_rendering(page, ["Tuesday", "Wednesday", "Thursday"]))
    assert not result.ok
    assert result.problems == (
        Problem(
            "changed-while-building",
            "content/pages/visit.md",
            "This file was changed while the site was being built.",
            "Build again, once no program is writing to the folder of the site.",
        ),
    )
    assert site.files() == before
    assert site.build().ok
    assert "Open on Thursday" in site.text("visit/index.html")


def test_a_plain_file_is_published_only_as_it_was_looked_at(make_site):
    site = make_site({"content/index.md": "---\ntitle: Home\n---\nHello.\n", "content/static/people.txt": "Nobody.\n"})
    file = site.folder / "content/static/people.txt"
    result = site.build(progress=write_while_rendering(file, ["maria.k@mail.example"]))
    assert [problem.rule for problem in result.problems] == ["public-email"]
    site.write("content/static/people.txt", "Nobody.\n")
    assert site.build(progress=write_while_rendering(file, ["Monday"])).ok
    assert "Open on Monday" in site.text("people.txt")
