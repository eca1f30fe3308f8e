"""A site as a preview builds it: again and again, with one memory, told which files were touched."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.support.site import NOW, Site
from twinsite.cache.memory import MemoryStore
from twinsite.core.request import BuildRequest

if TYPE_CHECKING:
    from twinsite.build import BuildResult


class Previewed:
    """A preview of a ``site``, built once."""

    def __init__(self, site: Site) -> None:
        self.site, self.memory = site, MemoryStore()
        assert self.build().ok

    def save(self, path: str, text: str, *others: str) -> BuildResult:
        """Save a file and build what it, and ``others`` that were saved before, change."""
        self.site.write(path, text)
        return self.build(path, *others)

    def build(self, *touched: str) -> BuildResult:
        """Build, told which files were touched; without any, look at everything."""
        from twinsite.build import build_site

        return build_site(self._ask(*touched), self.memory)

    def glance(self, *touched: str, now: datetime = NOW) -> dict[str, bytes]:
        """The pages that are known before the site is built."""
        from twinsite.glance import glance_at

        return glance_at(self._ask(*touched, now=now), self.memory)

    def _ask(self, *touched: str, now: datetime = NOW) -> BuildRequest:
        asked = frozenset(touched) if touched else None
        return BuildRequest(self.site.folder, self.site.output, now=now, jobs=1, preview=True, touched=asked)
