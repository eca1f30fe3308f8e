"""What the profiles of a contest's jurisdictions ask of it, line by line. Every message names the line and its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

from twinsite.core.expression import express
from twinsite.core.law import Law, Line, Profile, Threshold
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.fields import find_values, is_given
from twinsite.kinds.contest.model import Contest, Registration, sum_values
from twinsite.kinds.contest.platforms import check_platforms
from twinsite.kinds.contest.statements import fill_statement, name_line
from twinsite.kinds.contest.when import applies
from twinsite.kinds.parts import plain_amount

Lack = tuple[str, FieldPath]
"""What is wrong, in words that finish "us: 16 CFR 312 children: ...", and the field it is about."""

_DENIAL = express(r"(?i)\s*(?:there (?:is|are) )?(?:no\b|none\b|not\b|n/?a\b|-+\s*$)")


class _Asked(Struct, frozen=True):
    """A line that asks something of a contest, with the name of its profile and its place among the jurisdictions."""

    name: str
    line: Line
    index: int | None = None


def check_law(record: Contest, path: str, law: Law) -> tuple[Problem, ...]:
    """All that law and networks find wrong with a contest."""
    return (*check_jurisdictions(record, path, law), *check_platforms(record, path, law))


def check_jurisdictions(record: Contest, path: str, law: Law) -> tuple[Problem, ...]:
    """What each line of each profile misses, and jurisdictions without a profile."""
    unknown = [
        _unknown(name, path, index, law) for index, name in enumerate(record.jurisdictions) if law.profile(name) is None
    ]
    return (
        *unknown,
        *(
            _tell(record, asked, lack, path)
            for asked in _list_asked(record, law)
            for lack in find_lacks(record, asked.line)
        ),
    )


def _list_asked(record: Contest, law: Law) -> Iterator[_Asked]:
    """The lines that ask something of this contest: those of its jurisdictions, and what the country of a position says
    of unpaid work.
    """
    for name in dict.fromkeys(record.jurisdictions):
        index = record.jurisdictions.index(name)
        yield from (_Asked(name, line, index) for line in _lines(law.profile(name)) if applies(line.when, record))
    countries = {prize.position.country.lower() for prize in record.prizes if prize.position and prize.position.country}
    for name in sorted(countries - set(record.jurisdictions)):
        lines = _lines(law.profile(name))
        yield from (_Asked(name, line) for line in lines if line.need.unpaid_review and applies(line.when, record))


def _lines(profile: Profile | None) -> Sequence[Line]:
    return profile.lines if profile else ()


def _unknown(name: str, path: str, index: int, law: Law) -> Problem:
    known = law.profiles
    near = nearest_name(name, known)
    guess = f' Did you mean "{near}"?' if near else ""
    return Problem(
        rule="unknown-jurisdiction",
        path=path,
        field=("jurisdictions", index),
        message=f'There is no profile of the jurisdiction "{name}".{guess}',
        hint=f"Write one of: {', '.join(known)}. Or say what it asks for in content/jurisdictions/{name}.yaml.",
    )


def _tell(record: Contest, asked: _Asked, lack: Lack, path: str) -> Problem:
    """The problem at its field; one that would stand at the top of the record is told at the jurisdiction that asks."""
    what, field = lack
    if asked.index is not None and not is_given(getattr(record, str(field[0]))):
        field = ("jurisdictions", asked.index)
    line, must = asked.line, asked.line.demand == "must"
    return Problem(
        rule="law-requires" if must else "law-may-apply",
        path=path,
        field=field,
        message=f"{name_line(asked.name, line)}: {what}",
        hint=f"{line.how} See {line.source}",
        severity="error" if must else "warning",
    )


def find_lacks(record: Contest, line: Line) -> list[Lack]:
    """What a contest lacks of what a line that applies asks for."""
    (kind,) = line.need.given()
    return CHECKS[kind](record, line)


def _lack_fields(record: Contest, line: Line) -> list[Lack]:
    """The places where none of several fields is given; with ``*`` of each item of a list."""
    names = line.need.one_of
    if not any("*" in name for name in names):
        given = any(is_given(value) for name in names for _, value in find_values(record, name))
        return [] if given else [(_say_missing(names, ()), tuple(names[0].split(".")))]
    found = [pair for name in names for pair in find_values(record, name)]
    groups = groupby(sorted(found, key=_item_of), key=_item_of)
    return [
        (_say_missing(names, item), item or pairs[0][0])
        for item, pairs in ((item, list(group)) for item, group in groups)
        if not any(is_given(value) for _, value in pairs)
    ]


def _item_of(pair: tuple[FieldPath, object]) -> FieldPath:
    """The item of a list in which a field stands; the empty path for fields of the record itself."""
    place = pair[0]
    index = next((number for number, step in enumerate(place) if isinstance(step, int)), -1)
    return place[: index + 1]


def _say_missing(names: Sequence[str], item: FieldPath) -> str:
    quoted = " or ".join(f'"{name.rpartition("*.")[2]}"' for name in names)
    where = f' in item {int(item[-1]) + 1} of "{item[-2]}"' if item else ""
    return f"{quoted} is missing{where}."


def _lack_statement(record: Contest, line: Line) -> list[Lack]:
    """The fields that a sentence needs and the contest lacks."""
    missing = fill_statement(record, line.need.statement or "")[1]
    return [(f'"{name}" is missing, which the page must name.', tuple(name.split("."))) for name in missing]


def _lack_registration(record: Contest, line: Line) -> list[Lack]:
    limit = line.need.total_at_most
    assert limit is not None
    over = _find_over(record, limit)
    if over is None:
        return []
    index = next((place for place, one in enumerate(record.registrations) if _is_for(one, limit)), None)
    if index is None:
        what = f"{over}, so it may have to be registered in {limit.register_in}."
        return [(what, ("registrations",) if record.registrations else ("prizes",))]
    if record.registrations[index].filed_on is None and record.registrations[index].not_needed is None:
        what = f"nothing says when it was filed in {limit.register_in}, nor why that is not needed."
        return [(what, ("registrations", index))]
    return _lack_days(record, limit, index)


def _is_for(registration: Registration, limit: Threshold) -> bool:
    return registration.place.casefold() == limit.register_in.casefold()


def _lack_days(record: Contest, limit: Threshold, index: int) -> list[Lack]:
    """A filing that came later than so many days before the opening."""
    filed = record.registrations[index].filed_on
    if filed is None or limit.days_before is None or filed <= record.opens.date() - timedelta(days=limit.days_before):
        return []
    what = f"it was filed in {limit.register_in} less than {limit.days_before} days before the opening."
    return [(what, ("registrations", index, "filed_on"))]


def _find_over(record: Contest, limit: Threshold) -> str | None:
    """How the prizes together are worth more than a limit, in words. Sums in other currencies count as if one unit were
    worth one, because nothing here knows rates: better asked once too often than not at all.
    """
    totals = sum_values(record.prizes)
    allowed = f"{plain_amount(limit.amount)} {limit.currency}"
    own = totals.pop(limit.currency, Decimal(0))
    if own > limit.amount:
        return f"the prizes are worth {plain_amount(own)} {limit.currency}, more than {allowed}"
    if own + sum(totals.values(), Decimal(0)) <= limit.amount:
        return None
    others = " and ".join(f"{plain_amount(total)} {currency}" for currency, total in totals.items())
    return f"the prizes are worth {others}, which may be more than {allowed}"


def _lack_free_route(record: Contest, line: Line) -> list[Lack]:
    route = record.entry.free_route if record.entry else None
    if route and not _DENIAL.match(route):
        return []
    what = '"entry.free_route" names no free way to enter.' if route else '"entry.free_route" is missing.'
    return [(what, ("entry", "free_route"))]


def _lack_judge(record: Contest, line: Line) -> list[Lack]:
    panel = record.judging.panel if record.judging else ()
    if any(judge.independent for judge in panel):
        return []
    what = "nobody on the panel is independent." if panel else '"judging.panel" is missing.'
    return [(what, ("judging", "panel"))]


def _lack_age(record: Contest, line: Line) -> list[Lack]:
    least, age = line.need.minimum_age, record.eligibility.minimum_age if record.eligibility else None
    assert least is not None
    if age is not None and age >= least:
        return []
    what = "no age is given" if age is None else f'"minimum_age" is {age}'
    return [(f"{what}, so people under {least} may enter.", ("eligibility", "minimum_age"))]


def _lack_review(record: Contest, line: Line) -> list[Lack]:
    return [
        (_say_unpaid(prize.position.title, prize.position.employer_type), ("prizes", index, "position", "unpaid"))
        for index, prize in enumerate(record.prizes)
        if prize.position
        and prize.position.unpaid
        and prize.position.employer_type in (None, "for_profit")
        and not prize.position.unpaid_review
    ]


def _say_unpaid(title: str, employer: str | None) -> str:
    who = "at a company run for profit" if employer else 'and "employer_type" does not say at whose company'
    return f'the position "{title}" is unpaid {who}; such an intern may in truth be an employee.'


CHECKS: dict[str, Callable[[Contest, Line], list[Lack]]] = {
    "one_of": _lack_fields,
    "statement": _lack_statement,
    "total_at_most": _lack_registration,
    "free_route": _lack_free_route,
    "independent_judge": _lack_judge,
    "minimum_age": _lack_age,
    "unpaid_review": _lack_review,
}
"""How each word of the vocabulary (``Need``) is held against a contest."""
