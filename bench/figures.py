"""From single figures to those that a table shows: medians, and ratios to the yardstick within the same round.

Pure functions. A disturbed figure counts only where there is no undisturbed one for the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bench.ledger import Measured

YARDSTICK: Final = "hugo"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a tool at a size: the median over ``count`` runs and, against the yardstick, the median ratio of
    the runs of the same rounds with the least and the greatest of them.

    ``disturbed``: others kept the machine busy in all runs. ``faults``: what was wrong with an output, if anything.
    """

    what: str
    tool: str
    records: int
    median: float
    count: int
    cpu: float
    ratio: float | None
    least: float | None
    greatest: float | None
    disturbed: bool
    faults: tuple[str, ...]
    system: float = 0.0


def summarize(measured: Iterable[Measured], yardstick: str = YARDSTICK) -> list[Figure]:
    """One figure for each quantity, tool and size, in the order in which they first come."""
    groups: dict[tuple[str, str, int], dict[int, Measured]] = defaultdict(dict)
    for item in measured:
        groups[item.what, item.tool, item.records][item.round] = item
    return [
        _summarize_group(what, tool, records, runs, groups.get((what, yardstick, records), {}))
        for (what, tool, records), runs in groups.items()
    ]


def _summarize_group(
    what: str, tool: str, records: int, runs: dict[int, Measured], yard: dict[int, Measured]
) -> Figure:
    kept = prefer_quiet(list(runs.values()))
    ratios = find_ratios(runs, yard)
    return Figure(
        what=what,
        tool=tool,
        records=records,
        median=median(item.value for item in kept),
        count=len(kept),
        cpu=median(item.cpu for item in kept),
        ratio=median(ratios) if ratios else None,
        least=min(ratios, default=None),
        greatest=max(ratios, default=None),
        disturbed=all(item.disturbed for item in kept),
        faults=tuple(dict.fromkeys(fault for item in runs.values() for fault in item.faults)),
        system=median(item.system for item in kept),
    )


def prefer_quiet(runs: Sequence[Measured]) -> list[Measured]:
    """The undisturbed ones, or all where there are none."""
    return [run for run in runs if not run.disturbed] or list(runs)


def find_ratios(runs: dict[int, Measured], yard: dict[int, Measured]) -> list[float]:
    """Each run divided by the yardstick's of the same round; pairs in which both were undisturbed, if there are any.

    A value of 0 stands for what never came, and has no ratio.
    """
    both = [(runs[number], yard[number]) for number in sorted(runs) if number in yard]
    pairs = [(own, other) for own, other in both if own.value > 0 and other.value > 0]
    quiet = [pair for pair in pairs if not pair[0].disturbed and not pair[1].disturbed]
    return [own.value / other.value for own, other in quiet or pairs]
