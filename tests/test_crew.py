"""Work given out bit by bit: all of it is done by those who can, and nobody waits for the dead."""

from __future__ import annotations

import os
import threading

import pytest

from twinsite import parallel
from twinsite.crew import Crew, hire_crew

pytestmark = pytest.mark.usefixtures("forking")


class Doubler:
    """Gives each order twice; dies of ``die``, and says in the end how often it was asked."""

    def begin(self, message: bytes) -> None:
        self.message = message

    def do(self, order: bytes) -> bytes:
        if order.startswith(b"die"):
            os._exit(9)
        return self.message + order + order

    def end(self) -> None:
        pass


def hire(jobs: int = 2) -> Crew:
    crew = hire_crew(Doubler, jobs)
    assert crew is not None
    crew.begin(b"twice ")
    return crew


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_order_is_done_once(jobs: int) -> None:
    with hire(jobs) as crew:
        for number in range(300):
            crew.give(b"%d" % number)
        assert sorted(crew.finish()) == sorted(b"twice %d%d" % (number, number) for number in range(300))


def test_large_orders_and_results_keep_nobody_waiting_for_ever() -> None:
    orders = [b"%d" % (number % 10) * 3_000_000 for number in range(24)]
    with hire() as crew:
        for order in orders:
            crew.give(order)
        assert sorted(crew.finish()) == sorted(b"twice " + order * 2 for order in orders)


def test_a_member_that_dies_loses_only_what_it_had() -> None:
    with hire() as crew:
        crew.give(b"die")
        for number in range(100):
            crew.give(b"%d" % number)
        found = list(crew.finish())
    assert set(found) <= {b"twice %d%d" % (number, number) for number in range(100)}
    assert len(found) >= 30


def test_when_all_are_dead_nobody_waits() -> None:
    with hire() as crew:
        for _ in range(50):
            crew.give(b"die" + bytes(1_000_000))
        assert list(crew.finish()) == []
        assert not crew._busy
        assert list(crew.finish()) == []


def test_a_crew_that_is_left_early_is_gone() -> None:
    with hire() as crew:
        processes = [member.hired.process.pid for member in crew._members]
        for number in range(100):
            crew.give(b"%d" % number)
    for pid in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(pid or 0, 0)


def test_nobody_is_hired_where_a_fork_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "may_fork", lambda: False)
    assert hire_crew(Doubler, 2) is None


def test_locks_and_the_like_are_inherited() -> None:
    held = {b"key": threading.Lock()}

    class Reader(Doubler):
        def do(self, order: bytes) -> bytes:
            return b"yes" if order in held else b"no"

    crew = hire_crew(Reader, 2)
    assert crew is not None
    with crew:
        crew.begin(b"")
        crew.give(b"key")
        crew.give(b"other")
        assert sorted(crew.finish()) == [b"no", b"yes"]
