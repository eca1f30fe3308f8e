"""The values of the preview: what a build gave, what the server was asked for, what a browser sees now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from msgspec import Struct, field

from twinsite.core.problem import Problem


class Preview(Struct, frozen=True):
    """What one build gave the preview.

    ``folder`` is served; after a failed build it still holds the last good site, or nothing. ``ok`` is false when an
    error stopped the build. ``problems`` are placed (path, line, column). ``summary`` is one line for the terminal.
    ``changed`` is false when no published byte differs from the build before: the browser is then left alone.
    ``details`` is the traceback of a fault of ours, empty for everything that an editor can mend.
    """

    folder: Path
    ok: bool
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    changed: bool = True
    details: str = ""


Pause = Callable[[], None]
"""Called by a build now and then, so that somebody can be answered meanwhile."""

Build = Callable[[Collection[Path] | None, Pause], Preview]
"""Builds once, told which paths changed since the last time; ``None``: anything may have."""

Glance = Callable[[Collection[Path]], Mapping[str, bytes]]
"""Told which paths changed, gives those pages (by their paths in the folder) that are sure to come out so when the site
is built; none where only the build can tell.
"""


def see_nothing(_changed: Collection[Path]) -> Mapping[str, bytes]:
    """No page is known before the site is built."""
    return {}


class ServeOptions(Struct, frozen=True):
    """What the command line asked for.

    ``port`` 0 takes any free port. ``reload`` false puts no script into the pages; saves are still built. ``site`` is
    the folder that the paths of problems count from. ``ignored`` are folders whose changes never start a build; the
    folder that is served is always one of them.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    open_browser: bool = False
    reload: bool = True
    site: Path = Path()
    ignored: tuple[Path, ...] = ()


class Screen(Struct, frozen=True):
    """What a browser sees now.

    ``build`` is a number that no other state of any preview has: a page that carries another number is out of date.
    ``folder`` is the served folder, ``None`` before the first build. ``page`` is an HTML page that stands in for every
    page of the site (problems, or "the first build is running"), with its HTTP ``status``; ``None`` shows the site.
    ``ahead`` are pages that are shown in place of those in the folder, which the ``writing`` of that number left there.
    """

    build: int
    folder: Path | None = None
    page: str | None = None
    status: int = 200
    ahead: Mapping[str, bytes] = field(default_factory=dict)
    writing: int = 0

    def same_as(self, other: Screen) -> bool:
        """Whether both look the same to a browser, whatever their numbers."""
        return self._look() == other._look()

    def _look(self) -> tuple[object, ...]:
        return self.folder, self.page, self.status, self.ahead
