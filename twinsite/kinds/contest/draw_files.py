"""What the files of a contest's draw say for its page, and what a build can check of them without any entry.

``Contest.draw`` names the commitment before the draw and the receipt after it; ``Contest.draw_list`` the list of
leaves. Takes what these files say (``Facts.read``); touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twinsite.core.problem import FieldPath, Problem
from twinsite.draw.leaves import hash_code
from twinsite.draw.names import ENDINGS
from twinsite.draw.statement import (
    Commitment,
    Drawn,
    NoStatementError,
    Receipt,
    find_digest,
    read_instant,
    read_statement,
    write_instant,
)
from twinsite.draw.verify import check_commitment, check_receipt
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.winners import places_of
from twinsite.kinds.kind import Facts
from twinsite.kinds.moment import as_utc


def show_statement(record: Contest, facts: Facts) -> dict[str, Any] | None:
    """What a page shows of a draw; ``None`` without one. ``drawn`` is empty before it was held.

    ``{digest, root, count, winners, reserves, places: [{place, winners}], seed_source, seed_at, committed_at, seed,
    drawn: [{rank, place, leaf}]}``; ``seed`` is none before.
    """
    statement = _read(record, facts)
    if statement is None or isinstance(statement, NoStatementError):
        return None
    receipt = statement if isinstance(statement, Receipt) else None
    commitment = statement.commitment if isinstance(statement, Receipt) else statement
    return {
        "digest": find_digest(commitment),
        "root": commitment.root,
        "count": commitment.count,
        "winners": commitment.winners,
        "reserves": commitment.reserves,
        "places": [{"place": one.place, "winners": one.winners} for one in commitment.places],
        "seed_source": commitment.seed_source,
        "seed_at": read_instant(commitment.seed_at),
        "committed_at": read_instant(commitment.committed_at),
        "seed": receipt.seed if receipt else None,
        "drawn": [{"rank": one.rank, "place": one.place, "leaf": one.leaf} for one in receipt.drawn] if receipt else [],
    }


def _read(record: Contest, facts: Facts) -> Commitment | Receipt | NoStatementError | None:
    """The statement that ``draw`` names, or why it is none."""
    if record.draw is None:
        return None
    try:
        statement = read_statement(facts.read(record.draw).encode())
    except NoStatementError as error:
        return error
    kind = "receipt" if isinstance(statement, Receipt) else "commitment"
    if not record.draw.endswith(ENDINGS[kind]):
        return NoStatementError(f"It is a {kind}, whose name ends in {ENDINGS[kind]}.")
    return statement


def list_seeds(record: Contest, facts: Facts) -> tuple[str, ...]:
    """The number that decided: those of a lottery may look like a phone's."""
    statement = _read(record, facts)
    return (statement.seed,) if isinstance(statement, Receipt) else ()


def check_statements(record: Contest, path: str, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the files of a draw, and with winners that were not drawn."""
    statement = _read(record, facts)
    if statement is None:
        return (_lone_list(path),) if record.draw_list else ()
    if isinstance(statement, NoStatementError):
        message = f'"{record.draw}" is no commitment and no receipt of a draw. {statement}'
        return (_problem("bad-draw-file", path, ("draw",), message, "Name the file as twinsite draw wrote it."),)
    receipt = statement if isinstance(statement, Receipt) else None
    commitment = statement.commitment if isinstance(statement, Receipt) else statement
    if commitment.contest != facts.slug:
        message = f'This is the draw of another contest: "{commitment.contest}".'
        return (_problem("draw-of-another", path, ("draw",), message, "Name the file of this contest's draw."),)
    found = [*_check_statement(statement), *_check_promise(record, commitment)]
    hint = "Bring back the file that twinsite draw wrote; draw verify says everything that is wrong with it."
    problems = [_problem("draw-not-true", path, ("draw",), message, hint) for message in found]
    problems += _check_list(record, path, facts, commitment, receipt)
    return (*problems, *(_check_winners(record, path, receipt) if receipt else ()))


def _check_statement(statement: Commitment | Receipt) -> list[str]:
    checks = check_receipt(statement) if isinstance(statement, Receipt) else check_commitment(statement)
    return [finding.text for finding in checks if not finding.ok]


def _check_promise(record: Contest, commitment: Commitment) -> Iterator[str]:
    """What a commitment and the contest's own fields say differently."""
    if read_instant(commitment.committed_at) < as_utc(record.closes):
        yield (
            f"The list of entries was fixed at {commitment.committed_at}, while entries were accepted until "
            f"{write_instant(record.closes)}."
        )
    prizes = places_of(record.prizes)
    for one in commitment.places:
        _, count = prizes.get(one.place, ("", 0))
        if one.winners > count:
            yield f'{one.winners} were drawn for the place "{one.place}", of which the contest has {count}.'


def _check_list(
    record: Contest, path: str, facts: Facts, commitment: Commitment, receipt: Receipt | None
) -> list[Problem]:
    """Whether the list of leaves is the committed one."""
    if record.draw_list is None:
        return [_without_list(path)] if receipt else []
    if receipt is None:
        return [_lone_list(path)]
    if facts.read(record.draw_list) == f"{commitment.root} {commitment.count}":
        return []
    message = f'"{record.draw_list}" does not give the committed root: it is another list, or it was changed.'
    hint = "Bring back the file that twinsite draw run wrote; its name ends in .leaves.bin."
    return [_problem("draw-not-true", path, ("draw_list",), message, hint)]


def _without_list(path: str) -> Problem:
    message = "The page shows a receipt, but no list with which anybody could do the draw again."
    hint = "Add draw_list: with the name of the file that ends in .leaves.bin; it holds no codes, only their hashes."
    return Problem("draw-without-list", path, message, hint, field=("draw",), severity="warning")


def _lone_list(path: str) -> Problem:
    message = "There is a list of leaves, but no receipt of a draw that it belongs to."
    return _problem("bad-draw-file", path, ("draw_list",), message, "Add draw: with the receipt, or take this out.")


def _check_winners(record: Contest, path: str, receipt: Receipt) -> list[Problem]:
    """Winners whose code was not drawn, or for another place. Who steps up is one of the reserves.

    Where a panel or the public decides, other prizes may be drawn besides, and their entries have titles.
    """
    if record.kind_of != "draw":
        return []
    salt = bytes.fromhex(receipt.salt)
    drawn = {one.leaf: one for one in receipt.drawn}
    found = []
    for index, winner in enumerate(record.winners):
        if winner.entry is None:
            continue
        one = drawn.get(hash_code(salt, winner.entry).hex())
        message = _describe_mismatch(one, winner.place)
        if message:
            hint = "Write the code as it stands in the winners.csv of entries-raw/, or take it out."
            found.append(_problem("winner-not-drawn", path, ("winners", index, "entry"), message, hint))
    return found


def _describe_mismatch(one: Drawn | None, place: str) -> str:
    if one is None:
        return "The code of this entry was not drawn: it is neither a winner nor a reserve of the receipt."
    if one.place not in (None, place):
        return f'This code was drawn for the place "{one.place}" (rank {one.rank}), not for "{place}".'
    return ""


def _problem(rule: str, path: str, field: FieldPath, message: str, hint: str) -> Problem:
    return Problem(rule, path, message, hint, field=field)
