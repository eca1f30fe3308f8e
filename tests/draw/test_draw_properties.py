"""What is true of every draw: no code is preferred, no order matters, and nothing can be changed unseen."""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.draws import DrawSite, make_code
from twinsite.draw.entries import EntryList
from twinsite.draw.hold import fix_list, hold_draw, share_places
from twinsite.draw.leaves import Sorted, are_sorted, find_equal, hash_code, sort_leaves
from twinsite.draw.ranks import draw_first, make_key, make_ticket
from twinsite.draw.statement import (
    ALGORITHM,
    Commitment,
    NoStatementError,
    Place,
    Receipt,
    read_statement,
    write_statement,
)
from twinsite.draw.tree import cut_leaves, find_paths, find_root, follow_path, join_nodes, split_size
from twinsite.draw.verify import check_draw, check_list, check_receipt, key_of

SALT = sha256(b"salt").digest()
codes_of = st.lists(st.integers(0, 10**6).map(make_code), unique=True)
numbers = st.lists(st.integers(0, 10**6), unique=True, max_size=70)
hashes = numbers.map(lambda found: [sha256(str(number).encode()).digest() for number in found])


def make_commitment(leaves: bytes, winners: int = 2, reserves: int = 1) -> Commitment:
    root, count = find_root(cut_leaves(leaves))
    digest = sha256(SALT).hexdigest()
    places = (Place("Erste – “prize”", 1), Place("Second", winners - 1))
    at = ("2026-05-01T09:00:00Z", "2026-05-02T20:00:00Z")
    return Commitment(ALGORITHM, at[0], "spring", count, places, reserves, root.hex(), digest, at[1], "A lottery")


def make_draw(count: int = 7, seed: str = "4 11 23") -> tuple[Receipt, bytes]:
    leaves = sort_leaves(hash_code(SALT, make_code(number)) for number in range(count))
    return hold_draw(make_commitment(leaves), leaves, SALT, seed), leaves


def is_right(data: bytes) -> bool:
    """Whether a receipt's bytes are found to be right by themselves."""
    try:
        statement = read_statement(data)
    except NoStatementError:
        return False
    return isinstance(statement, Receipt) and all(finding.ok for finding in check_receipt(statement))


def naive_root(leaves: list[bytes]) -> bytes:
    """The tree of RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    middle = split_size(len(leaves))
    return join_nodes(naive_root(leaves[:middle]), naive_root(leaves[middle:]))


@given(hashes.filter(bool))
def test_the_root_made_in_one_pass_is_that_of_the_standard(leaves):
    assert find_root(leaves) == (naive_root(leaves), len(leaves))


def test_the_tree_is_that_of_certificate_transparency():
    """The test data of RFC 6962's reference implementation: eight leaves and their roots."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [sha256(b"\x00" + bytes.fromhex(one)).digest() for one in data]
    roots = [find_root(leaves[:count])[0].hex() for count in range(9)]
    assert roots == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]


@given(hashes.filter(bool), st.data())
def test_every_leaf_has_one_path_and_no_other_leads_to_the_root(leaves, data):
    joined = b"".join(leaves)
    root, count = find_root(leaves)
    index = data.draw(st.integers(0, count - 1))
    path = find_paths(joined, [index])[index]
    assert follow_path(leaves[index], index, count, path) == root
    other = data.draw(st.integers(-1, count + 1))
    if other != index:
        assert follow_path(leaves[index], other, count, path) != root
    assert follow_path(leaves[index], index, count, [*path, root]) is None
    if path:
        assert follow_path(leaves[index], index, count, path[:-1]) is None


@given(hashes)
def test_sorting_in_parts_sorts(leaves):
    joined = sort_leaves(leaves)
    assert list(cut_leaves(joined)) == sorted(leaves)
    assert are_sorted(joined)
    assert find_equal(sort_leaves([*leaves, *leaves[:1]])) == set(leaves[:1])
    assert all(Sorted(joined).find(leaf) == place for place, leaf in enumerate(sorted(leaves)))
    assert Sorted(joined).find(bytes(31) + b"x") is None or bytes(31) + b"x" in leaves


@given(codes_of.filter(lambda codes: len(codes) > 3), st.randoms(use_true_random=False), st.text(min_size=1))
def test_the_order_of_the_entries_does_not_matter(codes, chance, seed):
    mixed = chance.sample(codes, len(codes))
    first, second = (sort_leaves(hash_code(SALT, code) for code in one) for one in (codes, mixed))
    assert first == second
    key = make_key(b"commitment", seed)
    assert draw_first(key, cut_leaves(first), 3) == sorted(draw_first(key, cut_leaves(first), len(codes)))[:3]


@given(codes_of.filter(lambda codes: len(codes) > 1), st.data())
def test_any_change_of_the_list_changes_the_root(codes, data):
    def root_of(some: list[str]) -> bytes:
        return find_root(cut_leaves(sort_leaves(hash_code(SALT, code) for code in some)))[0]

    place = data.draw(st.integers(0, len(codes) - 1))
    without = codes[:place] + codes[place + 1 :]
    changed = [*without, codes[place] + "x"]
    added = [*codes, make_code("one more")]
    roots = [root_of(one) for one in (codes, without, changed, added)]
    assert len(set(roots)) == 4


@settings(max_examples=25)
@given(st.lists(st.booleans(), min_size=6, max_size=40), st.integers(0, 10**9))
def test_who_does_not_take_part_is_never_drawn(tmp_path_factory, flags, seed):
    taking = [make_code(number) for number, flag in enumerate(flags) if flag]
    rows = "".join(f"{make_code(number)},{'yes' if flag else 'no'}\n" for number, flag in enumerate(flags))
    file = tmp_path_factory.getbasetemp() / "flags.csv"
    file.write_text(f"id,eligible\n{rows}", encoding="utf-8")
    fixed = fix_list(EntryList(file, "flags.csv"), SALT)
    assert bool(fixed.problems) == (not taking)
    assert fixed.leaves == sort_leaves(hash_code(SALT, code) for code in taking)
    everybody = draw_first(make_key(b"", str(seed)), cut_leaves(fixed.leaves), len(flags))
    assert {leaf for _, leaf in everybody} == {hash_code(SALT, code) for code in taking}


def test_every_entry_is_as_likely_at_every_rank():
    """Chi-square over 6,000 seeds and 12 entries, for the first rank and for the last: 11 degrees of freedom, of which
    the 99.99th percentile is 37.4. The seeds are fixed, so this never fails by chance.
    """
    entries, seeds = 12, 6000
    leaves = [hash_code(SALT, make_code(number)) for number in range(entries)]
    first: Counter[bytes] = Counter()
    last: Counter[bytes] = Counter()
    for seed in range(seeds):
        order = draw_first(make_key(b"a commitment", str(seed)), leaves, entries)
        first[order[0][1]] += 1
        last[order[-1][1]] += 1
    expected = seeds / entries
    for counts in (first, last):
        assert sum((counts[leaf] - expected) ** 2 / expected for leaf in leaves) < 37.4


def test_every_order_of_a_few_is_as_likely():
    """All 24 orders of four entries over 9,600 seeds: 23 degrees of freedom, 99.99th percentile 55.6."""
    leaves = [hash_code(SALT, make_code(number)) for number in range(4)]
    found: Counter[tuple[bytes, ...]] = Counter()
    for seed in range(9600):
        order = draw_first(make_key(b"a commitment", str(seed)), leaves, 4)
        found[tuple(leaf for _, leaf in order)] += 1
    assert len(found) == 24
    assert sum((count - 400) ** 2 / 400 for count in found.values()) < 55.6


def test_every_changed_bit_of_a_receipt_is_found():
    data = write_statement(make_draw(5)[0])
    assert is_right(data)
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            assert not is_right(bytes(changed)), f"byte {place}, bit {bit}"


@given(st.data())
@settings(max_examples=300)
def test_every_change_of_a_receipt_is_found(data):
    whole = write_statement(make_draw(5)[0])
    place = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=40) | st.sampled_from([b"0", b"null", b"[]", b"1", b'"', b" ", b"\n"]))
    changed = whole[:place] + put + whole[place + length :]
    assert changed == whole or not is_right(changed)


def list_fields(receipt: Receipt) -> list[Receipt]:
    """The receipt with each of its parts changed to something that might be there as well."""
    commitment, first = receipt.commitment, receipt.drawn[0]
    other = "ab" * 32
    changes = (
        {"committed_at": "2026-05-01T09:00:01Z"},
        {"contest": "autumn"},
        {"count": commitment.count + 1},
        {"places": (Place("First", 2),)},
        {"places": commitment.places[::-1]},
        {"reserves": 0},
        {"root": other},
        {"salt_digest": other},
        {"seed_at": "2026-05-02T20:00:01Z"},
        {"seed_source": "Another lottery"},
    )
    found = [replace(receipt, commitment=replace(commitment, **change)) for change in changes]
    found += [
        replace(receipt, salt=other),
        replace(receipt, seed="4 11 24"),
        replace(receipt, drawn=receipt.drawn[:-1]),
    ]
    found += [replace(receipt, drawn=(receipt.drawn[1], first, *receipt.drawn[2:]))]
    for change in ({"rank": 2}, {"place": None}, {"leaf": other}, {"index": 1}, {"ticket": other}, {"path": ()}):
        one = replace(first, **change)
        if one != first:
            found.append(replace(receipt, drawn=(one, *receipt.drawn[1:])))
    return found


def test_each_statement_of_a_receipt_is_bound_to_the_rest():
    receipt, _ = make_draw()
    for forged in list_fields(receipt):
        assert forged != receipt
        assert not is_right(write_statement(forged)), forged


@given(st.integers(3, 40), st.data())
def test_a_receipt_for_others_fails_with_the_list(count, data):
    """A promoter who gives the prizes to others, with right paths and tickets, in the right order."""
    receipt, leaves = make_draw(count)
    assert all(finding.ok for finding in (*check_list(receipt.commitment, leaves, "It"), *check_draw(receipt, leaves)))
    everybody = hold_draw(make_commitment(leaves, 2, count - 2), leaves, SALT, receipt.seed).drawn
    chosen = sorted(data.draw(st.sets(st.sampled_from(range(count)), min_size=3, max_size=3)))
    key = key_of(receipt)
    tickets = sorted((make_ticket(key, bytes.fromhex(one.leaf)).hex(), one) for one in everybody)
    picked = [tickets[place] for place in chosen]
    drawn = tuple(
        replace(one, rank=old.rank, place=old.place, ticket=ticket)
        for (ticket, one), old in zip(picked, receipt.drawn, strict=True)
    )
    forged = replace(receipt, drawn=drawn)
    assert all(finding.ok for finding in check_receipt(forged)), "by itself it looks right"
    same = chosen == [0, 1, 2]
    assert all(finding.ok for finding in check_draw(forged, leaves)) == same


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"1" * 5000, b"[" * 100_000, b'{"statement": "receipt"}'])
def test_what_is_no_statement_is_told(data):
    with pytest.raises(NoStatementError):
        read_statement(data)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(1, 25))
def test_places_are_shared_out_in_order(counts, winners):
    places = [Place(str(number), count) for number, count in enumerate(counts)]
    shared = share_places(places, winners)
    assert sum(place.winners for place in shared) == min(winners, sum(counts))
    assert all(one.winners == counts[int(one.place)] for one, _ in pairwise(shared))
    assert [place.place for place in shared] == [place.place for place in places[: len(shared)]]


def test_a_draw_needs_no_network_and_no_clock(tmp_path):
    """The same list, salt and number give the same bytes, in whatever order the list comes."""
    codes = [make_code(number) for number in range(50)]
    files = []
    for order in (1, 2):
        random.Random(order).shuffle(codes)
        draw = DrawSite.make(tmp_path / str(order), codes)
        leaves = fix_list(EntryList(draw.entries, "entries.csv"), SALT).leaves
        files.append(write_statement(hold_draw(make_commitment(leaves), leaves, SALT, "1")))
    assert files[0] == files[1]


cells = st.sampled_from(
    ["id", "eligible", ",", ";", '"', "\n", "\r\n", "yes", "no", "=1+1", "a@b.example", "\x00", "é"]
)
pieces = st.lists(cells | st.integers(0, 5).map(make_code) | st.text(max_size=4), max_size=40).map("".join)


@settings(max_examples=300)
@given(pieces.map(str.encode) | st.binary(max_size=300), st.booleans())
def test_every_list_is_read_or_told_of(tmp_path_factory, data, headed):
    """Whatever the bytes: leaves without a problem, or problems with a place, and never a failure."""
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes((b"id,eligible\n" if headed else b"") + data)
    fixed = fix_list(EntryList(file, "any.csv"), SALT)
    assert bool(fixed.problems) != bool(fixed.leaves) or fixed.problems
    assert all(problem.severity == "error" and problem.message and problem.hint for problem in fixed.problems)
    assert are_sorted(fixed.leaves) or any(problem.rule == "same-code" for problem in fixed.problems)
    assert len(fixed.problems) <= 21


def test_memory_is_a_few_times_the_leaves(tmp_path):
    """A list of 40,000 entries: no more than 100 bytes for each, where one code as a value alone takes 73."""
    count = 40_000
    draw = DrawSite.make(tmp_path, [make_code(number) for number in range(count)])
    tracemalloc.start()
    try:
        leaves = fix_list(EntryList(draw.entries, "entries.csv"), SALT).leaves
        hold_draw(make_commitment(leaves), leaves, SALT, "1")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(leaves) == count * 32
    assert peak < count * 100 + 1_000_000
