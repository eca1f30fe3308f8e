"""The keys of pages: digests of everything that their bytes depend on.

The closure of a template is the digest of itself with all it extends, includes or imports; it is cached by the digest
of the theme, so that a build in which nothing changed imports no template engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct, field

from twinsite.cache.kept import decode_kept
from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.page import Document, Page, Plan
from twinsite.core.theme import Closure, Theme


def read_closures(theme: Theme, cache: Cache, salt: str) -> Mapping[str, Closure]:
    """The closure of each template, by the template's name."""
    names = "\n".join(f"{name} {template.digest}" for name, template in sorted(theme.templates.items()))
    key = digest_bytes(f"closures {salt}\n{' '.join(theme.chain)}\n{names}".encode())
    kept = decode_kept(msgspec.json.Decoder(dict[str, Closure]).decode, cache.get(key))
    if kept is not None:
        cache.touch(named_keys(theme, salt).values())
        return kept
    from twinsite.render.closures import find_closures

    closures = find_closures(theme, cache, salt)
    cache.put(key, msgspec.json.encode(closures))
    return closures


def named_keys(theme: Theme, salt: str) -> dict[str, str]:
    """Under which keys is kept what the texts of a theme name, by the digests of the texts."""
    digests = {template.digest for template in theme.templates.values()}
    return {digest: digest_bytes(f"named {salt} {digest}".encode()) for digest in digests}


class Parts(Struct, frozen=True, omit_defaults=True):
    """What a page was made of: digests of what every page shows (``shared``), of its ``templates`` by name, and of its
    ``view``; and, where somebody looked at it, sums of the view's parts (see ``reasons.add_sums``).
    """

    shared: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)
    view: str = ""
    sums: Mapping[str, int] | None = None


class Keys:
    """The keys of pages: digests of everything that their bytes depend on."""

    def __init__(self, plan: Plan, closures: Mapping[str, Closure], language: str, base_path: str, salt: str) -> None:
        self._closures = {name: closure.digest for name, closure in closures.items()}
        self._common = "\n".join([salt, language, base_path, digest_value(plan.frame)])
        self._shared = digest_bytes(self._common.encode())
        self._joined: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, page: Page | Document) -> str:
        """The key of a page or document."""
        templates = (page.template, page.components if isinstance(page, Page) else ())
        closures = self._joined.get(templates)
        if closures is None:
            closures = self._joined[templates] = "\n".join(self._find_closures(*templates).values())
        return digest_bytes(f"{self._common}\n{page.path}\n{closures}\n{page.digest}".encode())

    def _find_closures(self, template: str, components: Sequence[str]) -> dict[str, str]:
        """The closures of a template and of components, by the names of their templates."""
        names = [template, *(f"components/{name}.html" for name in components)]
        return {name: self._closures.get(name, "") for name in names}

    def of_all(self, pages: Iterable[Page | Document], cache: Cache) -> dict[str, str]:
        """The keys of pages and documents by their paths. A cache in memory knows those of the very pages that it has
        seen before.
        """
        common = (self._common, self._closures)
        before, kept = cache.recall("keys") or (common, {})
        known: Mapping[str, tuple[Page | Document, str]] = kept if before == common else {}
        # A page is a frozen value, so that the same one has the same key.
        pairs = [(one, known.get(one.path)) for one in pages]
        found = {one.path: pair if pair and pair[0] is one else (one, self.of(one)) for one, pair in pairs}
        cache.remember("keys", (common, found))
        return {path: key for path, (_, key) in found.items()}

    def parts(self, page: Page | Document) -> Parts:
        """What the key is made of, part by part: enough to tell which of them changed, and for nothing else."""
        templates = self._find_closures(page.template, page.components if isinstance(page, Page) else ())
        return Parts(self._shared, templates, page.digest)
