"""Medians, ratios and what counts as disturbed; the ledger; the tables, and that the README shows what was measured."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from bench.figures import summarize
from bench.ledger import Ledger, Measured
from bench.report import BEGIN, END, replace_table, show_ratio, show_value, write_report, write_short_table
from bench.results import FILE, make_results, read_results, significant
from bench.stopwatch import Run, list_tree, measure_memory, time_command

ROOT = Path(__file__).parents[2]


def runs(tool: str, *values: float, disturbed: tuple[int, ...] = ()) -> list[Measured]:
    return [
        Measured("cold", tool, 1000, number, value, disturbed=number in disturbed)
        for number, value in enumerate(values, 1)
    ]


def test_a_ratio_is_taken_within_a_round():
    twinsite, hugo = summarize([*runs("twinsite", 1.0, 4.0, 3.0), *runs("hugo", 2.0, 4.0, 10.0)])
    assert (twinsite.median, hugo.median) == (3.0, 4.0)
    assert (twinsite.ratio, twinsite.least, twinsite.greatest) == (0.5, 0.3, 1.0)
    assert (hugo.ratio, hugo.least, hugo.greatest) == (1.0, 1.0, 1.0)


def test_a_round_without_the_yardstick_has_no_ratio():
    figure, _ = summarize([*runs("pelican", 1.0, 9.0), *runs("hugo", 2.0)])
    assert (figure.median, figure.count, figure.ratio) == (5.0, 2, 0.5)
    (alone,) = summarize(runs("pelican", 1.0))
    assert alone.ratio is None


def test_disturbed_runs_count_only_where_there_are_no_others():
    (some,) = summarize(runs("hugo", 1.0, 50.0, 3.0, disturbed=(2,)))
    assert (some.median, some.count, some.disturbed) == (2.0, 2, False)
    (all_of_them,) = summarize(runs("hugo", 1.0, 5.0, disturbed=(1, 2)))
    assert (all_of_them.median, all_of_them.disturbed) == (3.0, True)


def test_a_disturbed_pair_gives_no_ratio_where_there_is_a_quiet_one():
    figure, _ = summarize([*runs("twinsite", 1.0, 9.0), *runs("hugo", 2.0, 1.0, disturbed=(2,))])
    assert figure.ratio == 0.5


def test_a_figure_measured_again_takes_the_place_of_the_first():
    (figure,) = summarize([*runs("hugo", 9.0), *runs("hugo", 1.0)])
    assert (figure.median, figure.count) == (1.0, 1)


def test_the_ledger_keeps_everything_but_a_line_cut_off(tmp_path):
    ledger = Ledger(tmp_path / "new" / "measured.jsonl")
    assert ledger.read() == []
    ledger.add(runs("hugo", 1.0, 2.0))
    ledger.add([Measured("title", "hugo", 10, 1, 1.0, faults=("lost",))])
    with (tmp_path / "new" / "measured.jsonl").open("a") as file:
        file.write('{"what": "co')
    assert [figure.value for figure in ledger.read()] == [1.0, 2.0, 1.0]
    assert ledger.read()[-1].faults == ("lost",)


def test_a_run_is_disturbed_by_what_others_used():
    assert not Run(wall=2.0, cpu=3.0, system=1.0, others=0.2, load=0, code=0, said="").disturbed
    assert Run(wall=2.0, cpu=1.0, system=0.5, others=1.0, load=0, code=0, said="").disturbed


@pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc.")
def test_a_command_is_timed_with_all_its_processes(tmp_path):
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(6_000_000)); print(7)'])"
    run = time_command([sys.executable, "-c", work], tmp_path)
    assert run.code == 0
    assert run.said.strip() == "7"
    assert run.cpu > run.system > 0
    assert run.wall > 0
    assert time_command([sys.executable, "-c", "raise SystemExit(3)"], tmp_path).code == 3


@pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc.")
def test_memory_is_that_of_all_processes(tmp_path):
    work = (
        "import subprocess, sys; held = b'x' * 40_000_000\n"
        "subprocess.run([sys.executable, '-c', 'import time; held = bytes(range(256)) * 160_000; time.sleep(0.4)'])"
    )
    assert 75 < measure_memory([sys.executable, "-c", work], tmp_path) < 200
    assert list_tree(1)[0] == 1


def test_values_and_ratios_are_written_for_people():
    assert show_value("cold", {"median": 0.25, "disturbed": True}) == "0.25 s*"
    assert show_value("memory", {"median": 81.6}) == "82 MB"
    assert show_value("latency", {"median": 0.0}) == "–"
    assert show_value("cold", None) == ""
    assert show_ratio({"ratio": 0.452, "least": 0.43, "greatest": 0.5, "count": 3}) == "0.45 (0.43–0.5)"
    assert significant(1234.5) == 1230.0


def test_the_report_says_what_was_measured_and_what_was_wrong():
    measured = [
        *runs("twinsite", 1.0, 2.0),
        *runs("hugo", 2.0, 4.0),
        Measured("memory", "twinsite", 1000, 1, 90.0),
        Measured("title", "mkdocs", 1000, 1, 5.0, faults=("/tags/winter/ lacks the edited title",)),
    ]
    results = make_results(measured, {}, [], date(2026, 11, 22))
    results["tools"] = {
        name: {"label": name.title(), "version": "1.2", "note": ""} for name in ("twinsite", "hugo", "mkdocs")
    }
    report = write_report(results)
    assert "| cold build | 1.50 s | 3.00 s |  |" in report
    assert "| cold build | 0.5 (0.5–0.5) | 1 (1–1) |  |  |" in report
    assert "- Mkdocs, one title edited: /tags/winter/ lacks the edited title" in report
    assert "| 1,000 records | Twinsite | Hugo | Twinsite to Hugo |" in write_short_table(results)


def test_a_table_is_replaced_between_its_marks():
    assert replace_table(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb"
    with pytest.raises(ValueError, match="no place"):
        replace_table("nothing", "new")


def test_the_readme_and_the_results_show_what_was_measured():
    results = read_results(FILE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme == replace_table(readme, write_short_table(results))
    assert (ROOT / "bench" / "RESULTS.md").read_text("utf-8") == write_report(results)


def test_growth_shows_whose_processor_time_it_was_and_how_long_a_save_takes():
    figures = [
        Measured("cold", "twinsite", size, 1, size / 2000, cpu=size / 1000, system=size / 4000)
        for size in (1000, 10_000)
    ]
    figures += [Measured("latency", "twinsite", 10_000, 1, 0.05), Measured("floor", "floor", 10_000, 1, 1.0)]
    results = make_results(figures, {}, [], date(2026, 11, 23))
    report = write_report(results)
    assert "| 1,000 | 0.5 |  |  |  |\n| 10,000 | 0.5 | 0.1 |  |  |" in report
    assert "| 1,000 | 0.75 | 0.25 |  |  |  |\n| 10,000 | 0.75 | 0.25 |  |  | 0.05 |" in report
