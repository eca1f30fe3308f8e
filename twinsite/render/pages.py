"""Pages and documents to bytes. A page whose key is in the cache is not rendered again.

The key of a page is the digest of its view, its frame, and the closure of its template with those of the components
in its body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from jinja2 import TemplateError

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes, digest_value, encode_canonical
from twinsite.core.facts import PageFacts
from twinsite.core.fragment import Fragment
from twinsite.core.page import Document, Page, Plan
from twinsite.core.problem import Problem
from twinsite.core.theme import Theme
from twinsite.render.body import find_root, resolve_root
from twinsite.render.environment import SealedEnvironment, find_closures
from twinsite.render.facts import read_facts
from twinsite.render.failure import explain_failure
from twinsite.render.parallel import TaskFailure, count_cores, map_tasks


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file. ``data`` is ``None`` where the output already has these very bytes (see ``facts.digest``)."""

    path: str
    facts: PageFacts
    data: bytes | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be rendered, and why."""

    path: str
    problem: Problem


FEWEST = 64
"""Pages below which starting workers costs more than it saves."""

Have = Callable[[str, str], bool]
"""Whether the output already holds a file (path) with these bytes (digest)."""


class Renderer:
    """Renders the pages of one plan. Made once for each build, in each worker again from the same values."""

    def __init__(
        self,
        plan: Plan,
        theme: Theme,
        fragments: Mapping[str, Fragment],
        language: str,
        base_path: str,
        cache: Cache | None,
        salt: str,
    ) -> None:
        self._environment = SealedEnvironment(theme, fragments, language, cache, salt)
        self._frame = plan.frame
        self._base_path = base_path

    def render(self, page: Page | Document) -> tuple[str, bytes] | Problem:
        """The text and bytes of a page or document, or what is wrong with a template."""
        try:
            template = self._environment.get_template(page.template)
            text = template.render(page=page.view, frame=self._frame)
        except Exception as error:  # a template can fail in any way; whatever it is, the editor gets the place
            return explain_failure(error, page, self._environment)
        text = resolve_root(text, self._root(page))
        return text, text.encode("utf-8", "surrogatepass")

    def load(self, pages: Sequence[Page | Document]) -> None:
        """Compile the templates of these pages now, so that workers inherit them. What is wrong shows when rendering."""
        for name in sorted({page.template for page in pages}):
            with suppress(TemplateError):
                self._environment.get_template(name)

    def finish(self, page: Page | Document) -> tuple[PageFacts, bytes] | Problem:
        """The bytes of a page with its facts, or what is wrong with a template."""
        result = self.render(page)
        if isinstance(result, Problem):
            return result
        text, data = result
        if page.path.endswith(".html"):
            return read_facts(text, data), data
        return PageFacts(digest_bytes(data), (), ()), data

    def _root(self, page: Page | Document) -> str:
        if isinstance(page, Document) or not page.url.endswith("/"):
            return self._base_path
        return find_root(page.url)


class Keys:
    """The keys of pages: digests of everything that their bytes depend on."""

    def __init__(self, plan: Plan, theme: Theme, language: str, base_path: str, salt: str) -> None:
        names = {page.template for page in plan.rendered()}
        names |= {f"components/{name}.html" for name in theme.components}
        self._closures = find_closures(SealedEnvironment(theme), frozenset(names))
        self._common = "\n".join([salt, language, base_path, digest_value(plan.frame)])

    def of(self, page: Page | Document) -> str:
        """The key of a page or document."""
        components = page.components if isinstance(page, Page) else ()
        templates = [page.template, *(f"components/{name}.html" for name in components)]
        closures = [self._closures.get(name, "") for name in templates]
        head = "\n".join([self._common, page.path, *closures]).encode()
        return digest_bytes(head + b"\n" + encode_canonical(page.view))


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
        renderer = make_renderer()
        renderer.load([pages[index] for index in missing])
        work = [pages[index] for index in missing]
        results = map_tasks(renderer.finish, work, jobs or count_cores(), fewest=FEWEST)
        for index, result in zip(missing, results, strict=True):
            yield _keep(pages[index], known[index], result, cache)


def _find(page: Page | Document, stored: bytes | None, cache: Cache, have: Have) -> Rendered | None:
    """A page from the cache: its facts, and its bytes unless the output has them already."""
    if stored is None:
        return None
    try:
        facts = msgspec.json.decode(stored, type=PageFacts)
    except msgspec.DecodeError:
        return None
    if have(page.path, facts.digest):
        return Rendered(page.path, facts, None, fresh=False)
    data = cache.get(facts.digest)
    return Rendered(page.path, facts, data, fresh=False) if data is not None else None


def _keep(
    page: Page | Document, key: str, result: tuple[PageFacts, bytes] | Problem | TaskFailure, cache: Cache
) -> Rendered | Failure:
    """A finished page, kept in the cache. A failure is never kept."""
    if isinstance(result, Problem):
        return Failure(page.path, result)
    if isinstance(result, TaskFailure):
        raise RuntimeError(f"{page.path}: {result.text}\n{result.trace}")
    facts, data = result
    cache.put(key, msgspec.json.encode(facts))
    cache.put(facts.digest, data)
    return Rendered(page.path, facts, data, fresh=True)
