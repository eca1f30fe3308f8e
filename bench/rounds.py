"""The comparison itself: rounds of builds, tool after tool within each scenario, so that drift hits all alike.

A round begins with cold builds and goes through all scenarios. Figures of a whole round are kept together; a round that
was interrupted begins again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bench.compare import find_differences, find_faults
from bench.corpus import Entry
from bench.ledger import Ledger, Measured
from bench.pages import count_pages
from bench.scenarios import SCENARIOS, Change, Scenario, prepare, put_aside, put_away, restore
from bench.stopwatch import Run, time_command
from bench.tools import OUTPUT, Tool

Say = Callable[[str], None]

@dataclass(frozen=True, slots=True)
class Plan:
    """What a comparison is asked to do. ``until`` is a ``time.monotonic`` after which no build is begun."""

    work: Path
    tools: tuple[Tool, ...]
    scenarios: tuple[Scenario, ...]
    rounds: int
    slow_rounds: int
    until: float
    say: Say

    def rounds_of(self, tool: Tool) -> int:
        """How many rounds a tool is measured in."""
        return self.slow_rounds if tool.slow else self.rounds


class OutOfTimeError(Exception):
    """The time limit has come; what is measured is kept."""


def site_folder(work: Path, records: int, tool: Tool) -> Path:
    """Where the site of a tool lies."""
    return work / str(records) / tool.name


def write_sites(plan: Plan, entries: Sequence[Entry]) -> None:
    """The sites that are not there yet, or were made by another version of this comparison."""
    version = digest_sources()
    for tool in plan.tools:
        site = site_folder(plan.work, len(entries), tool)
        mark = site / ".whole"
        if not mark.is_file() or mark.read_text() != version:
            plan.say(f"Writing {len(entries)} records for {tool.label}")
            if site.exists():
                put_aside(site, plan.work / "attic")
            tool.write_site(entries, site)
            mark.write_text(version)


def digest_sources() -> str:
    """A digest of everything that the sites are written from."""
    here = Path(__file__).parent
    files = [*here.glob("*.py"), *here.glob("peers/*.py"), *here.glob("templates/**/*")]
    digest = blake2b(digest_size=16)
    for path in sorted(path for path in files if path.is_file()):
        digest.update(f"{path.relative_to(here)} ".encode() + path.read_bytes())
    return digest.hexdigest()


def run_rounds(plan: Plan, entries: Sequence[Entry], ledger: Ledger) -> None:
    """All rounds that are not in the ledger yet. ``OutOfTimeError`` ends them early."""
    for number in range(1, max(plan.rounds, plan.slow_rounds) + 1):
        done = {(figure.tool, figure.what) for figure in ledger.read() if _is_of(figure, len(entries), number)}
        tools = [
            tool
            for tool in plan.tools
            if number <= plan.rounds_of(tool)
            and any((tool.name, wanted.name) not in done for wanted in plan.scenarios)
        ]
        if tools:
            plan.say(f"{len(entries)} records, round {number}")
            ledger.add(_run_round(plan, tools, tuple(entries), number))


def _is_of(figure: Measured, records: int, number: int) -> bool:
    return figure.records == records and figure.round == number


def _run_round(plan: Plan, tools: Sequence[Tool], entries: tuple[Entry, ...], number: int) -> list[Measured]:
    """The figures of one round, which begins with the corpus as it was. Every other round goes through the tools
    backwards, so that none is always first.
    """
    for tool in tools:
        site = site_folder(plan.work, len(entries), tool)
        restore(tool, site, entries, max(plan.rounds, plan.slow_rounds))
        put_away(tool, site, plan.work / "attic")
    figures: list[Measured] = []
    for scenario in SCENARIOS:
        if scenario in plan.scenarios or scenario.name == "cold":
            change = scenario.change(entries, number)
            entries = change.entries
            turns = tools if number % 2 else tuple(reversed(tools))
            figures += [_measure(plan, tool, scenario, change, number) for tool in turns]
        if scenario.name == "cold" and number == 1:
            figures += compare_outputs(plan, tools, entries)
    return figures


def compare_outputs(plan: Plan, tools: Sequence[Tool], entries: Sequence[Entry]) -> list[Measured]:
    """What each output lacks of the corpus, and where it says something else than that of the first tool."""
    figures = []
    first = site_folder(plan.work, len(entries), tools[0]) / OUTPUT
    for tool in tools:
        output = site_folder(plan.work, len(entries), tool) / OUTPUT
        try:
            faults = [*find_faults(entries, output, tool.count), *find_differences(entries, first, output)]
        except OSError as error:
            faults = [f"cannot be read: {error}".replace(str(output), "output")]
        plan.say(f"  {tool.label}: {len(faults)} differences from {tools[0].label}")
        for fault in faults[:5]:
            plan.say(f"    {fault}")
        pages = float(count_pages(output))
        figures.append(Measured("pages", tool.name, len(entries), 1, pages, faults=tuple(faults[:5])))
    return figures


def _measure(plan: Plan, tool: Tool, scenario: Scenario, change: Change, number: int) -> Measured:
    """Change a site, build it, look at what came out."""
    if time.monotonic() > plan.until:
        raise OutOfTimeError
    records = len(change.entries)
    site = site_folder(plan.work, records, tool)
    prepare(tool, site, scenario, change)
    run = time_command(tool.build(site), site, tool.environment)
    faults = tuple(_look(tool, site, scenario, change, run))
    marks = " (disturbed)" if run.disturbed else ""
    plan.say(f"  {scenario.label:22} {tool.label:26} {run.wall:8.2f} s, processor {run.cpu:7.2f} s{marks}")
    for fault in faults:
        plan.say(f"    {fault}")
    return Measured(
        what=scenario.name,
        tool=tool.name,
        records=records,
        round=number,
        value=run.wall,
        cpu=run.cpu,
        others=run.others,
        load=run.load,
        disturbed=run.disturbed,
        faults=faults,
        system=run.system,
    )


def _look(tool: Tool, site: Path, scenario: Scenario, change: Change, run: Run) -> Iterator[str]:
    """What is wrong with a build: its exit code, else what the scenario asks of the output; the first five."""
    if run.code:
        yield f"exit code {run.code}: {run.said[-400:].replace(str(site), tool.name)}"
        return
    for count, fault in enumerate(scenario.find_faults(tool, site / OUTPUT, change)):
        if count >= 5:
            return
        yield fault
