"""What can be wrong between a twintern and the exports that hold the numbers, each at its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from twinsite.core.draft import Table
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.twintern.model import Twintern
from twinsite.kinds.twintern.series import list_exports, list_own, place_of

MOST_ROWS = 20
"""How many wrong rows of one export are told one by one."""


def check_exports(record: Twintern, path: str, tables: Mapping[str, Table]) -> tuple[Problem, ...]:
    """Exports whose rows belong to no account, or count a day twice; and tables that were meant to be exports."""
    return tuple(_find_problems(record, path, tables))


def _find_problems(record: Twintern, path: str, tables: Mapping[str, Table]) -> Iterator[Problem]:
    whole = tables.get(record.metrics or "")
    for place, channel in enumerate(record.channels):
        own = tables.get(channel.metrics or "")
        if own is not None and not own.row:
            yield _not_mapped(own, path, ("channels", place, "metrics"))
    if whole is not None and whole.row:
        yield from _check_shared(record, whole, path)
    done: set[str] = set()
    for place, table in list_exports(record, tables):
        if place_of(table, "account") is not None:
            yield from _check_account(record, table, place, path)
        elif table.name not in done:
            yield from _check_networks(record, table, None if table is whole else place)
        done.add(table.name)
        yield from _check_days(table, place, record)


def _check_shared(record: Twintern, table: Table, path: str) -> Iterator[Problem]:
    """An export of several accounts says of each row which one it is of."""
    sharing = [channel.network.casefold() for channel in record.channels if channel.metrics is None]
    if place_of(table, "account") is not None or len(sharing) < 2:
        return
    if place_of(table, "network") is not None and len(set(sharing)) == len(sharing):
        return
    meaning = "network" if len(set(sharing)) == len(sharing) else "account"
    message = f'The table "{table.name}" does not say which row is of which account.'
    hint = f'Give its schema a column that {{is: {meaning}}}, or name each export at its account under "channels:".'
    yield Problem("columns-not-mapped", path, message, hint, field=("metrics",))


def _check_account(record: Twintern, table: Table, place: int, path: str) -> Iterator[Problem]:
    """An export of many people's accounts has at least one row of this one."""
    channel = record.channels[place]
    if next(list_own(table, channel), None) is not None:
        return
    column = place_of(table, "account") or 0
    known = sorted({str(cells[column]).removeprefix("@") for cells in table.rows if cells[column]})
    near = nearest_name(channel.handle, known)
    guess = f' Did you mean "{near}"?' if near else ""
    message = f'The table "{table.name}" has no row of the account "{channel.handle}" on {channel.network}.{guess}'
    hint = "Correct the handle, or add the account's rows to the export."
    yield Problem("unknown-account", path, message, hint, field=("channels", place, "handle"))


def _not_mapped(table: Table, path: str, field: FieldPath) -> Problem:
    message = f'Nothing says what the columns of the table "{table.name}" mean.'
    hint = f"In {table.path.rpartition('.')[0]}.schema.yaml write what one row is (row: week) and what each column is,"
    return Problem("columns-not-mapped", path, message, f"{hint} such as: Date: {{is: date}}.", field=field)


def _check_networks(record: Twintern, table: Table, place: int | None) -> Iterator[Problem]:
    """Rows of a network on which the twintern has no account (or of another one than that which names the export)."""
    column = place_of(table, "network")
    if column is None:
        return
    channels = record.channels if place is None else (record.channels[place],)
    names = sorted({channel.network for channel in channels})
    known = {name.casefold() for name in names}
    wrong = [row for row, cells in enumerate(table.rows, 1) if str(cells[column] or "").casefold() not in known]
    for row in wrong[:MOST_ROWS]:
        said = table.rows[row - 1][column]
        near = nearest_name(str(said), names) if said else None
        guess = f' Did you mean "{near}"?' if near else ""
        message = f'Row {row}: {record.name} has no account on "{said}".{guess}'
        message = message if said else f"Row {row} names no network."
        yield _at(table, row, column, "unknown-account", message, f"Accounts are on: {', '.join(names)}.")
    if len(wrong) > MOST_ROWS:
        more = f"{len(wrong) - MOST_ROWS:,} further rows are of no account of {record.name}, this one first."
        yield _at(table, wrong[MOST_ROWS], column, "unknown-account", more, "Mend those above first.")


def _check_days(table: Table, place: int, record: Twintern) -> Iterator[Problem]:
    """Two rows of one account for the same day, week or month, or for a post at the same address."""
    column = place_of(table, "url" if table.row == "post" else "date")
    if column is None:
        return
    first: dict[str, int] = {}
    told = 0
    for number, cells in list_own(table, record.channels[place]):
        name = str(cells[column] or f"row {number}")
        before = first.setdefault(name, number)
        if before != number and told < MOST_ROWS:
            told += 1
            message = f"Row {number} counts the same {table.row} as row {before}: {name}."
            yield _at(table, number, column, "counted-twice", message, "Delete one of the two rows.")


def _at(table: Table, row: int, place: int, rule: str, message: str, hint: str) -> Problem:
    """A problem of one cell."""
    name = table.columns[place].name
    line, column = table.find(row, name)
    width = len(str(table.rows[row - 1][place] or " "))
    return Problem(rule, table.path, message, hint, line, column, width)
