"""The command line: ``python -m bench``."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from bench.corpus import make_corpus
from bench.draw import measure_draw, write_draws
from bench.extras import run_extras
from bench.ledger import Ledger
from bench.outputs import measure_outputs
from bench.report import replace_table, write_report, write_short_table
from bench.results import make_results, read_results, write_results
from bench.rounds import OutOfTimeError, Plan, run_rounds, write_sites
from bench.scenarios import SCENARIOS
from bench.tools import all_tools

WORK: Final = Path("build/bench")
"""No step of this path may begin with a full stop: Pelican watches no such folder."""
HERE: Final = Path(__file__).parent
LEDGER: Final = "measured.jsonl"
OUTPUTS: Final = "outputs.json"
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
Chosen = TypeVar("Chosen")


@click.group(invoke_without_command=True)
@click.option("--records", default="100,1000", show_default=True, help="How many records, separated by commas.")
@click.option("--rounds", default=3, show_default=True, help="How often each build is measured.")
@click.option("--slow-rounds", default=1, show_default=True, help="The same for the slow generators.")
@click.option("--tools", default=None, help=f"Which generators; all that are installed: {','.join(all_tools())}.")
@click.option("--scenarios", default=",".join(one.name for one in SCENARIOS), show_default=True, help="Which builds.")
@click.option("--extras/--no-extras", default=True, help="Also memory, save to served, and the floor.")
@click.option("--minutes", default=60.0, show_default=True, help="After so many minutes no build is begun.")
@click.option("--work", default=WORK, type=FOLDER, show_default=True, help="The folder for sites and figures.")
@click.option("--publish", is_flag=True, help="Write RESULTS.md, results.json and the README's table at the end.")
@click.pass_context
def main(
    context: click.Context,
    records: str,
    rounds: int,
    slow_rounds: int,
    tools: str | None,
    scenarios: str,
    extras: bool,
    minutes: float,
    work: Path,
    publish: bool,
) -> None:
    """Compare Twinsite with other generators. What is measured already is kept and not measured again."""
    if context.invoked_subcommand:
        return
    plan = Plan(
        work=work.resolve(),
        tools=tuple(choose("generator", tools or ",".join(find_present()), all_tools())),
        scenarios=tuple(choose("build", scenarios, {one.name: one for one in SCENARIOS})),
        rounds=rounds,
        slow_rounds=slow_rounds,
        until=time.monotonic() + minutes * 60,
        say=click.echo,
    )
    ledger = Ledger(plan.work / LEDGER)
    try:
        for size in choose_sizes(records):
            compare(plan, size, ledger, extras)
    except OutOfTimeError:
        click.echo("The time is up; what is measured is kept.")
    results = gather(plan.work)
    click.echo("\n" + (write_report(results) if not publish else publish_results(results)))


def choose(what: str, names: str, known: Mapping[str, Chosen]) -> list[Chosen]:
    """The values of some names; an unknown name is a wrong command line."""
    for name in names.split(","):
        if name not in known:
            raise click.BadParameter(f"There is no {what} {name!r}. Known: {', '.join(known)}.")
    return [known[name] for name in names.split(",")]


def find_present() -> list[str]:
    """The names of the generators that are installed."""
    return [name for name, tool in all_tools().items() if tool.present()]


def choose_sizes(records: str) -> list[int]:
    """Numbers of records; fewer than ten, or no number, is a wrong command line."""
    parts = records.split(",")
    if not all(part.isdecimal() and int(part) >= 10 for part in parts):
        raise click.BadParameter("Give numbers from 10 on, separated by commas.", param_hint="--records")
    return [int(part) for part in parts]


def compare(plan: Plan, size: int, ledger: Ledger, extras: bool) -> None:
    """The rounds and the extras of one size."""
    entries = make_corpus(size)
    write_sites(plan, entries)
    run_rounds(plan, entries, ledger)
    if extras:
        run_extras(plan, entries, ledger)


def gather(work: Path) -> dict[str, Any]:
    """The results of everything measured in a work folder."""
    path = work / OUTPUTS
    outputs = [json.loads(path.read_text("utf-8"))] if path.is_file() else []
    return make_results(Ledger(work / LEDGER).read(), all_tools(), outputs, date.today())


def publish_results(results: dict[str, Any]) -> str:
    """Write the files that are kept with the code; gives a word about it."""
    write_results(results)
    (HERE / "RESULTS.md").write_text(write_report(results), "utf-8")
    readme = HERE.parent / "README.md"
    readme.write_text(replace_table(readme.read_text("utf-8"), write_short_table(results)), "utf-8")
    return "Written: bench/RESULTS.md, bench/results.json and the table of README.md."


@main.command()
@click.option("--work", default=WORK, type=FOLDER, show_default=True)
@click.option("--kept", is_flag=True, help="From results.json instead, after a change of the tables' looks.")
def report(work: Path, kept: bool) -> None:
    """Write RESULTS.md, results.json and the README's table from what is measured."""
    click.echo(publish_results(read_results() if kept else gather(work.resolve())))


@main.command()
@click.option("--records", default=1000, show_default=True)
@click.option("--work", default=WORK, type=FOLDER, show_default=True)
def outputs(records: int, work: Path) -> None:
    """Measure Twinsite with its default theme and every output family."""
    work = work.resolve()
    found = measure_outputs(make_corpus(records), work, all_tools()["twinsite"], click.echo)
    (work / OUTPUTS).write_text(json.dumps(found, indent=1), "utf-8")


@main.command()
@click.option("--entries", default="1000,1000000", show_default=True, help="How many, separated by commas.")
@click.option("--work", default=WORK, type=FOLDER, show_default=True)
@click.option("--publish", is_flag=True, help="Write DRAWS.md at the end.")
def draw(entries: str, work: Path, publish: bool) -> None:
    """Measure draws of many entries."""
    found = {size: measure_draw(size, work.resolve(), click.echo) for size in choose_sizes(entries)}
    text = write_draws(found, date.today())
    if publish:
        (HERE / "DRAWS.md").write_text(text, "utf-8")
    click.echo("Written: bench/DRAWS.md." if publish else "\n" + text)


@main.command()
@click.option("--records", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--tool", default="twinsite", type=click.Choice(list(all_tools())))
@click.argument("out", type=click.Path(path_type=Path))
def corpus(records: int, seed: int, tool: str, out: Path) -> None:
    """Write the corpus as a site of one generator."""
    all_tools()[tool].write_site(make_corpus(records, seed), out)


if __name__ == "__main__":
    main()
