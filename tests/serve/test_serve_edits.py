"""Random edits under a preview: what a build keeps in memory for the next never shows in what it leaves."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace

from tests.site.test_site_random_edits import EditedSite
from tests.support.edits import FOLDERS
from tests.support.site import Site
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore
from twinsite.glance import glance_at


class PreviewedSite(EditedSite):
    """A site under edit while one preview shows it: all its builds share one memory, the clean ones have none."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = MemoryStore()
        self.before: dict[str, bytes] = {}
        self.left: dict[str, bytes] = {}
        self.glances = 0

    def build(self, site: Site, **options: Any) -> Any:
        """A preview's build as the machine's state asks for it."""
        asked: dict[str, Any] = {"now": self.now, "drafts": self.drafts, "preview": True, "jobs": 1, **options}
        if site.output != self.site.output:
            return build_site(BuildRequest(site.folder, site.output, **asked))
        request = BuildRequest(site.folder, site.output, **asked, touched=self.find_touched())
        seen = glance_at(request, self.memory) if self.left else {}
        pauses = count()

        def pause() -> None:
            """Glance in the middle of a build: at the same files again, and at others."""
            if next(pauses) % 4 == 1:
                others = {f"content/{FOLDERS[one.kind]}/{one.slug}.md" for one in self.records[:2]}
                glance_at(replace(request, touched=frozenset(others)), self.memory)
                glance_at(request, self.memory)

        result = build_site(replace(request, pause=pause), self.memory)
        if result.ok:  # a build that found errors has not looked at the output
            self.left = site.files()
            self.glances += bool(seen)
            assert {path: self.left.get(path) for path in seen} == seen
        return result

    def find_touched(self) -> frozenset[str] | None:
        """What a watcher tells; after others wrote to the output a build must look at everything."""
        before, self.before = self.before, read_source(self.site)
        same_output = self.left == (self.site.files() if self.site.output.exists() else {})
        touched = {path for path in before.keys() | self.before.keys() if before.get(path) != self.before.get(path)}
        return frozenset(touched) if same_output and before else None

    def check_reason(self, path: str, template: str, old: dict[str, bytes]) -> None:
        """Why a page was rendered is kept for ``explain``, which no preview is asked."""


def read_source(site: Site) -> dict[str, bytes]:
    """The bytes of every file of the source, by its path in the site."""
    found = [site.folder / "site.yaml", *(site.folder / "content").rglob("*"), *(site.folder / "themes").rglob("*")]
    return {path.relative_to(site.folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def run_preview(runs: int, steps: int, number: int) -> type[PreviewedSite]:
    """``runs`` previews with ``steps`` edits each; other edits for each ``number``, the same ones every time."""
    machine = seed(number)(type("Previews", (PreviewedSite,), {"steps": 0, "wrong": 0, "often": 10**9}))
    options: Any = {"max_examples": runs, "stateful_step_count": steps}
    run_state_machine_as_test(machine, settings=settings(database=None, deadline=None, **options))
    return machine


@pytest.mark.slow
@pytest.mark.parametrize("number", range(11, 13))
def test_edits_under_a_preview(number: int) -> None:
    machine = run_preview(4, 50, number)
    assert machine.steps >= 100


@pytest.mark.long
def test_many_edits_under_a_preview() -> None:
    machine = run_preview(60, 100, 20)
    assert machine.steps >= 4000
