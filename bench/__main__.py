"""The command line: ``python -m bench``."""

from __future__ import annotations

from pathlib import Path

import click

from bench.corpus import make_corpus
from bench.peers import twinsite


@click.group()
def main() -> None:
    """Compare Twinsite with other generators."""


@main.command()
@click.option("--records", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--engine", default="commonmark")
@click.option("--tool", default="twinsite")
@click.argument("out", type=click.Path(path_type=Path))
def corpus(records: int, seed: int, engine: str, tool: str, out: Path) -> None:
    """Write the corpus as a site of one generator."""
    twinsite.write_site(make_corpus(records, seed), out, engine)


if __name__ == "__main__":
    main()
