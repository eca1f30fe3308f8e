"""``draw commit``, ``draw run`` and ``draw verify``: a draw that anybody can recompute."""

from __future__ import annotations

import errno
import json
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from twinsite.commands.options import (
    Flags,
    NowType,
    common_options,
    now_option,
    read_clock,
    site_option,
)

if TYPE_CHECKING:
    from twinsite.core.problem import Problem
    from twinsite.draw.entries import EntryList
    from twinsite.drawing import ContestDraw

FILE = click.Path(dir_okay=False, path_type=Path)
KEYS = ("rule", "severity", "path", "line", "column", "message", "hint")


@click.group()
def draw() -> None:
    """Draw winners so that anybody can check it: commit to the list, run the draw, verify a receipt."""


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says how to print the result."""
    choice = click.Choice(["text", "json"])
    return click.option("--format", "style", type=choice, default="text", help="How to print the result.")(command)


def column_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name the columns of a list of entries."""
    flag = "The column that says who takes part, yes or no, where there is one."
    command = click.option("--eligible-column", default="eligible", show_default=True, help=flag)(command)
    return click.option("--id-column", default="id", show_default=True, help="The column of the codes.")(command)


@draw.command()
@click.argument("contest")
@click.option("--entries", type=FILE, required=True, help="The list of entries: CSV, a random code in each row.")
@column_options
@click.option("--seed-source", required=True, help="Where everybody can read the seed, in words for entrants.")
@click.option("--seed-at", type=NowType(), required=True, help="When the seed becomes known; without an offset in UTC.")
@click.option("--winners", type=click.IntRange(1), help="How many win (default: as many as there are prizes).")
@click.option("--reserves", type=click.IntRange(0), default=0, show_default=True, help="How many reserves are drawn.")
@site_option
@now_option
@format_option
@common_options
def commit(
    contest: str,
    entries: Path,
    id_column: str,
    eligible_column: str,
    seed_source: str,
    seed_at: datetime,
    winners: int | None,
    reserves: int,
    site: Path,
    now: datetime | None,
    style: str,
) -> None:
    """Fix the list of entries of CONTEST before the seed of its draw exists.

    Writes the commitment beside the contest, to be published now; the salt and the codes go to entries-raw/.
    """
    from twinsite.draw.statement import find_digest
    from twinsite.drawing import SeedRule, commit_draw

    moment = now or read_clock()
    found = _find(contest, site, moment, style)
    chosen = _list(entries, id_column, eligible_column)
    rule = SeedRule(seed_source, seed_at)
    with _writing(site, style):
        done = commit_draw(found, chosen, rule, moment, secrets.token_bytes(32), winners, reserves)
    if isinstance(done, list):
        _refuse(done, style)
    files = found.files
    result = {
        "fingerprint": find_digest(done),
        "root": done.root,
        "count": done.count,
        "file": files.shown("commitment"),
    }
    _print(
        style,
        {**result, "problems": []},
        [],
        f"The list is fixed: {done.count:,} entries take part, {done.winners} win, {done.reserves} are reserves.",
        f"Fingerprint of the commitment: {result['fingerprint']}",
        f"Publish it now, with this line in {found.path}:",
        f"  draw: {files.name('commitment')}",
        f"Keep entries-raw/{files.slug}.draw.json and .codes.csv: without them there is no draw. Show them to nobody.",
        f"Once the seed is known, at {done.seed_at}: twinsite draw run {files.slug} --seed VALUE",
    )


@draw.command()
@click.argument("contest")
@click.option("--seed", required=True, help="The seed, exactly as its source gives it.")
@click.option("--entries", type=FILE, help="The list of entries (default: the codes that draw commit kept).")
@column_options
@site_option
@now_option
@format_option
@common_options
def run(
    contest: str,
    seed: str,
    entries: Path | None,
    id_column: str,
    eligible_column: str,
    site: Path,
    now: datetime | None,
    style: str,
) -> None:
    """Hold the draw of CONTEST with the seed, once it is known.

    Writes the receipt and the list of leaves beside the contest, and the codes that won to entries-raw/.
    """
    from twinsite.drawing import run_draw

    moment = now or read_clock()
    found = _find(contest, site, moment, style)
    chosen = _list(entries, id_column, eligible_column) if entries else None
    with _writing(site, style):
        done = run_draw(found, seed, chosen, moment)
    if isinstance(done, list):
        _refuse(done, style)
    files = found.files
    rows = [{"rank": one.rank, "place": one.place, "id": code, "leaf": one.leaf} for one, code in done.codes]
    shown = [files.shown(what) for what in ("receipt", "leaves")]
    _print(
        style,
        {"drawn": rows, "files": shown, "problems": []},
        [f"{row['rank']:>4}  {row['place'] or 'reserve'}  {row['id']}" for row in rows],
        f"These codes are in entries-raw/{files.slug}.winners.csv as well, and nowhere else.",
        f"Publish the receipt, with these lines in {found.path}:",
        f"  draw: {files.name('receipt')}",
        f"  draw_list: {files.name('leaves')}",
    )


@draw.command()
@click.argument("receipt", type=FILE)
@click.option("--leaves", type=FILE, help="The list of leaves, from the contest's page.")
@click.option("--entries", type=FILE, help="The list of entries, for those who may see it.")
@column_options
@click.option("--commitment", type=FILE, help="A commitment that was saved before the draw.")
@format_option
@common_options
def verify(
    receipt: Path,
    leaves: Path | None,
    entries: Path | None,
    id_column: str,
    eligible_column: str,
    commitment: Path | None,
    style: str,
) -> None:
    """Check everything that the file RECEIPT says. Needs no site, only the files.

    Exit code 1 where something is not as it must be.
    """
    from twinsite.drawing import Evidence, verify_draw

    chosen = _list(entries, id_column, eligible_column) if entries else None
    verdict = verify_draw(receipt, Evidence(leaves, chosen, commitment))
    if isinstance(verdict, list):
        _refuse(verdict, style)
    checked = [{"ok": finding.ok, "text": finding.text} for finding in verdict.findings]
    _print(
        style,
        {"ok": verdict.ok, "checked": checked, "unchecked": verdict.unchecked, "problems": []},
        [f"WRONG  {finding.text}" for finding in verdict.findings if not finding.ok],
        *(f"Right  {finding.text}" for finding in verdict.findings if finding.ok),
        *(f"Open   {text}" for text in verdict.unchecked),
        "Nothing is wrong." if verdict.ok else "Something is wrong: do not trust this draw.",
    )
    sys.exit(0 if verdict.ok else 1)


def _list(file: Path, id_column: str, eligible_column: str) -> EntryList:
    from twinsite.draw.entries import EntryList

    return EntryList(file, file.as_posix(), id_column, eligible_column)


def _find(contest: str, site: Path, now: datetime, style: str) -> ContestDraw:
    """The contest, or the end of the command."""
    from twinsite.core.request import BuildRequest
    from twinsite.drawing import find_contest
    from twinsite.inputs import open_cache

    request = BuildRequest(site, now=now, write=False)
    with open_cache(request) as cache:
        found = find_contest(request, contest, cache)
    if isinstance(found, list):
        _refuse(found, style)
    return found


@contextmanager
def _writing(site: Path, style: str) -> Iterator[None]:
    """Say where a file cannot be written, and leave; that the disk is full says the command line itself."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        from twinsite.core.problem import Problem

        message = f"Twinsite could not write {error.filename or site}: {error.strerror or error}."
        _refuse([Problem("cannot-write", "", message, "Check that you may write into the folder of the site.")], style)


def _refuse(problems: Sequence[Problem], style: str) -> NoReturn:
    """Print problems and leave with 1. Lines of files are not shown: lists of entries hold personal data."""
    from twinsite.console import count_problems, use_colour, write_problem

    if style == "json":
        rows = [{key: getattr(problem, key) for key in KEYS} for problem in problems]
        click.echo(json.dumps({"problems": rows}, ensure_ascii=False, indent=2))
        sys.exit(1)
    for problem in problems:
        click.echo(write_problem(problem, None, use_colour(sys.stderr)) + "\n", err=True)
    click.echo(count_problems(problems), err=True)
    sys.exit(1)


def _print(style: str, result: dict[str, Any], first: Sequence[str], *more: str) -> None:
    """The result as one object or as lines, of which only the ``first`` remain with ``--quiet``."""
    if style == "json":
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    flags = click.get_current_context().obj
    quiet = isinstance(flags, Flags) and flags.quiet
    for line in first if quiet else (*first, *more):
        click.echo(line)
