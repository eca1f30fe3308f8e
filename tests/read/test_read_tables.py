"""Data tables: what their schemas declare, and names that lead to none."""

from __future__ import annotations

import pytest

GERMAN = "format: {delimiter: semicolon, decimal: ',', thousands: '.'}\n"
COLUMNS = "columns:\n  kites: {type: whole, required: yes}\n  postage: amount\n"


def read_rows(make_site, cells, schema=GERMAN + COLUMNS):
    """The rules of the build, and the rows of the table that the page shows."""
    site = make_site(
        {
            "content/data/mends.csv": f"kites;postage\n{cells}\n",
            "content/data/mends.schema.yaml": schema,
            "content/pages/mends.md": "---\ntitle: Mends\ndata: [mends]\n---\n\n::: table mends :::\n",
        }
    )
    result = site.build(jobs=1)
    wrong = [(problem.rule, problem.path, problem.line, problem.column) for problem in result.problems]
    return [found for found in wrong if found[0] != "orphan-page"], result.linked


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ("92;312,40", (92, "312.40")),
        ("1.104;1.104,5", (1104, "1104.5")),
        ("1104;-1104", (1104, "-1104")),
        ("12.345.678;0,0", (12345678, "0.0")),
    ],
)
def test_numbers_are_read_with_the_marks_of_their_schema(make_site, cells, row):
    problems, site = read_rows(make_site, cells)
    assert problems == []
    assert site.tables["mends"].rows == (row,)


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        ("1,104;1", "not-a-whole-number", 1),
        ("11.04;1", "not-a-whole-number", 1),
        ("1;298.00", "not-an-amount", 3),
        ("1;1,104.50", "not-an-amount", 3),
        ("1;1.104.5", "not-an-amount", 3),
    ],
)
def test_a_mark_in_the_wrong_place_is_never_guessed_at(make_site, cells, rule, column):
    problems, _ = read_rows(make_site, cells)
    assert problems == [(rule, "content/data/mends.csv", 2, column)]


def test_an_instant_counts_in_the_time_zone_of_the_site(make_site):
    schema = "format: {delimiter: semicolon}\ncolumns: {kites: whole, postage: instant}\n"
    _, site = read_rows(make_site, "1;2026-07-02 09:30", schema)
    assert site.tables["mends"].rows == ((1, "2026-07-02T09:30:00+01:00"),)


def test_a_field_that_names_no_table_is_told_of(make_site):
    site = make_site(
        {
            "content/data/reach.csv": "month,reach\nMay,12\n",
            "content/pages/a.md": "---\ntitle: A\ndata: [reech]\n---\n",
        }
    )
    (problem,) = [problem for problem in site.build(jobs=1).problems if problem.severity == "error"]
    assert (problem.rule, problem.path, problem.line, problem.column) == ("unknown-table", "content/pages/a.md", 3, 8)
    assert problem.message.endswith('Did you mean "reach"?')
