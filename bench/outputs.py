"""The second measurement: Twinsite with its default theme and every output family switched on, in ms for each file.

Builds the corpus as a new site would have it, with a picture in every tenth record. The time of a family is the
processor time that a build without it saves, where the site can do without; else nothing is claimed.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import median
from types import MappingProxyType
from typing import Any, Final

from PIL import Image

from bench.corpus import NOW, Entry
from bench.peers import twinsite
from bench.scenarios import put_away
from bench.stopwatch import time_command
from bench.tools import OUTPUT, Tool

ROUNDS: Final = 3
PICTURE_EVERY: Final = 10
PICTURE_SIZE: Final = (1200, 800)
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
PICTURES: Final = "pictures"
SWITCHES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "feeds": "outputs:\n  feeds: {site: false, tags: false, contest: false, twintern: false, showcase: false}\n",
        "archives": "outputs: {archives: false}\n",
        "calendars": "outputs: {calendar: false, contest: {calendar: false}}\n",
        "rules": "outputs: {contest: {rules: false}}\n",
        "share images": "outputs:\n  share_images: {site: false, contest: false, entry: false, campaign: false, "
        "claim: false}\n",
        "media kits": "outputs: {twintern: {kit: false, links: false}}\n",
        PICTURES: "",
    }
)
"""The families that a site can do without, each with what to write in ``site.yaml`` for that; pictures need nothing."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """The builds of one site: seconds on the clock and of the processor of each, and the stages of the last."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]
    stages: dict[str, float]


def write_full_site(entries: Sequence[Entry], site: Path, without: str | None = None) -> None:
    """The corpus in the default theme with everything on, or all but one family."""
    shown = entries if without == PICTURES else [_add_picture(entry, site) for entry in entries]
    twinsite.write_site(shown, site)
    shutil.rmtree(site / "themes")
    (site / "site.yaml").write_text(_HEAD + (SWITCHES[without] if without else ""), "utf-8")


def _add_picture(entry: Entry, site: Path) -> Entry:
    """Every tenth entry with a picture of its own beside it."""
    if entry.rank % PICTURE_EVERY:
        return entry
    random = Random(entry.slug)
    path = site / "content" / entry.folder / f"{entry.slug}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.frombytes("RGB", (12, 8), random.randbytes(12 * 8 * 3)).resize(PICTURE_SIZE).save(path, quality=85)
    return replace(entry, fields={**entry.fields, "image": {"src": path.name, "alt": "Lamps at night, out of focus"}})


def measure_outputs(entries: Sequence[Entry], work: Path, tool: Tool, say: Say) -> dict[str, Any]:
    """Seconds, files by family, seconds by stage, and what each family costs where that can be told."""
    sites = {name: work / f"outputs-{len(entries)}{'-without-' if name else ''}{name}" for name in ("", *SWITCHES)}
    for name, site in sites.items():
        if not site.is_dir():
            write_full_site(entries, site, name or None)
    trials = _build_in_turn(sites, work, tool, say)
    whole = median(trials[""].cpu)
    saved = {name: max(0.0, whole - median(trials[name].cpu)) for name in SWITCHES}
    output = sites[""] / OUTPUT
    families = [describe_family(label, output, files, saved.get(label)) for label, files in group_files(output).items()]
    return {
        "records": len(entries),
        "seconds": round(median(trials[""].wall), 3),
        "cpu": round(whole, 3),
        "files": sum(family["files"] for family in families),
        "families": families,
        "stages": trials[""].stages,
    }


def _build_in_turn(sites: Mapping[str, Path], work: Path, tool: Tool, say: Say) -> dict[str, Trial]:
    """Cold builds of all sites, one after another, in rounds."""
    trials = {name: Trial((), (), {}) for name in sites}
    for _ in range(ROUNDS):
        for name, site in sites.items():
            put_away(tool, site, work / "attic")
            command = [sys.executable, "-m", "twinsite", "build", "--site", str(site), "--now", NOW, "--format", "json"]
            run = time_command(command, site)
            stages: dict[str, float] = json.loads(run.said[run.said.index("{") :])["seconds"]
            trials[name] = Trial((*trials[name].wall, run.wall), (*trials[name].cpu, run.cpu), stages)
            say(f"  every family{' without ' + name if name else '':22} {run.wall:8.2f} s, processor {run.cpu:7.2f} s")
    return trials


def describe_family(label: str, output: Path, files: Sequence[str], saved: float | None) -> dict[str, Any]:
    """A family as plain values; ``saved`` are the processor seconds that a build without it takes less."""
    size = sum((output / name).stat().st_size for name in files)
    family: dict[str, Any] = {"label": label, "files": len(files), "kb": round(size / 1024 / len(files), 2)}
    return {**family, "ms": round(saved * 1000 / len(files), 3)} if saved is not None else family


def group_files(output: Path) -> dict[str, list[str]]:
    """The files of a finished site by family, the largest family first."""
    groups: dict[str, list[str]] = {}
    for path in sorted(output.rglob("*")):
        if path.is_file():
            name = path.relative_to(output).as_posix()
            groups.setdefault(find_family(name), []).append(name)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def find_family(name: str) -> str:
    """The family of an output, by its path: ``tags/winter/feed.xml`` → ``feeds``."""
    steps = name.split("/")
    if steps[-1] in ("feed.xml", "feed.json"):
        return "feeds"
    if steps[0] == "twinterns" and steps[2:3] in (["kit"], ["links"]):
        return "media kits"
    if not name.endswith(".html"):
        return _find_family_of_file(steps)
    if steps[0] == "contests" and "rules" in steps[2:]:
        return "rules"
    if any(step.isdecimal() and len(step) == 4 for step in steps[:2]):
        return "archives"
    if steps[0] == "tags":
        return "tag pages"
    if steps[0] in _RECORDS:
        return "records" if len(steps) == 3 and steps[1] != "page" else "lists"
    return "other pages"


def _find_family_of_file(steps: Sequence[str]) -> str:
    if steps[-1].startswith("sitemap"):
        return "sitemap"
    if steps[-1].endswith(".ics"):
        return "calendars"
    if steps[0] == "media" and steps[-1].startswith("share-") and steps[-1].endswith(".png"):
        return "share images"
    return {"assets": "assets", "media": PICTURES}.get(steps[0], "files for hosts and machines")
