"""The second measurement: Twinsite with its default theme and every output family switched on, in ms for each file.

Builds the corpus as a new site would have it. The time of a family is what a build without it saves, where ``outputs``
can switch it off; else nothing is claimed.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.corpus import NOW, Entry
from bench.peers import twinsite
from bench.scenarios import put_away
from bench.stopwatch import time_command
from bench.tools import OUTPUT, Tool

ROUNDS: Final = 3
_HEAD: Final = """\
title: Lumen & Lane
tagline: Lamps for people who ride home in the dark.
base_url: https://lumenandlane.example/
timezone: Europe/London
menu:
  - {label: Contests, to: /contests/}
  - {label: Twinterns, to: /twinterns/}
  - {label: Showcases, to: /showcases/}
pagination: {size: 20}
"""
_RECORDS: Final = ("contests", "twinterns", "showcases")
SWITCHES: Final = {
    "feeds": "outputs:\n  feeds: {site: false, tags: false, contest: false, twintern: false, showcase: false}\n",
    "archives": "outputs: {archives: false}\n",
}
"""What to write in ``site.yaml`` to leave a family out."""


def write_full_site(entries: Sequence[Entry], site: Path, without: str | None = None) -> None:
    """The corpus in the default theme with everything on, or all but one family."""
    twinsite.write_site(entries, site)
    shutil.rmtree(site / "themes")
    (site / "site.yaml").write_text(_HEAD + (SWITCHES[without] if without else ""), "utf-8")


def measure_outputs(
    entries: Sequence[Entry], work: Path, tool: Tool, say: Callable[[str], None]
) -> dict[str, Any]:
    """Seconds, files by family, seconds by stage, and what each family costs where that can be told."""
    variants: dict[str, Path] = {"": work / f"outputs-{len(entries)}"}
    variants |= {name: work / f"outputs-{len(entries)}-without-{name}" for name in SWITCHES}
    for name, site in variants.items():
        if not site.is_dir():
            write_full_site(entries, site, name or None)
    times: dict[str, list[float]] = {name: [] for name in variants}
    stages: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, site in variants.items():
            put_away(tool, site, work / "attic")
            command = [sys.executable, "-m", "twinsite", "build", "--site", str(site), "--now", NOW, "--format", "json"]
            run = time_command(command, site)
            times[name].append(run.wall)
            say(f"  every family{', without ' + name if name else '':20} {run.wall:8.2f} s")
            if not name:
                stages = json.loads(run.said[run.said.index("{") :])["seconds"]
    output = variants[""] / OUTPUT
    seconds = median(times[""])
    saved = {name: max(0.0, seconds - median(times[name])) for name in SWITCHES}
    families = [describe_family(label, output, files, saved.get(label)) for label, files in group_files(output).items()]
    return {
        "records": len(entries),
        "seconds": round(seconds, 3),
        "files": sum(family["files"] for family in families),
        "families": families,
        "stages": stages,
    }


def describe_family(label: str, output: Path, files: Sequence[str], saved: float | None) -> dict[str, Any]:
    """A family as plain values; ``saved`` are the seconds that a build without it takes less."""
    size = sum((output / name).stat().st_size for name in files)
    family: dict[str, Any] = {"label": label, "files": len(files), "kb": round(size / 1024 / len(files), 2)}
    return {**family, "ms": round(saved * 1000 / len(files), 3)} if saved is not None else family


def group_files(output: Path) -> dict[str, list[str]]:
    """The files of a finished site by family."""
    groups: dict[str, list[str]] = {}
    for path in sorted(output.rglob("*")):
        if path.is_file():
            name = path.relative_to(output).as_posix()
            groups.setdefault(find_family(name), []).append(name)
    return groups


def find_family(name: str) -> str:
    """The family of an output, by its path: ``tags/winter/feed.xml`` → ``feeds``."""
    steps = name.split("/")
    if steps[-1] in ("feed.xml", "feed.json"):
        return "feeds"
    if not name.endswith(".html"):
        return _family_of_file(steps)
    if any(step.isdecimal() and len(step) == 4 for step in steps[:2]):
        return "archives"
    if steps[0] == "tags":
        return "tag pages"
    if steps[0] in _RECORDS:
        return "records" if len(steps) == 3 and steps[1] != "page" else "lists"
    return "other pages"


def _family_of_file(steps: Sequence[str]) -> str:
    if steps[-1].startswith("sitemap"):
        return "sitemap"
    return "assets" if steps[0] == "assets" else "pictures" if steps[0] == "media" else "files for hosts and machines"
