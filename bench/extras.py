"""What is measured beside the rounds, each once for a tool and size: peak memory, save to served, the floor.

Figures go to the ledger as soon as they are known; what is there already is not measured again.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.corpus import Entry
from bench.latency import choose_edited, measure_latency
from bench.ledger import Ledger, Measured
from bench.rounds import OutOfTimeError, Plan, site_folder
from bench.scenarios import put_away, restore
from bench.stopwatch import measure_memory, read_busy, time_command
from bench.tools import OUTPUT, Tool

MEMORY, MEMORY_NONE, LATENCY, FLOOR = "memory", "memory-none", "latency", "floor"
_FLOOR_ROUNDS: Final = 3


def run_extras(plan: Plan, entries: Sequence[Entry], ledger: Ledger) -> None:
    """Everything that the ledger does not have yet. ``OutOfTimeError`` ends it early."""
    known = {(figure.what, figure.tool) for figure in ledger.read() if figure.records == len(entries)}
    if (FLOOR, FLOOR) not in known:
        ledger.add(_measure_floor(plan, entries))
    for tool in plan.tools:
        if (MEMORY, tool.name) not in known:
            ledger.add(_measure_memory(plan, tool, entries))
    for tool in plan.tools:
        if (LATENCY, tool.name) not in known:
            ledger.add(_measure_latency(plan, tool, entries))


def _prepare(plan: Plan, tool: Tool, entries: Sequence[Entry]) -> Path:
    if time.monotonic() > plan.until:
        raise OutOfTimeError
    site = site_folder(plan.work, len(entries), tool)
    restore(tool, site, entries, max(plan.rounds, plan.slow_rounds))
    return site


def _measure_floor(plan: Plan, entries: Sequence[Entry]) -> Iterator[Measured]:
    """Reading the sources and writing the bytes of the first tool's finished site."""
    site = _prepare(plan, plan.tools[0], entries)
    if not (site / OUTPUT).is_dir():
        return
    for number in range(1, _FLOOR_ROUNDS + 1):
        target = plan.work / "attic" / f"floor-{time.time_ns()}"
        command = [sys.executable, "-m", "bench.floor", str(site), str(site / OUTPUT), str(target)]
        run = time_command(command, Path.cwd())
        read, written = json.loads(run.said)
        plan.say(f"  floor                  reading {read:.2f} s, writing {written:.2f} s")
        value = read + written
        yield Measured(FLOOR, FLOOR, len(entries), number, value, run.cpu, run.others, run.load, run.disturbed)


def _measure_memory(plan: Plan, tool: Tool, entries: Sequence[Entry]) -> Iterator[Measured]:
    """Of a cold build and, unless the tool is slow, of one without a change."""
    site = _prepare(plan, tool, entries)
    put_away(tool, site, plan.work / "attic")
    for what in (MEMORY,) if tool.slow else (MEMORY, MEMORY_NONE):
        peak = measure_memory(tool.build(site), site, tool.environment)
        build = "cold" if what == MEMORY else "no change"
        plan.say(f"  peak memory            {tool.label:26} {peak:8.0f} MB ({build})")
        yield Measured(what, tool.name, len(entries), 1, peak)


def _measure_latency(plan: Plan, tool: Tool, entries: Sequence[Entry]) -> list[Measured]:
    """Of as many edits as there are rounds; the sources are as before afterwards.

    The preview starts without an old output, so that a page that it serves is one that it has made.
    """
    site = _prepare(plan, tool, entries)
    put_away(tool, site, plan.work / "attic")
    busy, start = read_busy(), time.perf_counter()
    faults: tuple[str, ...] = ()
    seconds: list[float] = []
    try:
        seconds = measure_latency(tool, site, entries, plan.rounds_of(tool))
    except TimeoutError as error:
        faults = (str(error),)
    for entry in choose_edited(entries, plan.rounds_of(tool)):
        tool.write_entry(site, entry)
    shown = f"{statistics.median(seconds):8.2f} s" if seconds else "never"
    plan.say(f"  save to served         {tool.label:26} {shown}")
    load = (read_busy() - busy) / (time.perf_counter() - start)
    if not seconds:
        return [Measured(LATENCY, tool.name, len(entries), 1, 0.0, load=load, faults=faults)]
    return [
        Measured(LATENCY, tool.name, len(entries), number, value, load=load) for number, value in enumerate(seconds, 1)
    ]
