"""Records are checked at once or afterwards, by one process or by several: what is wrong with them is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.quotes import write_quote
from tests.support.site import SETTINGS, Site, write_site
from tests.support.texts import contest
from twinsite.link import checks
from twinsite.read.drafts import _read_body


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Contests without a lock, one of whose texts says another day than its field, among records that are right."""
    wrong = contest().rstrip() + "\n\nThe contest closes on 2 July 2026.\n"
    files = {f"content/contests/spring-{number}.md": contest() for number in range(4)}
    files |= {f"content/showcases/voice-{number}.md": write_quote(number) for number in range(1, 4)}
    return write_site(tmp_path, {**files, "content/contests/autumn.md": wrong}, SETTINGS)


def test_it_does_not_matter_who_checks_and_when(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = site.build(jobs=2, use_cache=False)
    assert {problem.rule for problem in at_once.problems} == {"contest-not-locked", "text-contradicts-field"}
    monkeypatch.setattr("twinsite.records.MANY", 1)
    assert site.build(jobs=1, use_cache=False).problems == at_once.problems
    for name, value in (("MANY", 2), ("FEWEST", 1), ("CHUNK", 2)):
        monkeypatch.setattr(checks, name, value)
    assert site.build(jobs=2, use_cache=False).problems == at_once.problems


def test_a_body_is_read_again_only_where_it_may_hold_a_figure(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def read_again(folder: Path, path: str, digest: str) -> str:
        asked.append(path)
        return _read_body(folder, path, digest)

    monkeypatch.setattr("twinsite.read.drafts._read_body", read_again)
    first = site.build(jobs=1)
    assert set(asked) == {"content/contests/autumn.md"}
    assert "text-contradicts-field" in {problem.rule for problem in first.problems}
    right = (site.folder / "content/contests/spring-1.md").read_text()
    for text, found in ((f"{right}\nThe contest closes on 3 July 2026.\n", 2), (right, 1)):
        site.write("content/contests/spring-1.md", text)
        told = [problem.path for problem in site.build(jobs=1).problems if problem.rule == "text-contradicts-field"]
        assert len(told) == found
