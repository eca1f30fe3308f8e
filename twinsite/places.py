"""Where a build may write: its output and its cache must stay apart from the source and from each other.

Takes a request and the site's settings; gives problems. It looks at folders on the disk, so that links and other
spellings of a name are seen through, and changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from twinsite.config import Settings
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest

SOURCES = ("content", "themes", ".git")
"""Folders of a site in which nothing is made."""


def find_output(request: BuildRequest, settings: Settings) -> Path:
    """The output folder: as asked (relative to the working folder), else as ``site.yaml`` says (relative to the
    site).
    """
    return request.output if request.output else request.site / settings.build.output


def find_cache(request: BuildRequest, settings: Settings) -> Path:
    """The folder of the cache."""
    return request.site / settings.build.cache


def find_misplaced(request: BuildRequest, settings: Settings) -> list[Problem]:
    """The problems ``not-a-folder``: an output or a cache that would mix with the source or with each other."""
    cache = find_misplaced_cache(request, settings)
    return [*_find_misplaced_output(request, settings), *cache]


def find_misplaced_cache(request: BuildRequest, settings: Settings) -> list[Problem]:
    """The problem of the cache alone: where there is one, the cache must not be used."""
    fault = next(_find_mixtures(find_cache(request, settings), request.site), None)
    if fault is None and _is_within(find_cache(request, settings), find_output(request, settings)):
        fault = "lies inside the output folder, so that it would be published"
    return [_refuse(f'The folder of the cache, "{settings.build.cache}",', fault, "cache")] if fault else []


def _find_misplaced_output(request: BuildRequest, settings: Settings) -> Iterator[Problem]:
    output = find_output(request, settings)
    fault = next(_find_mixtures(output, request.site), None)
    if fault is None and _is_within(output, find_cache(request, settings)):
        fault = "lies inside the folder of the cache"
    if fault:
        shown = str(request.output) if request.output else settings.build.output
        yield _refuse(f'The output folder, "{shown}",', fault, None if request.output else "output")


def _find_mixtures(folder: Path, site: Path) -> Iterator[str]:
    """What of the source a folder would mix with, as the end of a sentence."""
    if _is_within(site, folder):
        yield "is or holds the folder of the site, with the source of its pages"
    yield from (f"lies inside {name}/, the site's own source" for name in SOURCES if _is_within(folder, site / name))


def _is_within(place: Path, folder: Path) -> bool:
    """Whether a place is a folder or lies below it, by what the disk says, links resolved."""
    real = Path(os.path.realpath(place))
    wanted = Path(os.path.realpath(folder))
    return any(_is_same(step, wanted) for step in (real, *real.parents))


def _is_same(first: Path, second: Path) -> bool:
    if first == second:
        return True
    try:
        return os.path.samefile(first, second)
    except OSError:
        return False


def _refuse(what: str, fault: str, key: str | None) -> Problem:
    hint = "Name a folder of its own, such as public." if key != "cache" else "Name a folder of its own: .twinsite"
    if key is None:
        return Problem("not-a-folder", "", f"{what} {fault}.", hint)
    return Problem("not-a-folder", "site.yaml", f"{what} {fault}.", hint, field=("build", key))
