"""``build_site``: the rooms in order. ``build``, ``serve``, ``check`` and the tests all call it; there is no other
path.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.page import Plan
from twinsite.core.problem import Problem, has_errors, sort_problems
from twinsite.core.request import BuildRequest
from twinsite.core.site import Site
from twinsite.output import Published, publish_plan
from twinsite.read.front import place_problems
from twinsite.stages import Inputs, Stopwatch, link_inputs, open_cache, plan_inputs, read_inputs

__all__ = ("BuildRequest", "BuildResult", "Withheld", "build_site", "list_withheld", "stops")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A withheld record in the summary: its file, the reason, and until when (ISO text), if that is known."""

    path: str
    reason: str
    until: str | None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. On errors all numbers but ``pages`` are 0 and nothing of the old site was touched.

    ``seconds`` by stage. ``linked`` and ``plan`` are what the build worked out, for commands that explain it.
    """

    pages: int = 0
    rendered: int = 0
    written: int = 0
    reused: int = 0
    deleted: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    ok: bool = True
    output: Path | None = None
    zone: str | None = None
    linked: Site | None = field(default=None, repr=False)
    plan: Plan | None = field(default=None, repr=False)


def build_site(request: BuildRequest, memory: Cache | None = None) -> BuildResult:
    """Build one site: read, validate, link, plan, render, check, write.

    All problems of all files are collected first; any error (with ``strict`` any warning) stops the build before the
    old site is touched. ``memory`` is a cache that outlives the build (a preview's); without it the site's own is used.
    """
    watch = Stopwatch()
    with nullcontext(memory) if memory else open_cache(request.site, request.use_cache) as cache:
        inputs = read_inputs(request, cache, watch)
        if inputs.settings is None or inputs.theme is None:
            return _stop(request, inputs, inputs.problems, watch)
        site, problems = link_inputs(request, inputs, watch)
        plan, fragments, more = plan_inputs(request, inputs, site, watch)
        problems = [*inputs.problems, *problems, *more]
        if stops(problems, request.strict):
            return _stop(request, inputs, problems, watch, site, plan)
        done = publish_plan(request, inputs, plan, fragments, cache, watch)
        problems = [*problems, *done.problems]
        if not done.ok:
            return _stop(request, inputs, problems, watch, site, plan)
        return _finish(request, inputs, problems, watch, site, plan, done)


def stops(problems: list[Problem], strict: bool) -> bool:
    """Whether these problems stop a build."""
    return has_errors(problems) or (strict and any(problem.severity == "warning" for problem in problems))


def list_withheld(site: Site) -> tuple[Withheld, ...]:
    """The withheld records as the summary names them."""
    return tuple(
        Withheld(entry.draft.path, entry.held.reason, entry.held.until.isoformat() if entry.held.until else None)
        for entry in site.withheld
        if entry.held
    )


def _stop(
    request: BuildRequest,
    inputs: Inputs,
    problems: list[Problem],
    watch: Stopwatch,
    site: Site | None = None,
    plan: Plan | None = None,
) -> BuildResult:
    return BuildResult(
        pages=len(plan.pages) if plan else 0,
        withheld=list_withheld(site) if site else (),
        problems=tuple(sort_problems(place_problems(problems, inputs.texts))),
        seconds=watch.seconds(),
        zone=inputs.settings.timezone if inputs.settings else None,
        ok=False,
        linked=site,
        plan=plan,
    )


def _finish(
    request: BuildRequest,
    inputs: Inputs,
    problems: list[Problem],
    watch: Stopwatch,
    site: Site,
    plan: Plan,
    done: Published,
) -> BuildResult:
    return BuildResult(
        pages=len(plan.pages),
        rendered=done.rendered,
        written=done.written,
        reused=done.reused,
        deleted=done.deleted,
        withheld=list_withheld(site),
        problems=tuple(sort_problems(place_problems(problems, inputs.texts))),
        seconds=watch.seconds(),
        zone=inputs.settings.timezone if inputs.settings else None,
        ok=True,
        output=done.output,
        linked=site,
        plan=plan,
    )
