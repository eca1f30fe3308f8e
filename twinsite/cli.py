"""The command line: finds a command, runs it, and turns whatever happens into an exit code.

Exit codes: 0 done; 1 the content or the build has errors; 2 wrong command line; 3 a bug of ours; 130 interrupted. A
command's module is imported when it is asked for, so that ``--version`` answers at once.
"""

from __future__ import annotations

import errno
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import click

from twinsite import __version__
from twinsite.commands.options import Flags

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The system's numbers for a disk that is full, or as full as one may make it."""

COMMANDS = (
    ("init", "twinsite.commands.init"),
    ("new", "twinsite.commands.init"),
    ("build", "twinsite.commands.build"),
    ("check", "twinsite.commands.build"),
    ("serve", "twinsite.commands.serve"),
    ("explain", "twinsite.commands.explain"),
    ("due", "twinsite.commands.explain"),
    ("lock", "twinsite.commands.lock"),
    ("draw", "twinsite.commands.draw"),
    ("import", "twinsite.commands.importing"),
    ("rights", "twinsite.commands.rights"),
    ("schema", "twinsite.commands.schema"),
)
"""Every command with the module that has it, in the order in which a new user meets them."""


LASTING = ("draw", "import")
"""Commands that go through more than fits into memory: for them Python looks for cycles as ever. (A preview has it look
when nobody waits.)"""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in their own order."""
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or ``None``."""
        module = dict(COMMANDS).get(cmd_name)
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(module), name) if module else None
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a wrong name is met with the nearest right one."""
        if args and not args[0].startswith("-") and args[0] not in dict(COMMANDS):
            from twinsite.core.names import nearest_name

            near = nearest_name(args[0], dict(COMMANDS))
            ctx.fail(f'There is no command "{args[0]}".' + (f' Did you mean "{near}"?' if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="twinsite")
@click.option("--quiet", "-q", is_flag=True, help="Print problems that stop a build, and little else.")
@click.option(
    "--verbose", "-v", is_flag=True, help="Print how long each stage took as well, and the slowest templates and pages."
)
@click.pass_context
def cli(ctx: click.Context, quiet: bool, verbose: bool) -> None:
    """Static sites for contests, twinterns and earned media, from Markdown and YAML."""
    if ctx.invoked_subcommand in LASTING:
        gc.enable()
    ctx.obj = Flags(quiet, verbose)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Whatever a user can cause ends with a message; a bug of ours asks to be reported."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _run(given)
    except Exception as error:
        sys.exit(answer(error, given))
    except KeyboardInterrupt as error:
        sys.exit(answer(error, given))


def answer(error: BaseException, given: Sequence[str]) -> int:
    """Tell what ended the command line that was ``given``; its exit code."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.UsageError):
        error.show()
        return 2
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        click.echo("Interrupted.", err=True)
        return 130
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()
        return 0
    if isinstance(error, OSError) and error.errno in FULL:
        sys.stdout = None  # what still waits to be printed would fail once more when Python ends
        click.echo(f"There is no room left to write: {error.strerror}. Make room, then run this again.", err=True)
        return 1
    report_bug(error, "--traceback" in given)  # a bug: the user gets one sentence and may ask for more
    return 3


def _run(given: list[str]) -> None:
    """Run a command, and hand over all that it printed. Raises what ``click`` does, and ``OSError``."""
    try:
        cli.main(args=given, prog_name="twinsite", standalone_mode=False)
    finally:
        sys.stdout.flush()


def report_bug(error: BaseException, whole: bool) -> None:
    """Say that this is our fault, and how to report it; the traceback only where it was asked for."""
    if whole:
        import traceback

        traceback.print_exception(error)
    click.echo(f"Twinsite has a bug: {type(error).__name__}: {error}", err=True)
    click.echo("Your files are unchanged. Please report it, with what --traceback prints.", err=True)
