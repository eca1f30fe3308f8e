"""Pages and documents to bytes. A page whose key is in the cache is not rendered again.

The key of a page is the digest of its view, its frame, and the closure of its template with those of the components
in its body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

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

    def _root(self, page: Page | Document) -> str:
        if isinstance(page, Document) or not page.url.endswith("/"):
            return self._base_path
        return find_root(page.url)


class Keys:
    """The keys of pages: digests of everything that their bytes depend on."""

    def __init__(self, plan: Plan, theme: Theme, language: str, base_path: str, salt: str) -> None:
        names = {page.template for page in (*plan.pages, *plan.documents)}
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
    pages: Sequence[Page | Document], renderer: Callable[[], Renderer], keys: Keys, cache: Cache, have: Have
) -> Iterator[Rendered | Failure]:
    """Every page as bytes, from the cache where it has them. ``renderer`` is called on the first miss only."""
    made: Renderer | None = None
    decode = msgspec.json.Decoder(PageFacts).decode
    for page in pages:
        key = keys.of(page)
        found = _find(page, key, cache, have, decode)
        if found:
            yield found
            continue
        made = made or renderer()
        result = made.render(page)
        if isinstance(result, Problem):
            yield Failure(page.path, result)
            continue
        text, data = result
        facts = read_facts(text, data) if page.path.endswith(".html") else PageFacts(digest_bytes(data), (), ())
        cache.put(key, msgspec.json.encode(facts))
        cache.put(facts.digest, data)
        yield Rendered(page.path, facts, data, fresh=True)


def _find(
    page: Page | Document, key: str, cache: Cache, have: Have, decode: Callable[[bytes], PageFacts]
) -> Rendered | None:
    """A page from the cache: its facts, and its bytes unless the output has them already."""
    stored = cache.get(key)
    if stored is None:
        return None
    try:
        facts = decode(stored)
    except msgspec.DecodeError:
        return None
    if have(page.path, facts.digest):
        return Rendered(page.path, facts, None, fresh=False)
    data = cache.get(facts.digest)
    return Rendered(page.path, facts, data, fresh=False) if data is not None else None
