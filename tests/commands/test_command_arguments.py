"""Odd arguments: each is met with one clear sentence, never with a bug of ours."""

from __future__ import annotations

import pytest

from tests.support.command import run_command

PAGE = "---\ntitle: About\n---\nHello.\n"
LONG = "n" * 300


@pytest.fixture
def site(make_site):
    return make_site({"content/pages/about.md": PAGE}).folder


COMMANDS = (["build"], ["check"], ["due"], ["explain", "/about/"], ["new", "page", "Other"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("now", ["0001-01-01", "0001-01-01T00:00:00+14:00", "0999-12-31", "9999-12-31T23:59-12:00"])
def test_a_moment_outside_the_calendar(site, command, now):
    outcome = run_command(*command, "--site", site, "--now", now)
    assert outcome.code == 2
    assert f'"{now}" is too far from today. Write a year between 1000 and 9000.' in outcome.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("now", ["1000-01-01", "9000-12-31T23:59:59-12:00"])
def test_the_ends_of_the_calendar(site, command, now):
    outcome = run_command(*command, "--site", site, "--now", now)
    assert outcome.code == 0, outcome.err


def test_looking_as_far_ahead_as_can_be(site):
    assert run_command("due", "--site", site, "--now", "9000-12-31", "--within", "9999w").code == 0


@pytest.mark.parametrize("epoch", ["x", "²", "9" * 30, "999999999999", "1.5"])
def test_an_epoch_that_is_no_moment(site, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    outcome = run_command("check", "--site", site)
    assert outcome.code == 2
    assert "which is no number of seconds since 1970" in outcome.err


@pytest.mark.parametrize(
    "url",
    [
        "https://", "https:///x", "http://[::1", "https://example.org:99999/", "https://example.org/?x=1",
        "example.org",
        "https://example.org/#x", "https://example.org/a b/", "https://example.org/\n  X-Evil: 1", "mailto:a@b.co",
        "https://user:pw@example.org/", "https://example.org/a/../b/", "https://example.org/./",
        "https://example.org//a/", "https://example.org/a*/", "https://example.org/:x/", "https://example.org/%2e%2e/",
        'https://example.org/"/', "ftp://example.org/", "",
    ],
)  # fmt: skip
def test_an_address_at_which_no_site_can_stand(site, url):
    outcome = run_command("build", "--site", site, "--base-url", url)
    assert outcome.code == 2
    assert "Invalid value for --base-url: " in outcome.err


@pytest.mark.parametrize("url", ["https://example.org", "http://localhost:8000/", "https://example.org/a/b_c-d.e~f"])
def test_an_address_at_which_a_site_can_stand(site, tmp_path, url):
    output = tmp_path / "public"
    assert run_command("build", "--site", site, "--output", output, "--base-url", url).code == 0
    assert f"Sitemap: {url.rstrip('/')}/sitemap.xml" in (output / "robots.txt").read_text()


@pytest.mark.parametrize(
    "command",
    [["build", "--site", "site", "--output", LONG], ["init", LONG], ["schema", "--output", LONG]],
    ids=["build", "init", "schema"],
)
def test_a_folder_whose_name_is_too_long(site, monkeypatch, command):
    monkeypatch.chdir(site.parent)
    outcome = run_command(*command)
    assert outcome.code == 1
    assert "cannot-write" in outcome.err
    assert "too long" in outcome.err


def test_schemas_into_a_place_below_a_file(site):
    outcome = run_command("schema", "--output", site / "site.yaml" / "x")
    assert outcome.code == 1
    assert "a file stands where a folder is needed" in outcome.err


def test_new_leaves_nothing_behind_when_it_fails(site, monkeypatch):
    from twinsite.scaffold import record

    def fail(*values: object) -> str:
        raise ValueError

    monkeypatch.setattr(record, "fill_scaffold", fail)
    assert run_command("new", "page", "Other", "--site", site).code == 3
    assert sorted(path.name for path in (site / "content/pages").iterdir()) == ["about.md"]


def test_titles_without_latin_letters_get_names_of_their_own(site):
    made = [run_command("new", "page", title, "--site", site, "--now", "2026-06-01").out for title in ("日本", "🎉")]
    assert made == ["content/pages/page-2026-06-01.md\n", "content/pages/page-2026-06-01-2.md\n"]
