"""What can be wrong across the fields of a contest: order of its instants, prizes, pay, weights, ways to enter."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.form_checks import check_form
from twinsite.kinds.contest.locked import check_amendments
from twinsite.kinds.contest.model import Contest, Prize
from twinsite.kinds.contest.position import check_position
from twinsite.kinds.contest.results import check_results
from twinsite.kinds.contest.winners import check_winners
from twinsite.kinds.moment import as_utc
from twinsite.kinds.parts import plain_amount


def check(record: Contest, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of a contest."""
    return (
        *check_order(record, path),
        *check_way_of_winning(record, path),
        *check_way_to_vote(record, path),
        *check_methods(record, path),
        *check_form(record, path),
        *check_prizes(record, path),
        *check_weights(record, path),
        *check_results(record, path),
        *check_winners(record, path),
        *check_amendments(record, path),
    )


def check_order(record: Contest, path: str) -> tuple[Problem, ...]:
    """The instants that come before the one they must follow; each problem is at the later field."""
    moments: list[tuple[FieldPath, datetime | None]] = [
        (("opens",), record.opens),
        (("closes",), record.closes),
        (("voting", "opens"), record.voting.opens if record.voting else None),
        (("voting", "closes"), record.voting.closes if record.voting else None),
        (("judging_ends",), record.judging_ends),
        (("winners_announced",), record.winners_announced),
    ]
    given = [(field, moment) for field, moment in moments if moment is not None]
    return tuple(
        _out_of_order(path, earlier, later)
        for (earlier, first), (later, second) in pairwise(given)
        if as_utc(second) < as_utc(first)
    )


def _out_of_order(path: str, earlier: FieldPath, later: FieldPath) -> Problem:
    before, after = (".".join(map(str, field)) for field in (earlier, later))
    return Problem(
        rule="dates-out-of-order",
        path=path,
        field=later,
        message=f'"{after}" is earlier than "{before}".',
        hint="The order is: opens, closes, voting.opens, voting.closes, judging_ends, winners_announced.",
    )


def check_way_of_winning(record: Contest, path: str) -> tuple[Problem, ...]:
    """What the way of finding winners asks for: a vote needs its days, a judged contest its criteria."""
    if record.kind_of == "vote" and record.voting is None:
        return (
            Problem(
                rule="voting-missing",
                path=path,
                field=("kind_of",),
                message="The public decides this contest, but nothing says when it votes.",
                hint='Add "voting:" with "opens:" and "closes:", or change kind_of to judged or draw.',
            ),
        )
    criteria = record.judging.criteria if record.judging else ()
    if record.kind_of == "judged" and not criteria:
        return (
            Problem(
                rule="criteria-missing",
                path=path,
                field=("kind_of",),
                message="A panel judges this contest, but nothing says what it looks at.",
                hint='Add "judging:" with "criteria:", each with a name and a weight; or change kind_of.',
                severity="warning",
            ),
        )
    return ()


def check_way_to_vote(record: Contest, path: str) -> tuple[Problem, ...]:
    """A vote whose page leads nowhere to vote: on the days of the vote it has nothing to offer."""
    if record.voting is None or record.voting.url:
        return ()
    return (
        Problem(
            rule="no-way-to-vote",
            path=path,
            field=("voting",),
            message="The public votes in this contest, and its page offers no way to vote.",
            hint='Say below "voting:" where people vote, such as: url: https://votes.example/spring',
            severity="warning",
        ),
    )


def check_methods(record: Contest, path: str) -> tuple[Problem, ...]:
    """Ways to enter that nobody could follow."""
    needs = {
        "form": ("url",),
        "post": ("hashtag", "url", "instructions"),
        "email": ("url", "instructions"),
        "mail": ("instructions",),
    }
    methods = record.entry.methods if record.entry else ()
    return tuple(
        Problem(
            rule="entry-method-incomplete",
            path=path,
            field=("entry", "methods", index),
            message=f'Nobody can enter by "{method.type}": it lacks {" or ".join(needs[method.type])}.',
            hint=f'Add "{needs[method.type][0]}:" to this way to enter.',
        )
        for index, method in enumerate(methods)
        if not any(getattr(method, name) for name in needs[method.type])
    )


def check_prizes(record: Contest, path: str) -> tuple[Problem, ...]:
    """Prizes without a value, positions that hide their pay."""
    found: list[Problem] = []
    for index, prize in enumerate(record.prizes):
        if prize.position:
            found.extend(check_position(prize.position, path, ("prizes", index, "position")))
        elif prize.value is None:
            found.append(_without_value(prize, path, index))
    return tuple(found)


def _without_value(prize: Prize, path: str, index: int) -> Problem:
    return Problem(
        rule="prize-without-value",
        path=path,
        field=("prizes", index),
        message=f'The prize "{prize.name}" has no value.',
        hint='Add "value: {amount: 100, currency: GBP}": what one would cost in a shop, about.',
    )


def check_weights(record: Contest, path: str) -> tuple[Problem, ...]:
    """Weights of the criteria that do not make 100 per cent. No weights at all is fine."""
    criteria = record.judging.criteria if record.judging else ()
    weights = [criterion.weight for criterion in criteria if criterion.weight is not None]
    if not weights or (len(weights) == len(criteria) and sum(weights) == 100):
        return ()
    missing = len(criteria) - len(weights)
    message = f"The weights of the criteria add up to {plain_amount(sum(weights, Decimal(0)))}, not to 100."
    if missing:
        message = f"{missing} of {len(criteria)} criteria {'has' if missing == 1 else 'have'} no weight."
    return (
        Problem(
            rule="weights-do-not-add-up",
            path=path,
            field=("judging", "criteria"),
            message=message,
            hint="Give every criterion a weight in per cent, so that they add up to 100; or give none.",
        ),
    )
