"""``build_site``: the rooms in order. ``build``, ``serve``, ``check`` and the tests all call it; there is no other
path.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.later import Later
from twinsite.core.page import Plan
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.core.site import Site
from twinsite.inputs import open_cache
from twinsite.output import Published, publish_plan
from twinsite.stages import Stopwatch, Timing
from twinsite.survey import Survey, survey_site

__all__ = ("BuildRequest", "BuildResult", "Withheld", "build_site", "stops")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld record in the summary: its file, the reason, and until when (ISO text), if that is known."""

    path: str
    reason: str
    until: str | None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. On errors all numbers but ``pages`` are 0 and nothing of the old site was touched.

    ``seconds`` by stage; ``timings`` of the pages and documents that were rendered. ``later`` (see ``linked``) and
    ``plan`` are what the build worked out, for commands that explain it.
    """

    pages: int = 0
    rendered: int = 0
    written: int = 0
    reused: int = 0
    deleted: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    timings: tuple[Timing, ...] = field(default=(), repr=False)
    ok: bool = True
    output: Path | None = None
    zone: str | None = None
    later: Later[Site] | None = field(default=None, repr=False)
    plan: Plan | None = field(default=None, repr=False)

    @property
    def linked(self) -> Site | None:
        """The linked site, unless there is no ``site.yaml``."""
        return self.later.get() if self.later else None


def build_site(request: BuildRequest, memory: Cache | None = None) -> BuildResult:
    """Build one site: read, validate, link, plan, render, check, write.

    All problems of all files are collected first; any error (with ``strict`` any warning) stops the build before the
    old site is touched. ``memory`` is a cache that outlives the build (a preview's); without it the site's own is used.
    """
    watch = Stopwatch()
    with pause_collector(), nullcontext(memory) if memory else open_cache(request) as cache:
        survey = survey_site(request, cache, watch)
        if survey.linked is None or survey.plan is None or stops(survey.problems, request.strict):
            return _report(survey, survey.problems, watch)
        done = publish_plan(request, survey, survey.plan, cache, watch)
        return _report(survey, [*survey.problems, *done.problems], watch, done)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Let Python not look for cycles among the values of a build: there are millions, and hardly any cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def stops(problems: list[Problem], strict: bool) -> bool:
    """Whether these problems stop a build."""
    return has_errors(problems) or (strict and any(problem.severity == "warning" for problem in problems))


def _report(survey: Survey, problems: list[Problem], watch: Stopwatch, done: Published | None = None) -> BuildResult:
    """The outcome; without a finished ``done`` nothing was written and all numbers but ``pages`` are 0."""
    settings = survey.inputs.settings
    done = done if done and done.ok else Published()
    return BuildResult(
        pages=len(survey.plan.pages) if survey.plan else 0,
        rendered=done.rendered,
        written=done.written,
        reused=done.reused,
        deleted=done.deleted,
        withheld=tuple(Withheld(*one) for one in survey.withheld),
        problems=survey.place(problems),
        seconds=watch.seconds(),
        timings=watch.timings if done.ok else (),
        zone=settings.timezone if settings else None,
        ok=done.ok,
        output=done.output,
        later=survey.linked,
        plan=survey.plan,
    )
