"""What follows from scores and votes: the standings a page may show, and whether the winners are those who won.

Nothing of a result is shown before the winners are, unless ``voting.leaderboard`` declares that votes are seen while
they are cast. Entries of winners who did not agree to be shown in full are not named in any standings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from twinsite.core.draft import Table
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.contest.model import Contest, Winner
from twinsite.kinds.contest.sheets import fold
from twinsite.kinds.contest.standings import (
    TIE_STEPS,
    Result,
    Standing,
    choose_digits,
    count_votes,
    work_out,
    write_number,
)
from twinsite.kinds.contest.winners import places_of, split_name
from twinsite.kinds.kind import Facts
from twinsite.kinds.parts import plain_amount

COUNTING = ("voting", "judging", "closed")
"""States in which a declared leaderboard is shown."""


UNDECIDED = ("upcoming", "open", "voting", "judging")
"""States in which nobody knows the full result, or may not."""


def keeps_back(field: FieldPath, state: str | None) -> bool:
    """Whether the table that a field names may not be seen, on whatever page somebody wants to show it: results until
    all is decided, scores and votes never, because they name the entries of winners who keep their names back. The
    contest's own page shows the standings made of them.
    """
    return state in UNDECIDED if field == ("results",) else field[-1] == "table"


def check_results(record: Contest, path: str) -> tuple[Problem, ...]:
    """What is wrong with how scores and votes are to count, whatever the tables say."""
    return (*_check_share(record, path), *_check_tie_rule(record, path))


def _check_share(record: Contest, path: str) -> Iterator[Problem]:
    judging, voting = record.judging, record.voting
    if judging and judging.scores and voting and voting.votes and voting.share is None:
        message = "Both a panel and the public decide, but nothing says how much the votes count."
        hint = "Add share: 30 to voting, for three tenths of the result; entrants must have known it before."
        yield Problem("vote-share-missing", path, message, hint, field=("voting",))


def _check_tie_rule(record: Contest, path: str) -> Iterator[Problem]:
    judging = record.judging
    if judging is None:
        return
    names = [*(criterion.name for criterion in judging.criteria), *TIE_STEPS]
    for place, step in enumerate(judging.tie_rule):
        near = nearest_name(step, names)
        message = ""
        if step not in names:
            message = f'"{step}" settles no tie.' + (f' Did you mean "{near}"?' if near else "")
        elif step == "chair" and sum(judge.chair for judge in judging.panel) != 1:
            message = "The chair settles ties, but not exactly one judge of the panel is the chair."
        elif step == "shared" and place + 1 < len(judging.tie_rule):
            message = '"shared" ends a tie, so nothing can follow it.'
        if message:
            hint = f"Write a list of these: {', '.join(names)}; one judge has chair: true."
            yield Problem("unknown-tie-rule", path, message, hint, field=("judging", "tie_rule", place))


def check_weight_of_votes(record: Contest, path: str, policies: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A public vote that decides more than half of a result with a large prize: votes are bought and exchanged."""
    limit, voting = policies["public_vote_prize"], record.voting
    share = voting.share if voting and voting.share is not None else Decimal(100 if record.kind_of == "vote" else 0)
    if voting is None or share <= 50:
        return ()
    for place, prize in enumerate(record.prizes):
        if prize.value and prize.value.amount > limit:
            worth = f'"{prize.name}", worth {plain_amount(prize.value.amount)} {prize.value.currency}'
            message = f"The public decides {plain_amount(share)} % of who wins the prize {worth}."
            hint = "Let a panel decide at least half (voting: share: 50), or raise public_vote_prize in policies."
            at = ("prizes", place, "value")
            return (Problem("public-vote-decides", path, message, hint, field=at, severity="warning"),)
    return ()


def check_tables(record: Contest, path: str, tables: Mapping[str, Table]) -> tuple[Problem, ...]:
    """What is wrong with the tables of a contest, and with its winners in the light of them."""
    result, problems = work_out(record, tables)
    found = [*problems, *_check_withheld(record, path, tables)]
    if result is None:
        return tuple(found)
    found += _check_aside(record, path, result, tables)
    if record.winners and record.kind_of != "draw":
        found += _check_ties(record, path, result) or _check_winners(record, path, result)
    return tuple(found)


def _check_aside(record: Contest, path: str, result: Result, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Entries set aside that never stood: most often a mistyped name, and the wrong one wins."""
    judging = record.judging
    if judging is None or not judging.set_aside:
        return
    everyone, _ = work_out(record.model_copy(update={"judging": judging.model_copy(update={"set_aside": ()})}), tables)
    names = [one.entry for one in everyone.standings] if everyone else []
    for place, one in enumerate(judging.set_aside):
        if one.entry not in names:
            yield _unknown(path, one.entry, names, ("judging", "set_aside", place, "entry"))


def _unknown(path: str, entry: str, names: list[str], field: tuple[str | int, ...]) -> Problem:
    near = nearest_name(entry, names)
    message = f'No table has the entry "{entry}".' + (f' Did you mean "{near}"?' if near else "")
    hint = "Write the entry exactly as the table of scores or votes calls it."
    return Problem("unknown-entry", path, message, hint, field=field)


def list_slots(record: Contest) -> list[str]:
    """The place that each rank wins, the best first: as often as there are prizes for it."""
    return [place for place, (_, quantity) in places_of(record.prizes).items() for _ in range(quantity)]


def _place_of(slots: list[str], standing: Standing) -> str | None:
    return slots[standing.rank - 1] if standing.rank <= len(slots) else None


def _check_ties(record: Contest, path: str, result: Result) -> list[Problem]:
    """Equal entries that cannot all win what their rank wins, with nothing declared to tell them apart."""
    if record.judging and "shared" in record.judging.tie_rule:
        return []
    slots = list_slots(record)
    found = []
    for rank in dict.fromkeys(one.rank for one in result.standings if one.tied and one.rank <= len(slots)):
        equal = [one for one in result.standings if one.rank == rank]
        if len({*slots[rank - 1 : rank - 1 + len(equal)]}) > 1 or rank - 1 + len(equal) > len(slots):
            names = " and ".join(f'"{one.entry}"' for one in equal)
            message = f"Nothing decides between {names}: each has {_write(result, equal[0])}."
            hint = "Say under judging what does: tie_rule: [a criterion, votes, earliest, chair or shared]."
            found.append(Problem("tie-not-decided", path, message, hint, field=("winners",)))
    return found


def _check_winners(record: Contest, path: str, result: Result) -> Iterator[Problem]:
    """Winners' entries that did not win their places by the result."""
    slots = list_slots(record)
    by_entry = {one.entry: one for one in result.standings}
    taken: set[str] = set()
    for index, winner in enumerate(record.winners):
        at = ("winners", index)
        if winner.place not in slots:
            continue
        if winner.entry is None:
            message = f'The result says who won "{winner.place}", but not which entry is this winner\'s.'
            winning = _list_winning(result, slots, winner.place)
            hint = f"Add entry: with {winning}; the page shows it only if its winner is shown in full."
            yield Problem("winner-without-entry", path, message, hint, field=at)
        elif winner.entry not in by_entry:
            yield _unknown(path, winner.entry, list(by_entry), (*at, "entry"))
        elif winner.entry in taken or _place_of(slots, by_entry[winner.entry]) != winner.place:
            yield _not_by_result(path, winner, winner.entry in taken, by_entry[winner.entry], result, slots, index)
        taken.add(winner.entry or "")


def _not_by_result(
    path: str, winner: Winner, again: bool, own: Standing, result: Result, slots: list[str], index: int
) -> Problem:
    said = f'"{own.entry}" has rank {own.rank} with {_write(result, own)}'
    message = f'{said}, so it did not win "{winner.place}": that goes to {_list_winning(result, slots, winner.place)}.'
    if again:
        message = f"{said} and is named as a winner twice."
    hint = "Correct the entry or the place; an entry that may not win is declared under judging: set_aside."
    return Problem("winner-not-by-result", path, message, hint, field=("winners", index, "entry"))


def _list_winning(result: Result, slots: list[str], place: str) -> str:
    """The entries that win a place, with their totals: ``"A" (8.72) or "B" (8.50)``."""
    winning = [one for one in result.standings if _place_of(slots, one) == place]
    return " or ".join(f'"{one.entry}" ({_write(result, one)})' for one in winning) or "nobody"


def _write(result: Result, standing: Standing) -> str:
    number = write_number(standing.total, choose_digits([one.total for one in result.standings]))
    if result.basis == "votes":
        return f"{number} vote{'' if number == '1' else 's'}"
    return f"{number} points" if result.basis == "both" else f"a score of {number}"


def _check_withheld(record: Contest, path: str, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """A table of full results that names what a winner asked to keep back."""
    table = tables.get(record.results) if record.results else None
    if table is None:
        return
    hidden = {word for winner in record.winners for word in _hidden_words(winner)}
    for row, values in enumerate(table.rows, 1):
        for column, value in zip(table.columns, values, strict=True):
            if isinstance(value, str) and fold(value) in hidden:
                message = f"Row {row} tells what a winner did not agree to have shown, and the page shows this table."
                hint = "Write a code there, or leave the cell empty."
                place = table.find(row, column.name)
                yield Problem("withheld-in-results", table.path, message, hint, *place, max(len(value), 1))


def _hidden_words(winner: Winner) -> Iterator[str]:
    """What of a winner may not be said, folded: the name in either order and the entry, unless shown in full."""
    if winner.consent and winner.publish_as == "full":
        return
    if winner.name:
        given, surname = split_name(winner.name)
        yield from map(fold, (winner.name, f"{given} {surname}", f"{surname}, {given}"))
    if winner.entry:
        yield fold(winner.entry)


def show_standings(record: Contest, facts: Facts) -> dict[str, Any] | None:
    """The standings as the page shows them, or none before anybody may see them.

    ``{basis, final, as_of, source, votes_as_of, votes_source, criteria, share, rows, more, aside, not_counted, why}``.
    ``rows`` are ``{rank, entry, place, parts, total, votes, share}``, numbers as text, ``share`` in per cent; ``entry``
    is none where its winner did not agree to be shown in full. ``more`` counts the rows that are left out.
    """
    final = facts.state == "announced"
    voting, judging = record.voting, record.judging
    if final:
        result = work_out(record, facts.tables)[0]
    elif voting and voting.leaderboard and facts.state in COUNTING:
        result = count_votes(record, facts.tables)
    else:
        return None
    if result is None or not result.standings:
        return None
    scores = judging.scores if judging and result.basis != "votes" else None
    votes = voting.votes if voting and result.basis != "scores" else None
    limits = [table.shown for table in (scores, votes) if table and table.shown]
    shown = result.standings[: min(limits)] if limits else result.standings
    return {
        "basis": result.basis,
        "final": final,
        "as_of": scores.as_of if scores else None,
        "source": scores.source if scores else None,
        "highest": plain_amount(scores.highest) if scores else None,
        "votes_as_of": votes.as_of if votes else None,
        "votes_source": votes.source if votes else None,
        "not_counted": votes.not_counted if votes else None,
        "why": votes.why_not_counted if votes else None,
        "criteria": [criterion.name for criterion in judging.criteria] if judging and scores else [],
        "share": plain_amount(voting.share) if result.basis == "both" and voting and voting.share is not None else None,
        "rows": _show_rows(record, result, shown, final),
        "more": len(result.standings) - len(shown),
        "aside": [{"entry": one.entry, "reason": one.reason} for one in judging.set_aside] if judging and final else [],
    }


def _show_rows(record: Contest, result: Result, shown: tuple[Standing, ...], final: bool) -> list[dict[str, Any]]:
    hidden = {word for winner in record.winners for word in _hidden_words(winner)}
    places = {winner.entry: winner.place for winner in record.winners if winner.entry} if final else {}
    digits = choose_digits([one.total for one in result.standings])
    return [
        {
            "rank": one.rank,
            "entry": None if fold(one.entry) in hidden else one.entry,
            "place": places.get(one.entry),
            "parts": [write_number(part, 2) for part in one.parts] if result.basis != "votes" else [],
            "total": write_number(one.total, digits),
            "votes": one.votes,
            "share": write_number(100 * one.share, 1) if one.share is not None else None,
        }
        for one in shown
    ]
