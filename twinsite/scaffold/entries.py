"""Records of entries from a table: one file for each row, pending until an editor approves it, never over a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from twinsite.core.convert import make_step
from twinsite.core.problem import Problem
from twinsite.read.picture_file import PictureError
from twinsite.read.rows import Cell, RawTable, read_csv
from twinsite.read.table_schema import TableSchema
from twinsite.scaffold.entry_text import FIELDS, write_entry
from twinsite.scaffold.entry_values import check_row
from twinsite.scaffold.imported import Row, check_site, count_rows, guess, list_names, name_of, write_new

SEPARATORS: Final = (",", ";", "\t")


class Imported(Struct, frozen=True):
    """The rows in their order; or the problems of the table as a whole, and nothing was written."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def summary(self) -> str:
        """What was done, in one sentence or three."""
        words = count_rows(self.rows, ("written", "kept", "refused"))
        columns = f" Columns left out: {', '.join(self.left_out)}." if self.left_out else ""
        written = any(row.outcome == "written" for row in self.rows)
        todo = " Look at each new entry, then write moderation: approved." if written else ""
        return f"{words}.{columns}{todo}"


def import_entries(
    site: Path, contest: str, file: Path, pairs: Mapping[str, str], pictures: Path | None = None
) -> Imported:
    """Write the entries to a contest that are in a CSV file. ``pairs`` are fields by columns.

    Problems of the whole: ``no-settings``, ``unknown-reference``, ``unknown-column``, ``unknown-field``,
    ``missing-column`` and those of reading a table. Of rows: see ``check_row``; ``missing-file``, ``not-a-picture``,
    ``cannot-write``.
    """
    problem = _check_contest(site, contest)
    if problem:
        return Imported(problems=(problem,))
    table, problems = _read(file)
    if table is None:
        return Imported(problems=tuple(problems))
    columns, problems = _choose_columns(table, pairs, str(file))
    if problems:
        return Imported(problems=tuple(problems))
    importer = _Importer(site, contest, file, columns, pictures)
    rows = tuple(importer.take(number, row) for number, row in enumerate(table.rows, 1))
    return Imported(rows, left_out=tuple(name for name in table.names if name not in columns.values()))


def _check_contest(site: Path, contest: str) -> Problem | None:
    """A problem unless the site has a contest of that name."""
    names = list_names(site / "content" / "contests")
    problem = check_site(site)
    if problem or contest in names:
        return problem
    message = f'There is no contest "{contest}".{guess(contest, names)}'
    hint = "Write the last step of its address: its slug, or the name of its file in content/contests/ without .md."
    return Problem("unknown-reference", "", message, hint)


def _read(file: Path) -> tuple[RawTable | None, list[Problem]]:
    """The rows of the file; its separator is the one that the heading has most of."""
    try:
        data = file.read_bytes()
    except OSError as error:
        return None, [Problem("cannot-read", str(file), f"This file cannot be read: {error.strerror or error}.")]
    heading = data.split(b"\n", 1)[0].decode("utf-8", "replace")
    separator = max(SEPARATORS, key=heading.count)
    table, problems = read_csv(data, str(file), TableSchema(delimiter=separator))
    return table, [_without_schema(problem) for problem in problems]


def _without_schema(problem: Problem) -> Problem:
    """The same without advice about a schema, which an export has not."""
    if problem.rule == "not-utf-8":
        hint = 'Save it as UTF-8; in a spreadsheet program that is "CSV UTF-8".'
        return Problem(problem.rule, problem.path, problem.message, hint, problem.line, problem.column)
    return problem


def _choose_columns(table: RawTable, pairs: Mapping[str, str], path: str) -> tuple[dict[str, str], list[Problem]]:
    """The columns by their fields: those of ``pairs``, and those that are called like a field."""
    problems = []
    for column, name in pairs.items():
        if column not in table.names:
            text = f'There is no column "{column}".{guess(column, table.names)}'
            problems.append(Problem("unknown-column", path, text, f"Its columns are: {', '.join(table.names)}.", 1, 1))
        if name not in FIELDS:
            text = f'There is no field "{name}" to fill.{guess(name, FIELDS)}'
            problems.append(Problem("unknown-field", path, text, f"The fields are: {', '.join(FIELDS)}.", 1, 1))
    own = {column.lower(): column for column in table.names if column not in pairs}
    columns = {name: own[name] for name in FIELDS if name in own}
    columns.update({name: column for column, name in pairs.items()})
    if not problems and "code" not in columns:
        hint = 'Add a column "code" with a random code for each entry, or name the one it is in: --map "Column=code"'
        problems.append(Problem("missing-column", path, 'The column "code" is missing.', hint, 1, 1))
    return columns, problems


class _Importer:
    """Takes row after row of one table."""

    def __init__(self, site: Path, contest: str, file: Path, columns: Mapping[str, str], pictures: Path | None) -> None:
        self._site, self._contest, self._file = site, contest, file
        self._columns, self._pictures = columns, pictures
        self._folder = f"content/entries/{contest}"
        self._seen: dict[str, int] = {}
        existing = (site / "content" / "entries").rglob("*.md")
        self._taken = {make_step(name_of(path)): path for path in existing}

    def take(self, number: int, row: Mapping[str, Cell]) -> Row:
        """Write the record of a row, unless it is there."""
        cells = {name: row[column] for name, column in self._columns.items()}
        values, problem = check_row(cells, str(self._file), number, self._columns)
        if problem:
            return Row(number, "refused", problem=problem)
        slug = make_step(values["code"])
        if slug in self._seen:
            return Row(number, "refused", problem=self._twice(cells["code"], self._seen[slug], number))
        self._seen[slug] = number
        if slug in self._taken:
            return Row(number, "kept", self._taken[slug].relative_to(self._site).as_posix())
        return self._write(number, slug, values, cells)

    def _twice(self, cell: Cell, first: int, number: int) -> Problem:
        message = f'Row {number} has the code "{cell.text}", which row {first} has already.'
        hint = "Every entry needs a code of its own."
        return Problem("repeated-code", str(self._file), message, hint, cell.line, cell.column, len(cell.text or " "))

    def _write(self, number: int, slug: str, values: Mapping[str, str], cells: Mapping[str, Cell]) -> Row:
        path = f"{self._folder}/{slug}.md"
        picture, problem = self._take_picture(slug, cells.get("picture"), number)
        if problem:
            return Row(number, "refused", problem=problem)
        text = write_entry(self._contest, values, picture, f"{self._file.name}, row {number}")
        problem = write_new(self._site / path, path, text)
        return Row(number, "refused", problem=problem) if problem else Row(number, "written", path)

    def _take_picture(self, slug: str, cell: Cell | None, number: int) -> tuple[str | None, Problem | None]:
        """The name under which the row's picture lies beside its record, without what the camera wrote into it."""
        if cell is None or not cell.text:
            return None, None
        source = find_picture(self._pictures, cell.text)
        if source is None:
            where = f'in "{self._pictures}"' if self._pictures else "because --pictures names no folder"
            message = f'Row {number}: there is no picture "{cell.text}" {where}.'
            hint = "Write the name of a file in the folder that --pictures names."
            return None, self._fault("missing-file", cell, message, hint)
        name = f"{slug}{source.suffix.lower()}"
        try:
            _copy_picture(source, self._site / self._folder / name)
        except (PictureError, OSError, KeyError) as error:
            message = f'Row {number}: the picture "{cell.text}" cannot be taken: {error}.'
            return None, self._fault("not-a-picture", cell, message, "Save it as JPEG, PNG, WebP or GIF.")
        return name, None

    def _fault(self, rule: str, cell: Cell, message: str, hint: str) -> Problem:
        return Problem(rule, str(self._file), message, hint, cell.line, cell.column, len(cell.text or " "))


def find_picture(folder: Path | None, name: str) -> Path | None:
    """The file of that name in the folder itself; anything that leads elsewhere is none."""
    if folder is None or Path(name).name != name or name in (".", ".."):
        return None
    path = folder / name
    return path if path.is_file() else None


_FORMATS: Final = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".gif": "gif"}


def _copy_picture(source: Path, target: Path) -> None:
    """Write a picture without its metadata, unless it is there. ``KeyError`` for an ending that pages cannot show."""
    from twinsite.render.pictures import make_picture

    if target.exists():
        return
    data = make_picture(source.read_bytes(), _FORMATS[source.suffix.lower()])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(data)
