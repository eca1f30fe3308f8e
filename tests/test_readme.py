"""What README.md promises: its examples build, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")



def find_blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.M | re.S)


def test_the_example_builds_without_a_problem(make_site):
    (example,) = find_blocks("markdown")
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n", "content/contests/cup.md": example})
    result = site.build()
    assert [problem for problem in result.problems if problem.severity != "notice"] == []
    assert "Show us your first cup" in site.text("contests/cup/")


def test_the_commands_exist():
    from twinsite.cli import COMMANDS

    named = set(re.findall(r"(?:`|^)twinsite ([a-z]+)", README, re.M))
    assert named
    assert named - {name for name, _ in COMMANDS} == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DESIGN.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(name):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
