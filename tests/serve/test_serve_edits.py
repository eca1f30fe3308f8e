"""Random edits under a preview: what a build keeps in memory for the next never shows in what it leaves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

import twinsite.inputs
from tests.site.test_site_random_edits import EditedSite, compile_once
from tests.support.site import Site
from twinsite.build import BuildRequest, build_site
from twinsite.cache.store import MemoryStore


class PreviewedSite(EditedSite):
    """A site under edit while one preview shows it: all its builds share one memory, the clean ones have none."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = MemoryStore()

    def build(self, site: Site, **options: Any) -> Any:
        """A preview's build as the machine's state asks for it."""
        memory = self.memory if site.output == self.site.output else None
        asked: dict[str, Any] = {"now": self.now, "drafts": self.drafts, "preview": True, "jobs": 1, **options}
        return build_site(BuildRequest(site.folder, site.output, **asked), memory)

    def check_reason(self, path: str, template: str, old: dict[str, bytes]) -> None:
        """Why a page was rendered is kept for ``explain``, which no preview is asked."""


def run_preview(monkeypatch: pytest.MonkeyPatch, runs: int, steps: int, number: int) -> type[PreviewedSite]:
    """``runs`` previews with ``steps`` edits each; other edits for each ``number``, the same ones every time."""
    salt = twinsite.inputs.read_salt()
    monkeypatch.setattr(twinsite.inputs, "read_salt", lambda: salt)
    compile_once(monkeypatch)
    machine = seed(number)(type("Previews", (PreviewedSite,), {"steps": 0, "wrong": 0, "often": 10**9}))
    options: Any = {"max_examples": runs, "stateful_step_count": steps}
    run_state_machine_as_test(machine, settings=settings(database=None, deadline=None, **options))
    return machine


@pytest.mark.slow
@pytest.mark.parametrize("number", range(11, 13))
def test_edits_under_a_preview(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    machine = run_preview(monkeypatch, 4, 50, number)
    assert machine.steps >= 100


@pytest.mark.long
def test_many_edits_under_a_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = run_preview(monkeypatch, 60, 100, 20)
    assert machine.steps >= 4000
