"""From the plan to the disk: render what is not in the cache, check the finished pages, write what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.checks.links import check_links
from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts
from twinsite.core.fragment import Fragment
from twinsite.core.page import Copy, Literal, Picture, Plan
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.plan.plan import base_path
from twinsite.render.pages import Failure, Keys, Renderer, render_all
from twinsite.stages import Inputs, Stopwatch
from twinsite.write.failure import WriteError
from twinsite.write.foreign import find_foreign_files
from twinsite.write.lock import lock_output
from twinsite.write.site import SiteWriter, Written


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the plan."""

    rendered: int = 0
    reused: int = 0
    written: int = 0
    deleted: int = 0
    problems: tuple[Problem, ...] = ()
    ok: bool = False
    output: Path | None = None


class Sink:
    """Takes finished files: into the output folder, or nowhere (``check``). Counts what was rendered and reused."""

    def __init__(self, writer: SiteWriter | None) -> None:
        self._writer = writer
        self.rendered = 0
        self.reused = 0

    def have(self, path: str, digest: str) -> bool:
        """Whether nobody needs to make these bytes, because the output has them or wants none."""
        return self._writer.keep(path, digest) if self._writer else True

    def put(self, path: str, data: bytes) -> None:
        """Take a file's bytes."""
        if self._writer:
            self._writer.put(path, data)

    def commit(self) -> Written:
        """Make it the site."""
        return self._writer.commit() if self._writer else Written()


def publish_plan(
    request: BuildRequest, inputs: Inputs, plan: Plan, fragments: Mapping[str, Fragment], cache: Cache, watch: Stopwatch
) -> Published:
    """Render, check and write a plan. With any error the output folder stays as it was."""
    folder = find_output(request, inputs) if request.write else None
    paths = frozenset(output.path for output in plan.outputs())
    try:
        with lock_output(folder) if folder else nullcontext():
            foreign = find_foreign_files(folder, paths, request.force) if folder else []
            if has_errors(foreign):
                return Published(problems=tuple(foreign))
            with _open_sink(folder, paths, request) as sink:
                problems = _make_all(request, inputs, plan, fragments, cache, sink, watch)
                if _stops(problems, request.strict):
                    return Published(problems=tuple(problems))
                with watch.time("write"):
                    written = sink.commit()
    except WriteError as error:
        return Published(problems=tuple(error.problems))
    problems = [*foreign, *problems, *written.problems]
    return Published(sink.rendered, sink.reused, written.written, written.deleted, tuple(problems), True, folder)


def find_output(request: BuildRequest, inputs: Inputs) -> Path:
    """The output folder: as asked (relative to the working folder), else as ``site.yaml`` says (relative to the
    site).
    """
    assert inputs.settings is not None
    return request.output if request.output else request.site / inputs.settings.build.output


@contextmanager
def _open_sink(folder: Path | None, paths: frozenset[str], request: BuildRequest) -> Iterator[Sink]:
    if folder is None:
        yield Sink(None)
        return
    with SiteWriter(folder, paths, request.force, request.thorough) as writer:
        yield Sink(writer)


def _stops(problems: list[Problem], strict: bool) -> bool:
    return has_errors(problems) or (strict and any(problem.severity == "warning" for problem in problems))


def _make_all(
    request: BuildRequest,
    inputs: Inputs,
    plan: Plan,
    fragments: Mapping[str, Fragment],
    cache: Cache,
    sink: Sink,
    watch: Stopwatch,
) -> list[Problem]:
    """Every file of the plan into the sink; and what is wrong with templates, sources or links."""
    with watch.time("render"):
        facts, problems = _make_pages(inputs, plan, fragments, cache, sink)
    if not problems:
        with watch.time("check"):
            problems = _check(inputs, plan, facts)
    if not problems or not has_errors(problems):
        with watch.time("files"):
            problems += _make_files(request.site, inputs.salt, plan, cache, sink)
    return problems


def _make_pages(
    inputs: Inputs, plan: Plan, fragments: Mapping[str, Fragment], cache: Cache, sink: Sink
) -> tuple[dict[str, PageFacts], list[Problem]]:
    """Pages and documents, from the cache where it has them."""
    settings, theme = inputs.settings, inputs.theme
    assert settings is not None and theme is not None
    base = base_path(settings)
    keys = Keys(plan, theme, settings.language, base, inputs.salt)

    def make_renderer() -> Renderer:
        return Renderer(plan, theme, fragments, settings.language, base, cache, inputs.salt)

    facts: dict[str, PageFacts] = {}
    problems: list[Problem] = []
    pages = (*plan.pages, *plan.documents)
    for result in render_all(pages, make_renderer, keys, cache, sink.have):
        if isinstance(result, Failure):
            problems.append(result.problem)
            continue
        if result.path.endswith(".html"):
            facts[result.path] = result.facts
            sink.rendered += result.fresh
            sink.reused += not result.fresh
        if result.data is not None:
            sink.put(result.path, result.data)
    return facts, problems


def _check(inputs: Inputs, plan: Plan, facts: Mapping[str, PageFacts]) -> list[Problem]:
    assert inputs.settings is not None
    severity = inputs.settings.policies.broken_links
    paths = (output.path for output in plan.outputs())
    return check_links(plan.pages, facts, paths, base_path(inputs.settings), severity)


def _make_files(site: Path, salt: str, plan: Plan, cache: Cache, sink: Sink) -> list[Problem]:
    """Assets, copies and pictures."""
    problems: list[Problem] = []
    for literal in plan.literals:
        _put(sink, literal, lambda literal=literal: literal.data, digest_bytes(literal.data))
    for copy in plan.copies:
        problems += _guard(copy, lambda copy=copy: _put(sink, copy, (site / copy.source).read_bytes, copy.digest))
    for picture in plan.pictures:
        problems += _guard(picture, lambda picture=picture: _make_picture(site, salt, picture, cache, sink))
    return problems


def _put(sink: Sink, output: Copy | Literal, read: Callable[[], bytes], digest: str) -> None:
    if not sink.have(output.path, digest):
        sink.put(output.path, read())


def _guard(output: Copy | Picture, act: Callable[[], None]) -> list[Problem]:
    """A file that cannot be read any more is a problem of that file."""
    try:
        act()
    except (OSError, ValueError) as error:
        if isinstance(error, WriteError):
            raise
        hint = "Check the file, then build again."
        return [Problem("cannot-read", output.source, f"This file could not be published: {error}.", hint)]
    return []


def _make_picture(site: Path, salt: str, picture: Picture, cache: Cache, sink: Sink) -> None:
    """A picture through the cache: the key is the bytes and the recipe; its own digest is kept beside it."""
    recipe = f"picture {salt} {picture.digest} {picture.format} {picture.width} {picture.quality}"
    key = digest_bytes(recipe.encode())
    stored = cache.get(key)
    if stored is not None:
        digest = stored.decode("ascii", "replace")
        if sink.have(picture.path, digest):
            return
        data = cache.get(digest)
        if data is not None:
            sink.put(picture.path, data)
            return
    from twinsite.render.pictures import make_picture

    data = make_picture((site / picture.source).read_bytes(), picture.format, picture.width, picture.quality)
    digest = digest_bytes(data)
    cache.put(key, digest.encode())
    cache.put(digest, data)
    if not sink.have(picture.path, digest):
        sink.put(picture.path, data)
