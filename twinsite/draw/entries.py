"""The list of entries: a CSV file with one code in each row, read row by row.

Gives the codes that take part. What is wrong is gathered as problems at row and column, the first twenty of them; no
row is ever shown, because lists of entries hold names and addresses in other columns. The edge of the room that reads.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from twinsite.core.problem import Problem
from twinsite.draw.codes import Alphabets, Flaw, find_alphabets, find_flaw, find_weakness

MOST = 20
"""How many problems of a list are told; of the others their number."""
FEW = 4
"""Below so many codes it is chance what they have in common."""
FLAGS = ("yes", "no", "true", "false")
ELIGIBLE = "eligible"
"""The column that says who takes part, where no other is named; a list need not have it."""


class EntryList(Struct, frozen=True):
    """A list of entries: the file, how problems name it, the column of the codes, and, where there is one, that which
    says who takes part (``yes`` or ``no``).
    """

    file: Path
    shown: str
    id_column: str = "id"
    eligible_column: str = ELIGIBLE


class Findings(Struct):
    """The first problems of a list, and how many more there were."""

    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, problem: Problem) -> None:
        """Take a problem, or count it."""
        if len(self.problems) < MOST:
            self.problems.append(problem)
        else:
            self.more += 1

    def told(self, shown: str) -> list[Problem]:
        """All that is to be told of the list."""
        if not self.more:
            return self.problems
        text = f"There are {self.more:,} more problems in this list." if self.more > 1 else "There is 1 more problem."
        return [
            *self.problems,
            Problem("more-problems", shown, text, "Correct these first, then run the command again."),
        ]


class Row(NamedTuple):
    """A row of the list: the line on which it begins (from 1), its cells, and the text of its last line. There are as
    many of them as entries, so they are of the kind that is made quickest.
    """

    line: int
    cells: list[str]
    text: str


def read_codes(entries: EntryList, findings: Findings, common: str = "") -> Iterator[str]:
    """The codes that take part, in the order of the file; a code with a problem is left out and told of.

    ``common`` is what all codes begin with, if that is known.
    """
    rows = _read_rows(entries, findings)
    heading = next(rows, None)
    if heading is None:
        if not findings.problems:
            findings.add(_problem(entries, "empty-file", "This list is empty.", "Export the list of entries again.", 1))
        return
    names = [name.strip() for name in heading.cells]
    wrong = _check_heading(entries, heading, names)
    if wrong:
        findings.add(wrong)
        return
    yield from _take_codes(entries, findings, rows, names, common)


def find_rows(entries: EntryList) -> Iterator[tuple[str, Row]]:
    """Each row that takes part, with its code, of a list that was found to be right. Looks at nothing else."""
    rows = _read_rows(entries, Findings())
    heading = next(rows, None)
    names = [name.strip() for name in heading.cells] if heading else []
    place = names.index(entries.id_column)
    flag = names.index(entries.eligible_column) if entries.eligible_column in names else None
    for row in rows:
        if len(row.cells) == len(names) and _takes_part(row.cells, flag):
            yield row.cells[place], row


def find_column(entries: EntryList, row: Row) -> int:
    """The column at which a row's code begins."""
    heading = next(_read_rows(entries, Findings()))
    return _find_column(row, [name.strip() for name in heading.cells].index(entries.id_column))


def _take_codes(
    entries: EntryList, findings: Findings, rows: Iterator[Row], names: list[str], common: str
) -> Iterator[str]:
    place = names.index(entries.id_column)
    flag = names.index(entries.eligible_column) if entries.eligible_column in names else None
    before, alphabets = "", None
    for row in rows:
        if len(row.cells) != len(names):
            findings.add(_ragged(entries, row, len(names)))
            continue
        if flag is not None and row.cells[flag].strip().lower() not in FLAGS:
            findings.add(_bad_flag(entries, row, flag))
            continue
        if not _takes_part(row.cells, flag):
            continue
        code = row.cells[place]
        flaw = find_flaw(code) or find_weakness(code, common, before)
        if flaw and flaw.rule == "code-guessable":
            alphabets = _read_alphabets(entries, common) if alphabets is None else alphabets
            flaw = find_weakness(code, common, before, alphabets)
        before = code
        if flaw:
            findings.add(_flawed(entries, flaw, row, place))
        else:
            yield code


def _read_alphabets(entries: EntryList, common: str) -> Alphabets:
    """What the codes of the whole list are made of, which is read once more: only where one of them seems weak."""
    return find_alphabets(code[len(common) :] for code, _ in find_rows(entries) if find_flaw(code) is None)


def _takes_part(cells: list[str], flag: int | None) -> bool:
    return flag is None or cells[flag].strip().lower() in ("yes", "true")


def _read_rows(entries: EntryList, findings: Findings) -> Iterator[Row]:
    """The rows that are not blank, the heading first; stops where the file cannot be read on."""
    last = [""]

    def keep(lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            last[0] = line
            yield line

    line = 1
    try:
        with open(entries.file, encoding="utf-8-sig", newline="") as file:
            if "\0" in file.read(4096):
                findings.add(_not_utf8(entries, "This file is not saved as UTF-8, but probably as UTF-16.", 1))
                return
            file.seek(0)
            reader = csv.reader(keep(file), strict=True)
            for cells in reader:
                start, line = line, reader.line_num + 1
                if any(map(str.strip, cells)):
                    yield Row(start, cells, last[0])
    except UnicodeDecodeError:
        findings.add(_find_bad_byte(entries))
    except csv.Error:
        message = "The quotes in this row do not fit: one is never closed, or a cell goes on after its closing quote."
        findings.add(_problem(entries, "bad-csv", message, "Export the list of entries again as CSV.", line))
    except OSError as error:
        message = f"This file cannot be read: {error.strerror or error}."
        findings.add(Problem("cannot-read", entries.shown, message, "Check its name and that you may read it."))


def _problem(entries: EntryList, rule: str, message: str, hint: str, line: int, column: int = 1) -> Problem:
    return Problem(rule, entries.shown, message, hint, line, column)


def _find_bad_byte(entries: EntryList) -> Problem:
    """The line that is not UTF-8; files are read by the block, so the place must be looked for."""
    with open(entries.file, "rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return _not_utf8(entries, "This file is saved as UTF-16.", 1)
        file.seek(0)
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                column = len(line[: error.start].decode("utf-8")) + 1
                return _not_utf8(entries, "The character here is not saved as UTF-8.", number, column)
    return _not_utf8(entries, "This file is not saved as UTF-8.", 1)


def _not_utf8(entries: EntryList, message: str, line: int, column: int = 1) -> Problem:
    return _problem(entries, "not-utf-8", message, 'Export it again as "CSV UTF-8".', line, column)


def _check_heading(entries: EntryList, heading: Row, names: list[str]) -> Problem | None:
    """What is wrong with the first line: the separator, or a column that is missing or there twice."""
    line = heading.line
    for name in (entries.id_column, entries.eligible_column):
        if names.count(name) > 1:
            message = f'Two columns are called "{name}".'
            return _problem(entries, "same-column", message, "Rename one of them.", line)
    if entries.id_column in names:
        return _check_flag_column(entries, names, line)
    found = next((name for sign, name in ((";", "semicolons"), ("\t", "tabs")) if sign in heading.text), None)
    if len(names) == 1 and found:
        message = f"The columns of this list are separated by {found}, not by commas."
        return _problem(entries, "wrong-separator", message, "Export the list again with commas between columns.", line)
    message = f'This list has no column "{entries.id_column}" with the codes of the entries.'
    hint = f"Name the column of the codes with --id-column; the columns are: {_list_names(names)}."
    return _problem(entries, "missing-column", message, hint, line)


def _check_flag_column(entries: EntryList, names: list[str], line: int) -> Problem | None:
    """A column of those who take part that was named but is not there, or is written in other letters: without it,
    everybody would take part, and nobody would notice.
    """
    wanted = entries.eligible_column
    near = next((name for name in names if name.casefold() == wanted.casefold()), None)
    if wanted in names or (wanted == ELIGIBLE and near is None):
        return None
    message = f'This list has no column "{wanted}" that says who takes part'
    message += f', but one called "{near}".' if near else "."
    hint = f"Name that column with --eligible-column; the columns are: {_list_names(names)}."
    return _problem(entries, "missing-column", message, hint, line)


def _list_names(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names[:8] if name)


def _ragged(entries: EntryList, row: Row, count: int) -> Problem:
    cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
    columns = "1 column" if count == 1 else f"{count} columns"
    message = f"This row has {cells}, but the first line names {columns}."
    hint = "Put a text that contains a comma into double quotes."
    return _problem(entries, "ragged-row", message, hint, row.line)


def _bad_flag(entries: EntryList, row: Row, place: int) -> Problem:
    message = f'The column "{entries.eligible_column}" says who takes part; here it says neither yes nor no.'
    return _problem(entries, "not-a-flag", message, "Write yes or no.", row.line, _find_column(row, place))


def _flawed(entries: EntryList, flaw: Flaw, row: Row, place: int) -> Problem:
    rule, message, hint = flaw
    return _problem(entries, rule, message, hint, row.line, _find_column(row, place))


def _find_column(row: Row, place: int) -> int:
    """The column (from 1) at which a cell begins; 1 where the row goes over several lines."""
    start, quoted = 1, False
    for index, letter in enumerate(row.text.removeprefix("\ufeff"), 1):
        if place == 0:
            return start
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            place -= 1
            start = index + 1
    return start if place == 0 else 1
