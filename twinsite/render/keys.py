"""The keys of pages: digests of everything that their bytes depend on.

The closure of a template is the digest of itself with all it extends, includes or imports; it is cached by the digest
of the theme, so that a build in which nothing changed imports no template engine.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.page import Document, Page, Plan
from twinsite.core.theme import Theme


def read_closures(theme: Theme, cache: Cache, salt: str) -> Mapping[str, str]:
    """The digest of each template's closure, by the template's name."""
    names = "\n".join(f"{name} {template.digest}" for name, template in sorted(theme.templates.items()))
    key = digest_bytes(f"closures {salt}\n{' '.join(theme.chain)}\n{names}".encode())
    stored = cache.get(key)
    if stored is not None:
        try:
            return msgspec.json.decode(stored, type=dict[str, str])
        except msgspec.DecodeError:
            pass
    from twinsite.render.environment import find_closures

    closures = find_closures(theme)
    cache.put(key, msgspec.json.encode(closures))
    return closures


class Keys:
    """The keys of pages: digests of everything that their bytes depend on."""

    def __init__(self, plan: Plan, closures: Mapping[str, str], language: str, base_path: str, salt: str) -> None:
        self._closures = closures
        self._common = "\n".join([salt, language, base_path, digest_value(plan.frame)])

    def of(self, page: Page | Document) -> str:
        """The key of a page or document."""
        components = page.components if isinstance(page, Page) else ()
        templates = [page.template, *(f"components/{name}.html" for name in components)]
        closures = [self._closures.get(name, "") for name in templates]
        head = "\n".join([self._common, page.path, *closures]).encode()
        return digest_bytes(head + b"\n" + page.digest.encode())

    def parts(self, page: Page | Document) -> dict[str, str]:
        """The digest of each part that the key is made of: templates, frame, top-level parts of the view."""
        components = page.components if isinstance(page, Page) else ()
        names = [page.template, *(f"components/{name}.html" for name in components)]
        found = {f"the template {name} or one it uses": self._closures.get(name, "") for name in names}
        found["what every page shows (site.yaml, menu, theme, Twinsite itself)"] = digest_bytes(self._common.encode())
        return found | {f"the page's {name}": digest_value(value) for name, value in page.view.items()}
