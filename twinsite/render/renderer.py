"""Templates at work: pages and documents of one plan to text and bytes. Imported only when there is something to
render.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from jinja2 import TemplateError

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts
from twinsite.core.fragment import Fragment
from twinsite.core.page import Document, Page, Plan
from twinsite.core.problem import Problem
from twinsite.core.theme import Theme
from twinsite.plan.body import index_fragments
from twinsite.render.body import find_root, resolve_root
from twinsite.render.environment import SealedEnvironment
from twinsite.render.facts import make_facts, make_scanner, repeats_ids, tell_ids_apart
from twinsite.render.failure import explain_failure

FindBody = Callable[[str], tuple[Fragment, str]]
"""Gives the body of a record by its file, with its digest."""


class Renderer:
    """Renders the pages of one plan. Made once for each build, in each worker again from the same values."""

    def __init__(
        self,
        plan: Plan,
        theme: Theme,
        find_body: FindBody,
        language: str,
        base_path: str,
        cache: Cache | None,
        salt: str,
    ) -> None:
        self._find_body = find_body
        self._fragments: dict[str, Fragment] = {}
        self._environment = SealedEnvironment(theme, self._fragments, language, cache, salt)
        self._frame = plan.frame
        self._base_path = base_path
        self._scan = make_scanner()

    def render(self, page: Page | Document) -> tuple[str, bytes] | Problem:
        """The text and bytes of a page or document, or what is wrong with a template."""
        self._take_bodies(page)
        try:
            template = self._environment.get_template(page.template)
            text = template.render(page=page.view, frame=self._frame)
        except Exception as error:  # a template can fail in any way; whatever it is, the editor gets the place
            return explain_failure(error, page, self._environment)
        text = resolve_root(text, self._root(page))
        return text, text.encode("utf-8", "surrogatepass")

    def _take_bodies(self, page: Page | Document) -> None:
        """Have the fragments at hand that a page's view names, and no others."""
        self._fragments.clear()
        for path in page.bodies if isinstance(page, Page) else ():
            self._fragments.update(index_fragments(*self._find_body(path)))

    def load(self, pages: Sequence[Page | Document]) -> None:
        """Compile the templates of these pages now, so that workers inherit them. What is wrong shows when
        rendering.
        """
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
            found = self._scan(text)
            if repeats_ids(found):
                text = tell_ids_apart(text)
                found, data = self._scan(text), text.encode("utf-8", "surrogatepass")
            return make_facts(found, data), data
        return PageFacts(digest_bytes(data), (), ()), data

    def _root(self, page: Page | Document) -> str:
        if isinstance(page, Document) or not page.url.endswith("/"):
            return self._base_path
        return find_root(page.url)
