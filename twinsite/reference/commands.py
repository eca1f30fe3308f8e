"""The page of all commands with their options, from the command line itself."""

from __future__ import annotations

import click

from twinsite.cli import COMMANDS, cli
from twinsite.reference.text import code, plain, sentence, write_code, write_page, write_table

ABOUT = """\
Every command is run as `twinsite COMMAND`, in the folder of your site or with `--site` from anywhere else. \
`twinsite COMMAND --help` prints what this page says. Problems go to the error stream, results to the output."""
EXIT_CODES = (
    ("0", "Done."),
    (
        "1",
        "The content or the build has errors (with `--strict` also warnings; `check` also fails on what is overdue).",
    ),
    ("2", "The command line is wrong."),
    ("3", "Twinsite has a bug, and asks you to report it."),
    ("130", "You interrupted it."),
)
WORDS = {"INTEGER RANGE": "NUMBER", "INTEGER": "NUMBER", "DIRECTORY": "FOLDER"}
"""What the values of options are called here."""

VARIABLES = (
    ("NO_COLOR", "Set to anything, no colours are used. In a pipe there are none anyway."),
    ("SOURCE_DATE_EPOCH", "Seconds since 1970, taken for the present where `--now` is not given."),
)
FORMATS = """\
`build` and `check` print for people by default. `--format json` prints one JSON object on the output and nothing \
else, whether the build succeeds or not: the numbers `pages`, `rendered`, `written`, `reused` and `deleted`; the \
lists `withheld` (`path`, `reason`, `until`) and `problems` (`rule`, `severity`, `path`, `line`, `column`, \
`message`, `hint`; line and column may be null); `seconds` by stage; and `slowest`, of what this build rendered: at \
most ten `templates` (`template`, `seconds`, `pages`) and ten `pages` (`path`, `template`, `seconds`), the slowest \
first. `--format github` prints problems as annotations of GitHub Actions, which appear beside the lines of a pull \
request."""


def write_commands() -> str:
    """The page: options of all commands, each command, formats, exit codes, variables."""
    context = click.Context(cli, info_name="twinsite")
    parts = [ABOUT, "## Options before the command", write_options(cli, context), "## Commands"]
    for name, _ in COMMANDS:
        parts += _write_command(name, context)
    parts += ["## Formats", FORMATS, "## Exit codes", write_table(("Code", "Meaning"), EXIT_CODES)]
    variables = [[code(name), about] for name, about in VARIABLES]
    parts += ["## Environment variables", write_table(("Variable", "Meaning"), variables)]
    return write_page("Commands", "Every command with all its options, the exit codes and the formats.", 80, parts)


def _write_command(name: str, parent: click.Context) -> list[str]:
    command = cli.get_command(parent, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent)
    if not isinstance(command, click.Group):
        return [f"### {name}", *_describe_command(command, context)]
    parts = [f"### {name}", _help_of(command)]
    for own, one in command.commands.items():
        parts += [f"#### {name} {own}", *_describe_command(one, click.Context(one, info_name=own, parent=context))]
    return parts


def _describe_command(command: click.Command, context: click.Context) -> list[str]:
    usage = " ".join(["twinsite", *context.command_path.split()[1:], *command.collect_usage_pieces(context)])
    return [_help_of(command), write_code(usage, "sh"), write_options(command, context)]


def _help_of(command: click.Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def write_options(command: click.Command, context: click.Context) -> str:
    """A table of a command's options."""
    options = [param for param in command.get_params(context) if isinstance(param, click.Option) and not param.hidden]
    return write_table(("Option", "Meaning"), [_describe_option(option, context) for option in options])


def _describe_option(option: click.Option, context: click.Context) -> tuple[str, str]:
    names = [*option.opts, *option.secondary_opts]
    metavar = option.make_metavar(context)
    value = "" if option.is_flag or option.count else f" {WORDS.get(metavar, metavar)}"
    about = sentence(plain(" ".join((option.help or "").split())))
    if option.show_default and option.default is not None and not option.is_flag:
        about += f" Default: {code(str(option.default))}."
    if isinstance(option.type, click.Choice) and not option.is_flag:
        value = ""
        about += f" One of {', '.join(code(str(choice)) for choice in option.type.choices)}."
    return ", ".join(code(name + value) for name in names), about
