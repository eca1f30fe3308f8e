"""Measuring draws: the same list each time, every command of a draw in a process of its own, a page of figures."""

from __future__ import annotations

from datetime import date

import pytest

from bench.draw import measure_draw, write_draws, write_rows


def test_a_list_is_the_same_for_the_same_seed():
    rows = list(write_rows(100))
    assert rows == list(write_rows(100))
    assert rows != list(write_rows(100, seed=2))
    assert len({row.partition(",")[0] for row in rows[1:]}) == 100


@pytest.mark.slow
def test_every_step_is_measured(tmp_path):
    said: list[str] = []
    steps = measure_draw(40, tmp_path, said.append)
    assert [step.name for step in steps] == [
        "draw commit",
        "draw run",
        "draw verify --leaves",
        "draw verify --entries",
        "build with its page",
        "the same build again",
    ]
    assert len(said) == len(steps)
    assert all(step.seconds > 0 and step.processor > 0 and 10 < step.memory < 1000 for step in steps)
    text = write_draws({40: steps}, date(2026, 11, 22))
    assert "## 40 entries" in text
    assert text.count("| draw ") == 4
    assert list(tmp_path.iterdir()) == []
