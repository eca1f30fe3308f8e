"""Two whole sites, each built once: ``own`` is that of this repository, ``first`` what ``twinsite init`` makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.web import serve
from twinsite.build import BuildRequest, BuildResult, build_site
from twinsite.scaffold import init_site

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""An instant at which the contests of our own site are in every state."""

SUB_FOLDER = "/some/sub/folder/"


@dataclass(frozen=True, slots=True)
class Built:
    """A site as it was built; ``base_url`` ends in ``prefix``."""

    name: str
    folder: Path
    result: BuildResult
    base_url: str
    prefix: str


@pytest.fixture(scope="session", params=["own", "first"])
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site, built into a folder of its own, or not: one test tells what was in the way."""
    folder = tmp_path_factory.mktemp(request.param)
    site = ROOT
    if request.param == "first":
        site = folder / "site"
        assert init_site(site, NOW, None).problems == ()
    elif not (ROOT / "site.yaml").is_file():
        pytest.skip("There is no content yet.")
    base_url = f"https://example.org{SUB_FOLDER}"
    asked = BuildRequest(site=site, output=folder / "public", now=NOW, base_url=base_url, use_cache=False)
    return Built(request.param, folder / "public", build_site(asked), base_url, SUB_FOLDER)


@pytest.fixture(scope="session")
def built(tried: Built) -> Built:
    """A site that could be built."""
    if not tried.result.ok:
        pytest.skip("The site could not be built; another test says why.")
    return tried


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """Where the site is served, under a sub-folder."""
    with serve(built.folder, built.prefix) as root:
        yield root
