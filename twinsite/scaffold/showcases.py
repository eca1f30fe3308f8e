"""Showcases from an export of another program: one draft for each row, with where it came from, never over a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from twinsite.config import Settings
from twinsite.core.column_map import ColumnMap
from twinsite.core.convert import make_slug, make_step
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.request import BuildRequest
from twinsite.core.values import Wrong
from twinsite.read.characters import describe_forbidden
from twinsite.read.export import Export, read_export
from twinsite.read.front import parse_front, split_front
from twinsite.read.rows import Cell
from twinsite.scaffold.column_maps import check_columns, parse_map, place_in_map
from twinsite.scaffold.imported import Row, check_site, count_rows, name_of, write_new
from twinsite.scaffold.showcase_checks import Checker
from twinsite.scaffold.showcase_text import write_showcase
from twinsite.scaffold.showcase_values import FIELDS, NEEDED, find_unseen, flatten, make_reading, nest, read_cell
from twinsite.validate.settings import parse_settings

FOLDER: Final = "content/showcases"
OUTCOMES: Final = ("new", "unchanged", "changed", "skipped", "refused")
_LONGEST_NAME: Final = 60


class Need(Struct, frozen=True):
    """A permission that is to be asked for: the name of the record, who made it, and what it is."""

    slug: str
    who: str


class Imported(Struct, frozen=True):
    """The rows in their order; or the problems of the export as a whole, and nothing was written. ``needs`` are the new
    records for which somebody must be asked; ``left_out`` the columns that fill nothing.
    """

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    needs: tuple[Need, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def summary(self) -> str:
        """What was done, in a sentence or two."""
        columns = f" Columns left out: {', '.join(self.left_out)}." if self.left_out else ""
        nothing = " Nothing was written." if not any(row.outcome == "new" for row in self.rows) else ""
        return f"{count_rows(self.rows, OUTCOMES)}.{nothing}{columns}"


class Order(Struct, frozen=True):
    """What is asked for: of which ``site``, from which ``file``, by which map (``map_file``), at which moment (``now``,
    aware). ``write``: really write.
    """

    site: Path
    file: Path
    map_file: Path
    now: datetime
    write: bool = True


def import_showcases(order: Order, tell: Callable[[Row], None] = lambda row: None) -> Imported:
    """Write a draft for each row that has none yet; ``tell`` hears of each row at once.

    Problems of the whole: ``no-settings``, those of the map and of reading the export, ``unknown-column``. Of rows: see
    ``read_cell``, those of a showcase's own fields, ``unknown-reference``, ``cannot-write``.
    """
    problem = check_site(order.site)
    if problem:
        return Imported(problems=(problem,))
    try:
        map_data, data = order.map_file.read_bytes(), order.file.read_bytes()
    except OSError as error:
        return Imported(problems=(Problem("cannot-read", str(error.filename), f"{error.strerror or error}."),))
    column_map, problems = parse_map(map_data, str(order.map_file))
    if column_map is None:
        return Imported(problems=tuple(problems))
    table, problems = read_export(data, str(order.file), column_map.format)
    if table is None:
        return Imported(problems=tuple(problems))
    problems = check_columns(column_map, str(order.map_file), table.names)
    if problems:
        return Imported(problems=tuple(place_in_map(problems, map_data, str(order.map_file))))
    settings, problems = parse_settings((order.site / "site.yaml").read_bytes())
    if settings is None:
        return Imported(problems=tuple(problems))
    importer = _Importer(order, column_map, settings, sha256(data).hexdigest())
    rows = importer.take_all(table, tell)
    used = {*column_map.columns, *column_map.id}
    return Imported(rows, (), tuple(importer.needs), tuple(name for name in table.names if name not in used))


class _Known(Struct, frozen=True):
    """A showcase that was imported: its file (with ``/``), and the digests of its values as they came."""

    path: str
    digests: tuple[str, ...]


class _Shelf:
    """The showcases that are there, by the key of their import, by the address of their source, and by name."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self.by_key: dict[str, _Known] = {}
        self.by_source: dict[str, str] = {}
        self.names: set[str] = set()
        for path in sorted((site / FOLDER).rglob("*.md")):
            if path.stem != "_index":
                self._look(path, path.relative_to(site).as_posix())

    def _look(self, file: Path, path: str) -> None:
        values = self.read(path)
        self.names.add(str(values.get("slug") or make_step(name_of(file))))
        private = values.get("private")
        note = private.get("imported") if isinstance(private, dict) else None
        if isinstance(note, dict) and note.get("key"):
            digests = note.get("digests")
            self.by_key[str(note["key"])] = _Known(path, tuple(digests) if isinstance(digests, list) else ())
        elif values.get("source_url"):
            self.by_source[str(values["source_url"])] = path

    def read(self, path: str) -> dict[str, Any]:
        """The values of a record's front matter; none where it cannot be read."""
        try:
            front, _ = split_front((self._site / path).read_bytes(), path)
        except OSError:
            return {}
        return parse_front(front.text, path)[0] if front else {}


class _Importer:
    """Takes row after row of one export."""

    def __init__(self, order: Order, column_map: ColumnMap, settings: Settings, digest: str) -> None:
        self._order, self._map, self._digest = order, column_map, digest
        self._reading = make_reading(column_map, settings.timezone)
        self._shelf = _Shelf(order.site)
        self._checker = Checker(BuildRequest(order.site, now=order.now), settings)
        self._today = order.now.astimezone(ZoneInfo(settings.timezone)).date()
        self._seen: dict[str, tuple[int, bytes]] = {}
        self.needs: list[Need] = []

    def take_all(self, export: Export, tell: Callable[[Row], None]) -> tuple[Row, ...]:
        """What became of all rows, in their order."""
        done: list[Row] = []

        def take(cells: Mapping[str, Cell]) -> None:
            done.append(self._take(len(done) + 1, cells))
            tell(done[-1])

        export.feed(take)
        return tuple(done)

    def _take(self, number: int, cells: Mapping[str, Cell]) -> Row:
        marks = [cells[name].text or "" if name in cells else "" for name in self._map.id]
        if not any(marks):
            return Row(number, "skipped", note=f"nothing in {' and '.join(self._map.id)} tells it from others")
        key = f"{self._map.source}/{_join(marks)}"
        if find_unseen(key):
            message, hint = describe_forbidden(find_unseen(key))
            return Row(number, "refused", problem=self._place(number, cells, "", "control-character", message, hint))
        if key in self._seen:
            return Row(number, "skipped", note=self._compare_rows(cells, *self._seen[key]))
        self._seen[key] = (number, _digest_cells(cells))
        values, problems = self._read(number, cells)
        if not problems and not values.get("quote") and not values.get("title"):
            return Row(number, "skipped", note="it has no words to show")
        problems = problems or self._check(number, cells, values)
        if problems:
            return Row(number, "refused", problem=problems[0])
        if key in self._shelf.by_key:
            return self._compare(number, self._shelf.by_key[key], values)
        there = self._shelf.by_source.get(str(values.get("source_url")))
        if there:
            return Row(number, "skipped", there, note="the same source, written by hand")
        return self._write(number, key, values)

    def _compare_rows(self, cells: Mapping[str, Cell], first: int, digest: bytes) -> str:
        """What to say of a row that is the same item as the row ``first``, whose cells have ``digest``."""
        if _digest_cells(cells) == digest:
            return f"row {first} is the same one"
        return f"row {first} has the same {' and '.join(self._map.id)}, and other cells differ"

    def _read(self, number: int, cells: Mapping[str, Cell]) -> tuple[dict[str, Any], list[Problem]]:
        """The values of a row by dotted names, or the first thing that cannot be read."""
        values: dict[str, Any] = {"permission.status": "requested", **self._map.constants}
        for name in values.keys() & {name for name, sort in FIELDS.items() if sort == "list"}:
            values[name] = [part.strip() for part in values[name].split(",")]
        for column, name in self._map.columns.items():
            cell = cells.get(column, Cell(None))
            value = read_cell(name, cell.text or "", self._reading)
            if isinstance(value, Wrong):
                return {}, [self._place(number, cells, name, value.rule, value.message, value.hint)]
            if value or name not in values:
                values[name] = value
        missing = next((name for name in NEEDED if not values.get(name)), None)
        if missing:
            message, hint = f'Every showcase needs "{missing}", and this cell is empty.', "Fill the cell."
            return {}, [self._place(number, cells, missing, "missing-field", message, hint)]
        return values, []

    def _check(self, number: int, cells: Mapping[str, Cell], values: Mapping[str, Any]) -> list[Problem]:
        """What a build would find wrong with the record, at the cells that say it."""
        return [
            self._place(number, cells, _dotted(problem.field), problem.rule, problem.message, problem.hint)
            for problem in self._checker.find(values)
        ]

    def _place(self, number: int, cells: Mapping[str, Cell], name: str, rule: str, message: str, hint: str) -> Problem:
        """A problem at the cell that gave the value of a field; at the first of the row where none did."""
        columns = {field: column for column, field in self._map.columns.items()}
        column = next((columns[own] for own in columns if own == name or own.startswith(f"{name}.")), None)
        cell = cells.get(column or "", next(iter(cells.values()), Cell(None)))
        where = f', column "{column}"' if column else f", {name} (the same in all rows)" if name else ""
        width = max(1, len((cell.text or "").split("\n")[0])) if column else 1
        path = str(self._order.file)
        return Problem(rule, path, f"Row {number}{where}: {message}", hint, cell.line, cell.column, width)

    def _compare(self, number: int, known: _Known, values: Mapping[str, Any]) -> Row:
        """Whether a row that was imported before says something else now. What it says is reported, never written."""
        now = _digest_all(values)
        before = {name: digest for name, _, digest in (str(pair).partition("=") for pair in known.digests)}
        if now == before:
            return Row(number, "unchanged", known.path)
        written = dict(flatten(self._shelf.read(known.path)))
        names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
        changed = [name for name in names if written.get(name, "") != values.get(name, "")]
        if not changed:
            return Row(number, "unchanged", known.path)
        return Row(number, "changed", known.path, note=f"differs, not written: {', '.join(changed)}")

    def _write(self, number: int, key: str, values: Mapping[str, Any]) -> Row:
        slug = self._choose_name(key)
        path = f"{FOLDER}/{self._map.source}/{slug}.md"
        origin = {
            "file": self._order.file.name, "sha256": self._digest, "row": number,
            "day": self._today.isoformat(), "key": key,
            "digests": [f"{name}={digest}" for name, digest in _digest_all(values).items()],
        }  # fmt: skip
        problem = self._order.write and write_new(self._order.site / path, path, write_showcase(nest(values), origin))
        if problem:
            return Row(number, "refused", path, problem=problem)
        self._shelf.names.add(slug)
        if values["permission.status"] == "requested":
            self.needs.append(Need(slug, str(values["author.name"])))
        return Row(number, "new", path)

    def _choose_name(self, key: str) -> str:
        """The name of a record: made from its key, unless that is long, may tell of a person, or is taken."""
        slug = make_slug(key)
        short = sha256(key.encode()).hexdigest()[:10]
        if "@" in key or len(slug) > _LONGEST_NAME or slug == self._map.source:
            slug = f"{self._map.source}-{short}"
        return f"{slug}-{short}" if slug in self._shelf.names else slug


def _join(marks: list[str]) -> str:
    """What tells a row from others in one text; a slash inside one of several is written so that it joins nothing."""
    if len(marks) == 1:
        return marks[0]
    return "/".join(mark.replace("%", "%25").replace("/", "%2F") for mark in marks)


def _digest_cells(cells: Mapping[str, Cell]) -> bytes:
    return sha256(repr([cell.text for cell in cells.values()]).encode("utf-8", "surrogatepass")).digest()[:8]


def _dotted(field: FieldPath | None) -> str:
    return ".".join(str(part) for part in field or () if isinstance(part, str))


def _digest_all(values: Mapping[str, Any]) -> dict[str, str]:
    """Short digests of the values that are there, by dotted names."""
    return {
        name: sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        for name, value in sorted(values.items())
        if value
    }
