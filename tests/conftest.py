"""What every test may ask for: small sites, a browser, a web server; and no way to the network."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import settings

from tests.support.chromium import find_chromium
from tests.support.once import work_once
from tests.support.site import Site, write_site
from tests.support.web import serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LOOPBACK = ("127.0.0.1", "::1", "localhost")

# A busy machine is no fault of the code: no test asks how long something takes.
settings.register_profile("twinsite", deadline=None)
settings.load_profile("twinsite")

MakeSite = Callable[..., Site]
ServeFolder = Callable[..., str]
PageAt = Callable[..., "Page"]
Scheme = Literal["light", "dark"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts first what needs workers that are forked, before others leave threads behind; then what takes long, so that
    no process is left with it when the others are done.
    """
    for item in items:
        if "forking" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.alone)
    items.sort(key=rank_item)


def rank_item(item: pytest.Item) -> int:
    """The place of a test in the order: smaller is earlier."""
    if "forking" in getattr(item, "fixturenames", ()):
        return 0
    return next((rank for rank, mark in enumerate(("alone", "slow"), 1) if item.get_closest_marker(mark)), 3)


@pytest.fixture
def forking() -> None:
    """For tests of workers that are forked: no process is that has threads, and on some systems none at all."""
    from twinsite import parallel

    if not parallel.may_fork():
        pytest.skip("needs a process with one thread, on a system that forks")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """For tests of Ctrl-C, which a shell lets everything ignore that it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every connection to another machine fail, so that nothing we publish can depend on one."""
    if "network" in request.keywords:
        return
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session", autouse=True)
def working_once() -> Iterator[None]:
    """What many small sites have in common, their templates above all, is worked out for the first of them."""
    with pytest.MonkeyPatch.context() as patch:
        work_once(patch)
        yield


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Writes a small site: ``make_site({"content/pages/a.md": "..."}, settings=None)``."""
    made: list[Site] = []

    def make(files: Mapping[str, str | bytes] | None = None, settings: str | None = None) -> Site:
        folder = tmp_path / f"small-{len(made)}"
        made.append(write_site(folder, files or {}, settings))
        return made[-1]

    return make


@pytest.fixture
def serve_folder() -> Iterator[ServeFolder]:
    """Serves a folder until the test ends: ``serve_folder(folder, prefix="/some/where/")`` gives its address."""
    with ExitStack() as servers:

        def start(folder: Path, prefix: str = "/") -> str:
            return servers.enter_context(serve(folder, prefix))

        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window, one for all tests; it resolves no name and reaches this machine alone."""
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None:
        pytest.fail("There is no Chromium; `make test` finds or installs one.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=LAUNCH_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Opens a page of its own: ``page_at(360, "dark")``. Further options are those of Playwright's ``new_context``.

    A request that fails or leaves for another origin is the test's to notice: ``page.on("request", ...)``.
    """
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, scheme: Scheme = "light", height: int = 800, **options: Any) -> Page:
        settings = {"reduced_motion": "reduce", "timezone_id": "Asia/Tokyo", "locale": "en-GB", **options}
        size = {"width": width, "height": height}
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme, **settings))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
