"""What several commands share: options, the clock, and how an outcome is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from twinsite.commands.plain import read_instant

if TYPE_CHECKING:
    from twinsite.build import BuildRequest, BuildResult
    from twinsite.core.problem import Problem

FORMATS = click.Choice(["text", "json", "github"])
FOLDER = click.Path(file_okay=False, path_type=Path)


class Flags(NamedTuple):
    """What stands before the command: how much to say."""

    quiet: bool = False
    verbose: bool = False


class NowType(click.ParamType[datetime]):
    """The ``--now`` of a command: an instant with an offset or ``Z``, else in UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """An aware instant, or a usage error."""
        if isinstance(value, datetime):
            return value
        try:
            return read_instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def site_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the site's folder."""
    return click.option("--site", type=FOLDER, default=".", help="The site's folder (default: the working folder).")(
        command
    )


def now_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that takes another moment for the present."""
    return click.option(
        "--now", type=NowType(), default=None, help="Build as if it were this moment, e.g. 2026-06-01T12:00:00+01:00."
    )(command)


def read_clock() -> datetime:
    """The present, or ``SOURCE_DATE_EPOCH`` (seconds since 1970) where a build must be reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC)
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None or moment.year > 9000:
        raise click.UsageError(f'SOURCE_DATE_EPOCH is "{epoch[:40]}", which is no number of seconds since 1970.')
    return moment


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says how to print problems and the result."""
    return click.option(
        "--format", "style", type=FORMATS, default="text", help="How to print problems and the result."
    )(command)


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command: ``--quiet`` and ``--verbose``, which may also stand before the command, and
    ``--traceback``, for which ``cli.main`` looks itself.
    """
    for names, text in (
        (("--traceback",), "On a bug of Twinsite, print where it happened."),
        (("--verbose", "-v"), "Print how long each stage took as well, and the slowest templates and pages."),
        (("--quiet", "-q"), "Print problems that stop a build, and little else."),
    ):
        command = click.option(*names, is_flag=True, expose_value=False, callback=_set_flag, help=text)(command)
    return command


def _set_flag(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Note a flag of the command with those that stood before it."""
    flags = ctx.obj if isinstance(ctx.obj, Flags) else Flags()
    if value and param.name in ("quiet", "verbose"):
        ctx.obj = flags._replace(**{param.name: True})


def show(flags: Flags, style: str, request: BuildRequest, result: BuildResult) -> None:
    """Print the problems and the outcome of a build."""
    from twinsite.console import Console

    Console(style, flags.quiet, flags.verbose).show_build(request, result)


def check_address(base_url: str | None) -> str | None:
    """The ``--base-url`` by the rules of ``base_url`` in ``site.yaml``, or a usage error."""
    if base_url is None:
        return None
    from twinsite.config import parse_base_url
    from twinsite.core.values import Wrong

    value = parse_base_url(base_url)
    if isinstance(value, Wrong):
        raise click.BadParameter(f"{value.message} {value.hint}", param_hint="--base-url")
    return value


def show_and_exit(problems: Sequence[Problem], site: Path, style: str = "text") -> NoReturn:
    """Print problems and leave with 1; for commands that have nothing else to say then."""
    from twinsite.console import Console

    Console(style).show_problems(problems, site)
    sys.exit(1)


def refuse_and_exit(error: OSError, folder: Path) -> NoReturn:
    """Say that nothing can be written into a folder, and why; leave with 1."""
    from twinsite.write.failure import refuse

    show_and_exit([refuse(error, folder)], folder)
