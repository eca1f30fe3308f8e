"""The site with every output family, and what counts as which family."""

from __future__ import annotations

from datetime import datetime

import pytest

from bench.corpus import NOW, make_corpus
from bench.outputs import PICTURES, SWITCHES, group_files, write_full_site
from twinsite.build import build_site
from twinsite.core.request import BuildRequest


@pytest.mark.parametrize("without", [None, *SWITCHES])
def test_the_site_has_every_family_but_one(tmp_path, without):
    write_full_site(make_corpus(20), tmp_path, without)
    result = build_site(BuildRequest(tmp_path, now=datetime.fromisoformat(NOW), strict=True, use_cache=False, jobs=1))
    assert result.ok
    assert [problem.message for problem in result.problems] == []
    found = set(group_files(tmp_path / "public"))
    assert {"records", "lists", "tag pages", "sitemap", "assets", "other pages"} < found
    left = {"archives", "calendars", "rules", "share images", "media kits", PICTURES} - {without}
    assert left < found
    if without in ("archives", "calendars", "rules", "share images", "media kits", PICTURES):
        assert without not in found
