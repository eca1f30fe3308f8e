"""Where a process of ours starts: what holds for all of it, then the command line (see ``cli``).

A plain ``build`` is done without that: to import what reads command lines takes as long as a sixth of a build in which
nothing changed (see ``commands.plain``).
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from twinsite.commands.plain import read_plain

if TYPE_CHECKING:
    from twinsite.core.request import BuildRequest


class Deferred(ModuleType):
    """Stands in the place of a module until somebody asks it for something, which the module itself then gives."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


class NoPlugins(Deferred):
    """Stands in the place of pydantic's search for plugins, which reads of every library that is installed whether it
    is one. We want none, and the search takes as long as all else that pydantic does for a small site.
    """

    name = "pydantic.plugin._loader"

    @staticmethod
    def get_plugins() -> tuple[()]:
        """No plugin."""
        return ()


SECRETS = "secrets"
"""With this module pydantic compares secret values, of which we have none; with it comes OpenSSL."""


def stand_in() -> None:
    """Put what stands in the place of others there, unless they have been imported."""
    sys.modules.setdefault(NoPlugins.name, NoPlugins(NoPlugins.name))
    sys.modules.setdefault(SECRETS, Deferred(SECRETS))


def run() -> NoReturn:
    """Run the command line as a process of its own. It ends at once: to take apart, value by value, what a build of
    many thousand records made would take as long as a third of the build. For the same reason Python's collector of
    cycles rests: it would look at all of these values, and a build leaves hardly any cycle.
    """
    gc.disable()
    stand_in()
    code: object = 0
    try:
        _run_line(sys.argv[1:])
    except SystemExit as stop:
        ended = stop  # with all values that its traceback leads to
        code = ended.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 0)


def _run_line(given: list[str]) -> None:
    """Run a command line. Raises ``SystemExit`` with the exit code, if that is not 0."""
    try:
        request = read_plain(given, os.environ)
        if request:
            _build_plain(request)
    except (Exception, KeyboardInterrupt) as error:
        from twinsite.cli import answer

        sys.exit(answer(error, given))
    from twinsite.cli import main

    main(given)


def _build_plain(request: BuildRequest) -> NoReturn:
    """Do a plain ``build``, and hand over all that it printed. Raises ``SystemExit``, and ``OSError``."""
    from msgspec.structs import replace

    from twinsite.build import build_site
    from twinsite.console import Console, show_progress

    try:
        result = build_site(replace(request, progress=show_progress))
        Console().show_build(request, result)
    finally:
        sys.stdout.flush()
    sys.exit(0 if result.ok else 1)
