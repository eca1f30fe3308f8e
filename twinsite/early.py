"""The early press: while this process still plans, others already render what is planned.

They are hired before the site is read, when there is little to copy, and get each page with all that it is made of.
What they make goes into the cache and to its temporary place in the output, which must be empty: where old pages stand,
it is quicker to know all the new ones first. Whether it is used is decided later, by the keys of the pages of the
finished plan: so this changes when a page is made, never how.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from twinsite.cache.store import Cache
from twinsite.core.later import Later
from twinsite.core.notes import DocumentNote, PageNote
from twinsite.core.page import Plan, Planned
from twinsite.core.request import BuildRequest
from twinsite.core.site import Site
from twinsite.inputs import Inputs
from twinsite.mate import Mate
from twinsite.parallel import count_cores
from twinsite.places import find_output
from twinsite.plan.notes import drop_views, note_document, note_page
from twinsite.plan.plan import base_path
from twinsite.render.keys import Keys, read_closures
from twinsite.render.pages import CHUNK
from twinsite.write.ahead import Ahead
from twinsite.write.failure import WriteError
from twinsite.write.lock import lock_output
from twinsite.write.staging import Staging

if TYPE_CHECKING:
    from twinsite.crew import Crew
    from twinsite.render.early import Body, Early, EarlyMaker
    from twinsite.render.renderer import FindBody

FEWEST = 300
"""Records from which on it pays to hire anybody."""

MOST_JOBS = 5
"""Processes from which on it is quicker to share the planning out than to do it alone while the others render."""


FEW = 8
"""Pages that a mate gets at once: it waits for the first ones, and this process for the last."""


class EarlyPress:
    """Hires, gives out and gathers. In a ``with``: at its end everybody is dismissed, and what was staged but is not
    part of the site is removed.

    ``staging`` is where pages of an empty output are staged, from when the first is given out; its folder is locked.
    ``given`` counts the pages and documents that were given out.
    """

    def __init__(self, request: BuildRequest, cache: Cache, mate: Mate | None = None) -> None:
        self._request, self._cache, self._mate = request, cache, mate
        self._crew: Crew | Mate | None = None  # who is at work
        self._inputs: Inputs | None = None
        self._site: Site | None = None
        self._pages: list[tuple[PageNote, bytes]] = []
        self._documents: list[tuple[DocumentNote, bytes]] = []
        self._held = ExitStack()
        self.staging: Staging | None = None
        self.given = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._crew:
            self._crew.close()
        self._held.close()

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """Where what is inside fails or is interrupted, everybody is dismissed before anything else happens: who still
        stages pages would do so behind the back of whoever removes them.
        """
        try:
            yield
        except BaseException:
            if self._crew:
                self._crew.close()
            raise

    def hire(self, inputs: Inputs) -> None:
        """Hire, if that pays for a site of which nothing is known."""
        jobs = self._request.jobs or count_cores()
        pays = len(inputs.tree.records) >= FEWEST and 1 < jobs < MOST_JOBS
        if not inputs.sound or not (self._mate or pays) or not self._is_free(inputs):
            return
        self._inputs = inputs
        if self._mate:
            self._crew = self._mate
            for key, value in self._mate.prepare():
                self._cache.put(key, value)
        else:
            self._crew = self._hire_crew(inputs, jobs)

    def _hire_crew(self, inputs: Inputs, jobs: int) -> Crew | None:
        from twinsite.crew import hire_crew

        assert inputs.theme is not None
        # Everybody needs them: parsed now, a template is parsed for no member again.
        read_closures(inputs.theme, self._cache, inputs.salt)
        return hire_crew(lambda: _open_maker(inputs, self._cache), jobs) if self._cache.share() else None

    def wake(self) -> None:
        """Let those who were hired get ready, now that there are processors with nothing to do."""
        if self._crew:
            self._crew.wake()

    def _is_free(self, inputs: Inputs) -> bool:
        """Whether pages may be staged as they come: nothing is in the output, or nobody wants them written."""
        assert inputs.settings is not None
        with suppress(OSError):
            return not self._request.write or not _holds_anything(find_output(self._request, inputs.settings))
        return False

    def begin(self, frame: dict[str, Any], site: Site) -> bool:
        """Begin with the pages of a site, which all see this ``frame``; whether anybody is there to take them."""
        self.staging = self._open_staging() if self._crew and self._request.write else None
        if self._crew is None or (self._request.write and not self.staging):
            return False
        self._site = site
        self._crew.begin(self._write_start(frame))
        return True

    def _write_start(self, frame: dict[str, Any]) -> bytes:
        from twinsite.render.early import Start, encode_start

        assert self._inputs and self._inputs.settings
        settings, folder = self._inputs.settings, f"{self.staging.folder}/" if self.staging else ""
        base = base_path(settings)
        return encode_start(Start(frame, folder, settings.theme, settings.language, base, self._inputs.salt))

    @property
    def busy(self) -> bool:
        """Whether anybody has pages to make."""
        return self._crew is not None and self._site is not None

    def _open_staging(self) -> Staging | None:
        """Lock the output folder, and stage pages there if there is still nothing in it."""
        assert self._inputs and self._inputs.settings
        folder = find_output(self._request, self._inputs.settings)
        with suppress(WriteError, OSError):
            self._held.enter_context(lock_output(folder))
            if not _holds_anything(folder):
                staging = Staging(folder)
                self._held.callback(staging.discard)
                return staging
        self._held.close()
        return None

    def take(self, part: Planned, again: Later[Planned]) -> Planned:
        """Have the pages and documents of a part made; the same part without its views."""
        self._pages += [(note_page(page), page.encoded.get()) for page in part.pages]
        self._documents += [(note_document(one), one.encoded.get()) for one in part.documents]
        if len(self._pages) >= (FEW if self._mate else CHUNK):
            self._give()
        return drop_views(part, again)

    def end(self) -> None:
        """There are no more parts: what was taken need wait for nothing."""
        self._give()
        if self._crew:
            self._crew.end()

    def gather(self) -> Iterator[Early]:
        """What was made, and what is still being made as it comes."""
        from twinsite.render.early import decode_early

        if self._crew is None or not self.busy:
            return
        self._cache.flush()  # while others still have work
        for result in self._crew.finish():
            yield from decode_early(result)
        for key, value in self._mate.rows if self._mate else ():
            self._cache.put(key, value)

    def _give(self) -> None:
        """Give out what has been taken."""
        from twinsite.render.early import Order, encode_order

        assert self._crew is not None
        paths = [note.path for note, _ in self._pages]
        bodies = {path: self._take_body(path) for note, _ in self._pages for path in note.bodies}
        self.given += len(paths) + len(self._documents)
        if paths or self._documents:
            self._crew.give(encode_order(Order(self._pages, self._documents, bodies, self._find_places(paths))))
        self._pages, self._documents = [], []

    def _take_body(self, path: str) -> Body:
        from twinsite.render.early import Body

        assert self._site is not None
        draft = self._site.by_path[path].source.get()[0]
        return Body(draft.body_digest, draft.packed)

    def _find_places(self, paths: Iterable[str]) -> dict[str, str]:
        """Where pages may be staged."""
        with suppress(WriteError, OSError):
            return self.staging.prepare(paths, ())[0] if self.staging else {}
        return {}


def _holds_anything(folder: Path) -> bool:
    """Whether there is something in a folder, or in its place. Raises ``OSError``."""
    return any(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else os.path.lexists(folder)


def _open_maker(inputs: Inputs, cache: Cache) -> EarlyMaker:
    """In a process that was hired: what it works with."""
    from twinsite.render.early import EarlyMaker
    from twinsite.render.renderer import Renderer

    settings, theme, salt = inputs.settings, inputs.theme, inputs.salt
    assert settings is not None and theme is not None
    language, base = settings.language, base_path(settings)
    likely = _list_likely(inputs)

    def open_renderer(find_body: FindBody) -> Renderer:
        renderer = Renderer({}, theme, find_body, language, base, cache, salt)
        renderer.compile(likely)
        return renderer

    def open_keys(frame: dict[str, Any]) -> Keys:
        return Keys(Plan(frame), read_closures(theme, cache, salt), language, base, salt)

    return EarlyMaker(open_renderer, open_keys, lambda start, places: Ahead(start, places).stage, cache)


def _list_likely(inputs: Inputs) -> list[str]:
    """Templates that the site will use, whatever its records say."""
    kinds = sorted({file.kind for file in inputs.tree.records})
    return ["taxonomy/term.html", *(f"{kind}/{part}.html" for kind in kinds for part in ("page", "list"))]
