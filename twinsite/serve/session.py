"""One run of the preview, from the first build to Ctrl-C: build, show, wait for a change, build again."""

from __future__ import annotations

import secrets
import signal
import threading
import traceback
import webbrowser
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

from msgspec.structs import replace

from twinsite.core.problem import Problem
from twinsite.serve.address import open_sockets, site_url
from twinsite.serve.pages import building_page, problems_page
from twinsite.serve.preview import Build, Glance, Preview, Screen, ServeOptions, see_nothing
from twinsite.serve.server import Server
from twinsite.serve.watch import Watched, Watcher

INTERRUPTED = 130

CALM_SECONDS = 2.0
"""How long nothing must have changed before a build looks at everything again."""


def serve_site(
    build: Build,
    watched: Watched,
    options: ServeOptions,
    report: Callable[[Preview], None],
    announce: Callable[[str], None] | None = None,
    stop: Event | None = None,
    glance: Glance = see_nothing,
) -> int:
    """Serve the site until Ctrl-C, building it again whenever a watched file changes.

    ``build`` runs in the calling thread, never twice at once; whatever it raises becomes a problem. It is told which
    paths changed, and soon after, when nothing more changes, runs once more to look at everything (``None``): systems
    have been seen to lose count of changes. The pages of a ``glance`` are shown until the build that follows is done;
    whenever a build pauses, what changed meanwhile is glanced at, too. ``watched`` are
    files and folders, existing or not; a function is asked again after each change. ``report`` hears of every build,
    ``announce`` once of the address. ``stop`` ends the preview from another thread.

    Returns the exit code: 130 after Ctrl-C, 1 when the address cannot be used (reported first), 0 after ``stop``.
    """
    sockets = open_sockets(options.host, options.port)
    if isinstance(sockets, Problem):
        report(Preview(Path(), False, (sockets,), changed=False))
        return 1
    session = _Session(build, glance, watched, options, report, stop or Event())
    try:
        with _end_on_termination():
            return session.run(Server(sockets, options), announce)
    except KeyboardInterrupt:
        return INTERRUPTED


class _Session:
    def __init__(
        self,
        build: Build,
        glance: Glance,
        watched: Watched,
        options: ServeOptions,
        report: Callable[[Preview], None],
        stop: Event,
    ) -> None:
        self.build, self.glance, self.options, self.report = build, glance, options, report
        # A number of its own for each run: a browser left open since yesterday must notice.
        self.screen = Screen(secrets.randbelow(10**9) * 100_000, None, building_page(), 503)
        self.last: Preview | None = None
        self.stop = stop
        self.watcher = Watcher(watched, self._ignored, stop)
        # What changed while a build went on, and the pages of it that were shown already.
        self.waiting: set[Path] = set()
        self.ahead: Mapping[str, bytes] = {}
        # Whether some browser was left alone after the last build because it had its page already.
        self.spared = False

    def run(self, server: Server, announce: Callable[[str], None] | None) -> int:
        server.start(self.screen)
        url = site_url(self.options.host, server.port)
        try:
            if announce is not None:
                announce(url)
            self._build_always(server, url)
        finally:
            self.watcher.close()
            server.stop()
        return 0

    def _build_always(self, server: Server, url: str) -> None:
        self.watcher.refresh()
        self._build_once(server)
        if self.options.open_browser:
            Thread(target=_open_browser, args=(url,), daemon=True).start()
        # The first build may have made or named folders that were not there before.
        if self.watcher.refresh():
            self._build_once(server)
        calm: float | None = None
        while (changed := self._next_changes(calm)) is not None:
            self._build_once(server, changed)
            calm = CALM_SECONDS if changed else None

    def _next_changes(self, calm: float | None) -> set[Path] | None:
        changed, self.waiting = self.waiting, set()
        return changed if changed and not self.stop.is_set() else self.watcher.wait(calm)

    def _build_once(self, server: Server, changed: Collection[Path] | None = None) -> None:
        """Build and show. A second look (nothing ``changed``) is not spoken of unless it found something."""
        known = self._show_ahead(server, changed or (), {})
        self.ahead = {}
        # After a fault of ours nobody knows what was built.
        broken = self.last is not None and bool(self.last.details)
        preview = self._try_build(server, None if broken else changed or None)
        again = changed is not None and not changed and not preview.changed and _says_the_same(preview, self.last)
        self.last = preview
        # A style sheet, say, that the last build had read before anybody told of it.
        unseen = self.spared and bool(changed) and not known
        screen = self._screen_of(preview, preview.changed or unseen)
        if preview.changed or unseen or not screen.same_as(self.screen):
            self.spared = bool(self.screen.ahead)
            self._show(server, screen)
        if not again:
            self.report(preview)

    def _show(self, server: Server, screen: Screen) -> None:
        self.screen = screen
        server.show(screen)

    def _show_ahead(self, server: Server, changed: Collection[Path], ahead: Mapping[str, bytes]) -> bool:
        """Show those pages of what changed that are known before the site is built, beside those that are ``ahead``
        already, unless it has errors; whether there are any.
        """
        screen, pages = self.screen, {}
        if changed and screen.folder and screen.page is None:
            with suppress(Exception):  # a fault of ours shows in the build, too
                pages = dict(self.glance(changed))
        if pages or (changed and screen.ahead != ahead):
            self.ahead = {**self.ahead, **pages}
            self._show(server, replace(screen, build=screen.build + 1, ahead={**ahead, **pages}))
        return bool(pages)

    def _look_up(self, server: Server) -> None:
        """While a build goes on: glance at what changed meanwhile, and leave the rest of it to the next build."""
        changed = self.watcher.poll()
        self.waiting |= changed
        self.watcher.follow(changed)
        self._show_ahead(server, changed, self.screen.ahead)

    def _try_build(self, server: Server, changed: Collection[Path] | None) -> Preview:
        try:
            return self.build(changed, lambda: self._look_up(server))
        except Exception as error:
            # The preview outlives a fault of ours: the editor saves again, and may never see it.
            return Preview(self.screen.folder or Path(), False, (_fault(error),), details=traceback.format_exc())

    def _screen_of(self, preview: Preview, written: bool) -> Screen:
        number = self.screen.build + 1
        folder = preview.folder if preview.folder != Path() else self.screen.folder
        if preview.ok:
            return Screen(number, folder, ahead=self.ahead, writing=number if written else self.screen.writing)
        has_site = folder is not None and (folder / "index.html").is_file()
        page = problems_page(preview.problems, self.options.site, has_site, preview.details)
        return Screen(number, folder, page, 500)

    def _ignored(self) -> tuple[Path, ...]:
        served = () if self.screen.folder is None else (self.screen.folder,)
        return (*self.options.ignored, *served)


def _says_the_same(preview: Preview, other: Preview | None) -> bool:
    return other is not None and (preview.ok, preview.problems) == (other.ok, other.problems)


def _fault(error: Exception) -> Problem:
    message = f"Twinsite itself failed: {type(error).__name__}: {error}"
    return Problem("build-crashed", "", message, "This is a fault of Twinsite. Please report it with the text below.")


def _open_browser(url: str) -> None:
    with suppress(webbrowser.Error):
        webbrowser.open(url)


@contextmanager
def _end_on_termination() -> Iterator[None]:
    """Let a polite request to end (SIGTERM) end the preview like Ctrl-C, so that the caller can tidy up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
