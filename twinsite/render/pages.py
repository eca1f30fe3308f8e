"""Pages and documents to bytes. A page whose key is in the cache is not rendered again.

The key of a page is the digest of its view, its frame, and the closure of its template with those of the components
in its body.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.facts import PageFacts
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.core.source import SourceChangedError
from twinsite.parallel import TaskFailure, count_cores, map_tasks
from twinsite.render.keys import Keys
from twinsite.render.reasons import keep_reason, read_reasons

if TYPE_CHECKING:
    from twinsite.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file. ``data`` is ``None`` where the output already has these very bytes (see ``facts.digest``).
    ``staged`` says when it was staged, if that is done; ``seconds`` how long rendering it took, if that was done now.
    """

    path: str
    facts: PageFacts
    data: bytes | None
    fresh: bool
    staged: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """A page made just now: its ``facts``, its bytes, and the ``sums`` of the parts of its view, for ``explain``;
    and how many ``seconds`` rendering it took.
    """

    facts: PageFacts
    data: bytes
    sums: dict[str, int]
    seconds: float


Made = tuple[bytes, bytes, dict[str, int], int | None, float]
"""A page as it comes from the process that made it: its facts encoded, its bytes, the sums of the parts of its view,
when it was staged, if it was, and how many seconds rendering it took."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be rendered, and why."""

    path: str
    problem: Problem


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(PageFacts)

BATCH = 200
"""Pages whose bytes are taken from the cache at once."""

FEWEST = 64
"""Pages below which starting workers costs more than it saves."""

Have = Callable[[str, str], bool]
"""Whether the output already holds a file (path) with these bytes (digest)."""


Stage = Callable[[str, bytes, str], int | None]
"""Puts a file (path, bytes, digest) beside its place in the output, from any process, and says when; or does not."""


def render_all(
    pages: Sequence[Page | Document],
    make_renderer: Callable[[], Renderer],
    keys: Keys,
    cache: Cache,
    have: Have,
    jobs: int = 1,
    prepare: Callable[[Sequence[str]], Stage] | None = None,
) -> Generator[Rendered | Failure, None, None]:
    """Every page as bytes, from the cache where it has them; the others made side by side by ``jobs`` processes.

    ``make_renderer`` is called on the first miss only. ``jobs`` 0: one process for each core. ``prepare`` gives, for
    the paths of those to be rendered, the function that stages them where they are made. Close it when it is left
    early: no worker stages anything afterwards.
    """
    known = [keys.of(page) for page in pages]
    stored = read_facts(known, cache)
    found = {index: stored[key] for index, key in enumerate(known) if key in stored}
    missing = [index for index in range(len(pages)) if index not in found]
    lacking = {index: facts for index, facts in found.items() if not have(pages[index].path, facts.digest)}
    cache.touch(facts.digest for facts in found.values())
    for index, facts in found.items():
        if index not in lacking:
            yield Rendered(pages[index].path, facts, None, fresh=False)
    for index, facts, data in _fetch(lacking, cache):
        if data is None:
            missing.append(index)
        else:
            yield Rendered(pages[index].path, facts, data, fresh=False)
    if missing:
        yield from _render(pages, sorted(missing), known, make_renderer, keys, cache, jobs, prepare)


def _render(
    pages: Sequence[Page | Document],
    missing: Sequence[int],
    known: Sequence[str],
    make_renderer: Callable[[], Renderer],
    keys: Keys,
    cache: Cache,
    jobs: int,
    prepare: Callable[[Sequence[str]], Stage] | None,
) -> Generator[Rendered | Failure, None, None]:
    """The pages that are missing."""
    work = [pages[index] for index in missing]
    paths = [page.path for page in work]
    before = read_reasons(paths, cache)
    renderer = make_renderer()
    renderer.load(work)
    stage = prepare(paths) if prepare else None

    def make(page: Page | Document) -> Made | Problem:
        try:
            result = renderer.finish(page)
        except SourceChangedError as error:
            return error.problem()
        if isinstance(result, Problem):
            return result
        staged = stage(page.path, result.data, result.facts.digest) if stage else None
        return _ENCODER.encode(result.facts), result.data, result.sums, staged, result.seconds

    results = map_tasks(make, work, jobs or count_cores(), fewest=FEWEST)
    for index, page, result in zip(missing, work, results, strict=True):
        if isinstance(result, Problem):
            yield Failure(page.path, result)
        elif isinstance(result, TaskFailure):
            raise RuntimeError(f"{page.path}: {result.text}\n{result.trace}")
        else:
            keep_reason(page.path, keys.parts(page, result[2]), before.get(page.path), cache)
            yield _keep(page.path, known[index], result, cache)


def read_facts(keys: Sequence[str], cache: Cache) -> dict[str, PageFacts]:
    """The facts of pages by their keys, for those that the cache has."""
    found = ((key, decode_kept(_DECODER.decode, data)) for key, data in cache.get_many(keys).items())
    return {key: facts for key, facts in found if facts}


def _fetch(lacking: Mapping[int, PageFacts], cache: Cache) -> Iterator[tuple[int, PageFacts, bytes | None]]:
    """The bytes of pages from the cache, some at a time."""
    items = list(lacking.items())
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        stored = cache.get_many(facts.digest for _, facts in batch)
        for index, facts in batch:
            yield index, facts, stored.get(facts.digest)


def _keep(path: str, key: str, made: Made, cache: Cache) -> Rendered:
    """A finished page, kept in the cache. A failure is never kept."""
    encoded, data, _, staged, seconds = made
    facts = _DECODER.decode(encoded)
    cache.put(key, encoded)
    cache.put(facts.digest, data)
    return Rendered(path, facts, data, fresh=True, staged=staged, seconds=seconds)
