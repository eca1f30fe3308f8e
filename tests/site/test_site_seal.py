"""A sealed build: nothing is imported, nothing is done, and it cannot be told from one that worked everything out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.bare import BARE
from tests.support.edits import make_picture
from tests.support.site import NOW, Site, write_site
from twinsite import imprint as imprints
from twinsite import output
from twinsite.aside import Aside
from twinsite.build import BuildRequest, build_site
from twinsite.config import Build
from twinsite.core.digest import digest_bytes
from twinsite.files import Sink
from twinsite.imprint import Outset, is_lasting, open_outset, take_imprint
from twinsite.seal import FOLDER

CONTEST = """\
---
title: Spring contest
kind_of: draw
sponsor: {name: Brightleaf, address: 1 Mill Lane, contact: a@example.org}
opens: 2026-05-01 09:00
closes: 2026-06-10 17:00
prizes: [{place: 1, name: Tea, value: {amount: 10, currency: GBP}}]
entry: {methods: [{type: form, url: https://forms.example/cup}], free_route: Send a card.}
eligibility: {regions: [Kent], minimum_age: 18}
image: {src: cup.jpg, alt: A cup}
---

Send us a picture.
"""

FILES: dict[str, str | bytes] = {
    **BARE,
    "content/contests/spring/index.md": CONTEST,
    "content/contests/spring/cup.jpg": make_picture(1),
    "content/pages/about.md": "---\ntitle: About\n---\n\nWords.\n",
    "content/pages/later.md": "---\ntitle: Later\npublish_at: 2026-07-01 09:00\n---\n\nWords.\n",
    "content/data/points.csv": "name,points\nA,1\n",
    "content/static/robots.txt": "User-agent: *\n",
    "content/static/long.txt": "x" * 300_000,
    "themes/mine/templates/extra.html": "<p>Extra</p>\n",
}
SETTINGS = """\
title: Brightleaf
base_url: https://example.org/
timezone: Europe/London
theme: mine
images: {widths: [16]}
"""
HEAVY = ("pydantic", "pydantic_core", "yaml", "jinja2", "markdown", "pyromark", "PIL", "tornado", "babel", "nh3")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that was built and sealed; it is copied, never changed."""
    site = write_site(tmp_path_factory.mktemp("sealed"), FILES, SETTINGS)
    build(site)
    return site


@pytest.fixture
def site(built: Site, tmp_path: Path) -> Site:
    """The same site in a folder of its own, built there."""
    shutil.copytree(built.folder, tmp_path / "site", ignore=shutil.ignore_patterns("public"))
    site = Site(tmp_path / "site", tmp_path / "site" / "public")
    for _ in range(4):  # A file that was just written is too young to be sure of.
        build(site)
        if is_sealed(site):
            return site
    raise AssertionError("the site was never sealed")


def build(site: Site, now: datetime = NOW, **options: Any) -> Any:
    """A build into the folder that ``site.yaml`` names."""
    result = build_site(BuildRequest(site.folder, now=now, jobs=1, **options))
    assert result.ok, result.problems
    return result


def is_sealed(site: Site, now: datetime = NOW, **options: Any) -> bool:
    """Whether a build now finds its seal."""
    return list(build(site, now, **options).seconds) == ["seal"]


def check_clean(site: Site, tmp_path: Path, result: Any, now: datetime = NOW, **options: Any) -> None:
    """The output is what a clean build makes, and both say the same."""
    clean = tmp_path / "clean"
    expected = build_site(BuildRequest(site.folder, clean, now=now, jobs=1, use_cache=False, **options))
    assert site.files() == Site(site.folder, clean).files()
    assert (result.problems, result.pages, result.withheld) == (expected.problems, expected.pages, expected.withheld)
    assert (result.zone, result.ok) == (expected.zone, expected.ok)


def test_a_sealed_build_says_the_same(site: Site, tmp_path: Path) -> None:
    result = build(site)
    assert list(result.seconds) == ["seal"]
    assert (result.rendered, result.written, result.deleted, result.reused) == (0, 0, 0, result.pages)
    assert result.output == site.folder / "public"
    assert result.withheld
    check_clean(site, tmp_path, result)


def test_a_sealed_build_can_still_be_explained(site: Site) -> None:
    result = build(site)
    assert result.plan is not None
    assert len(result.plan.pages) == result.pages
    assert result.linked is not None
    assert result.linked.withheld


def test_a_sealed_build_imports_nothing_heavy(site: Site) -> None:
    code = f"""
import sys
from twinsite.cli import main
try:
    main(["build", "--site", {str(site.folder)!r}, "--now", {NOW.isoformat()!r}])
finally:
    print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]", done.stdout


def test_the_command_prints_the_same_again(site: Site) -> None:
    site.write("content/pages/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\n[Later](later.md)\n")
    site.write("content/pages/other.md", "---\ntitle: Other\n---\n\nSee [later](later.md).\n")
    command = [sys.executable, "-m", "twinsite", "build", "--site", str(site.folder), "--now", NOW.isoformat()]
    said = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
    assert said[0].stderr
    assert said[0].stderr == said[1].stderr == said[2].stderr
    summaries = [one.stdout.partition(" pages in ")[0] for one in said]
    assert summaries[0] == summaries[1] == summaries[2]


def append(path: str) -> Callable[[Site], None]:
    """One more byte at the end of a file."""

    def edit(site: Site) -> None:
        place = site.folder / path
        place.write_bytes(place.read_bytes() + (b" " if path.endswith(".yaml") else b"\n"))

    return edit


def swap_byte(path: str) -> Callable[[Site], None]:
    """Another byte in a file of the same size."""

    def edit(site: Site) -> None:
        place = site.folder / path
        data = bytearray(place.read_bytes())
        data[-3] ^= 1
        place.write_bytes(data)

    return edit


EDITS: dict[str, Callable[[Site], object]] = {
    "record": append("content/pages/about.md"),
    "same size": swap_byte("content/pages/about.md"),
    "data": append("content/data/points.csv"),
    "static": append("content/static/robots.txt"),
    "large": swap_byte("content/static/long.txt"),
    "picture": lambda site: site.write("content/contests/spring/cup.jpg", make_picture(2)),
    "template": append("themes/mine/templates/extra.html"),
    "theme": append("themes/mine/theme.yaml"),
    "settings": append("site.yaml"),
    "added": lambda site: site.write("content/pages/new.md", "---\ntitle: New\n---\n\nWords.\n"),
    "added to the theme": lambda site: site.write("themes/mine/assets/more.css", "p { color: red }\n"),
    "removed": lambda site: site.delete("content/pages/about.md"),
    "renamed": lambda site: (site.folder / "content/pages/about.md").rename(site.folder / "content/pages/us.md"),
    "swapped": lambda site: swap_files(site, "content/pages/about.md", "content/pages/later.md"),
}


def swap_files(site: Site, first: str, second: str) -> None:
    """Let two files change their names."""
    data = (site.folder / first).read_bytes()
    (site.folder / first).write_bytes((site.folder / second).read_bytes())
    (site.folder / second).write_bytes(data)


@pytest.mark.parametrize("name", EDITS)
def test_any_change_of_the_source_breaks_the_seal(site: Site, tmp_path: Path, name: str) -> None:
    EDITS[name](site)
    result = build(site)
    assert list(result.seconds) != ["seal"]
    check_clean(site, tmp_path, result)


def test_a_change_and_its_undoing(site: Site, tmp_path: Path) -> None:
    before = (site.folder / "content/pages/about.md").read_bytes()
    append("content/pages/about.md")(site)
    site.write("content/pages/about.md", "---\ntitle: About us\n---\n\nOther words.\n")
    build(site)
    site.write("content/pages/about.md", before)
    result = build(site)
    check_clean(site, tmp_path, result)
    assert b"Other words" not in site.files()["about/index.html"]


def test_the_seal_ends_when_a_contest_closes(site: Site, tmp_path: Path) -> None:
    assert is_sealed(site, NOW + timedelta(minutes=1))
    late = datetime(2026, 6, 10, 16, 0, tzinfo=UTC)
    build(site, late - timedelta(seconds=1))
    assert is_sealed(site, late - timedelta(seconds=1))
    result = build(site, late)
    assert list(result.seconds) != ["seal"]
    check_clean(site, tmp_path, result, late)


@pytest.mark.parametrize(
    "options", [{"drafts": True}, {"base_url": "https://example.net/"}, {"preview": True}, {"thorough": True}]
)
def test_other_flags_have_no_seal(site: Site, tmp_path: Path, options: dict[str, Any]) -> None:
    result = build(site, **options)
    assert list(result.seconds) != ["seal"]
    expected = {key: value for key, value in options.items() if key != "thorough"}
    check_clean(site, tmp_path, result, **expected)


def test_another_output_has_no_seal(site: Site, tmp_path: Path) -> None:
    assert list(build(site, output=tmp_path / "other").seconds) != ["seal"]
    assert Site(site.folder, tmp_path / "other").files() == site.files()
    assert is_sealed(site)


def touch(place: Path) -> None:
    """Other bytes of the same length, and the times as they were."""
    status = place.stat()
    data = place.read_bytes()
    place.write_bytes(data[:-2] + b"?" + data[-1:])
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("how", ["edit", "delete", "touch", "link", "manifest"])
def test_a_touched_output_is_mended(site: Site, tmp_path: Path, how: str) -> None:
    place = site.output / "about" / "index.html"
    if how == "edit":
        place.write_bytes(place.read_bytes() + b"more")
    elif how == "delete":
        place.unlink()
    elif how == "touch":
        touch(place)
    elif how == "link":
        (tmp_path / "copy.html").write_bytes(b"other")
        place.unlink()
        place.symlink_to(tmp_path / "copy.html")
    else:
        (site.output / ".twinsite-manifest").unlink()
    result = build(site, force=how in ("link", "manifest"))
    assert list(result.seconds) != ["seal"]
    check_clean(site, tmp_path, result)


def test_a_foreign_file_is_left_alone(site: Site) -> None:
    (site.output / "CNAME").write_text("example.org", "utf-8")
    assert is_sealed(site)
    assert (site.output / "CNAME").read_text("utf-8") == "example.org"


def test_what_a_killed_build_left_is_removed(site: Site, tmp_path: Path) -> None:
    (site.output / ".twinsite-pending").write_text("about/.index.html.tw-tmp\n", "utf-8")
    (site.output / "about" / ".index.html.tw-tmp").write_text("half", "utf-8")
    result = build(site)
    assert list(result.seconds) != ["seal"]
    check_clean(site, tmp_path, result)


def test_a_damaged_cache_counts_for_nothing(site: Site, tmp_path: Path) -> None:
    place = site.folder / FOLDER / "cache.sqlite3"
    data = place.read_bytes()
    for start in range(100, len(data), len(data) // 7):
        place.write_bytes(data[:start] + bytes(len(data) - start))
        check_clean(site, tmp_path, build(site))
        shutil.rmtree(tmp_path / "clean")


def test_a_foreign_file_in_place_of_the_cache_is_not_asked(site: Site) -> None:
    (site.folder / FOLDER / "cache.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(500))
    assert not is_sealed(site)


def test_the_digests_of_an_imprint_are_those_of_the_bytes(site: Site) -> None:
    imprint = take_imprint(BuildRequest(site.folder, now=NOW))
    assert imprint is not None
    digests = imprint.list_digests(site.folder)
    assert "content/static/long.txt" not in digests
    assert "content/pages/about.md" in digests
    assert digests == {path: digest_bytes((site.folder / path).read_bytes()) for path in digests}


def take_outset(request: BuildRequest) -> Outset | None:
    with open_outset(request) as opening:
        return opening and opening.finish()


@pytest.mark.parametrize("many", [1, 2000])
def test_the_digests_of_what_was_read_make_the_same_imprint(
    site: Site, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(imprints, "MANY", many)  # from so many on, another process looks
    request = BuildRequest(site.folder, now=NOW)
    imprint, outset = take_imprint(request), take_outset(request)
    assert imprint is not None
    assert outset is not None
    read = {path: digest for path, digest in imprint.list_digests(site.folder).items() if path.endswith(".md")}
    made = outset.complete(request, read)
    assert made is not None
    assert (made.key, made.looks, made.digests, made.large) == (
        imprint.key,
        imprint.looks,
        imprint.digests,
        imprint.large,
    )
    assert outset.complete(request, {path: read[path] for path in list(read)[1:]}) is None


def test_a_first_build_is_sealed_unless_a_text_changed_meanwhile(site: Site) -> None:
    time.sleep(0.1)  # so that no file is too young
    shutil.rmtree(site.folder / FOLDER)
    build(site)
    assert is_sealed(site)
    shutil.rmtree(site.folder / FOLDER)
    request = BuildRequest(site.folder, now=NOW)
    outset = take_outset(request)
    read = {one: digest_bytes((site.folder / one).read_bytes()) for one in FILES if one.endswith(".md")}
    swap_byte("content/pages/about.md")(site)
    made = outset.complete(request, read) if outset else None
    assert made is not None
    assert not is_lasting(request, made, time.time_ns())


def test_what_another_process_could_not_look_at_is_looked_at_here(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    request = BuildRequest(site.folder, now=NOW)
    expected = take_outset(request)
    monkeypatch.setattr(imprints, "MANY", 1)
    for told in (None, b"", b"nonsense"):
        aside = Aside()
        monkeypatch.setattr(aside, "wait", lambda told=told: told)
        monkeypatch.setattr(imprints, "keep_aside", lambda *makes, aside=aside, **more: nullcontext(aside))
        found = take_outset(request)
        assert found is not None
        assert expected is not None
        assert (found.looks, found.digests, found.texts) == (expected.looks, expected.digests, expected.texts)


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("path", [None, "content/pages/about.md", "content/static/long.txt", "content/pages/new.md"])
@pytest.mark.parametrize("margin", [0, imprints.COARSE_MARGIN])
def test_another_process_looks_once_more_and_sees_what_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str | None, margin: int
) -> None:
    monkeypatch.setattr(imprints, "MANY", 1)
    monkeypatch.setattr(imprints, "COARSE_MARGIN", margin)  # with 0 nothing is too young
    time.sleep(0.1)
    request = BuildRequest(site.folder, now=NOW)
    imprint = take_imprint(request)
    with open_outset(request) as opening:
        assert opening
        assert imprint
        assert opening.finish()
        if path:
            with (site.folder / path).open("a") as file:
                file.write(" ")
        opening.look_again()
        latest = opening.find_latest()
        assert (latest is None) is (path is not None)
        assert is_lasting(request, imprint, time.time_ns(), latest) is (path is None)


@pytest.mark.usefixtures("forking")
@pytest.mark.parametrize("dated_back", [False, True])
def test_young_files_are_read_again_whatever_they_look_like(
    site: Site, monkeypatch: pytest.MonkeyPatch, dated_back: bool
) -> None:
    monkeypatch.setattr(imprints, "MANY", 1)
    about, request = site.folder / "content/pages/about.md", BuildRequest(site.folder, now=NOW)
    about.touch()
    if dated_back:  # as those who copy files do; that they came just now is still known
        site.delete("content/static/long.txt")  # a large one would not be read
        for path in site.folder.rglob("*"):
            os.utime(path, (0, 0))
    with open_outset(request) as opening:
        assert opening
        opening.finish()
        imprint = take_imprint(request)
        opening.look_again()
        latest = opening.find_latest()
        assert imprint
        assert latest
        assert is_lasting(request, imprint, time.time_ns(), latest)
        about.write_bytes(about.read_bytes().swapcase())
        assert not is_lasting(request, imprint, time.time_ns(), latest)


def test_the_second_look_begins_when_the_last_file_is_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site.folder / FOLDER, ignore_errors=True)
    done: list[str] = []

    def note(place: Any, name: str) -> None:
        function = getattr(place, name)

        def act(*arguments: Any, **options: Any) -> Any:
            result = function(*arguments, **options)
            done.append(name)
            return result

        monkeypatch.setattr(place, name, act)

    note(output, "make_files")
    note(imprints.Opening, "look_again")
    note(Sink, "commit")
    build(site)
    assert done == ["make_files", "look_again", "commit"]


@pytest.mark.parametrize("orphaned", [False, True])
def test_where_something_is_told_nobody_relies_on_the_second_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orphaned: bool
) -> None:
    """To find the place of what is wrong, the source may be read once more."""
    home = "---\ntitle: Home\n---\n\n" + ("" if orphaned else "[About](/about/)\n")
    site = write_site(tmp_path, {"content/index.md": home, "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    asked: list[bool] = []
    monkeypatch.setattr(imprints.Opening, "find_latest", lambda self: asked.append(True))
    assert bool(build(site).problems) is orphaned
    assert bool(asked) is not orphaned


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_have_no_imprint(site: Site) -> None:
    request = BuildRequest(site.folder, now=NOW)
    assert take_imprint(request) is not None
    (site.folder / "content/pages/more.md").symlink_to(site.folder / "content/pages/about.md")
    assert take_imprint(request) is None


def test_the_seal_is_looked_for_where_caches_lie_by_default() -> None:
    assert Build().cache == FOLDER
