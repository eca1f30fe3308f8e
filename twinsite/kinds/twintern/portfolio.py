"""What a portfolio shows of an account's numbers over time: totals, medians, rates, charts, and the table below them.

Everything follows from the rows of one series, by exact fractions. A row in which one of the numbers is missing that a
rate needs does not count for that rate; ``n`` says how many do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from twinsite.kinds.charts import Mark, count_months, draw_chart
from twinsite.kinds.twintern.rates import (
    Pair,
    describe_spread,
    find_median,
    find_middle,
    order_pairs,
    rate_in_percent,
    write_hundredths,
    write_median,
)
from twinsite.kinds.twintern.series import Row, Series

MOST_BARS: Final = 60
"""How many rows are shown one by one; more are put together by weeks or months, and many months by years."""

SUMMED: Final = ("posts", "impressions", "likes", "comments", "shares", "saves", "clicks", "engagements")
"""Numbers that may be added up. Followers are a level, and people reached twice are still the same people."""

_SLOTS: Final = {"post": 1, "day": 1, "week": 7, "month": 1, "year": 12}
_Base = Callable[[Row], int | None]


class Bucket(Struct, frozen=True):
    """Rows that are shown together, as one row or one bar; ``key`` is ``2026-06-01``, ``2026-06`` or ``2026``."""

    key: str
    rows: tuple[Row, ...]

    def sum(self, name: str) -> int | None:
        """A number added up over its rows; ``None`` where no row has it."""
        found = [value for row in self.rows if (value := row.numbers[name]) is not None]
        return sum(found) if found else None

    def last(self, name: str) -> int | None:
        """The last of a number that is a level."""
        return next((row.numbers[name] for row in reversed(self.rows) if row.numbers[name] is not None), None)


def describe_series(series: Series) -> dict[str, Any]:
    """The numbers of a series that has rows, for a page.

    ``row, rows, starts, ends, title, source, counted``; ``incomplete``: rows of which engagements are not known;
    ``totals``: ``[{name, value}]``; ``medians``: ``[{name, value, n}]`` of single rows; ``rates``: see ``list_rates``;
    ``charts``: see ``draw_charts``; ``table``: ``{by, columns, rows}``, which has every number of the charts.
    """
    known = [row for row in series.rows if series.counted and row.add(series.counted) is not None]
    rates = list_rates(series)
    by, buckets = put_together(series)
    return {
        "row": series.row,
        "rows": len(series.rows),
        "starts": series.rows[0].day,
        "ends": series.rows[-1].day,
        "title": series.title,
        "source": series.source,
        "counted": list(series.counted),
        "incomplete": len(series.rows) - len(known) if series.counted else 0,
        "totals": list(_list_totals(series)),
        "medians": list(_list_medians(series)),
        "rates": rates,
        "charts": draw_charts(series, by, buckets),
        "table": make_table(series, by, buckets),
    }


def _list_totals(series: Series) -> Iterable[dict[str, Any]]:
    if series.row == "post" and "posts" not in series.names:
        yield {"name": "posts", "value": len(series.rows)}
    whole = Bucket("", series.rows)
    for name in SUMMED:
        if name in series.names and (total := whole.sum(name)) is not None:
            yield {"name": name, "value": total}


def _list_medians(series: Series) -> Iterable[dict[str, Any]]:
    """The medians of single rows: of engagements, and of how many saw it."""
    engagements = [total for row in series.rows if series.counted and (total := row.add(series.counted)) is not None]
    found = [("engagements", engagements)]
    for name in ("impressions", "reach"):
        if name in series.names:
            found.append((name, [value for row in series.rows if (value := row.numbers[name]) is not None]))
    for name, values in found:
        if values:
            yield {"name": name, "value": write_median(find_middle(values)), "n": len(values)}


def list_bases(series: Series) -> list[tuple[str, _Base]]:
    """By what the engagements of a row can be divided, formula by formula, as far as the export has it."""
    has = set(series.names)
    found: list[tuple[str, _Base]] = [
        (f"by_{name}", _take(name)) for name in ("reach", "impressions", "followers") if name in has
    ]
    if series.row != "post" and {"followers", "posts"} <= has:
        found.append(("per_post", _multiply))
    return found


def _take(name: str) -> _Base:
    return lambda row: row.numbers[name]


def _multiply(row: Row) -> int | None:
    followers, posts = row.numbers["followers"], row.numbers["posts"]
    return None if followers is None or posts is None else followers * posts


def list_rates(series: Series) -> list[dict[str, Any]]:
    """The rates: ``[{formula, percent, engagements, base, rows, spread}]``.

    ``percent`` is of all ``rows`` that have both numbers together (``engagements / base x 100``, both added up over
    them); ``spread`` is that of single rows whose base is above zero (``describe_spread``). It is none for ``per_post``
    of single days, on most of which nothing is posted.
    """
    found = []
    for formula, base_of in list_bases(series):
        pairs = _pair(series.rows, series.counted, base_of)
        engagements, base = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
        if base:
            rate = {"formula": formula, "percent": rate_in_percent(engagements, base), "engagements": engagements}
            spread = None if (formula, series.row) == ("per_post", "day") else describe_spread(_keep_based(pairs))
            found.append({**rate, "base": base, "rows": len(pairs), "spread": spread})
    return found


def _keep_based(pairs: Iterable[Pair]) -> list[Pair]:
    """Those of which there is a rate: the base is above zero."""
    return [pair for pair in pairs if pair[1]]


def _pair(rows: Iterable[Row], counted: Sequence[str], base_of: _Base) -> list[Pair]:
    """Engagements and base of each row that has both; a base may be zero."""
    if not counted:
        return []
    both = ((row.add(counted), base_of(row)) for row in rows)
    return [(engagements, base) for engagements, base in both if engagements is not None and base is not None]


def put_together(series: Series) -> tuple[str, list[Bucket]]:
    """By what the rows are shown (``post``, ``day``, ``week``, ``month`` or ``year``), and each such piece of time."""
    if len(series.rows) <= MOST_BARS:
        cut = 7 if series.row == "month" else 10
        return series.row, [Bucket(row.day.isoformat()[:cut], (row,)) for row in series.rows]
    weeks = _group(series.rows, _monday_of) if series.row == "day" else []
    if 0 < len(weeks) <= MOST_BARS:
        return "week", weeks
    months = _group(series.rows, lambda day: day.isoformat()[:7])
    return ("month", months) if len(months) <= MOST_BARS else ("year", _group(series.rows, lambda day: f"{day:%Y}"))


def _monday_of(day: date) -> str:
    return date.fromordinal(max(1, day.toordinal() - day.weekday())).isoformat()


def _group(rows: Iterable[Row], name: Callable[[date], str]) -> list[Bucket]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name(row.day), []).append(row)
    return [Bucket(key, tuple(group)) for key, group in groups.items()]


def draw_charts(series: Series, by: str, buckets: Sequence[Bucket]) -> list[dict[str, Any]]:
    """Small charts: followers as a line, engagements and how often it was shown as bars, and the first rate with its
    median: ``[{name, form, first, last, lowest, highest, middle_value, ...}]`` with what ``draw_chart`` gives.

    ``first`` to ``highest`` are ``[value, key]``. Nothing is drawn of fewer than two values.
    """
    bars = "stem" if by == "post" else "bar"
    charts = []
    if "followers" in series.names:
        charts.append(_draw("followers", "line", by, [(bucket, bucket.last("followers")) for bucket in buckets]))
    if series.counted:
        totals = [(bucket, _sum_engagements(bucket, series.counted)) for bucket in buckets]
        charts.append(_draw("engagements", bars, by, totals, _middle(totals) if by == series.row else None))
    for name in [name for name in ("impressions", "posts") if name in series.names and by != "post"][:1]:
        charts.append(_draw(name, bars, by, [(bucket, bucket.sum(name)) for bucket in buckets]))
    if (first := _find_formula(series)) is not None:
        formula, base_of = first
        middle = _median_rate(series, base_of) if by == series.row else None
        charts.append(_draw(formula, "dot", by, _rate_buckets(series, buckets, base_of), middle))
    return [chart for chart in charts if chart is not None]


def _find_formula(series: Series) -> tuple[str, _Base] | None:
    """The first formula of which there is a rate."""
    return next((one for one in list_bases(series) if _keep_based(_pair(series.rows, series.counted, one[1]))), None)


def _sum_engagements(bucket: Bucket, counted: Sequence[str]) -> int | None:
    found = [total for row in bucket.rows if (total := row.add(counted)) is not None]
    return sum(found) if found else None


def _middle(totals: Iterable[tuple[Bucket, int | None]]) -> Fraction | None:
    known = [total for _, total in totals if total is not None]
    return find_middle(known) if known else None


def _rate_buckets(series: Series, buckets: Iterable[Bucket], base_of: _Base) -> list[tuple[Bucket, Fraction | None]]:
    found: list[tuple[Bucket, Fraction | None]] = []
    for bucket in buckets:
        pairs = _pair(bucket.rows, series.counted, base_of)
        base = sum(pair[1] for pair in pairs)
        found.append((bucket, Fraction(sum(pair[0] for pair in pairs) * 100, base) if base else None))
    return found


def _median_rate(series: Series, base_of: _Base) -> Fraction:
    return find_median(order_pairs(_keep_based(_pair(series.rows, series.counted, base_of)))) * 100


def _draw(
    name: str,
    form: str,
    by: str,
    values: Iterable[tuple[Bucket, int | Fraction | None]],
    middle: Fraction | None = None,
) -> dict[str, Any] | None:
    """One chart, or none of fewer than two values."""
    marks = [Mark(_place(bucket.key), bucket.key, Fraction(value)) for bucket, value in values if value is not None]
    if len(marks) < 2 or not any(mark.value for mark in marks):
        return None
    rate = name not in (*SUMMED, "followers")
    write = write_hundredths if rate else _write_whole
    return {
        "name": name,
        "form": form,
        "by": by,
        "percent": rate,
        **{
            word: [write(mark.value), mark.label]
            for word, mark in (
                ("first", marks[0]),
                ("last", marks[-1]),
                ("lowest", min(marks, key=lambda mark: mark.value)),
                ("highest", max(marks, key=lambda mark: mark.value)),
            )
        },
        "middle_value": None if middle is None else (write if rate else write_median)(middle),
        **draw_chart(marks, _SLOTS[by], middle),
    }


def _write_whole(value: Fraction) -> str:
    return str(value.numerator)


def _place(key: str) -> int:
    """Where a key stands in time: days for days, months for months and years."""
    if len(key) == 10:
        return date.fromisoformat(key).toordinal()
    return count_months(date.fromisoformat(f"{key}-01" if len(key) == 7 else f"{key}-01-01"))


def make_table(series: Series, by: str, buckets: Sequence[Bucket]) -> dict[str, Any]:
    """The numbers of the charts as a table: ``columns`` are names, ``rows`` ``{key, title, url, cells}``.

    Single rows are shown with all that the export says; several together without the people reached.
    """
    single = by == series.row and all(len(bucket.rows) == 1 for bucket in buckets)
    names = [name for name in series.names if single or name != "reach"]
    formula = _find_formula(series)
    rates = _rate_buckets(series, buckets, formula[1]) if formula else [(bucket, None) for bucket in buckets]
    shown = ["engagements"] if series.counted and "engagements" not in names else []
    columns = [*names, *shown, *([formula[0]] if formula else [])]
    rows = []
    for bucket, rate in rates:
        cells: list[int | str | None] = [
            bucket.sum(name) if name in SUMMED or name == "reach" else bucket.last(name) for name in names
        ]
        cells += [_sum_engagements(bucket, series.counted)] if shown else []
        cells += [None if rate is None else write_hundredths(rate)] if formula else []
        one = bucket.rows[0] if single else None
        rows.append(
            {"key": bucket.key, "title": one.title if one else None, "url": one.url if one else None, "cells": cells}
        )
    return {"by": by, "columns": columns, "rows": rows}
