"""The test vectors of the guide's page on draws. ``python -m tests.support.draw_vectors`` prints them as blocks."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from twinsite.draw.hold import hold_draw
from twinsite.draw.leaves import hash_code, sort_leaves
from twinsite.draw.ranks import draw_first
from twinsite.draw.statement import ALGORITHM, Commitment, Place, Receipt, find_digest, write_canonical
from twinsite.draw.tree import cut_leaves, find_root
from twinsite.draw.verify import key_of

CODES: Final = tuple(f"{first}2r2-z9bs-5cg0-2h72" for first in "abcde")
SALT: Final = bytes(range(32))
SEED: Final = "5 11 19 24 33 40"


def make_receipt() -> tuple[Receipt, bytes]:
    """The draw of the vectors, and its leaves."""
    leaves = sort_leaves(hash_code(SALT, code) for code in CODES)
    root, count = find_root(cut_leaves(leaves))
    commitment = Commitment(
        algorithm=ALGORITHM,
        committed_at="2026-11-09T10:00:00Z",
        contest="spring",
        count=count,
        places=(Place("First", 1), Place("Zweiter", 1)),
        reserves=1,
        root=root.hex(),
        salt_digest=sha256(SALT).hexdigest(),
        seed_at="2026-11-20T20:00:00Z",
        seed_source="Six numbers – in “rising” order",
    )
    return hold_draw(commitment, leaves, SALT, SEED), leaves


def write_vectors() -> list[str]:
    """The blocks of the page, in order: leaves, canonical JSON, the hashes made of it, ranks."""
    receipt, leaves = make_receipt()
    by_leaf = {hash_code(SALT, code): code for code in CODES}
    listed = "".join(f"{leaf.hex()}  {by_leaf[leaf]}\n" for leaf in cut_leaves(leaves))
    key = key_of(receipt)
    hashes = (
        f"root        {receipt.commitment.root}\n"
        f"salt digest {receipt.commitment.salt_digest}\n"
        f"fingerprint {find_digest(receipt.commitment)}\n"
        f"key         {key.hex()}\n"
    )
    ranked = draw_first(key, cut_leaves(leaves), len(CODES))
    ranks = "".join(f"{rank}  {ticket.hex()}  {by_leaf[leaf]}\n" for rank, (ticket, leaf) in enumerate(ranked, 1))
    first = receipt.drawn[0]
    path = f"leaf {first.index} of {len(CODES)}\n" + "".join(f"{step}\n" for step in first.path)
    return [listed, write_canonical(receipt.commitment).decode() + "\n", hashes, ranks, path]


if __name__ == "__main__":
    for block in write_vectors():
        print(f"```text\n{block}```\n")
