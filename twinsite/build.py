"""``build_site``: the rooms in order. ``build``, ``serve``, ``check`` and the tests all call it; there is no other
path.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.core.later import Later
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.core.source import CHANGED, SourceChangedError
from twinsite.stages import Stopwatch, Timing

if TYPE_CHECKING:
    from twinsite.cache.store import Cache
    from twinsite.core.page import Plan
    from twinsite.core.site import Site
    from twinsite.imprint import Imprint, Opening
    from twinsite.mate import Mate
    from twinsite.output import Published
    from twinsite.survey import Survey

__all__ = ("BuildRequest", "BuildResult", "Withheld", "build_site", "stops")

ATTEMPTS = 3
"""How often a build begins anew because files change while it goes on, the first time counted."""


class Withheld(Struct, frozen=True):
    """A withheld record in the summary: its file, the reason, and until when (ISO text), if that is known."""

    path: str
    reason: str
    until: str | None


class BuildResult(Struct, frozen=True):
    """What a build did. On errors all numbers but ``pages`` are 0 and nothing of the old site was touched.

    ``seconds`` by stage; ``timed`` are the pages and documents that were rendered. ``survey`` is what it worked out,
    for commands that explain it.
    """

    pages: int = 0
    rendered: int = 0
    written: int = 0
    reused: int = 0
    deleted: int = 0
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    timed: Later[tuple[Timing, ...]] | None = None
    ok: bool = True
    output: Path | None = None
    zone: str | None = None
    survey: Later[Survey] | None = None

    @property
    def timings(self) -> tuple[Timing, ...]:
        """How long each page and document took that was rendered."""
        return self.timed.get() if self.timed else ()

    @property
    def linked(self) -> Site | None:
        """The linked site, unless there is no ``site.yaml``."""
        return self.survey.get().site if self.survey else None

    @property
    def plan(self) -> Plan | None:
        """The plan, unless settings or theme are wrong."""
        return self.survey.get().plan if self.survey else None


def build_site(request: BuildRequest, memory: Cache | None = None) -> BuildResult:
    """Build one site: read, validate, link, plan, render, check, write.

    All problems of all files are collected first; any error (with ``strict`` any warning) stops the build before the
    old site is touched. ``memory`` is a cache that outlives the build (a preview's); without it the site's own is used.
    Where the same build was made before and its output still stands, its outcome is told again (see ``seal``); what the
    longer way needs is imported only when it is gone. A build during which a file changes begins anew, and looks at
    everything.
    """
    for _ in range(ATTEMPTS - 1):
        result = _build_once(request, memory)
        if not any(problem.rule == CHANGED for problem in result.problems):
            return result
        request = replace(request, touched=None)
    return _build_once(request, memory)


def _build_once(request: BuildRequest, memory: Cache | None) -> BuildResult:
    watch = Stopwatch()
    with pause_collector(), ExitStack() as held:
        source = _look_at_source(request, watch, held) if memory is None else None
        try:
            return (source and _recall(request, source, watch)) or _build(request, memory, source, watch)
        except SourceChangedError as error:
            return BuildResult(problems=(error.problem(),), seconds=watch.seconds(), ok=False)


def _look_at_source(request: BuildRequest, watch: Stopwatch, held: ExitStack) -> Imprint | Opening | None:
    """The source before anything is understood, if this build may be sealed: every byte where an earlier build may have
    left a seal, else no more than has to be looked at now, which may still go on.
    """
    if not request.write or not request.use_cache or request.thorough:
        return None
    with watch.time("seal"):
        from twinsite.imprint import open_outset, take_imprint
        from twinsite.seal import may_be_sealed

        return take_imprint(request) if may_be_sealed(request) else held.enter_context(open_outset(request))


def _recall(request: BuildRequest, source: Imprint | Opening, watch: Stopwatch) -> BuildResult | None:
    """The outcome of the very same build, if all that it made still stands."""
    from twinsite.imprint import Imprint

    if not isinstance(source, Imprint):
        return None
    with watch.time("seal"):
        from twinsite.seal import find_folder, find_outcome

        outcome = find_outcome(request, source)
    if outcome is None:
        return None
    return BuildResult(
        pages=outcome.pages,
        reused=outcome.pages,
        withheld=tuple(Withheld(*one) for one in outcome.withheld),
        problems=outcome.problems,
        seconds=watch.seconds(),
        output=find_folder(request, outcome),
        zone=outcome.zone,
        survey=Later(lambda: _survey_again(request)),
    )


def _survey_again(request: BuildRequest) -> Survey:
    from twinsite.inputs import open_cache
    from twinsite.survey import survey_site

    with open_cache(request) as cache:
        return survey_site(request, cache, Stopwatch())


def _build(
    request: BuildRequest, memory: Cache | None, source: Imprint | Opening | None, watch: Stopwatch
) -> BuildResult:
    """Build the longer way, which ends with a seal; at the first time of a small site with a mate."""
    from twinsite.imprint import Opening
    from twinsite.mate import MOST, hire_mate

    if not isinstance(source, Opening) or len(source.texts) > MOST:
        return _build_with(None, request, memory, source, watch)
    with hire_mate(request.site, source.list_texts(request.site), request.jobs) as mate:
        return _build_with(mate, request, memory, source, watch)


def _build_with(
    mate: Mate | None,
    request: BuildRequest,
    memory: Cache | None,
    opened: Imprint | Opening | None,
    watch: Stopwatch,
) -> BuildResult:
    from twinsite.early import EarlyPress
    from twinsite.imprint import Imprint, Opening, Outset
    from twinsite.inputs import open_cache
    from twinsite.output import publish_plan
    from twinsite.survey import survey_site

    source = opened.finish() if isinstance(opened, Opening) else opened
    with nullcontext(memory) if memory else open_cache(request) as cache, EarlyPress(request, cache, mate) as early:
        scout = opened.scout if isinstance(opened, Opening) else None
        known = source.list_digests(request.site) if isinstance(source, Imprint) else None
        survey = survey_site(request, cache, watch, known, early, scout)
        if survey.linked is None or survey.plan is None or stops(survey.problems, request.strict):
            cache.spare()
            return _report(survey, survey.problems, watch)
        imprint = source.complete(request, survey.digests) if isinstance(source, Outset) else source
        opening = opened if isinstance(opened, Opening) else None
        settled = opening.look_again if opening else None
        done = publish_plan(request, survey, survey.plan, cache, watch, early, settled)
        result = _report(survey, [*survey.problems, *done.problems], watch, done)
        if not done.ok:
            cache.spare()
        if imprint and done.ok and not done.passing:
            # What is wrong was looked for in the source once more, to tell its place.
            _seal(request, imprint, survey, result, cache, None if result.problems else opening)
        return result


def _seal(
    request: BuildRequest,
    imprint: Imprint,
    survey: Survey,
    result: BuildResult,
    cache: Cache,
    opening: Opening | None,
) -> None:
    """Keep the outcome where the next build looks for it."""
    from twinsite.seal import FOLDER, Outcome, keep_outcome

    settings = survey.inputs.settings
    if settings is None or survey.clock is None or Path(settings.build.cache) != Path(FOLDER):
        return
    withheld = tuple((one.path, one.reason, one.until) for one in result.withheld)
    outcome = Outcome(result.pages, result.problems, withheld, result.zone, settings.build.output)
    keep_outcome(request, imprint, survey.clock.window(), outcome, cache, opening)


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
    from twinsite.output import Published

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
        timed=watch.timings if done.ok else None,
        zone=settings.timezone if settings else None,
        ok=done.ok,
        output=done.output,
        survey=Later.of(survey),
    )
