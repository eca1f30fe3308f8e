"""From the plan to the disk: render what is not in the cache, check the finished pages, write what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.address import AMBIGUOUS
from twinsite.core.later import Later
from twinsite.core.page import Plan
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.early import EarlyPress
from twinsite.files import Sink, make_files
from twinsite.leaks import check_files
from twinsite.places import find_cache, find_output
from twinsite.press import Press
from twinsite.stages import Stopwatch
from twinsite.survey import Survey
from twinsite.write.account import Outlook, look_at_output
from twinsite.write.failure import WriteError
from twinsite.write.foreign import find_foreign_files, reserved
from twinsite.write.lock import lock_output
from twinsite.write.names import are_publishable, is_unpublishable
from twinsite.write.site import SiteWriter
from twinsite.write.spares import FOLDER as SPARES


class Published(Struct, frozen=True):
    """What became of the plan. ``passing``: some of the problems are of this build alone, and the next has others."""

    rendered: int = 0
    reused: int = 0
    written: int = 0
    deleted: int = 0
    problems: tuple[Problem, ...] = ()
    ok: bool = False
    output: Path | None = None
    passing: bool = False


def publish_plan(
    request: BuildRequest,
    survey: Survey,
    plan: Plan,
    cache: Cache,
    watch: Stopwatch,
    early: EarlyPress,
    settled: Callable[[], object] | None = None,
) -> Published:
    """Render, check and write a plan. With any error the output folder stays as it was. ``settled`` is called as soon
    as nothing of the source is read any more.
    """
    assert survey.inputs.settings is not None
    folder = find_output(request, survey.inputs.settings) if request.write else None
    paths = frozenset(output.path for output in plan.outputs())
    try:
        with lock_output(folder) if folder and not early.staging else nullcontext():
            outlook = _look(request, folder, cache) if folder else Outlook()
            foreign = find_reserved_names(plan, paths)
            if folder and not foreign and not early.staging:
                foreign = find_foreign_files(folder, paths, request.force, outlook)
            if has_errors(foreign):
                return Published(problems=tuple(foreign))
            request.pause()
            spares = find_cache(request, survey.inputs.settings) / SPARES if cache.lasting else None
            with _open_sink(folder, paths, request, outlook, early, spares) as sink:
                problems = _make_all(request, survey, plan, cache, sink, watch, early)
                if _stops(problems, request.strict):
                    return Published(problems=tuple(problems))
                if settled:
                    settled()
                request.pause()
                with watch.time("write"):
                    written = sink.commit()
                    request.pause()
                    sink.keep_account(cache)
    except WriteError as error:
        return Published(problems=tuple(error.problems))
    problems = [*foreign, *problems, *written.problems]
    counts = (sink.rendered, sink.reused, written.written, written.deleted)
    return Published(*counts, tuple(problems), True, folder, passing=bool(foreign or written.problems))


def _look(request: BuildRequest, folder: Path, cache: Cache) -> Outlook:
    """What is known of the output folder; of a preview's own all of it."""
    return look_at_output(folder, None if request.thorough else cache, alone=request.touched is not None)


def find_reserved_names(plan: Plan, paths: frozenset[str]) -> list[Problem]:
    """A problem for each planned file whose name cannot be published, at the file that asks for it."""
    if are_publishable(paths, AMBIGUOUS):
        return []
    return [
        replace(
            reserved(output.path),
            path=getattr(output, "source", "") or output.path,
            field=getattr(output, "field", None),
        )
        for output in plan.outputs()
        if is_unpublishable(output.path) or any(sign in output.path for sign in AMBIGUOUS)
    ]


@contextmanager
def _open_sink(
    folder: Path | None,
    paths: frozenset[str],
    request: BuildRequest,
    outlook: Outlook,
    early: EarlyPress,
    spares: Path | None,
) -> Iterator[Sink]:
    if folder is None:
        yield Sink(None)
        return
    with (
        SiteWriter(folder, paths, request.force, request.thorough, outlook, early.staging, spares) as writer,
        early.stopping(),
    ):
        yield Sink(writer)


def _stops(problems: list[Problem], strict: bool) -> bool:
    return has_errors(problems) or (strict and any(problem.severity == "warning" for problem in problems))


def _make_all(
    request: BuildRequest,
    survey: Survey,
    plan: Plan,
    cache: Cache,
    sink: Sink,
    watch: Stopwatch,
    early: EarlyPress,
) -> list[Problem]:
    """Every file of the plan into the sink; and what is wrong with templates, sources or links."""
    request.pause()
    with watch.time("render"):
        press = Press(request, survey, plan, cache, sink)
        request.pause()
        problems = press.make_pages(early.gather(), early.given)
        watch.timings = Later(press.timings)
    request.pause()
    if not problems:
        with watch.time("check"):
            problems = press.check()
            problems += check_files(request.site, plan, press.allowed, cache, survey.inputs.salt)
    if not problems or not has_errors(problems):
        with watch.time("files"):
            problems += make_files(request, survey.inputs.salt, plan, cache, sink)
    return problems
