"""Holding a draw: fix the list of entries, and later find who was drawn. What ``draw commit`` and ``draw run`` do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from msgspec import Struct, field

from twinsite.core.problem import Problem
from twinsite.draw.codes import count_shared, find_weakness
from twinsite.draw.entries import FEW, EntryList, Findings, find_column, find_rows, read_codes
from twinsite.draw.folder import keep_codes
from twinsite.draw.leaves import Sorted, find_equal, hash_code, sort_leaves
from twinsite.draw.ranks import draw_first, make_key
from twinsite.draw.statement import Commitment, Drawn, Place, Receipt, write_canonical
from twinsite.draw.tree import cut_leaves, find_paths


class _Span(Struct):
    """The first and the last of some codes by their letters: what both begin with, all begin with."""

    least: str = ""
    most: str = ""
    shortest: str = ""
    count: int = 0

    def watch(self, codes: Iterator[str]) -> Iterator[str]:
        for code in codes:
            if not self.count or code < self.least:
                self.least = code
            if code > self.most:
                self.most = code
            if not self.count or len(code) < len(self.shortest):
                self.shortest = code
            self.count += 1
            yield code

    def common(self) -> str:
        return self.least[: count_shared(self.least, self.most)] if self.count >= FEW else ""


class FixedList(Struct, frozen=True):
    """The leaves of a list in order, or what is wrong with it."""

    leaves: bytes
    problems: list[Problem] = field(default_factory=list)


def fix_list(entries: EntryList, salt: bytes, copy: IO[bytes] | None = None) -> FixedList:
    """The leaves of all entries that take part. ``copy`` takes their codes on the way. Problems: all that
    ``read_codes`` tells of, ``code-guessable``, ``same-code``, ``no-entries``.
    """
    findings, span = Findings(), _Span()
    codes = span.watch(read_codes(entries, findings))
    leaves = sort_leaves(hash_code(salt, code) for code in (keep_codes(codes, copy) if copy else codes))
    if not findings.problems and (common := span.common()) and find_weakness(span.shortest, common):
        for _ in read_codes(entries, findings, common):
            pass
    if twice := find_equal(leaves):
        _find_twins(entries, salt, twice, findings)
    if not leaves and not findings.problems:
        message = "Nobody takes part in this draw: the list has no entry that counts."
        findings.add(Problem("no-entries", entries.shown, message, "Export the list of entries again."))
    return FixedList(leaves, findings.told(entries.shown))


def _find_twins(entries: EntryList, salt: bytes, leaves: set[bytes], findings: Findings) -> None:
    """A problem for each row whose code another row before it has. Codes are looked for once more, as few are equal."""
    first: dict[str, int] = {}
    for code, row in find_rows(entries):
        if hash_code(salt, code) not in leaves:
            continue
        if code in first:
            message = f"This code stands in line {first[code]} already."
            hint = "Every entry has a code of its own; delete the row if the same entry was exported twice."
            place = find_column(entries, row)
            findings.add(Problem("same-code", entries.shown, message, hint, row.line, place))
        first.setdefault(code, row.line)


def share_places(places: Sequence[Place], winners: int) -> tuple[Place, ...]:
    """The places of the first so many winners, in order."""
    found = []
    for place in places:
        count = min(place.winners, winners)
        winners -= count
        if count:
            found.append(Place(place.place, count))
    return tuple(found)


def hold_draw(commitment: Commitment, leaves: bytes, salt: bytes, seed: str) -> Receipt:
    """The receipt of a draw: everything in it follows from the commitment, the list, the salt and the seed."""
    key = make_key(write_canonical(commitment), seed)
    first = draw_first(key, cut_leaves(leaves), commitment.winners + commitment.reserves)
    places = Sorted(leaves)
    indexes = [places.find(leaf) or 0 for _, leaf in first]
    paths = find_paths(leaves, indexes)
    drawn = tuple(
        Drawn(
            rank=rank,
            place=commitment.place_of(rank),
            leaf=leaf.hex(),
            index=index,
            ticket=ticket.hex(),
            path=tuple(step.hex() for step in paths[index]),
        )
        for rank, ((ticket, leaf), index) in enumerate(zip(first, indexes, strict=True), 1)
    )
    return Receipt(commitment, drawn, salt.hex(), seed)


def name_winners(receipt: Receipt, codes: Iterable[str], salt: bytes) -> list[tuple[Drawn, str]]:
    """Each that was drawn with its code, for the promoter alone."""
    wanted = {bytes.fromhex(one.leaf) for one in receipt.drawn}
    found = {leaf.hex(): code for code in codes if (leaf := hash_code(salt, code)) in wanted}
    return [(one, found.get(one.leaf, "")) for one in receipt.drawn]
