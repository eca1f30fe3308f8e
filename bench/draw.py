"""How long a draw of many entries takes, and how much memory: each command in a process of its own, as a promoter runs
it. Reads ``/proc`` for the machine's description alone; works on any Unix.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bench.machine import describe_machine

SITE: Final = "title: Bench\nbase_url: https://example.org/\ntimezone: UTC\n"
CONTEST: Final = """\
---
title: A draw
kind_of: draw
sponsor: {name: Bench}
opens: 2026-04-01 09:00
closes: 2026-04-30 18:00
prizes:
  - {name: A prize, quantity: 25, value: {amount: 10, currency: GBP}}
%s---
Text.
"""
NAMED: Final = "draw: draw.receipt.json\ndraw_list: draw.leaves.bin\n"
SOURCE: Final = "A number that will be known tomorrow"


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was measured: seconds on the clock, seconds of processors, and its peak memory in megabytes."""

    name: str
    seconds: float
    processor: float
    memory: float


def measure_draw(count: int, work: Path, say: Callable[[str], None]) -> list[Step]:
    """Every step of a draw of so many entries. Raises ``subprocess.CalledProcessError`` where one fails."""
    folder = work / f"draw-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    site, entries = folder / "site", folder / "entries.csv"
    contest = site / "content" / "contests" / "draw.md"
    contest.parent.mkdir(parents=True)
    (site / "site.yaml").write_text(SITE, "utf-8")
    contest.write_text(CONTEST % "", "utf-8")
    with open(entries, "w", encoding="utf-8") as file:
        file.writelines(write_rows(count))
    found = [_time(name, command, say) for name, command in _list_draw(site, entries)]
    contest.write_text(CONTEST % NAMED, "utf-8")
    build = ("build", "--site", str(site), "--now", "2026-05-04T09:00:00Z")
    found += [_time(name, build, say) for name in ("build with its page", "the same build again")]
    shutil.rmtree(folder)
    return found


def write_rows(count: int, seed: int = 1) -> Iterator[str]:
    """A list of entries: a code of 128 bits and an address in each row, the same for the same seed."""
    chance = random.Random(seed)
    yield "id,email\n"
    for number in range(count):
        yield f"{chance.getrandbits(128):032x},entrant{number}@example.org\n"


def _list_draw(site: Path, entries: Path) -> list[tuple[str, Sequence[str]]]:
    beside = site / "content" / "contests"
    at = ("--site", str(site), "--now")
    fix = ("--entries", str(entries), "--seed-source", SOURCE, "--seed-at", "2026-05-02T09:00:00Z", "--reserves", "5")
    leaves = ("--leaves", str(beside / "draw.leaves.bin"))
    return [
        ("draw commit", ("draw", "commit", "draw", *at, "2026-05-01T09:00:00Z", *fix)),
        ("draw run", ("draw", "run", "draw", *at, "2026-05-03T09:00:00Z", "--seed", "1 2 3")),
        ("draw verify --leaves", ("draw", "verify", str(beside / "draw.receipt.json"), *leaves)),
        ("draw verify --entries", ("draw", "verify", str(beside / "draw.receipt.json"), "--entries", str(entries))),
    ]


def _time(name: str, command: Sequence[str], say: Callable[[str], None]) -> Step:
    """Run a command of Twinsite by itself; the system tells of its processor time and memory when it ends."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "twinsite", *command, *(() if command[0] == "draw" else ("--jobs", "1"))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr
    with process.stderr as stream:
        told = stream.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    unit = 1024 if sys.platform == "darwin" else 1
    step = Step(name, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / unit / 1024)
    say(f"{step.name}: {step.seconds:.2f} s, {step.memory:.0f} MB")
    return step


def write_draws(found: dict[int, list[Step]], day: date) -> str:
    """The page of figures."""
    machine = describe_machine()
    parts = [
        "# Draws of many entries",
        f"Measured on {day.isoformat()} on a machine with {machine['cores']} cores of {machine['processor']}, "
        f"{machine['memory']} of memory, {machine['system']} and Python {machine['python']}, by: "
        "`python -m bench draw --publish`. Each command ran once, in a process of its own; memory is its peak, the "
        "processor's seconds do not count what other programs used.",
    ]
    for count, steps in found.items():
        rows = [f"| {one.name} | {one.seconds:.1f} s | {one.processor:.1f} s | {one.memory:.0f} MB |" for one in steps]
        parts += [
            f"## {count:,} entries",
            "\n".join(["|  | clock | processor | memory |", "| --- | --- | --- | --- |", *rows]),
        ]
    return "\n\n".join(parts) + "\n"
