"""Runs the command line in process and catches what it prints."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, its results and its problems as printed."""

    code: int
    out: str
    err: str


def run_command(*arguments: object) -> Outcome:
    """Runs ``twinsite`` with the arguments, as a shell would, without a terminal."""
    from twinsite.cli import main

    out, err = StringIO(), StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    return Outcome(code, out.getvalue(), err.getvalue())
