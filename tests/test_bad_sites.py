"""One small broken site for each rule: the build tells of it in exactly these words, and touches nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.bad_sites import FOLDER, build_bad_site, copy_bad_site
from tests.support.site import write_site
from twinsite.core.rules import RULES

BAD_SITES = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


@pytest.fixture(scope="session")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of an earlier build of a good site."""
    folder = tmp_path_factory.mktemp("old")
    site = write_site(folder, {"content/pages/old.md": "---\ntitle: Old page\n---\nStill here.\n"})
    assert site.build(jobs=1).ok
    return site.output


@pytest.fixture
def output(old_site: Path, tmp_path: Path) -> Path:
    """A copy of it, into which a bad site is built."""
    return Path(shutil.copytree(old_site, tmp_path / "public"))


def read_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("rule", BAD_SITES)
def test_a_bad_site_is_told_of_in_plain_words(rule, tmp_path, output):
    copy_bad_site(rule, tmp_path / "site")
    before = read_files(output)
    outcome = build_bad_site(tmp_path / "site", output)
    assert outcome.err == (FOLDER / rule / "expected.txt").read_text(encoding="utf-8")
    assert f"  {RULES[rule].severity}  {rule}\n" in outcome.err
    assert "Traceback" not in outcome.err + outcome.out
    if RULES[rule].severity == "error":
        assert outcome.code == 1
        assert read_files(output) == before
    else:
        assert outcome.code == 0
        strict = build_bad_site(tmp_path / "site", output, "--strict")
        assert strict.code == (1 if RULES[rule].severity == "warning" else 0)
