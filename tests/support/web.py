"""A small web server for a folder of files, as strict as a careful host: see the fixture ``serve_folder``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:; script-src 'self'"
"""The content-security policy that every published page must live with."""


class Handler(SimpleHTTPRequestHandler):
    """Serves ``directory`` under ``prefix`` alone; anything else is the folder's ``404.html`` with status 404.

    Connections stay open. What has a digest in its name may be kept by the browser, as our ``_headers`` ask of hosts;
    nothing else may.
    """

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file for a request; one that cannot exist for a path outside the prefix."""
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / ".outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def end_headers(self) -> None:
        """Adds what a careful host sends."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        lasting = self.path.startswith((f"{self.prefix}assets/", f"{self.prefix}media/"))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers with the site's own page for a missing file, where it has one."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 -- the name that its base gives it
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind when a browser leaves in the middle of an answer, and has room for all its calls at
    once: with the five places of its base, a browser that finds none waits for seconds.
    """

    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Tells of every failure but that one."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serves ``folder`` on a free port of this machine while the block runs; gives the address of its root."""
    prefix = f"/{prefix.strip('/')}/" if prefix.strip("/") else "/"
    with Server(("127.0.0.1", 0), partial(Handler, prefix=prefix, directory=str(folder))) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
