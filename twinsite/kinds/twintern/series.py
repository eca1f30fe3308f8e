"""Numbers of an account over time, read from an export: which rows are of which account, and what each row says.

What the columns mean is declared in the table's schema (``is: followers``); nothing is guessed. A cell that is empty is
not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from twinsite.core.draft import Table
from twinsite.core.measures import COUNTS
from twinsite.kinds.twintern.model import Channel, Twintern
from twinsite.kinds.twintern.rates import list_counted


class Row(Struct, frozen=True):
    """One row: its day, its numbers by their names (``None`` where not given), and its ``number`` in the table, from 1.
    ``title`` and ``url`` are those of a post.
    """

    day: date
    numbers: Mapping[str, int | None]
    number: int
    title: str | None = None
    url: str | None = None

    def add(self, names: Sequence[str]) -> int | None:
        """The sum of some numbers; ``None`` where one is not given."""
        total = 0
        for name in names:
            value = self.numbers[name]
            if value is None:
                return None
            total += value
        return total


class Series(Struct, frozen=True):
    """The rows of one account in order of time; ``row`` is what one of them is (``core.measures.ROWS``).

    ``names`` are the numbers that the export has; ``counted`` are those of which engagements are made: a column that
    is ``engagements``, else what counts on the network, as far as the export has it.
    """

    network: str
    row: str
    names: tuple[str, ...]
    counted: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str
    source: str


def place_of(table: Table, meaning: str) -> int | None:
    """The place of the column that means something."""
    return next((place for place, column in enumerate(table.columns) if column.means == meaning), None)


def list_exports(record: Twintern, tables: Mapping[str, Table]) -> list[tuple[int, Table]]:
    """Each account (by its place among the channels) with the export that its numbers are in: its own, else that of
    the twintern.
    """
    whole = tables.get(record.metrics or "")
    found = []
    for place, channel in enumerate(record.channels):
        table = tables.get(channel.metrics) if channel.metrics else whole
        if table is not None and table.row:
            found.append((place, table))
    return found


def read_all(record: Twintern, tables: Mapping[str, Table]) -> dict[int, Series]:
    """The series of each account that has one with rows, by the account's place among the channels."""
    if record.metrics is None and not any(channel.metrics for channel in record.channels):
        return {}
    found = ((place, read_series(table, record.channels[place])) for place, table in list_exports(record, tables))
    return {place: series for place, series in found if series.rows}


def read_series(table: Table, channel: Channel) -> Series:
    """The rows of a right export that are of one account: all of them where it names neither networks nor accounts."""
    day, title, url = place_of(table, "date"), place_of(table, "title"), place_of(table, "url")
    places = [(column.means, place) for place, column in enumerate(table.columns) if column.means in COUNTS]
    names: tuple[str, ...] = tuple(name for name in COUNTS if name in dict(places))
    rows = [
        Row(
            date.fromisoformat(str(cells[day or 0])[:10]),
            {name: _as_count(cells[place]) for name, place in places},
            number,
            _as_text(cells, title),
            _as_text(cells, url),
        )
        for number, cells in list_own(table, channel)
    ]
    rows.sort(key=lambda row: row.day)
    usual = tuple(name for name in list_counted(channel.network) if name in names)
    counted: tuple[str, ...] = ("engagements",) if "engagements" in names else usual
    return Series(channel.network, table.row, names, counted, tuple(rows), table.title, table.source)


Cells = tuple[str | int | bool | None, ...]


def list_own(table: Table, channel: Channel) -> Iterator[tuple[int, Cells]]:
    """The rows of an export that are of an account, with their numbers from 1."""
    network, account = place_of(table, "network"), place_of(table, "account")
    own, handle = channel.network.casefold(), channel.handle.casefold()
    for number, cells in enumerate(table.rows, 1):
        if network is not None and str(cells[network]).casefold() != own:
            continue
        if account is None or str(cells[account]).casefold().removeprefix("@") == handle:
            yield number, cells


def _as_text(cells: Cells, place: int | None) -> str | None:
    value = None if place is None else cells[place]
    return None if value is None else str(value)


def _as_count(value: str | int | bool | None) -> int | None:
    return value if isinstance(value, int) else None


def fill_channels(record: Twintern, found: Mapping[int, Series]) -> tuple[Channel, ...]:
    """The accounts, each with its newest followers: those of its fields or of its series, whichever day is later."""
    return tuple(_fill(channel, found.get(place)) for place, channel in enumerate(record.channels))


def _fill(channel: Channel, series: Series | None) -> Channel:
    last = _find_last(series) if series else None
    if series is None or last is None or (channel.as_of is not None and channel.as_of >= last.day):
        return channel
    newest = {"followers": last.numbers["followers"], "as_of": last.day, "source": series.source or None}
    return channel.model_copy(update=newest)


def _find_last(series: Series) -> Row | None:
    """The last row that says how many followed."""
    if "followers" not in series.names:
        return None
    return next((row for row in reversed(series.rows) if row.numbers["followers"] is not None), None)


def total_followers(channels: Sequence[Channel]) -> dict[str, Any] | None:
    """``{total, as_of, channels}``: all followers together and the oldest day among them; none where none is given."""
    counted = [channel for channel in channels if channel.followers is not None]
    if not counted:
        return None
    days = [channel.as_of for channel in counted if channel.as_of is not None]
    total = sum(channel.followers or 0 for channel in counted)
    return {"total": total, "as_of": min(days, default=None), "channels": len(counted)}
