"""A small site with a build function of its own, a real preview server around it, and plain HTTP to ask it."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from twinsite.core.problem import Problem
from twinsite.serve import Preview, ServeOptions, serve_site
from twinsite.serve.preview import see_nothing

SKIN = "<!doctype html><html lang=en><head><title>t</title></head><body>{}</body></html>"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Bench:
    """A site of text files; a file that says BROKEN is an error, one that says CRASH a fault of the build."""

    root: Path
    changed: bool = True
    builds: list[dict[str, str]] = field(default_factory=list)
    reports: list[Preview] = field(default_factory=list)
    port: int = 0
    codes: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    begun: int = 0
    told: list[Collection[Path] | None] = field(default_factory=list)
    _free: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    glances: bool = False

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / ".twinsite" / "preview"

    def save(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def hold(self) -> None:
        """Builds go on when they are let go."""
        self._free.clear()

    def let_go(self) -> None:
        """Let builds end, those held as well."""
        self._free.set()

    def build(self, changed: Collection[Path] | None, pause: Callable[[], None]) -> Preview:
        texts = {
            str(path.relative_to(self.root)): path.read_text(encoding="utf-8")
            for folder in (self.content, self.root / "themes")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        self.begun += 1
        end = time.monotonic() + 60
        while not self._free.wait(0.01):
            assert time.monotonic() < end
            pause()
        second_look = changed is None and bool(self.builds) and texts == self.builds[-1]
        if not second_look:
            self.builds.append(texts)
        self.told.append(changed)
        if any("CRASH" in text for text in texts.values()):
            raise RuntimeError("the <machine> fell over")
        problems = tuple(self._problem(name, text) for name, text in texts.items() if "BROKEN" in text)
        if problems:
            return Preview(self.output, False, problems, "failed")
        for name, text in texts.items():
            self._write(Path(name).with_suffix("").name, SKIN.format(text))
        return Preview(self.output, True, (), "built", self.changed and not second_look)

    def glance(self, changed: Collection[Path]) -> dict[str, bytes]:
        """The pages of what changed, as a build makes them; of one that says NEW, BROKEN or CRASH nobody knows."""
        texts = {path.stem: path.read_text(encoding="utf-8") for path in changed if path.is_file()}
        if any(word in text for text in texts.values() for word in ("NEW", "BROKEN", "CRASH")):
            return {}
        return {self._name(stem): SKIN.format(text).encode() for stem, text in texts.items()}

    def _problem(self, name: str, text: str) -> Problem:
        line = text[: text.index("BROKEN")].count("\n") + 1
        column = text.index("BROKEN") - (text.rfind("\n", 0, text.index("BROKEN")) + 1) + 1
        return Problem("bad-word", name, "The word <b>BROKEN</b> & more is wrong.", "Write 'whole'.", line, column, 6)

    def _name(self, stem: str) -> str:
        return {"index": "index.html", "404": "404.html"}.get(stem, f"{stem}/index.html")

    def _write(self, stem: str, html: str) -> None:
        path = self.output / self._name(stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")

    def start(self, **options: object) -> None:
        ready = threading.Event()

        def announce(url: str) -> None:
            self.port = int(url.rsplit(":", 1)[1].rstrip("/"))
            ready.set()

        def run() -> None:
            given = ServeOptions(**{"port": 0, "reload": True, "site": self.root, **options})  # type: ignore[arg-type]
            watched = [self.content, self.root / "themes", self.root / "site.yaml"]
            glance = self.glance if self.glances else see_nothing
            code = serve_site(self.build, watched, given, self.reports.append, announce, self.stop, glance)
            self.codes.append(code)

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert ready.wait(30)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def await_build(self, count: int = 1) -> None:
        self.wait_for(lambda: len(self.reports) >= count)

    def wait_for(self, met: Callable[[], bool], seconds: float = 30.0) -> None:
        end = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.01)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "site")
    made.let_go()
    made.save("content/index.md", "first words")
    # A browser asks for it unbidden.
    made.save(".twinsite/preview/favicon.ico", "")
    yield made
    made.let_go()
    made.stop.set()
    if made.thread is not None:
        made.thread.join(10)
    shutil.rmtree(made.root, ignore_errors=True)
