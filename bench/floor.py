"""The floor: how long plain Python takes to read every source and to write the bytes that a site is made of."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def read_and_write(source: Path, finished: Path, target: Path) -> tuple[float, float]:
    """Read every file of ``source``; write a copy of every file of ``finished`` to the new folder ``target``.

    Gives the seconds of both. What is written is in memory before the second stopwatch starts.
    """
    start = time.perf_counter()
    for path in source.rglob("*.md"):
        path.read_bytes()
    read = time.perf_counter() - start
    files = {path.relative_to(finished): path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    start = time.perf_counter()
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return read, time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(read_and_write(*map(Path, sys.argv[1:4]))))
