"""A large site lets go of views, records and bodies on the way; what a visitor gets is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.quotes import write_quote
from tests.support.site import Site, write_site

PLACES = ("twinsite.plan.parts.LARGE", "twinsite.records.LARGE", "twinsite.survey.LARGE", "twinsite.plan.parts.FEWEST")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    files = {f"content/showcases/voice-{number}.md": write_quote(number) for number in range(1, 6)}
    return write_site(tmp_path, {**files, "content/pages/visit.md": "---\ntitle: Visit\n---\n\nOpen on Monday.\n"})


def test_a_large_site_is_built_like_any_other(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Site(site.folder, tmp_path / "small")
    assert small.build(use_cache=False).ok
    for place in PLACES:
        monkeypatch.setattr(place, 1)
    assert site.build().rendered == site.build(use_cache=False).rendered
    assert site.files() == small.files()
    site.write("content/pages/visit.md", "---\ntitle: Visit\n---\n\nOpen on Tuesday.\n")
    assert site.build().rendered == 1
    site.write("site.yaml", (site.folder / "site.yaml").read_text().replace("title: ", "title: New "))
    again = site.build()
    assert again.rendered == again.pages
    assert small.build(use_cache=False).ok
    assert site.files() == small.files()
