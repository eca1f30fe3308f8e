"""Pages and documents to bytes. A page whose key is in the cache is not rendered again.

The key of a page is the digest of its view, its frame, and the closure of its template with those of the components
in its body.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.aspect import Aspect
from twinsite.core.facts import PageFacts
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.core.source import SourceChangedError
from twinsite.parallel import TaskFailure, count_cores, map_tasks
from twinsite.render.keys import Keys, Parts
from twinsite.render.reasons import encode_reason, read_parts, reason_key

if TYPE_CHECKING:
    from twinsite.render.renderer import Renderer


class Rendered(Struct, frozen=True):
    """A finished file of ``size`` bytes with this ``digest``. ``data`` is ``None`` where nobody needs them: the output
    has these very bytes, or they are ``staged`` (how the file looks), as was done where they were made. The ``facts``
    may still be encoded. ``seconds`` is how long rendering it took, if that was done now.
    """

    path: str
    digest: str
    facts: PageFacts | bytes
    data: bytes | None
    fresh: bool
    staged: Aspect | None = None
    size: int = 0
    seconds: float = 0.0


class Finished(Struct, frozen=True):
    """A page made just now: its ``facts``, its bytes, and how many ``seconds`` rendering it took."""

    facts: PageFacts
    data: bytes
    seconds: float


Rows = list[tuple[str, bytes]]
"""Values for the cache, each with its key."""

Made = tuple[bytes, int, bytes | None, Rows, Aspect | None, float]
"""A page as it comes from the process that made it: its facts encoded; the number of its bytes; these, unless they are
staged; what that process could not put into the cache itself; how it looked when it was staged; how many seconds
rendering took."""


class Failure(Struct, frozen=True):
    """A page that could not be rendered, and why."""

    path: str
    problem: Problem


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(PageFacts)


class _Digest(Struct):
    """The digest in encoded facts alone."""

    digest: str


_decode_digest = msgspec.json.Decoder(_Digest).decode

BATCH = 200
"""Pages whose bytes are taken from the cache at once."""

CHUNK = 32
"""Pages that are made together: what they are made of is fetched at once, and they are handed over at once."""

FEWEST = 300
"""Pages below which starting workers costs more than it saves: each of them prepares every template for itself."""

Have = Callable[[str, str], bool]
"""Whether the output already holds a file (path) with these bytes (digest)."""

Stage = Callable[[str, bytes, str], Aspect | None]
"""Puts a file (path, bytes, digest) beside its place in the output, from any process, and says how it looks
then; or does not."""

Work = Sequence[Page | Document]
"""Some pages and documents."""

Gather = Callable[[Work], Work]
"""The same pages with what they are made of at hand. Raises ``SourceChangedError``."""


class Means(Struct, frozen=True):
    """What pages are made with. ``make_renderer`` is called once, when there is something to render; ``gather`` before
    each chunk of pages. ``known`` are the keys of all pages by path, as ``keys`` makes them. ``jobs`` 0: one process
    for each core. ``prepare`` gives, for the paths of those to be rendered, the function that stages them where they
    are made; ``have`` tells which bytes nobody needs.
    """

    make_renderer: Callable[[], Renderer]
    gather: Gather
    keys: Keys
    known: Mapping[str, str]
    cache: Cache
    have: Have
    jobs: int = 1
    prepare: Callable[[Sequence[str]], Stage] | None = None


def render_all(pages: Work, means: Means) -> Generator[Rendered | Failure, None, None]:
    """Every page as bytes, from the cache where it has them; the others made side by side by several processes.

    Close it when it is left early: no worker stages anything afterwards.
    """
    cache = means.cache
    known = [means.known[page.path] for page in pages]
    stored = read_facts(known, cache)
    found = {index: stored[key] for index, key in enumerate(known) if key in stored}
    missing = [index for index in range(len(pages)) if index not in found]
    lacking = {index: facts for index, facts in found.items() if not means.have(pages[index].path, facts.digest)}
    cache.touch(facts.digest for facts in found.values())
    for index, facts in found.items():
        if index not in lacking:
            yield Rendered(pages[index].path, facts.digest, facts, None, fresh=False)
    for index, facts, data in _fetch(lacking, cache):
        if data is None:
            missing.append(index)
        else:
            yield Rendered(pages[index].path, facts.digest, facts, data, fresh=False)
    if missing:
        yield from _render([pages[index] for index in sorted(missing)], means)


def _render(work: Work, means: Means) -> Generator[Rendered | Failure, None, None]:
    """The pages that are missing."""
    renderer = means.make_renderer()
    renderer.load(work)
    jobs = (means.jobs or count_cores()) if len(work) >= FEWEST else 1
    shared = means.cache.share() if jobs > 1 else True
    stage = means.prepare([page.path for page in work]) if means.prepare else None
    maker = Maker(renderer, means.keys, means.known, means.cache, means.gather, stage, None if shared else os.getpid())
    chunks = [work[start : start + CHUNK] for start in range(0, len(work), CHUNK)]
    with closing(map_tasks(maker.make, chunks, jobs, largest=1, finish=means.cache.flush)) as results:
        for chunk, result in zip(chunks, results, strict=True):
            if isinstance(result, TaskFailure):
                raise RuntimeError(f"{chunk[0].path}: {result.text}\n{result.trace}")
            if isinstance(result, str):
                raise SourceChangedError(result)
            for page, made in zip(chunk, result, strict=True):
                yield Failure(page.path, made) if isinstance(made, Problem) else _receive(page.path, made, means.cache)


class Maker(Struct, frozen=True):
    """Where pages are made, by this process or another one that was forked; ``known`` are their keys by path. What a
    process puts into the cache is lost unless it is the ``owner``; with ``None`` it never is. ``tell`` is told the
    facts of each page.
    """

    renderer: Renderer
    keys: Keys
    known: Mapping[str, str]
    cache: Cache
    gather: Gather
    stage: Stage | None = None
    owner: int | None = None
    tell: Callable[[Page | Document, PageFacts], object] | None = None

    def make(self, pages: Work) -> list[Made | Problem] | str:
        """Some pages, each with what is to be told of it, or what is wrong; or the source file that is no longer the
        one that was read. A failure is never kept.
        """
        before = {} if self.cache.blank else read_parts(pages, self.cache)
        try:
            return self._make(self.gather(pages), before)
        except SourceChangedError as error:
            return error.path

    def _make(self, pages: Work, before: Mapping[str, Parts]) -> list[Made | Problem]:
        results = self.renderer.finish(pages)
        staged = [self._stage(page.path, result) for page, result in zip(pages, results, strict=True)]
        return [
            result if isinstance(result, Problem) else self._hand_over(page, result, aspect, before.get(page.path))
            for page, result, aspect in zip(pages, results, staged, strict=True)
        ]

    def _stage(self, path: str, result: Finished | Problem) -> Aspect | None:
        if self.stage is None or isinstance(result, Problem):
            return None
        return self.stage(path, result.data, result.facts.digest)

    def _hand_over(self, page: Page | Document, made: Finished, staged: Aspect | None, before: Parts | None) -> Made:
        if self.tell:
            self.tell(page, made.facts)
        facts, reason = _ENCODER.encode(made.facts), encode_reason(self.keys.parts(page), before)
        rows = [(self.known[page.path], facts), (made.facts.digest, made.data), (reason_key(page.path), reason)]
        left = self._keep(rows)
        return facts, len(made.data), None if staged else made.data, left, staged, made.seconds

    def _keep(self, rows: Rows) -> Rows:
        """Put values into the cache; those that would be lost are given back."""
        if self.owner not in (None, os.getpid()):
            return rows
        for key, value in rows:
            self.cache.put(key, value)
        return []


def _receive(path: str, made: Made, cache: Cache) -> Rendered:
    """A finished page, as its maker handed it over."""
    encoded, size, data, rows, staged, seconds = made
    for key, value in rows:
        cache.put(key, value)
    return Rendered(path, _decode_digest(encoded).digest, encoded, data, True, staged, size, seconds)


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
