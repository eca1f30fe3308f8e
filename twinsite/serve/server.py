"""The server's thread: a tornado application on sockets that already listen. Building happens elsewhere."""

from __future__ import annotations

import asyncio
from socket import socket
from threading import Event, Thread

from tornado.httpserver import HTTPServer

from twinsite.serve.handlers import Stage, make_application
from twinsite.serve.preview import Screen, ServeOptions

_PATIENCE = 2.0


class Server:
    """Serves in a thread of its own, so that a long build never keeps a browser waiting.

    ``show`` and ``stop`` may be called from any thread.
    """

    def __init__(self, sockets: list[socket], options: ServeOptions) -> None:
        self.port: int = sockets[0].getsockname()[1]
        self._sockets = sockets
        self._stage = Stage(options, self.port)
        self._ready = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread = Thread(target=self._serve, name="twinsite-serve", daemon=True)

    def start(self, screen: Screen) -> None:
        """Serve, showing this screen; returns as soon as requests are answered."""
        self._stage.screen = screen
        self._thread.start()
        self._ready.wait()

    def show(self, screen: Screen) -> None:
        """Show this screen and let the browsers load again."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stage.show, screen)

    def stop(self) -> None:
        """Close all connections and sockets; returns when the thread has ended, or after two seconds."""
        if self._loop is not None and self._ending is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join(_PATIENCE)

    def _serve(self) -> None:
        asyncio.run(self._answer())

    async def _answer(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        server = HTTPServer(make_application(self._stage))
        server.add_sockets(self._sockets)
        self._ready.set()
        await self._ending.wait()
        server.stop()
        for browser in self._stage.waiting.copy():
            browser.close(1001)
        await server.close_all_connections()
