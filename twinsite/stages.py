"""How long each stage of a build takes, and each page that it renders. Nothing of this enters a key, the cache or the
site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from msgspec import Struct

from twinsite.core.later import Later

MOST = 10
"""How many templates and pages are told of as the slowest."""


class Timing(Struct, frozen=True):
    """How many ``seconds`` it took to render the output ``path`` with its ``template``."""

    path: str
    template: str
    seconds: float


class TemplateTiming(Struct, frozen=True):
    """How many ``seconds`` all ``pages`` that a ``template`` made took together."""

    template: str
    seconds: float
    pages: int


class Stopwatch:
    """Seconds by stage, in the order the stages ran; and ``timings`` of the pages that were rendered."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self.timings: Later[tuple[Timing, ...]] = Later.of(())

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add the time inside the ``with`` to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self._seconds[stage] = self._seconds.get(stage, 0.0) + perf_counter() - start

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, to the tenth of a millisecond."""
        return {stage: round(taken, 4) for stage, taken in self._seconds.items()}


def find_slowest_pages(timings: Iterable[Timing]) -> list[Timing]:
    """The pages that took longest, the slowest first, ``MOST`` of them."""
    return sorted(timings, key=lambda timing: (timing.seconds, timing.path), reverse=True)[:MOST]


def find_slowest_templates(timings: Sequence[Timing]) -> list[TemplateTiming]:
    """The templates whose pages took longest together, the slowest first, ``MOST`` of them."""
    taken: dict[str, list[float]] = {}
    for timing in timings:
        taken.setdefault(timing.template, []).append(timing.seconds)
    sums = (TemplateTiming(name, sum(seconds), len(seconds)) for name, seconds in taken.items())
    return sorted(sums, key=lambda one: (one.seconds, one.template), reverse=True)[:MOST]
