"""The algorithm as the guide has it: its test vectors, an implementation in another language that was written from the
guide alone, and the draw of the example site done again.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec import to_builtins

from tests.support import example_draw
from tests.support.draw_vectors import CODES, SALT, SEED, make_receipt, write_vectors
from tests.support.web import serve
from twinsite.draw.ranks import draw_first
from twinsite.draw.statement import Commitment, find_digest, write_canonical, write_statement
from twinsite.draw.tree import cut_leaves
from twinsite.draw.verify import key_of

GUIDE = Path(__file__).parents[2] / "content" / "pages" / "guide" / "verifiable-draw.md"
SCRIPT = (Path(__file__).parent / "independent.js").read_text(encoding="utf-8")


def test_the_guide_has_these_vectors():
    text = GUIDE.read_text(encoding="utf-8")
    for block in write_vectors():
        assert f"```text\n{block}```\n" in text, f"The guide lacks this block:\n{block}"


def test_canonical_json_is_that_of_the_standard():
    commitment = make_receipt()[0].commitment
    plain = {"statement": "commitment", **to_builtins(commitment)}
    ours = json.loads(write_canonical(commitment))
    assert ours == json.loads(json.dumps(plain))
    assert " " not in write_canonical(commitment).decode().replace(commitment.seed_source, "")


@pytest.fixture(scope="module")
def draw_again(browser, tmp_path_factory):
    """The draw of codes in a real Chromium, by the other implementation. Web Crypto wants a page from a server."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "index.html").write_text("<!doctype html><title>Draw</title>", encoding="utf-8")
    with serve(folder, "/") as root:
        page = browser.new_page()
        page.goto(root)

        def draw(codes: list[str], salt: bytes, commitment: Commitment, seed: str) -> dict[str, object]:
            values = json.loads(write_canonical(commitment))
            given = {"codes": codes, "salt": salt.hex(), "commitment": values, "seed": seed}
            found: dict[str, object] = page.evaluate(SCRIPT, given)
            return found

        yield draw
        page.close()


@pytest.mark.browser
def test_another_implementation_gives_the_same_hashes(draw_again):
    receipt, leaves = make_receipt()
    commitment, key = receipt.commitment, key_of(receipt)
    found = draw_again(list(CODES), SALT, commitment, SEED)
    listed = write_vectors()[0].splitlines()
    by_leaf = {line.split()[0]: line.split()[1] for line in listed}
    ranked = [by_leaf[leaf.hex()] for _, leaf in draw_first(key, cut_leaves(leaves), len(CODES))]
    assert found == {
        "leaves": [leaf.hex() for leaf in cut_leaves(leaves)],
        "root": commitment.root,
        "saltDigest": commitment.salt_digest,
        "fingerprint": find_digest(commitment),
        "key": key.hex(),
        "ranks": ranked,
    }


@pytest.mark.browser
def test_another_implementation_draws_the_winners_of_the_example(draw_again):
    example = example_draw.make_example()
    codes = [example_draw.make_code(number) for number in range(example_draw.COUNT)]
    found = draw_again(codes, example_draw.SALT, example.receipt.commitment, example_draw.SEED)
    assert found["root"] == example.receipt.commitment.root
    ranks = found["ranks"]
    assert isinstance(ranks, list)
    assert ranks[: len(example.receipt.drawn)] == [example.codes[one.leaf] for one in example.receipt.drawn]
    assert sorted(ranks) == sorted(codes)


def test_the_example_is_a_real_draw():
    example = example_draw.make_example()
    folder, slug = example_draw.FOLDER, example_draw.SLUG
    assert (folder / f"{slug}.receipt.json").read_bytes() == write_statement(example.receipt)
    assert (folder / f"{slug}.leaves.bin").read_bytes() == example.leaves
