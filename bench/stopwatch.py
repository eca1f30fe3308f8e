"""Runs a command and says how long it took, how much of the processor, and how busy others kept the machine meanwhile.

Reads ``/proc`` (Linux). Memory is sampled in runs of its own, because looking at it slows a process down.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
QUIET_SHARE: Final = 0.15
"""Others may use so much of one core before a run counts as disturbed."""
SAMPLE_SECONDS: Final = 0.025
_TAIL: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds on the clock, processor seconds of all its processes and those of them that the ``system`` spent
    for it, processor seconds that others used.

    ``load`` is the load average over a minute when it began. ``said`` is the end of what it printed.
    """

    wall: float
    cpu: float
    system: float
    others: float
    load: float
    code: int
    said: str

    @property
    def disturbed(self) -> bool:
        """Whether others kept the cores busy enough to change the time."""
        return self.others > QUIET_SHARE * self.wall + 0.02


def time_command(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder to its end."""
    with tempfile.TemporaryFile() as said:
        busy, own, load = read_busy(), _own_seconds(), os.getloadavg()[0]
        start = time.perf_counter()
        process = _start(command, folder, environment, said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        others = max(0.0, read_busy() - busy - cpu - (_own_seconds() - own))
        return Run(wall, cpu, usage.ru_stime, others, load, process.returncode, _read_tail(said))


def _start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None, said: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _read_tail(said: IO[bytes]) -> str:
    said.seek(0, os.SEEK_END)
    said.seek(max(0, said.tell() - _TAIL))
    return said.read().decode("utf-8", "replace")


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system


def read_busy() -> float:
    """Processor seconds that all processes of the machine together have used since it started."""
    user, nice, system, _, _, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / TICKS


def measure_memory(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> float:
    """The most memory that all processes of a command held at one time, in MB.

    Sampled forty times a second as the sum of their proportional set sizes: what processes share is counted once.
    """
    peak = 0
    with tempfile.TemporaryFile() as said:
        process = _start(command, folder, environment, said)
        while process.poll() is None:
            peak = max(peak, sum(_proportional_size(pid) for pid in list_tree(process.pid)))
            time.sleep(SAMPLE_SECONDS)
    return peak / 1024


def list_tree(root: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            with suppress(OSError, IndexError, ValueError):
                stat = Path(entry.path, "stat").read_text()
                children[int(stat.rpartition(")")[2].split()[1])].append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def _proportional_size(pid: int) -> int:
    """In kB; 0 for a process that is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
