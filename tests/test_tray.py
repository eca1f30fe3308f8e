"""Orders on a tray: whoever takes one gets its very bytes, and the room of those that are done is used again."""

from __future__ import annotations

import os
import tempfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinsite.tray import END, Blank, Tray

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Nothing is forked there.")


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=300), st.booleans()), max_size=40))
def test_what_is_taken_is_what_was_put_whatever_was_cleared_before(steps):
    tray = Tray()
    try:
        put: dict[int, bytes] = {}
        for order, is_done_at_once in steps:
            tray.put(order)
            number, found = tray.take()
            assert found == order
            assert number not in put
            put[number] = order
            if is_done_at_once:
                tray.clear(number)
                del put[number]
            assert tray.size == sum(map(len, put.values()))
            # What is not done is still there, for whoever reads it late.
            places = sorted(tray._open.values())
            assert all(one.start + one.size <= after.start for one, after in pairwise(places))
        assert tray._top <= sum(len(order) for order, _ in steps)
    finally:
        tray.close()


def test_orders_of_one_size_that_are_done_leave_the_file_as_small_as_it_was():
    tray = Tray()
    for _ in range(100):
        tray.put(b"x" * 1000)
        tray.clear(tray.take()[0])
    assert (tray._top, tray.size) == (1000, 0)
    tray.close()


@given(st.lists(st.integers(1, 300), min_size=1, max_size=200))
def test_there_are_never_more_places_than_orders_at_one_time(sizes):
    tray = Tray()
    try:
        for size in sizes:
            tray.put(b"x" * size)
            tray.clear(tray.take()[0])
            assert len(tray._free) <= len({*sizes})
        # One at a time: a new place is made only for an order that is larger than all before it.
        assert len(tray._free) == sum(size > max(sizes[:place], default=0) for place, size in enumerate(sizes))
    finally:
        tray.close()


def test_nobody_waits_at_a_pipe_that_could_be_full():
    tray = Tray()
    while not tray.full:
        tray.put(b"x")
    tray.put_end()  # there is room for the ends of all who take
    assert tray.take() == (1, b"x")
    tray.clear(1)
    assert not tray.full
    tray.close()


def test_who_takes_learns_that_there_are_no_more_and_that_nobody_gives():
    tray = Tray()
    tray.put_end()
    assert tray.take() == (END, b"")
    tray.keep_taking()
    with pytest.raises(EOFError):
        tray.take()
    tray.close()


def test_bytes_that_are_not_there_are_missed():
    blank = Blank()
    blank.write(b"abc", 2)
    assert blank.read(2, 3) == b"abc"
    with pytest.raises(OSError, match="1 bytes are missing"):
        blank.read(3, 3)
    blank.close()


def test_where_no_file_can_be_in_memory_it_has_no_name_on_the_disk(monkeypatch, tmp_path):
    monkeypatch.delattr(os, "memfd_create", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    blank = Blank()
    blank.write(b"abc", 0)
    assert (blank.read(0, 3), os.listdir(tmp_path)) == (b"abc", [])
    blank.close()
