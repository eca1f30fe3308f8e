"""Save to served: with a generator's own preview running, a record is written and its page asked for until it shows it.

The preview is started on a free port of this machine and ended afterwards. Times begin when the file has been written.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.corpus import Entry
from bench.stopwatch import TICKS, list_tree
from bench.tools import Tool

STARTS_WITHIN: Final = 240.0
SHOWS_WITHIN: Final = 120.0
_ASK_EVERY: Final = 0.01
_IDLE_WITHIN: Final = 180.0
_IDLE_SHARE: Final = 0.05
_CALM_SECONDS: Final = 3
"""A preview counts as idle when its processes use less than this share of a core for three seconds in a row."""


def choose_edited(entries: Sequence[Entry], edits: int) -> list[Entry]:
    """The records that are edited, one for each edit."""
    showcases = [entry for entry in entries if entry.kind == "showcase"]
    return [showcases[number * 131 % len(showcases)] for number in range(1, edits + 1)]


def measure_latency(tool: Tool, site: Path, entries: Sequence[Entry], edits: int) -> list[float]:
    """Seconds from a saved record to its page being served, for several showcases one after another.

    ``TimeoutError`` where the preview does not come up, or never shows an edit.
    """
    chosen = choose_edited(entries, edits)
    with run_preview(tool, site) as (port, pid):
        wait_for(port, chosen[0].url, "<h1", STARTS_WITHIN)
        seconds = []
        for number, entry in enumerate(chosen, 1):
            wait_until_idle(pid)
            words = f"Saved just now {number}b"
            tool.write_entry(site, replace(entry, body=f"{entry.body}\n{words}.\n"))
            seconds.append(wait_for(port, entry.url, words, SHOWS_WITHIN))
        return seconds


@contextmanager
def run_preview(tool: Tool, site: Path) -> Iterator[tuple[int, int]]:
    """The preview server of a tool for as long as the block runs; gives its port and its process."""
    port = find_port()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            tool.serve(site, port),
            cwd=site,
            env={**os.environ, **tool.environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            yield port, process.pid
        finally:
            end_tree(process)


def wait_until_idle(pid: int) -> None:
    """Wait until a preview has done its work, at most three minutes."""
    limit = time.monotonic() + _IDLE_WITHIN
    before, calm = count_seconds(pid), 0
    while time.monotonic() < limit:
        time.sleep(1)
        now = count_seconds(pid)
        calm = calm + 1 if now - before < _IDLE_SHARE else 0
        if calm == _CALM_SECONDS:
            break
        before = now


def count_seconds(pid: int) -> float:
    """Processor seconds that a process and all below it have used."""
    ticks = 0
    for member in list_tree(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / TICKS


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started: politely, then for certain."""
    tree = list_tree(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    for pid in tree:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def find_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, url: str, words: str, within: float) -> float:
    """Seconds until the page at an address holds some words; ``TimeoutError`` after ``within``."""
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < within:
        if words in fetch(port, url):
            return time.perf_counter() - start
        time.sleep(_ASK_EVERY if waited < 2 else _ASK_EVERY * 3)
    raise TimeoutError(f"{url} did not show “{words}” within {within:.0f} s")


def fetch(port: int, url: str) -> str:
    """The page at an address, or nothing while there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", url, headers={"Connection": "close"})
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()
