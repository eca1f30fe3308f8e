"""What the preview's server answers: the site's files, the preview's own pages, livereload's script and its socket.

Nothing is ever cached by a browser. A request sees one ``Screen``; the application holds the newest in ``Stage``.
"""

from __future__ import annotations

import mimetypes
import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.escape import json_decode
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from twinsite.serve.address import is_allowed_host, split_host
from twinsite.serve.inject import inject_script, reload_script
from twinsite.serve.pages import STYLE_PATH, missing_page, style_sheet
from twinsite.serve.preview import Screen, ServeOptions

_TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Stage:
    """What the handlers of one server share: the newest screen and the browsers that wait for the next.

    Used in the server's own thread only.
    """

    def __init__(self, options: ServeOptions, port: int) -> None:
        self.options = options
        self.port = port
        self.screen = Screen(0)
        self.waiting: set[ReloadSocket] = set()

    def show(self, screen: Screen) -> None:
        """Show this from now on and let every waiting browser load again."""
        before, self.screen = self.screen, screen
        for socket in self.waiting.copy():
            if not shows_the_same(before, screen, socket.page):
                socket.ask_to_reload()


def shows_the_same(before: Screen, after: Screen, page: str | None) -> bool:
    """Whether a browser that shows this file of the site (``None``: nobody knows which) would see no other bytes."""
    if page is None or before.page is not None or after.page is not None or before.folder != after.folder:
        return False
    old, new = before.ahead.get(page), after.ahead.get(page)
    if before.writing == after.writing and old == new:
        return True
    return old is not None and old == (new or _read(after.folder, page))


def _read(folder: Path | None, page: str) -> bytes | None:
    try:
        return (folder / page).read_bytes() if folder else None
    except OSError:
        return None


def name_file(path: str) -> str:
    """The file of the site that answers for a path without its first slash."""
    return f"{path}index.html" if not path or path.endswith("/") else path


class SiteHandler(StaticFileHandler):
    """The files of the site, or the page that stands in for its pages."""

    def initialize(self, stage: Stage) -> None:  # type: ignore[override]
        """Take the screen of this moment; it does not change while the request is answered."""
        self.stage = stage
        self.screen = stage.screen
        super().initialize(path=str(self.screen.folder or ""), default_filename="index.html")

    def prepare(self) -> None:
        """Refuse a strange host."""
        _check_host(self, self.stage)

    def set_default_headers(self) -> None:
        """No answer is kept by the browser."""
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    async def get(self, path: str, include_body: bool = True) -> None:
        """Answer with the page that stands in, with a page of the site, or with a file as it is."""
        if self.screen.page is not None and self._wants_page(path):
            self._send_own(self.screen.page, self.screen.status)
            return
        ahead = self.screen.ahead.get(name_file(path))
        if ahead is not None:
            self._send_ahead(name_file(path), ahead)
            return
        self.path = self.parse_url_path(path)
        file = self._find(path)
        if file is None:
            return
        if file.endswith((".html", ".htm")):
            self._send_html(Path(file).read_bytes())
            return
        await super().get(path, include_body)

    def _wants_page(self, path: str) -> bool:
        if "last-good" in self.request.arguments:
            return False
        suffix = posixpath.splitext(path)[1]
        return suffix in ("", ".html", ".htm") or "text/html" in self.request.headers.get("Accept", "")

    def _find(self, path: str) -> str | None:
        """The file that answers, or ``None`` when a redirect to a folder's address was sent."""
        parts = path.split("/")
        if self.screen.folder is None or any(part.startswith(".") and part != ".well-known" for part in parts):
            raise HTTPError(404)
        if "\0" in path or "\\" in path:
            raise HTTPError(404)
        return self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))

    def _send_ahead(self, file: str, data: bytes) -> None:
        """A page or document that the folder does not have yet."""
        if file.endswith(".html"):
            self._send_html(data)
            return
        self.absolute_path = file
        self.set_header("Content-Type", self.get_content_type())
        self.finish(data)

    def _send_html(self, page: bytes, status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self._with_script(page))

    def _send_own(self, page: str, status: int) -> None:
        """A page of the preview itself, under the strictest policy that its one sheet and script allow."""
        socket = f"ws://{self.request.host}"
        policy = f"default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self' {socket}"
        self.set_header("Content-Security-Policy", policy + "; base-uri 'none'; form-action 'none'")
        if not self.stage.options.reload and status == 503:
            self.set_header("Refresh", "1")
        self._send_html(page.encode(), status)

    def _with_script(self, page: bytes) -> bytes:
        if not self.stage.options.reload:
            return page
        host, port = split_host(self.request.host, self.stage.port)
        return inject_script(page, reload_script(host, port, self.screen.build))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The site's own ``404.html`` for all that is not there, and for what tries to leave the folder."""
        if status_code not in (403, 404) or kwargs.get("exc_info", (None,))[0] is not HTTPError:
            super().write_error(status_code, **kwargs)
            return
        own = self.screen.folder / "404.html" if self.screen.folder else None
        if own is not None and own.is_file():
            self._send_html(own.read_bytes(), 404)
        else:
            self._send_own(missing_page(self.request.path), 404)

    def get_content_type(self) -> str:
        """By the file's ending, the same on every computer; text is UTF-8."""
        suffix = posixpath.splitext(self.absolute_path or "")[1].lower()
        kind = _TYPES.get(suffix) or mimetypes.guess_type(self.absolute_path or "")[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def compute_etag(self) -> str | None:
        """None: tornado would keep digests of files that change."""
        return None

    def should_return_304(self) -> bool:
        """Never: what a browser has may be the page before the last save."""
        return False

    def get_cache_time(self, *_args: Any) -> int:
        """Zero seconds, whatever the address asks for."""
        return 0


class ReloadSocket(LiveReloadHandler):  # type: ignore[misc]
    """A browser that waits for the next build.

    livereload's own class keeps its browsers in one set for the whole process; here each server keeps its own.
    """

    def initialize(self, stage: Stage) -> None:
        """Take the server's stage."""
        self.stage = stage
        self.page: str | None = None

    def prepare(self) -> None:
        """Refuse a strange host."""
        _check_host(self, self.stage)

    def check_origin(self, origin: str) -> bool:
        """Pages of this server only."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """Greet; then wait, or reload at once when the page is older than the newest build. Later the browser says
        which page it shows.
        """
        said = json_decode(message)
        if said.get("command") == "info":
            self.page = name_file(unquote(urlsplit(str(said.get("url", ""))).path).removeprefix("/"))
        if said.get("command") != "hello":
            return
        super().on_message(message)
        self.stage.waiting.add(self)
        if said.get("snipver") != self.stage.screen.build:
            self.ask_to_reload()

    def on_close(self) -> None:
        """Forget a browser that went away."""
        self.stage.waiting.discard(self)

    def ask_to_reload(self) -> None:
        """Tell the browser to load its page again."""
        IOLoop.current().add_callback(self._send_reload)

    async def _send_reload(self) -> None:
        try:
            await self.write_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})
        except WebSocketClosedError:
            self.stage.waiting.discard(self)


class StyleHandler(RequestHandler):
    """The style sheet of the preview's own pages."""

    def get(self) -> None:
        """The sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(style_sheet())


def make_application(stage: Stage) -> Application:
    """The tornado application of one preview."""
    given = {"stage": stage}
    routes = [
        (r"/livereload", ReloadSocket, given),
        (r"/livereload\.js", LiveReloadJSHandler),
        (STYLE_PATH.replace(".", r"\."), StyleHandler),
        (r"/(.*)", SiteHandler, given),
    ]
    return Application(routes, log_function=_stay_silent)  # type: ignore[arg-type]


def _stay_silent(handler: RequestHandler) -> None:
    """Requests are not worth a line each: an editor's terminal shows problems."""


def _check_host(handler: RequestHandler, stage: Stage) -> None:
    if not is_allowed_host(unquote(handler.request.host), stage.options.host):
        handler.set_status(403)
        handler.set_header("Content-Type", "text/plain; charset=utf-8")
        handler.finish("This preview answers only on this computer. To share it, start it with --host 0.0.0.0.\n")
