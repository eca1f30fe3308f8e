"""What was measured, one line of JSON for each run, so that an interrupted comparison goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: of a scenario or another quantity (``memory``, ``latency``), of a tool, at a size, in a round.

    ``value`` is in seconds or MB. ``system`` is that part of the processor time that the system spent for it,
    ``others`` what other programs took meanwhile. ``faults`` say what the output lacked.
    """

    what: str
    tool: str
    records: int
    round: int
    value: float
    cpu: float = 0.0
    others: float = 0.0
    load: float = 0.0
    disturbed: bool = False
    faults: tuple[str, ...] = ()
    system: float = 0.0


class Ledger:
    """A file of figures that only grows."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Measured]:
        """All figures so far; a last line that was cut off is left out."""
        return list(self._read()) if self._path.is_file() else []

    def _read(self) -> Iterator[Measured]:
        for line in self._path.read_text("utf-8").splitlines():
            try:
                values = json.loads(line)
            except ValueError:
                continue
            yield Measured(**{**values, "faults": tuple(values["faults"])})

    def add(self, figures: Iterable[Measured]) -> None:
        """Write figures at the end."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(figure)) + "\n" for figure in figures)
