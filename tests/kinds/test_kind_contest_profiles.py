"""Every line of every jurisdiction profile: a contest that misses it is told so in exactly these words."""

from __future__ import annotations

import pytest

from tests.support.profiles import FOLDER, build_samples, is_said, list_lines, write_problems
from twinsite.kinds.contest.statements import name_line

LINES = [(name, line) for name, line in list_lines()]
NAMES = [f"{name}/{line.id}" for name, line in LINES]
ALWAYS = ("uk/start", "uk/closing", "uk/prizes")
"""Lines that every contest must satisfy whatever its jurisdictions, so that the field itself is asked for first."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the build says of each sample: one site of all that a contest can miss, one of what only a theme can."""
    folder = tmp_path_factory.mktemp("profiles")
    return {**build_samples(folder / "missed", False), **build_samples(folder / "said", True)}


def test_there_are_profiles():
    assert sorted({name for name, _ in LINES}) == ["eu", "uk", "us"]
    assert len(LINES) > 50


@pytest.mark.parametrize(("name", "line"), LINES, ids=NAMES)
def test_a_line_has_a_bad_sample_with_its_exact_message(name, line, told):
    key = f"{name}/{line.id}"
    expected = (FOLDER / f"{key}.txt").read_text(encoding="utf-8")
    assert write_problems(told[key]) == expected
    if key in ALWAYS:
        (problem,) = told[key]
        assert problem.rule == "missing-field"
        assert line.need.one_of[0] in problem.message
    else:
        own = [problem for problem in told[key] if name_line(name, line) in problem.message]
        assert len(own) == 1
        assert own[0].severity == ("error" if line.demand == "must" else "warning")
        assert is_said(line) or line.how in own[0].hint
        assert is_said(line) or line.source in own[0].hint


@pytest.mark.parametrize("name", ["eu", "uk", "us"])
def test_a_contest_that_satisfies_a_profile_is_told_nothing(name, told):
    assert told[f"{name}/good"] == ()


def test_no_sample_is_without_its_line():
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.md")}
    assert files == {*NAMES, "eu/good", "uk/good", "us/good"}
