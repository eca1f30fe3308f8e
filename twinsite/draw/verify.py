"""Checking a receipt: every statement in it, and with the list of leaves or the entries the draw itself.

Takes a receipt and, where they are at hand, the leaves; gives ``Finding``s in plain words, one for each thing that was
checked, and sentences about what could not be. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from twinsite.draw.leaves import are_sorted
from twinsite.draw.ranks import draw_first, make_key, make_ticket
from twinsite.draw.statement import Commitment, Receipt, find_digest, read_instant, write_canonical
from twinsite.draw.tree import SIZE, cut_leaves, find_root, follow_path


class Finding(Struct, frozen=True):
    """Something that was checked: whether it is as it must be, and what it says, in one sentence."""

    ok: bool
    text: str


def key_of(receipt: Receipt) -> bytes:
    """The key of a draw."""
    return make_key(write_canonical(receipt.commitment), receipt.seed)


def check_commitment(commitment: Commitment) -> Iterator[Finding]:
    """What a commitment says by itself."""
    later = read_instant(commitment.seed_at) > read_instant(commitment.committed_at)
    yield _tell(
        later,
        f"The seed became known ({commitment.seed_at}) after the list was fixed ({commitment.committed_at}).",
        f"The seed was known from {commitment.seed_at}, not after the list was fixed ({commitment.committed_at}).",
    )
    enough = commitment.winners > 0 and commitment.winners + commitment.reserves <= commitment.count
    yield _tell(
        enough,
        f"{commitment.winners} winners and {commitment.reserves} reserves out of {commitment.count:,} entries.",
        f"{commitment.count:,} entries are not enough for {commitment.winners} winners and {commitment.reserves} "
        "reserves, or nobody is to win.",
    )


def check_receipt(receipt: Receipt) -> Iterator[Finding]:
    """What a receipt says by itself, without the list of leaves."""
    commitment = receipt.commitment
    yield from check_commitment(commitment)
    yield _tell(
        sha256(bytes.fromhex(receipt.salt)).hexdigest() == commitment.salt_digest,
        "The salt is the one of the commitment.",
        "The salt is not the one of the commitment.",
    )
    yield from _check_drawn(receipt)
    yield _tell(
        all(_is_inside(receipt, place) for place in range(len(receipt.drawn))),
        "Each code that was drawn is on the committed list: its path leads to the root.",
        "A code that was drawn is not on the committed list: its path does not lead to the root.",
    )
    key = key_of(receipt)
    yield _tell(
        all(make_ticket(key, bytes.fromhex(one.leaf)).hex() == one.ticket for one in receipt.drawn),
        "Each ticket follows from the commitment, the seed and the code.",
        "A ticket does not follow from the commitment, the seed and the code.",
    )


def _check_drawn(receipt: Receipt) -> Iterator[Finding]:
    """Ranks, places, and the order of the tickets."""
    commitment, drawn = receipt.commitment, receipt.drawn
    yield _tell(
        len(drawn) == commitment.winners + commitment.reserves
        and all((one.rank, one.place) == (rank, commitment.place_of(rank)) for rank, one in enumerate(drawn, 1)),
        "Winners and reserves are as many as were promised, each at its place.",
        "Winners and reserves are not those places that were promised.",
    )
    tickets = [one.ticket for one in drawn]
    yield _tell(
        tickets == sorted(set(tickets)),
        "The ranks are in the order of the tickets.",
        "The ranks are not in the order of the tickets.",
    )


def _is_inside(receipt: Receipt, place: int) -> bool:
    one = receipt.drawn[place]
    path = [bytes.fromhex(step) for step in one.path]
    root = follow_path(bytes.fromhex(one.leaf), one.index, receipt.commitment.count, path)
    return root is not None and root.hex() == receipt.commitment.root


def check_list(commitment: Commitment, leaves: bytes, what: str) -> Iterator[Finding]:
    """Whether leaves (all together, in order) are those of a commitment. ``what`` they are begins the sentence."""
    root, count = find_root(cut_leaves(leaves))
    good = are_sorted(leaves) and root.hex() == commitment.root and count == commitment.count
    yield _tell(
        good and len(leaves) == count * SIZE,
        f"{what} gives the committed root, so no entry was added, changed or taken away.",
        f"{what} does not give the committed root: it is another list, or it was changed.",
    )


def check_draw(receipt: Receipt, leaves: bytes) -> Iterator[Finding]:
    """Whether the seed gives these ranks, of all leaves."""
    first = draw_first(key_of(receipt), cut_leaves(leaves), len(receipt.drawn))
    yield _tell(
        [(ticket.hex(), leaf.hex()) for ticket, leaf in first] == [(one.ticket, one.leaf) for one in receipt.drawn],
        "The draw was done again with the seed, and gives the same winners and reserves in the same order.",
        "The draw was done again with the seed, and gives other winners or reserves.",
    )


def list_open(receipt: Receipt, with_list: bool, with_commitment: bool) -> list[str]:
    """What nobody can check from these files alone, and how to check it."""
    commitment = receipt.commitment
    found = [
        f'That "{receipt.seed}" is what this source gave at {commitment.seed_at}: {commitment.seed_source}. '
        "Look it up there."
    ]
    if not with_commitment:
        found.append(
            "That the commitment was published before the seed was known: compare its fingerprint "
            f"({find_digest(commitment)}) with a copy saved before the draw, or name that copy with --commitment."
        )
    if not with_list:
        found.append(
            "That no other code comes before these: the list of leaves was not given. Download it from the page and "
            "name it with --leaves."
        )
    return found


def _tell(ok: bool, good: str, bad: str) -> Finding:
    return Finding(ok, good if ok else bad)
