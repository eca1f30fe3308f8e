"""Whether a figure of a free text agrees with the fields. What it may be of is taken widely: a false alarm costs more
trust than a contradiction that a person finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.kinds.contest.linter.figures import Figure
from twinsite.kinds.contest.model import Contest, Prize
from twinsite.kinds.contest.rules.terms import write_moment, write_money
from twinsite.kinds.parts import count_days, plain_amount

Number = TypeVar("Number", int, Decimal)

MOST_SUMS = 10
"""Kinds of prizes of which every sum is worked out."""
NEAR = Decimal("0.05")
"""How far an amount may be from the field's, as people round."""


class Said(Struct, frozen=True):
    """What the fields say where a text says another thing: the ``field`` and its value in ``words``."""

    field: str
    words: str


def judge(figure: Figure, record: Contest, zone: str) -> Said | None:
    """What the fields say instead, or ``None`` where the figure agrees or no field says anything of the kind."""
    if figure.day:
        return _judge_day(figure, _moment_of(record, figure.of), zone)
    if figure.money:
        return _judge_pay(figure, record) if figure.of == "pay" else _judge_value(figure, record.prizes)
    match figure.of:
        case "minimum_age":
            age = record.eligibility.minimum_age if record.eligibility else None
            return Said("eligibility.minimum_age", str(age)) if age is not None and age != figure.count else None
        case "days_to_respond":
            days = record.days_to_respond
            return Said("days_to_respond", count_days(days)) if days is not None and days != figure.count else None
        case _:
            return _judge_count(figure, record.prizes)


def _moment_of(record: Contest, name: str) -> tuple[str, datetime | None]:
    if name.startswith("voting."):
        return name, getattr(record.voting, name.removeprefix("voting."), None)
    return name, getattr(record, name)


def _judge_day(figure: Figure, of: tuple[str, datetime | None], zone: str) -> Said | None:
    name, moment = of
    if moment is None or figure.day is None:
        return None
    year, month, day = figure.day
    local = moment.astimezone(ZoneInfo(zone))
    # What ends at midnight ends on the day before, too, as people say it.
    days = {local.date(), (local - timedelta(minutes=1)).date()}
    if any((one.month, one.day) == (month, day) and year in (None, one.year) for one in days):
        return None
    return Said(name, write_moment(moment, zone)) if _is_day(month, day) else None


def _is_day(month: int, day: int) -> bool:
    try:
        return bool(date(2024, month, day))
    except ValueError:
        return False


def _judge_count(figure: Figure, prizes: tuple[Prize, ...]) -> Said | None:
    """A number of prizes or winners: of all, of one sort, or of sorts together."""
    sums = {sum(part) for part in _subsets([prize.quantity for prize in prizes])} | {len(prizes)}
    total = sum(prize.quantity for prize in prizes)
    if figure.count in sums:
        return None
    return Said("prizes", "1 prize" if total == 1 else f"{total} prizes in all")


def _subsets(numbers: list[Number]) -> Iterable[tuple[Number, ...]]:
    """Some of the numbers, in every way; of very many each alone, and all."""
    sizes = (1, len(numbers)) if len(numbers) > MOST_SUMS else range(1, len(numbers) + 1)
    return chain.from_iterable(combinations(numbers, size) for size in sizes)


def _judge_value(figure: Figure, prizes: tuple[Prize, ...]) -> Said | None:
    """A sum of money: the value of one prize, of all of its sort, of all prizes, or of sorts together."""
    assert figure.money is not None
    amount, currency = figure.money
    given = [prize for prize in prizes if prize.value and prize.value.amount]
    own = [prize.value.amount * prize.quantity for prize in given if prize.value and prize.value.currency == currency]
    single = [prize.value.amount for prize in given if prize.value and prize.value.currency == currency]
    if not own:
        return None
    sums = {sum(part, Decimal(0)) for part in _subsets(own)}
    if any(abs(amount - one) <= one * NEAR for one in (*single, *sums)):
        return None
    return Said("prizes", f"{write_money(sum(own, Decimal(0)), currency)} for all prizes")


def _judge_pay(figure: Figure, record: Contest) -> Said | None:
    """What a position pays, for the same span of time."""
    assert figure.money is not None
    pays = [prize.position.pay for prize in record.prizes if prize.position and prize.position.pay]
    same = [pay for pay in pays if pay.per == figure.per and pay.currency == figure.money[1]]
    if not same or any(pay.amount == figure.money[0] for pay in same):
        return None
    return Said("prizes", f"{plain_amount(same[0].amount)} {same[0].currency} per {same[0].per}")
