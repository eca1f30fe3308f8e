"""How long each stage of a build takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Seconds by stage, in the order the stages ran."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

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
