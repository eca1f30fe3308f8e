"""What a mate (see ``mate``) does: gets ready to render the pages of a site of which only the files are known, and
then renders them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import TemplateError

from twinsite.cache.memory import MemoryStore
from twinsite.core.markdown import MarkdownSettings
from twinsite.core.page import Plan
from twinsite.core.theme import Theme
from twinsite.installed import read_salt
from twinsite.read.drafts import read_ahead
from twinsite.read.front import parse_yaml
from twinsite.read.theme_layers import read_chain, read_templates
from twinsite.render.early import EarlyMaker, decode_start
from twinsite.render.environment import SealedEnvironment
from twinsite.render.keys import Keys, read_closures
from twinsite.render.pages import Rows
from twinsite.render.renderer import Renderer
from twinsite.write.ahead import Ahead

SETTINGS = "site.yaml"


class Gifts(MemoryStore):
    """A cache whose new values are for another process: those that were put into it, and of what was put into the
    ``store`` beforehand those that were asked for.
    """

    blank = True

    def __init__(self, store: MemoryStore) -> None:
        super().__init__()
        self._store = store
        self._new: Rows = []

    def get(self, key: str) -> bytes | None:
        """The bytes kept under ``key``, or ``None``."""
        found = super().get(key)
        if found is None and (found := self._store.get(key)) is not None:
            self.put(key, found)
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``."""
        super().put(key, data)
        self._new.append((key, data))

    def take(self) -> Rows:
        """What is new since the last time."""
        new, self._new = self._new, []
        return new


class Preparation:
    """All that can be known before a site is read. Raises whatever comes in between: it is a guess."""

    def __init__(self, site: Path, records: Sequence[str]) -> None:
        self._store = MemoryStore()
        self.gifts = Gifts(self._store)
        self._salt = read_salt()
        values, _ = parse_yaml((site / SETTINGS).read_bytes(), SETTINGS)
        self._language = values.get("language") or "en"
        self._theme = self._read_theme(site, values.get("theme") or "default")
        self._closures = read_closures(self._theme, self.gifts, self._salt)
        if not values.get("markdown"):
            read_ahead(site, records, MarkdownSettings(), self.gifts, self._salt)

    @staticmethod
    def _read_theme(site: Path, name: str) -> Theme:
        """The theme's templates, as far as rendering needs them."""
        layers, _ = read_chain(site, name)
        templates, _ = read_templates(layers)
        chain = tuple(layer.name for layer in layers)
        return Theme(name, chain, templates, {}, {}, (), (), (), {})

    def compile_until(self, is_wanted: Callable[[], bool]) -> None:
        """Compile templates, as long as nobody waits for anything else."""
        environment = SealedEnvironment(self._theme, {}, self._language, self._store, self._salt)
        for name in sorted({inner for closure in self._closures.values() for inner in closure.templates}):
            if is_wanted():
                return
            try:
                environment.get_template(name)
            except TemplateError:
                continue

    def open(self, message: bytes) -> EarlyMaker:
        """What makes the pages, now that it is known what they all share: the ``message`` is a ``Start``."""
        start, theme, salt = decode_start(message), self._theme, self._salt
        if (start.theme, start.salt) != (theme.name, salt):
            raise LookupError(start.theme)
        maker = EarlyMaker(
            lambda find_body: Renderer({}, theme, find_body, start.language, start.base, self.gifts, salt),
            lambda frame: Keys(Plan(frame), self._closures, start.language, start.base, salt),
            lambda folder, places: Ahead(folder, places).stage,
            self.gifts,
        )
        maker.begin(message)
        return maker
