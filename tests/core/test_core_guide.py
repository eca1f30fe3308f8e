"""The guide says of every field type what the code says, and its examples are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from twinsite.core.values import TYPES
from twinsite.read.front import parse_front, split_front

GUIDE = Path(__file__).parents[2] / "content" / "pages" / "guide" / "values-and-dates.md"


@pytest.mark.parametrize("name", TYPES)
def test_the_guide_has_the_grammar_of_every_type(name):
    assert f"| `{name}` | {TYPES[name].about} |" in GUIDE.read_text(encoding="utf-8")


def test_the_examples_of_the_guide_can_be_read():
    front, problems = split_front(GUIDE.read_bytes(), "content/pages/guide/values-and-dates.md")
    assert problems == []
    examples = [block.split("```")[0] for block in front.body.split("```yaml\n")[1:]]
    assert len(examples) > 4
    for example in examples:
        found = parse_front(example.strip().strip("-"), "example.md")[1]
        assert [problem for problem in found if problem.rule != "duplicate-key"] == []
