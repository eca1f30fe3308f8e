"""The command line: ``python -m bench``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bench.corpus import make_corpus
from bench.ledger import Ledger
from bench.rounds import OutOfTimeError, Plan, run_rounds, write_sites
from bench.scenarios import SCENARIOS
from bench.tools import all_tools

WORK = Path(".bench")


@click.group(invoke_without_command=True)
@click.option("--records", default="100,1000", show_default=True, help="How many records, separated by commas.")
@click.option("--rounds", default=3, show_default=True, help="How often each build is measured.")
@click.option("--slow-rounds", default=1, show_default=True, help="The same for the slow generators.")
@click.option("--tools", default=",".join(all_tools()), show_default=True, help="Which generators.")
@click.option("--scenarios", default=",".join(one.name for one in SCENARIOS), show_default=True, help="Which builds.")
@click.option("--time-limit", default=60.0, show_default=True, help="Minutes after which no build is begun.")
@click.option("--work", default=WORK, type=click.Path(path_type=Path), help="The folder for sites and figures.")
@click.pass_context
def main(
    context: click.Context,
    records: str,
    rounds: int,
    slow_rounds: int,
    tools: str,
    scenarios: str,
    time_limit: float,
    work: Path,
) -> None:
    """Compare Twinsite with other generators."""
    if context.invoked_subcommand:
        return
    known = all_tools()
    plan = Plan(
        work=work.resolve(),
        tools=tuple(known[name] for name in tools.split(",")),
        scenarios=tuple(one for one in SCENARIOS if one.name in scenarios.split(",")),
        rounds=rounds,
        slow_rounds=slow_rounds,
        until=time.monotonic() + time_limit * 60,
        say=click.echo,
    )
    ledger = Ledger(plan.work / "measured.jsonl")
    for size in map(int, records.split(",")):
        entries = make_corpus(size)
        write_sites(plan, entries)
        try:
            run_rounds(plan, entries, ledger)
        except OutOfTimeError:
            click.echo("The time is up; what is measured is kept.")
            return


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
