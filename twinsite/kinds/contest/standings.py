"""The standings of a contest: totals from scores and votes, exactly, and who is before whom by the declared rule.

Everything is counted in fractions, so that no rounding ever decides; only what people read is rounded.

- Scores: the mean of all judges for each criterion, times its weight (equal weights where none is given): a number on
  the judges' own scale.
- Votes: their number.
- Both: the score as a part of the scale, and the votes as a part of the most votes that any entry got, each out of 100;
  then the declared share of the votes, and the rest of the score.

Equal totals are settled by ``judging.tie_rule``, step by step. What is then still equal shares its rank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.core.draft import Table
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.scores import PANEL, Scores, list_criteria, read_scores
from twinsite.kinds.contest.votes import read_votes

TIE_STEPS = ("votes", "earliest", "chair", "shared")
"""What may settle equal totals besides the names of criteria."""

FEWEST_DIGITS, MOST_DIGITS = 2, 9


class Standing(Struct, frozen=True):
    """Where an entry stands. ``rank`` counts from 1; equal ones share theirs. ``parts`` are its means by criterion,
    ``votes`` how many it got, ``share`` which part of all votes. ``tied``: another has the same rank.
    """

    entry: str
    rank: int
    total: Fraction
    parts: tuple[Fraction, ...] = ()
    votes: int | None = None
    share: Fraction | None = None
    tied: bool = False


class Result(Struct, frozen=True):
    """All standings, the best first. ``basis`` is what they follow from: ``scores``, ``votes`` or ``both``."""

    basis: str
    standings: tuple[Standing, ...]


class _Counted(Struct):
    """What was read of one contest's tables. ``everything`` is the sum of the votes, ``most`` the largest of them."""

    scores: Scores | None = None
    votes: dict[str, int] = field(default_factory=dict)
    received: dict[str, Any] = field(default_factory=dict)
    everything: int = 0
    most: int = 0

    def count(self) -> None:
        """Add up the votes, once for all entries."""
        self.everything, self.most = sum(self.votes.values()), max(self.votes.values(), default=0)


def work_out(record: Contest, tables: Mapping[str, Table]) -> tuple[Result | None, list[Problem]]:
    """The standings of a contest whose tables are there and right, else ``None``; and all that is wrong with these."""
    counted, problems = _read(record, tables)
    scored = record.judging is not None and record.judging.scores is not None
    voted = record.voting is not None and record.voting.votes is not None
    if problems or counted is None or not (scored or voted):
        return None, problems
    basis = "both" if scored and voted else "scores" if scored else "votes"
    return Result(basis, _rank(record, counted, basis)), []


def count_votes(record: Contest, tables: Mapping[str, Table]) -> Result | None:
    """The standings by votes alone, for a leaderboard while the scores are not to be known."""
    votes = record.voting.votes if record.voting else None
    table = tables.get(votes.table) if votes else None
    if table is None:
        return None
    found, received, problems = read_votes(table, _is_by_arrival(record))
    counted = _Counted(votes=found, received=received)
    return None if problems else Result("votes", _rank(record, counted, "votes"))


def _is_by_arrival(record: Contest) -> bool:
    return record.judging is not None and "earliest" in record.judging.tie_rule


def _read(record: Contest, tables: Mapping[str, Table]) -> tuple[_Counted | None, list[Problem]]:
    """What the tables say; ``None`` where one of them is not there, which is told elsewhere."""
    counted, problems, whole = _Counted(), [], True
    judging, voting = record.judging, record.voting
    if judging and judging.scores:
        table = tables.get(judging.scores.table)
        whole &= table is not None
        if table is not None:
            counted.scores, found = read_scores(table, judging, judging.scores)
            counted.received.update(counted.scores.received)
            problems += found
    if voting and voting.votes:
        table = tables.get(voting.votes.table)
        whole &= table is not None
        if table is not None:
            counted.votes, received, found = read_votes(table, _is_by_arrival(record) and counted.scores is None)
            counted.received.update(received)
            problems += found
            problems += _compare_entries(counted, table) if whole and not problems else []
    return (counted if whole else None), problems


def _compare_entries(counted: _Counted, votes: Table) -> list[Problem]:
    """Entries that were scored but not voted for, or the other way round: each must have its part of both."""
    if counted.scores is None:
        return []
    scored, voted = dict.fromkeys(counted.scores.entries), {name: row for row, name in enumerate(counted.votes, 1)}
    pairs = [(name, frozenset(scored), "votes but no scores") for name in voted if name not in scored]
    pairs += [(name, frozenset(voted), "scores but no votes") for name in scored if name not in voted]
    return [
        Problem(
            "unknown-entry",
            votes.path,
            f'The entry "{name}" has {what}.' + (f' Did you mean "{near}"?' if near else ""),
            "Write every entry into both tables, under the same name.",
            *votes.find(voted.get(name, 0), "entry"),
        )
        for name, others, what in pairs
        for near in [nearest_name(name, others)]
    ]


def _rank(record: Contest, counted: _Counted, basis: str) -> tuple[Standing, ...]:
    """All entries but those that were set aside, the best first."""
    counted.count()
    aside = {one.entry for one in record.judging.set_aside} if record.judging else set()
    names = list(counted.scores.entries if counted.scores else counted.votes)
    rows = [_make_row(record, counted, basis, name) for name in names if name not in aside]
    keys = {row.entry: (-row.total, *_break_tie(record, counted, row)) for row in rows}
    rows.sort(key=lambda row: (keys[row.entry], row.entry.casefold(), row.entry))
    ranks: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows, 1):
        ranks.setdefault(keys[row.entry], place)
    equal = Counter(keys.values())
    return tuple(replace(row, rank=ranks[keys[row.entry]], tied=equal[keys[row.entry]] > 1) for row in rows)


def _make_row(record: Contest, counted: _Counted, basis: str, entry: str) -> Standing:
    parts = _find_means(record, counted.scores, entry) if counted.scores else ()
    votes = counted.votes.get(entry)
    share = Fraction(votes, counted.everything) if votes is not None and counted.everything else None
    score = _weigh(record, parts) if parts else Fraction(0)
    if basis == "scores":
        total = score
    elif basis == "votes":
        total = Fraction(votes or 0)
    else:
        total = _combine(record, score, Fraction(votes or 0, counted.most or 1))
    return Standing(entry, 0, total, parts, votes, share)


def _find_means(record: Contest, scores: Scores, entry: str) -> tuple[Fraction, ...]:
    """The mean score of an entry by each criterion."""
    names = list_criteria(record.judging) if record.judging else ()
    return tuple(
        sum((Fraction(scores.marks[entry, judge, name]) for judge in scores.judges), Fraction(0)) / len(scores.judges)
        for name in names
    )


def _weigh(record: Contest, parts: Sequence[Fraction]) -> Fraction:
    """The mean of an entry's parts by the weights of the criteria."""
    criteria = record.judging.criteria if record.judging else ()
    weights = [Fraction(one.weight) if one.weight is not None else None for one in criteria]
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(parts) or not sum(known):
        return sum(parts, Fraction(0)) / len(parts)
    return sum((part * weight for part, weight in zip(parts, known, strict=True)), Fraction(0)) / sum(known)


def _combine(record: Contest, score: Fraction, votes: Fraction) -> Fraction:
    """Score and votes together, out of 100; ``votes`` is a part of the most that an entry got."""
    assert record.judging is not None and record.judging.scores is not None and record.voting is not None
    low, high = Fraction(record.judging.scores.lowest), Fraction(record.judging.scores.highest)
    share = Fraction(record.voting.share or 0) / 100
    return 100 * ((1 - share) * (score - low) / (high - low) + share * votes)


def _break_tie(record: Contest, counted: _Counted, row: Standing) -> tuple[Any, ...]:
    """What the tie rule compares, smaller first, in its order."""
    if record.judging is None:
        return ()
    names = list_criteria(record.judging)
    steps: dict[str, Any] = {
        "votes": -(row.votes or 0),
        "earliest": counted.received.get(row.entry, 0),
        "chair": -_score_of_chair(record, counted.scores, row.entry),
    }
    steps.update({name: -part for name, part in zip(names, row.parts, strict=False)})
    return tuple(steps[step] for step in record.judging.tie_rule if step in steps)


def _score_of_chair(record: Contest, scores: Scores | None, entry: str) -> Fraction:
    judging = record.judging
    chair = next((judge.name for judge in judging.panel if judge.chair), PANEL) if judging else PANEL
    if judging is None or scores is None or chair not in scores.judges:
        return Fraction(0)
    return _weigh(record, [Fraction(scores.marks[entry, chair, name]) for name in list_criteria(judging)])


def write_number(value: Fraction, digits: int) -> str:
    """A number as people read it, with this many digits after the point; half is rounded up."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return format(exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP), "f")


def choose_digits(values: Sequence[Fraction]) -> int:
    """How many digits after the point tell different totals apart, from 2 on; 0 where all are whole."""
    different = set(values)
    if all(value.denominator == 1 for value in different):
        return 0
    for digits in range(FEWEST_DIGITS, MOST_DIGITS):
        if len({write_number(value, digits) for value in different}) == len(different):
            return digits
    return MOST_DIGITS
