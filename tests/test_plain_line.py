"""The plain command line: understood without click, and exactly as click understands it, else not at all."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.site import write_site
from twinsite.commands.build import build
from twinsite.commands.plain import FLAGS, VALUES, read_instant, read_plain

NOW = "2026-06-01T12:00:00Z"
PLAIN = [*FLAGS, *VALUES, *VALUES, ".", "2", "0", NOW, "2026-06-01", "none-there"]
ODD = ["-q", "--site=.", "--verify", "-", "--", "", "-1", "1e3", "٣", "99999", "999-01-01", "--forc", "-v", "--help"]
lines = st.lists(st.sampled_from(PLAIN) | st.sampled_from([*PLAIN, *ODD]), max_size=8)
well_formed = st.permutations(
    [["--site", "."], ["--output", "none-there"], ["--now", NOW], ["--jobs", "2"], *([flag] for flag in FLAGS)]
).flatmap(lambda parts: st.integers(0, len(parts)).map(lambda size: [word for part in parts[:size] for word in part]))


def read_long(words: list[str]) -> dict[str, object]:
    """What click makes of the words behind ``build``."""
    with build.make_context("build", list(words)) as context:
        return dict(context.params)


@given(lines | well_formed)
def test_what_is_plain_means_what_click_takes_it_for(words):
    short = read_plain(["build", *words], {})
    if short is None:
        return
    long = read_long(words)
    assert (short.site, short.output) == (long["site"], long["output"])
    assert (short.drafts, short.strict, short.force) == (long["drafts"], long["strict"], long["force"])
    assert (short.jobs, short.use_cache) == (long["jobs"], not long["no_cache"])
    assert (long["base_url"], long["verify"], long["style"]) == (None, False, "text")
    assert long["now"] in (None, short.now)


@given(well_formed)
def test_every_order_of_usual_options_is_plain(words):
    assert read_plain(["build", *words], {}) is not None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["-q", "build"],
        ["build", "--verify"],
        ["build", "--site=x"],
        ["build", "--now", "tomorrow"],
        ["build", "--jobs", "-1"],
        ["build", "--site", __file__],
        ["build", "--format", "json"],
        ["build", "--strict", "--strict"],
        ["build", "--site"],
        ["build", "--site", "--drafts", "."],
    ],
)
def test_whatever_else_is_left_to_click(words):
    assert read_plain(words, {}) is None


@pytest.mark.parametrize("name", ["SOURCE_DATE_EPOCH", "_TWINSITE_COMPLETE"])
def test_a_variable_that_changes_the_meaning_is_left_to_click(name):
    assert read_plain(["build"], {name: "1"}) is None


def test_without_now_it_is_the_present():
    before = datetime.now(UTC)
    request = read_plain(["build"], {})
    assert request is not None
    assert before <= request.now <= datetime.now(UTC)


def test_an_instant_without_offset_is_in_utc():
    assert read_instant(" 2026-06-01 ") == datetime(2026, 6, 1, tzinfo=UTC)


def run_process(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "twinsite", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_plain_build_says_the_same_as_the_long_way_and_needs_no_click(tmp_path):
    site = write_site(tmp_path, {"content/pages/about.md": "---\ntitle: About\n---\nHello.\n"})
    words = ("build", "--site", site.folder, "--output", site.output, "--now", NOW, "--jobs", "1")
    short = run_process(*words)
    assert short.returncode == 0
    assert " click" not in short.stderr
    long = run_process(*words, "--format", "text")
    assert " click" in long.stderr
    assert f"pages in {site.output}" in short.stdout
    assert short.stdout.partition(":")[0] == long.stdout.partition(":")[0]


def test_a_plain_build_of_wrong_content_says_what_is_wrong_and_ends_with_1(tmp_path):
    site = write_site(tmp_path, {"content/pages/about.md": "---\ntitle: About\nsumary: Hello.\n---\nHello.\n"})
    done = run_process("build", "--site", site.folder, "--output", site.output, "--now", NOW)
    assert (done.returncode, done.stdout) == (1, "Nothing was written; the site is as it was.\n")
    assert 'Did you mean "summary"?' in done.stderr


def test_a_plain_build_on_a_full_disk_says_so_without_a_traceback(tmp_path):
    site = write_site(tmp_path, {"content/pages/about.md": "---\ntitle: About\n---\nHello.\n"})
    words = ["build", "--site", str(site.folder), "--output", str(site.output), "--now", NOW]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "twinsite", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("There is no room left to write")
