"""Pages and documents to bytes. A page whose key is in the cache is not rendered again.

The key of a page is the digest of its view, its frame, and the closure of its template with those of the components
in its body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.facts import PageFacts
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.parallel import TaskFailure, count_cores, map_tasks
from twinsite.render.keys import Keys
from twinsite.render.reasons import keep_reason, read_reasons

if TYPE_CHECKING:
    from twinsite.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file. ``data`` is ``None`` where the output already has these very bytes (see ``facts.digest``)."""

    path: str
    facts: PageFacts
    data: bytes | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """A page made just now: its ``facts``, its bytes, and the ``sums`` of the parts of its view, for ``explain``."""

    facts: PageFacts
    data: bytes
    sums: dict[str, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be rendered, and why."""

    path: str
    problem: Problem


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(PageFacts)

FEWEST = 64
"""Pages below which starting workers costs more than it saves."""

Have = Callable[[str, str], bool]
"""Whether the output already holds a file (path) with these bytes (digest)."""


def render_all(
    pages: Sequence[Page | Document],
    make_renderer: Callable[[], Renderer],
    keys: Keys,
    cache: Cache,
    have: Have,
    jobs: int = 1,
) -> Iterator[Rendered | Failure]:
    """Every page as bytes, from the cache where it has them; the others made side by side by ``jobs`` processes.

    ``make_renderer`` is called on the first miss only. ``jobs`` 0: one process for each core.
    """
    known = [keys.of(page) for page in pages]
    stored = cache.get_many(known)
    missing: list[int] = []
    for index, page in enumerate(pages):
        found = _find(page, stored.get(known[index]), cache, have)
        if found:
            yield found
        else:
            missing.append(index)
    if missing:
        work = [pages[index] for index in missing]
        before = read_reasons((page.path for page in work), cache)
        renderer = make_renderer()
        renderer.load(work)
        results = map_tasks(renderer.finish, work, jobs or count_cores(), fewest=FEWEST)
        for index, result in zip(missing, results, strict=True):
            page = pages[index]
            if isinstance(result, Finished):
                keep_reason(page.path, keys.parts(page, result.sums), before.get(page.path), cache)
            yield _keep(page, known[index], result, cache)


def read_facts(keys: Sequence[str], cache: Cache) -> dict[str, PageFacts]:
    """The facts of pages by their keys, for those that the cache has."""
    found = {}
    for key, data in cache.get_many(keys).items():
        with suppress(msgspec.DecodeError):
            found[key] = _DECODER.decode(data)
    return found


def _find(page: Page | Document, stored: bytes | None, cache: Cache, have: Have) -> Rendered | None:
    """A page from the cache: its facts, and its bytes unless the output has them already."""
    if stored is None:
        return None
    try:
        facts = _DECODER.decode(stored)
    except msgspec.DecodeError:
        return None
    if have(page.path, facts.digest):
        return Rendered(page.path, facts, None, fresh=False)
    data = cache.get(facts.digest)
    return Rendered(page.path, facts, data, fresh=False) if data is not None else None


def _keep(
    page: Page | Document, key: str, result: Finished | Problem | TaskFailure, cache: Cache
) -> Rendered | Failure:
    """A finished page, kept in the cache. A failure is never kept."""
    if isinstance(result, Problem):
        return Failure(page.path, result)
    if isinstance(result, TaskFailure):
        raise RuntimeError(f"{page.path}: {result.text}\n{result.trace}")
    cache.put(key, _ENCODER.encode(result.facts))
    cache.put(result.facts.digest, result.data)
    return Rendered(page.path, result.facts, result.data, fresh=True)
