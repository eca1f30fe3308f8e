"""Exports of other programs: read as their schema declares, or refused at line and column; never guessed or lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinsite.core.values import Wrong
from twinsite.kinds.twintern.model import Channel
from twinsite.kinds.twintern.portfolio import describe_series
from twinsite.kinds.twintern.series import read_series
from twinsite.read.date_style import parse_day, read_style
from twinsite.read.tables import MOST_CELLS, read_table

COLUMNS = "row: week\ncolumns:\n  Woche: {is: date}\n  Fans: {is: followers}\n  Likes: {is: likes}\n"
PLAIN = "Woche,Fans,Likes\n2026-05-04,1204,88\n"


def read(folder, data, schema=COLUMNS):
    (folder / "content" / "data").mkdir(parents=True, exist_ok=True)
    (folder / "content/data/x.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "content/data/x.schema.yaml").write_text(schema, encoding="utf-8")
    return read_table(folder, "content/data/x.csv", "content/data/x.schema.yaml", "UTC")


@pytest.mark.parametrize(
    ("data", "rule", "hint"),
    [
        ("Woche,Fans,Likes\n04/05/2026,1204,88\n", "not-a-date", "format: {dates: DD/MM/YYYY} or {dates: MM/DD/YYYY}"),
        ('Woche,Fans,Likes\n2026-05-04,"1,204",88\n', "not-a-whole-number", 'format: {thousands: ","}'),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", "bad-csv", 'save it there as "CSV UTF-8"'),
    ],
)
def test_an_undeclared_style_is_told_with_what_to_declare(tmp_path, data, rule, hint):
    (problem,) = read(tmp_path, data)[1]
    assert problem.rule == rule
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("", PLAIN),
        (
            "format: {encoding: cp1252, delimiter: semicolon}\n",
            "Woche;Fans;Likes\n2026-05-04;1204;88\n".encode("cp1252"),
        ),
        ("format: {encoding: utf-16}\n", PLAIN.encode("utf-16")),
        ("format: {encoding: utf-8}\n", b"\xef\xbb\xbf" + PLAIN.encode()),
        ('format: {thousands: ","}\n', 'Woche,Fans,Likes\n2026-05-04,"1,204",88\n'),
        ('format: {thousands: ".", decimal: ",", delimiter: semicolon}\n', "Woche;Fans;Likes\n2026-05-04;1.204;88\n"),
        ('format: {thousands: " "}\n', "Woche,Fans,Likes\n2026-05-04,1 204,88\n"),
        ("format: {dates: D.M.YYYY}\n", "Woche,Fans,Likes\n4.5.2026,1204,88\n"),
        ("format: {dates: DD/MM/YYYY}\n", "Woche,Fans,Likes\n04/05/2026,1204,88\n"),
        ("format: {dates: MM/DD/YYYY}\n", "Woche,Fans,Likes\n05/04/2026,1204,88\n"),
        ('format: {dates: "Mon D, YYYY"}\n', 'Woche,Fans,Likes\n"May 4, 2026",1204,88\n'),
        ('format: {dates: "D Mon YYYY"}\n', "Woche,Fans,Likes\n4 May 2026,1204,88\n"),
        ('format: {dates: "MMMM D, YYYY"}\n', 'Woche,Fans,Likes\n"May 4, 2026",1204,88\n'),
        ("format: {dates: YYYYMMDD}\n", "Woche,Fans,Likes\n20260504,1204,88\n"),
        ('format: {dates: "MM/DD/YYYY HH:mm"}\n', "Woche,Fans,Likes\n05/04/2026 18:30,1204,88\n"),
        ("format: {dates: YYYY-MM-DDTHH:mm:ssZ}\n", "Woche,Fans,Likes\n2026-05-04T18:30:00Z,1204,88\n"),
    ],
)
def test_one_export_in_many_hands(tmp_path, form, data):
    """However it was written, if its schema says so: the same rows."""
    table, problems = read(tmp_path, data, form + COLUMNS)
    assert problems == []
    assert table.rows == (("2026-05-04", 1204, 88),)
    assert table.row == "week"


@pytest.mark.parametrize(
    ("data", "form", "told"),
    [
        (
            "Woche,Fans,Likes\n04.05.2026,1204,88\n",
            "",
            (2, 1, "not-a-date", 'Row 1, column "Woche": "04.05.2026" is not a date.'),
        ),
        (
            "Woche,Fans,Likes\n13/05/2026,1204,88\n",
            "format: {dates: MM/DD/YYYY}\n",
            (2, 1, "no-such-date", 'Row 1, column "Woche": There is no day "13/05/2026" in the calendar.'),
        ),
        (
            "Woche,Fans,Likes\n5/4/26,1204,88\n",
            "format: {dates: M/D/YYYY}\n",
            (2, 1, "not-a-date", 'Row 1, column "Woche": "5/4/26" is not a date in this table.'),
        ),
        (
            "Woche,Fans,Likes\n2026-05-04,1.204,88\n",
            "",
            (2, 12, "not-a-whole-number", 'Row 1, column "Fans": "1.204" is not a whole number.'),
        ),
        (
            'Woche,Fans,Likes\n2026-05-04,"1204,0",88\n',
            "",
            (2, 12, "not-a-whole-number", 'Row 1, column "Fans": "1204,0" is not a whole number.'),
        ),
        (
            'Woche,Fans,Likes\n2026-05-04,"12,04",88\n',
            'format: {thousands: ","}\n',
            (2, 12, "not-a-whole-number", 'Row 1, column "Fans": "12,04" is not a whole number in this table.'),
        ),
        (
            "Woche,Fans,Likes\n2026-05-04,-3,88\n",
            "",
            (2, 12, "negative-count", 'Row 1, column "Fans": "-3" is less than none.'),
        ),
        ("Woche,Likes\n2026-05-04,88\n", "", (1, 1, "missing-column", 'The column "Fans" is missing.')),
        ("Fans,Likes\n1204,88\n", "", (1, 1, "missing-column", 'The column "Woche" is missing.')),
        (
            "Woche,Fans,Likes,Reach\n2026-05-04,1204,88,9\n",
            "",
            (1, 18, "unknown-column", 'The schema has no column "Reach".'),
        ),
        ("Woche,Fans,Likes\n,1204,88\n", "", (2, 1, "empty-cell", 'Row 1 has no "Woche", which the schema requires.')),
        (PLAIN.encode("utf-16"), "", (1, 1, "not-utf-8", None)),
        ("Woche,Fans,Likes\n2026-05-04,1204,\xff\n".encode("latin-1"), "", (2, None, "not-utf-8", None)),
    ],
)
def test_what_is_not_as_declared_is_told_at_its_cell(tmp_path, data, form, told):
    table, problems = read(tmp_path, data, form + COLUMNS)
    line, column, rule, message = told
    assert table is None
    (problem,) = problems
    assert (problem.line, problem.rule) == (line, rule)
    assert column is None or problem.column == column
    assert message is None or problem.message == message


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("columns:\n  w: {is: date}\n", "This schema does not say what one row of the table is."),
        ("row: week\ncolumns:\n  w: {is: likes}\n", "This schema does not say which column is the day."),
        ("row: weak\ncolumns:\n  w: {is: date}\n", 'One row cannot be a "weak". Did you mean "week"?'),
        (
            "row: week\ncolumns:\n  w: {is: date}\n  x: {is: folowers}\n",
            'No column can be "folowers". Did you mean "followers"?',
        ),
        (
            "row: week\ncolumns:\n  w: {is: date}\n  x: {is: likes}\n  y: {is: likes}\n",
            'Two columns cannot both be "likes": "x" is it already.',
        ),
        (
            "row: week\ncolumns:\n  w: {is: date}\n  x: {is: likes, type: amount}\n",
            'A column that is "likes" cannot have the type amount.',
        ),
        ("format: {dates: DD.MM.YY}\n", 'The style of dates "DD.MM.YY" has no year (YYYY).'),
        ("format: {dates: YYYY-DD}\n", 'The style of dates "YYYY-DD" has no month (MM or M or Mon or MMM or MMMM).'),
        ("format: {dates: DD/DD/MM/YYYY}\n", 'The style of dates "DD/DD/MM/YYYY" has more than one day.'),
        (
            "format: {dates: DD of MM in YYYY}\n",
            'The style of dates "DD of MM in YYYY" has letters or digits in it that mean nothing.',
        ),
    ],
)
def test_a_schema_that_cannot_be_used(tmp_path, schema, message):
    _, problems = read(tmp_path, "w\n2026-05-04\n", schema)
    found = [problem for problem in problems if problem.path.endswith(".schema.yaml")]
    assert [(problem.rule, problem.message) for problem in found] == [("bad-table-schema", message)]
    assert found[0].line


def test_a_column_that_is_skipped_is_read_by_nobody(tmp_path):
    schema = COLUMNS + "  Länge: {skip: yes}\n"
    table, problems = read(tmp_path, "Woche,Fans,Likes,Länge\n2026-05-04,1204,88,3:01\n", schema)
    assert problems == []
    assert [column.name for column in table.columns] == ["Woche", "Fans", "Likes"]


@given(st.dates(), st.sampled_from(("YYYY-MM-DD", "DD.MM.YYYY", "D/M/YYYY", "MM/DD/YYYY", "Mon D, YYYY", "YYYYMMDD")))
def test_a_day_in_a_style_is_that_day(day, pattern):
    style = read_style(pattern)
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    parts = {"YYYY": f"{day.year:04}", "Mon": months[day.month - 1], "MM": f"{day.month:02}", "DD": f"{day.day:02}"}
    text = pattern
    for part, value in parts.items():
        text = text.replace(part, value)
    if "Mon" not in pattern:
        text = text.replace("M", str(day.month))
    text = text.replace("D", str(day.day)) if "Dec" not in text else text.replace("D,", f"{day.day},")
    assert parse_day(text, style) == day.isoformat()
    assert isinstance(parse_day(f"{text}x", style), Wrong)


def test_a_hundred_thousand_rows(tmp_path):
    """They are read in a time that grows with their number, and shown in a few dozen pieces. If every cell of a column
    is wrong, the first ones are told and the others counted.
    """
    head = "Nr,Tag,Fans,Likes\n"
    rows = [f"{n},{n % 28 + 1}.{n // 28 % 12 + 1}.{1990 + n // 4000},{n},{n % 90}" for n in range(100_000)]
    schema = (
        "format: {dates: D.M.YYYY}\nrow: post\ncolumns:\n  Nr: {skip: yes}\n  Tag: {is: date}\n"
        "  Fans: {is: followers}\n  Likes: {is: likes}\n"
    )
    began = time.process_time()
    table, problems = read(tmp_path, head + "\n".join(rows), schema)
    assert problems == []
    found = describe_series(read_series(table, Channel(network="Instagram", handle="ana")))
    assert time.process_time() - began < 40
    assert (found["rows"], found["rates"][0]["rows"]) == (100_000, 100_000)
    assert len(found["table"]["rows"]) == 25
    _, wrong = read(tmp_path, head + "\n".join(row.replace(".", "/") for row in rows[:10_000]), schema)
    assert len(wrong) == MOST_CELLS + 1
    assert (wrong[0].line, wrong[0].column, wrong[0].rule) == (2, 3, "not-a-date")
    assert wrong[-1].message == "9,950 further cells of this table are wrong, this one first."
