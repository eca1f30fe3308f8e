"""The codes of the example site's log card draw. They are made of nothing secret, so that a test can do the draw again.

``python -m tests.support.example_draw`` writes the files of the draw beside the contest anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from twinsite.draw.hold import hold_draw
from twinsite.draw.leaves import hash_code, sort_leaves
from twinsite.draw.statement import ALGORITHM, Commitment, Place, Receipt, write_statement
from twinsite.draw.tree import cut_leaves, find_root

FOLDER = Path(__file__).parents[2] / "content" / "contests"
SLUG: Final = "log-card-draw-2026"
COUNT: Final = 1106
SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""The alphabet of Crockford's base 32, which leaves out what looks alike."""
SALT: Final = sha256(b"the salt of the example").digest()
SEED: Final = "5 11 19 24 33 40"
SOURCE: Final = (
    "The six numbers of the Skellmouth Lifeboat raffle of 20 November 2026, drawn in public at the boathouse and "
    "printed in the Skellmouth Advertiser, in rising order with a blank between two"
)


@dataclass(frozen=True, slots=True)
class ExampleDraw:
    """The receipt, the leaves, and each code by its leaf."""

    receipt: Receipt
    leaves: bytes
    codes: dict[str, str]


def make_code(number: int) -> str:
    """Sixteen signs, 80 bits, in groups of four."""
    value = int.from_bytes(sha256(f"log card {number}".encode()).digest()[:10], "big")
    signs = "".join(SIGNS[value >> 5 * place & 31] for place in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def make_example() -> ExampleDraw:
    """The whole draw."""
    codes = {hash_code(SALT, code).hex(): code for code in map(make_code, range(COUNT))}
    leaves = sort_leaves(bytes.fromhex(leaf) for leaf in codes)
    root, count = find_root(cut_leaves(leaves))
    commitment = Commitment(
        algorithm=ALGORITHM,
        committed_at="2026-11-09T10:00:00Z",
        contest=SLUG,
        count=count,
        places=(Place("Drawn", 25),),
        reserves=5,
        root=root.hex(),
        salt_digest=sha256(SALT).hexdigest(),
        seed_at="2026-11-20T20:00:00Z",
        seed_source=SOURCE,
    )
    return ExampleDraw(hold_draw(commitment, leaves, SALT, SEED), leaves, codes)


def main() -> None:
    """Write the receipt and the leaves."""
    example = make_example()
    (FOLDER / f"{SLUG}.receipt.json").write_bytes(write_statement(example.receipt))
    (FOLDER / f"{SLUG}.leaves.bin").write_bytes(example.leaves)


if __name__ == "__main__":
    main()
