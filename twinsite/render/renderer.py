"""Templates at work: pages and documents of one plan to text and bytes. Imported only when there is something to
render.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from time import perf_counter
from typing import Any, TypedDict

from jinja2 import TemplateError
from msgspec.json import Decoder

from twinsite.cache.memory import MemoryStore
from twinsite.cache.store import Cache
from twinsite.core.digest import decode_view
from twinsite.core.facts import PageFacts
from twinsite.core.fragment import Fragment, index_fragments
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.core.theme import Theme
from twinsite.render.body import find_root, resolve_root
from twinsite.render.environment import SealedEnvironment
from twinsite.render.facts import NOTHING, Found, make_facts, make_scanner, repeats_ids, tell_ids_apart
from twinsite.render.failure import explain_failure
from twinsite.render.keys import read_closures
from twinsite.render.pages import Finished
from twinsite.render.personal import make_finder
from twinsite.render.pieces import Pieces, cut_page

FindBody = Callable[[str], tuple[Fragment, str]]
"""Gives the body of a record by its file, with its digest."""

Decode = Callable[[bytes], dict[str, Any]]
"""Gives a view, or some of its parts."""


def make_decoder(parts: Iterable[str] | None) -> Decode:
    """A function that decodes these parts of a view alone; all of them for ``None``."""
    if parts is None:
        return decode_view
    names = dict.fromkeys(parts, Any)
    decode: Decode = Decoder(TypedDict("View", names, total=False)).decode  # type: ignore[operator]
    return decode


class Renderer:
    """Renders the pages of one plan. Made once for each build, in each worker again from the same values. ``frame`` is
    what all pages see; it may be known later than all else.
    """

    def __init__(
        self,
        frame: Mapping[str, Any],
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
        self._closures = read_closures(theme, cache or MemoryStore(), salt)
        self._decoders: dict[str, Decode] = {}
        self.frame = frame
        self._base_path = base_path
        self._scan = make_scanner()
        self._find_personal = make_finder()

    def render(self, page: Page | Document) -> bytes | Problem:
        """The text of a page or document (UTF-8), or what is wrong with a template."""
        self._take_bodies(page)
        with suppress(Exception):  # it fails again, and says why, where it sees the whole view
            return self._fill(page, self._find_decoder(page.template))
        try:
            return self._fill(page, decode_view)
        except Exception as error:  # a template can fail in any way; whatever it is, the editor gets the place
            return explain_failure(error, page, self._environment)

    def _fill(self, page: Page | Document, decode: Decode) -> bytes:
        template = self._environment.get_template(page.template)
        text = template.render(page=decode(page.encoded.get()), frame=self.frame)
        return resolve_root(text.encode("utf-8", "surrogatepass"), self._root(page))

    def _find_decoder(self, template: str) -> Decode:
        """What decodes the parts of a view that a template can use, and passes over the others."""
        if template not in self._decoders:
            closure = self._closures.get(template)
            self._decoders[template] = make_decoder(closure.parts if closure else None)
        return self._decoders[template]

    def _take_bodies(self, page: Page | Document) -> None:
        """Have the fragments at hand that a page's view names, and no others."""
        self._fragments.clear()
        for path in page.bodies if isinstance(page, Page) else ():
            self._fragments.update(index_fragments(*self._find_body(path)))

    def load(self, pages: Sequence[Page | Document]) -> None:
        """Compile all templates that these pages use now, so that workers inherit them and need no cache. What is
        wrong shows when rendering.
        """
        named = {page.template for page in pages}
        named |= {f"components/{name}.html" for page in pages if isinstance(page, Page) for name in page.components}
        self.compile(named)

    def compile(self, names: Iterable[str]) -> None:
        """Compile templates with all that they use, as far as they are there and right."""
        known = [self._closures[name] for name in names if name in self._closures]
        for name in sorted({inner for closure in known for inner in closure.templates}):
            with suppress(TemplateError):
                self._environment.get_template(name)

    def finish(self, pages: Sequence[Page | Document]) -> list[Finished | Problem]:
        """The bytes of pages with what is known of them, or what is wrong with a template.

        Each step is done for all of them before the next: a processor that goes on doing the same has the code of it at
        hand, and that saves a seventh of the time.
        """
        rendered = [self._time(page) for page in pages]
        whole = [(page.path, data) for page, (data, _) in zip(pages, rendered, strict=True) if isinstance(data, bytes)]
        seen = iter(self._look(whole))
        return [data if isinstance(data, Problem) else Finished(*next(seen), seconds) for data, seconds in rendered]

    def _time(self, page: Page | Document) -> tuple[bytes | Problem, float]:
        """What ``render`` gives, and how many seconds that took."""
        start = perf_counter()
        return self.render(page), perf_counter() - start

    def _look(self, texts: Sequence[tuple[str, bytes]]) -> list[tuple[PageFacts, bytes]]:
        """The facts of pages and documents (by path) and their bytes; in those of HTML each id occurs once."""
        scanned = [self._tidy(data) if path.endswith(".html") else (NOTHING, (data,), data) for path, data in texts]
        personal = [self._find_personal(pieces) for _, pieces, _ in scanned]
        pairs = zip(scanned, personal, strict=True)
        return [(make_facts(found, data, own), data) for (found, _, data), own in pairs]

    def _tidy(self, data: bytes) -> tuple[Found, Pieces, bytes]:
        """What an HTML page names, and its bytes with each id once, in pieces and whole."""
        pieces = cut_page(data)
        found = self._scan(pieces)
        if repeats_ids(found):
            data = tell_ids_apart(data.decode("utf-8", "surrogatepass")).encode("utf-8", "surrogatepass")
            pieces = cut_page(data)
            found = self._scan(pieces)
        return found, pieces, data

    def _root(self, page: Page | Document) -> str:
        if isinstance(page, Document) or not page.url.endswith("/"):
            return self._base_path
        return find_root(page.url)
