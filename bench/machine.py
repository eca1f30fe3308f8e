"""What a reader must know of the machine that measured: processor, cores, memory, system; never its name or folders."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from scripts.built_for_speed import is_built_for_speed


def describe_machine() -> dict[str, str]:
    """Words for each property."""
    return {
        "processor": find_processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{_total_memory():.0f} GB",
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "python": f"{platform.python_version()} ({_describe_build()})",
    }


def find_processor() -> str:
    """The name of the processor, as Linux knows it."""
    match = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return match.group(1).strip() if match else platform.machine()


def _total_memory() -> float:
    match = re.search(r"^MemTotal:\s*([0-9]+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return int(match.group(1)) / 1024 / 1024 if match else 0.0


def _describe_build() -> str:
    return f"built {'with' if is_built_for_speed() else 'without'} profile-guided optimisation"
