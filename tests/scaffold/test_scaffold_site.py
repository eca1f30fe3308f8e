"""The first site that ``init`` writes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from click.testing import CliRunner

from twinsite.build import BuildRequest, build_site
from twinsite.cli import cli
from twinsite.scaffold import init_site

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TITLES = [
    None,
    'He said "soap": & more',
    "Seife # 1: {die beste} - 100%",
    "🧼 Bubbles 🫧",
    "صابون ✓",
    "*** !!!",
    "<b>Soap</b> \\ 'raw'",
    "%brand% %day%",
    "yes",
    "\x00\x1b[31m\ud800 null \ufeff",
]


def build(folder, now=NOW, **options):
    return build_site(BuildRequest(folder, folder / "public", now=now, strict=True, jobs=1, **options))


def read_all(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("title", TITLES)
def test_it_builds_with_no_problem_of_any_severity(tmp_path, title):
    done = init_site(tmp_path / "site", NOW, title)
    assert done.problems == ()
    assert done.kept == ()
    result = build(tmp_path / "site")
    assert result.problems == ()
    assert result.ok
    assert result.withheld == ()


@pytest.mark.parametrize("day", ["2026-01-01", "2026-03-29", "2026-10-25", "2028-02-29", "2027-12-31"])
def test_it_builds_on_any_day_in_any_zone_and_its_contest_is_open(tmp_path, day):
    now = datetime.fromisoformat(f"{day}T12:00+00:00")
    init_site(tmp_path, now)
    settings = tmp_path / "site.yaml"
    settings.write_text(settings.read_text().replace("timezone: UTC", "timezone: Pacific/Auckland"))
    result = build(tmp_path, now)
    assert result.problems == ()
    contest = (tmp_path / "public" / "contests" / "name-our-next-soap" / "index.html").read_text()
    assert 'data-state="open"' in contest


def test_the_title_is_that_of_the_site_and_its_brand(tmp_path):
    title = 'Ann & "Bob": soap'
    init_site(tmp_path, NOW, title)
    settings = yaml.safe_load((tmp_path / "site.yaml").read_text())
    assert settings["title"] == settings["brand"]["name"] == title


def test_every_kind_has_one_example_and_all_necessary_files_are_there(tmp_path):
    from twinsite.kinds import KINDS

    written = set(init_site(tmp_path, NOW).written)
    for kind in KINDS:
        assert [path for path in written if path.startswith(f"content/{kind.folder}/") and path.endswith(".md")]
    assert {".gitignore", ".github/workflows/site.yml", "site.yaml", "README.md", "content/index.md"} <= written
    assert {"content/pages/privacy.md", "content/pages/contact.md"} <= written
    ignored = (tmp_path / ".gitignore").read_text().splitlines()
    assert {"public/", ".twinsite/", "entries-raw/"} <= set(ignored)


def test_the_workflow_builds_strictly_and_each_night(tmp_path):
    init_site(tmp_path, NOW)
    workflow = yaml.safe_load((tmp_path / ".github/workflows/site.yml").read_text())
    triggers = workflow[True]
    assert triggers["schedule"] == [{"cron": "17 1 * * *"}]
    commands = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    assert any(command.startswith("twinsite build --strict") for command in commands)


def test_files_that_are_there_stay_and_are_named(tmp_path):
    mine = {"site.yaml": "mine", "content/index.md": "mine too", "notes.txt": "unrelated"}
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    done = init_site(tmp_path, NOW)
    assert set(done.kept) == {"site.yaml", "content/index.md"}
    assert {name: (tmp_path / name).read_text() for name in mine} == mine
    again = init_site(tmp_path, NOW)
    assert again.written == ()
    assert set(again.kept) == set(done.written) | set(done.kept)


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "site.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert "site.yaml" in init_site(tmp_path / "site", NOW).kept
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_file_in_the_place_of_the_folder_is_a_problem(tmp_path):
    (tmp_path / "site").write_text("a file")
    (problem,) = init_site(tmp_path / "site", NOW).problems
    assert problem.rule == "cannot-write"
    assert "is a file" in problem.message
    assert (tmp_path / "site").read_text() == "a file"


def test_a_file_in_the_place_of_an_inner_folder_is_a_problem(tmp_path):
    (tmp_path / "content").write_text("a file")
    (problem,) = init_site(tmp_path, NOW).problems
    assert problem.rule == "cannot-write"
    assert "content/" in problem.message


def test_the_same_day_gives_the_same_bytes(tmp_path):
    init_site(tmp_path / "one", NOW)
    init_site(tmp_path / "two", NOW + timedelta(hours=1))
    one, two = (read_all(tmp_path / name) for name in ("one", "two"))
    assert one == two


def test_the_command_says_what_it_wrote_and_what_it_left(tmp_path):
    runner = CliRunner()
    first = runner.invoke(cli, ["init", str(tmp_path / "demo"), "--now", NOW.isoformat()])
    assert first.exit_code == 0
    assert "files written" in first.stdout
    second = runner.invoke(cli, ["init", str(tmp_path / "demo")])
    assert second.exit_code == 0
    assert "Left as it was: site.yaml" in second.stderr
    checked = runner.invoke(
        cli, ["check", "--strict", "--format", "json", "--site", str(tmp_path / "demo"), "--now", NOW.isoformat()]
    )
    assert json.loads(checked.stdout)["problems"] == []
    assert checked.exit_code == 0
