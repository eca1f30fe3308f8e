"""The reference of a twintern in a browser: one sheet that fits every window and prints as one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import PageAt, ServeFolder
from tests.site.test_site_work_log import EVERYTHING, FILES
from tests.support.site import Site, write_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = write_site(Path(tmp_path_factory.mktemp("references")), FILES, EVERYTHING)
    assert site.build().ok
    return site


def test_the_reference_prints_on_one_sheet(site: Site, serve_folder: ServeFolder, page_at: PageAt) -> None:
    page = page_at(320)
    page.goto(f"{serve_folder(site.output)}twinterns/ben/reference/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    names = page.locator(".sheet h2").all_inner_texts()
    assert names == ["In short", "Work record"]
    page.emulate_media(media="print")
    assert not page.locator(".site-header, .site-footer, .crumbs").filter(visible=True).count()
    assert page.get_by_text("Answered plantedletters").is_visible()
    pdf = page.pdf(format="A4", tagged=True, outline=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
    titles = [title.decode("latin-1") for title in re.findall(rb"/Title \(([^)]*)\)", pdf)]
    assert [title for title in titles if title in names] == names
