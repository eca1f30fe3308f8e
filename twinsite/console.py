"""How problems, summaries and progress look on a terminal, in JSON, and as annotations of a code host.

The only room that prints besides ``cli``. Problems go to stderr, results to stdout.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from msgspec import Struct
from msgspec.structs import asdict

from twinsite.build import BuildRequest, BuildResult
from twinsite.core.problem import Problem
from twinsite.stages import Timing, find_slowest_pages, find_slowest_templates

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
WIDEST = 160
"""Characters of a line that an excerpt shows."""


class Console(Struct, frozen=True):
    """Where and how to print: ``format`` is ``text``, ``json`` or ``github``; ``quiet`` hides notices and summaries."""

    format: str = "text"
    quiet: bool = False
    verbose: bool = False

    def show_problems(self, problems: Sequence[Problem], site: Path) -> None:
        """Print problems to stderr, as the format asks (in JSON they are part of the result)."""
        if self.format == "json":
            return
        shown = [problem for problem in problems if not (self.quiet and problem.severity == "notice")]
        if self.format == "github":
            for problem in shown:
                _complain(write_annotation(problem, site))
            return
        lines = Excerpts(site)
        for problem in shown:
            _complain(write_problem(problem, lines.line(problem), use_colour(sys.stderr)) + "\n")
        if shown:
            _complain(count_problems(shown))

    def show_result(self, result: BuildResult, now: datetime, zone: str | None) -> None:
        """Print what a build did: one JSON object, or a summary in words with every withheld record."""
        if self.format == "json":
            import json

            print(json.dumps(describe_result(result), ensure_ascii=False, indent=2))
            return
        if self.quiet:
            return
        for line in write_summary(result, now, zone):
            print(line)
        if self.verbose:
            for line in write_times(result):
                print(line)

    def show_build(self, request: BuildRequest, result: BuildResult) -> None:
        """Print the problems of a build, then what it did."""
        self.show_problems(result.problems, request.site)
        self.show_result(result, request.now, result.zone)


def _complain(text: str) -> None:
    """Print to stderr. ``click``, which knows every terminal, is imported only where there is something to say."""
    import click

    click.echo(text, err=True)


class Excerpts:
    """Lines of source files, read once each, only to be shown."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._files: dict[str, list[str]] = {}

    def line(self, problem: Problem) -> str | None:
        """The line a problem points at, or ``None`` where there is none to show."""
        if problem.line is None:
            return None
        if problem.path not in self._files:
            self._files[problem.path] = self._read(problem.path)
        lines = self._files[problem.path]
        return lines[problem.line - 1] if 0 < problem.line <= len(lines) else None

    def _read(self, path: str) -> list[str]:
        try:
            data = (self._site / path).read_bytes()[:20_000_000]
        except OSError:
            return []
        text = data.decode("utf-8", "replace").removeprefix("\ufeff")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def use_colour(stream: IO[Any]) -> bool:
    """Whether to colour: on a terminal, unless ``NO_COLOR`` is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def write_problem(problem: Problem, line: str | None, colour: bool = False) -> str:
    """A problem as text: its place and rule, the line with a caret, what is wrong and what to write instead."""
    place = problem.path or "command line"
    if problem.line is not None:
        place += f":{problem.line}:{problem.column or 1}"
    severity = _paint(problem.severity) if colour else problem.severity
    parts = [f"{place}  {severity}  {problem.rule}"]
    if line is not None and problem.line is not None:
        parts += write_excerpt(line, problem.line, problem.column or 1, problem.width)
    parts.append(_indent(problem.message))
    if problem.hint:
        parts.append(_indent(problem.hint))
    return "\n".join(parts)


def _paint(severity: str) -> str:
    import click

    return click.style(severity, fg=COLOURS[severity], bold=True)


def write_excerpt(line: str, number: int, column: int, width: int) -> list[str]:
    """The line with its number, and a caret line below it. Long lines are cut around the place; tabs become spaces."""
    start = max(0, column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = "".join(" " if ord(letter) < 32 or letter == "\x7f" else letter for letter in line[start : start + WIDEST])
    carets = "^" * max(1, min(width, len(shown) - (column - 1 - start)))
    return [f"   {number} | {shown}", f"   {' ' * len(str(number))} | {' ' * (column - 1 - start)}{carets}"]


def _indent(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.split("\n"))


def write_annotation(problem: Problem, site: Path) -> str:
    """A problem as a workflow command of GitHub Actions (``::error file=…,line=…,col=…,title=…::message``).

    The file is named from the working folder, which is the repository's, wherever the site lies in it.
    """
    place = [f"file={_escape_property(_from_here(site, problem.path or 'site.yaml'))}"]
    if problem.line is not None:
        place += [f"line={problem.line}", f"col={problem.column or 1}"]
    place.append(f"title={problem.rule}")
    text = f"{problem.message} {problem.hint}".strip()
    return f"::{problem.severity} {','.join(place)}::{_escape_data(text)}"


def _from_here(site: Path, path: str) -> str:
    try:
        folder = site.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path
    return path if folder == "." else f"{folder}/{path}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def count_problems(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``."""
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.severity] = counts.get(problem.severity, 0) + 1
    return ", ".join(f"{counts[name]} {name}{'s' if counts[name] > 1 else ''}" for name in COLOURS if name in counts)


def describe_result(result: BuildResult) -> dict[str, Any]:
    """The one object that ``--format json`` prints."""
    keys = ("rule", "severity", "path", "line", "column", "message", "hint")
    return {
        "pages": result.pages,
        "rendered": result.rendered,
        "written": result.written,
        "reused": result.reused,
        "deleted": result.deleted,
        "withheld": [asdict(held) for held in result.withheld],
        "problems": [{key: getattr(problem, key) for key in keys} for problem in result.problems],
        "seconds": result.seconds,
        "slowest": describe_slowest(result.timings),
    }


def describe_slowest(timings: Sequence[Timing]) -> dict[str, list[dict[str, Any]]]:
    """The slowest templates and pages as plain values, seconds to the hundredth of a millisecond."""
    templates = [asdict(one) for one in find_slowest_templates(timings)]
    pages = [asdict(one) for one in find_slowest_pages(timings)]
    for row in (*templates, *pages):
        row["seconds"] = round(row["seconds"], 5)
    return {"templates": templates, "pages": pages}


def write_times(result: BuildResult) -> list[str]:
    """How long the stages took, then the slowest templates and pages of those that were rendered: three tables."""
    total = sum(result.seconds.values()) or 1.0
    stages = [(name, f"{taken:.3f}", f"{taken / total:.0%}") for name, taken in result.seconds.items()]
    lines = ["", *_write_columns(("Stage", "seconds", "share"), stages)]
    if result.timings:
        templates = [
            (one.template, f"{one.seconds:.3f}", str(one.pages), f"{one.seconds / one.pages * 1000:.1f}")
            for one in find_slowest_templates(result.timings)
        ]
        pages = [(one.path, f"{one.seconds * 1000:.1f}", one.template) for one in find_slowest_pages(result.timings)]
        lines += ["", *_write_columns(("Slowest templates", "seconds", "pages", "ms each"), templates)]
        lines += ["", *_write_columns(("Slowest pages", "ms", "template"), pages)]
    return lines


def _write_columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table below its head: numbers to the right, names to the left, rows set in by two."""
    table = [head, *((f"  {row[0]}", *row[1:]) for row in rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(head))]
    numbers = [place > 0 and name != "template" for place, name in enumerate(head)]
    lines = []
    for row in table:
        cells = zip(row, widths, numbers, strict=True)
        lines.append("  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in cells))
    return [line.rstrip() for line in lines]


def write_summary(result: BuildResult, now: datetime, zone: str | None) -> list[str]:
    """What a build did, in a few lines; every withheld record with its reason and its moment."""
    lines = []
    if result.withheld:
        lines.append(f"{len(result.withheld)} withheld:")
        lines += [f"  {held.path}  {write_hold(held.reason, held.until, now, zone)}" for held in result.withheld]
    if not result.ok and result.output is None:
        lines.append("Nothing was written; the site is as it was.")
        return lines
    total = sum(result.seconds.values())
    where = f" in {show_path(result.output)}" if result.output else ""
    lines.append(
        f"{result.pages} pages{where}: {result.rendered} rendered, {result.reused} reused; "
        f"{result.written} files written, {result.deleted} deleted. {total:.2f} s"
    )
    return lines


def show_path(path: Path) -> str:
    """A path as people type it: relative where it lies below the working folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def write_hold(reason: str, until: str | None, now: datetime, zone: str | None) -> str:
    """``scheduled until 2026-12-01 09:00 GMT, in 8 d 14 h``."""
    if not until:
        return reason
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(until)
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment
    return f"{reason} until {local:%Y-%m-%d %H:%M} {local.tzname()}, {write_distance(moment, now)}"


def write_distance(moment: datetime, now: datetime) -> str:
    """How far a moment lies ahead: ``in 8 d 14 h``, ``in 20 min``; ``now`` where it is past."""
    seconds = int((moment - now).total_seconds())
    if seconds <= 0:
        return "now"
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    if days:
        return f"in {days} d {hours} h"
    return f"in {hours} h {rest // 60} min" if hours else f"in {max(1, rest // 60)} min"


def show_progress(label: str, length: int) -> Callable[[int], None]:
    """A function that moves a progress bar on a terminal; in a pipe it does nothing."""
    if not sys.stderr.isatty() or length < 50:
        return lambda steps: None
    import click

    bar = click.progressbar(length=length, label=label, file=sys.stderr)
    bar.__enter__()

    def move(steps: int) -> None:
        bar.update(steps)
        if bar.finished:
            bar.__exit__(None, None, None)

    return move


def write_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Rows as aligned columns of text."""
    cells = [[str(row[column]) for column in columns] for row in rows]
    widths = [max((len(line[place]) for line in cells), default=0) for place in range(len(columns))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
