"""One more record: ``new``."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import yaml
from click.testing import CliRunner

from twinsite.build import BuildRequest, build_site
from twinsite.cli import cli
from twinsite.kinds import KINDS
from twinsite.scaffold import init_site, new_record
from twinsite.scaffold.name import LONGEST, clean_title, name_record

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
SETTINGS = "title: T\nbase_url: https://example.org/\ntimezone: Asia/Tokyo\n"
TITLES = [
    "Plain words",
    "Quotes \"double\" and 'single'",
    "A colon: and # a hash",
    "- a dash, [brackets], {braces}",
    "🎉 Party 👩🏽‍🍳",
    "مسابقة الربيع",
    "עברית",
    "!!!",
    "null",
    "2026",
    "%title% %slug%",
    "a\nb\tc\x00\x7f\x85\u2028d\ufeff",
    "--- \\ & * @ ` | >",
    "x" * 300,
]


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site.yaml").write_text(SETTINGS)
    (tmp_path / "content").mkdir()
    return tmp_path


def check(site, **options):
    return build_site(BuildRequest(site, now=NOW, strict=True, write=False, jobs=1, use_cache=False, **options))


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_scaffold_passes_check_as_a_draft_and_shown(site, kind):
    done = new_record(site, kind, "It's: a “new” one", NOW)
    assert done.problems == ()
    assert done.path.endswith("/its-a-new-one.md")
    for drafts in (False, True):
        result = check(site, drafts=drafts)
        assert [problem for problem in result.problems if problem.severity != "notice"] == []
        assert result.ok


@pytest.mark.parametrize("title", TITLES)
def test_any_title_gives_a_valid_file(site, title):
    for kind in KINDS:
        done = new_record(site, kind.name, title, NOW)
        assert done.problems == ()
        text = (site / done.path).read_text(encoding="utf-8")
        values = yaml.load(text.split("\n---\n")[0], yaml.BaseLoader)
        assert values["name" if kind.name == "twintern" else "title"] == clean_title(title)
    result = check(site, drafts=True)
    assert [problem for problem in result.problems if problem.severity != "notice"] == []


def test_the_day_is_that_of_the_sites_zone(site):
    done = new_record(site, "announcement", "News", NOW)
    assert "date: 2026-11-23" in (site / done.path).read_text()


def test_the_folders_name_is_understood_too(site):
    assert new_record(site, "contests", "A cup of spring", NOW).path == "content/contests/a-cup-of-spring.md"


@pytest.mark.parametrize("there", ["news.md", "2026/news.md", "news/index.md", "2026/news/index.md"])
def test_an_existing_record_is_left_alone(site, there):
    path = site / "content/announcements" / there
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    (problem,) = new_record(site, "announcement", "News!", NOW).problems
    assert problem.rule == "record-exists"
    assert problem.path == f"content/announcements/{there}"
    assert path.read_text() == "mine"
    assert [found for found in (site / "content").rglob("*") if found.is_file()] == [path]


def test_pages_of_one_name_in_different_folders_are_no_clash(site):
    (site / "content/pages/guide").mkdir(parents=True)
    (site / "content/pages/guide/news.md").write_text("mine")
    assert new_record(site, "page", "News", NOW).path == "content/pages/news.md"


def test_an_unknown_kind_is_met_with_the_nearest(site):
    (problem,) = new_record(site, "contst", "x", NOW).problems
    assert problem.rule == "unknown-kind"
    assert 'Did you mean "contest"?' in problem.message


@pytest.mark.parametrize("title", ["", "  ", "\x00\n"])
def test_an_empty_title_is_a_problem(site, title):
    (problem,) = new_record(site, "page", title, NOW).problems
    assert problem.rule == "empty-title"


def test_a_folder_that_is_no_site_is_a_problem(tmp_path):
    (problem,) = new_record(tmp_path, "page", "News", NOW).problems
    assert problem.rule == "no-settings"
    assert not (tmp_path / "content").exists()


def test_a_site_with_a_broken_settings_file_still_takes_a_record(site):
    (site / "site.yaml").write_text("title: [")
    assert new_record(site, "page", "News", NOW).path == "content/pages/news.md"


def test_a_file_in_the_place_of_the_folder_is_a_problem(site):
    (site / "content/pages").write_text("a file")
    (problem,) = new_record(site, "page", "News", NOW).problems
    assert problem.rule == "cannot-write"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A Cup of Spring 2026", "a-cup-of-spring-2026"),
        ("It's ours", "its-ours"),
        ("Größe & Straße", "grosse-strasse"),
        ("Łódź Œuvre Ærø", "lodz-oeuvre-aero"),
        ("Привет, мир", "privet-mir"),
        ("Щука и объезд", "shchuka-i-obieezd"),
        ("Αθήνα", "athina"),
        ("ﬁne ½ №5", "fine-1-2-no5"),
        ("con", "page-con"),
        ("Contests", "page-contests"),
        ("2026", "page-2026"),
        ("🎉", "page-2026-11-22"),
        ("日本", "page-2026-11-22"),
    ],
)
def test_names_are_made_of_what_can_be_read(title, slug):
    assert name_record(title, "page", DAY) == slug


def test_a_long_name_is_cut_between_words():
    slug = name_record("word " * 40, "page", DAY)
    assert len(slug) <= LONGEST
    assert set(slug.split("-")) == {"word"}


def test_the_command_prints_the_path_and_refuses_with_exit_1(site):
    runner = CliRunner()
    done = runner.invoke(cli, ["new", "page", "News", "--site", str(site)])
    assert (done.exit_code, done.stdout) == (0, "content/pages/news.md\n")
    again = runner.invoke(cli, ["new", "page", "News", "--site", str(site)])
    assert again.exit_code == 1
    assert "record-exists" in again.stderr


def test_it_fits_into_the_example_site(tmp_path):
    init_site(tmp_path, NOW)
    for kind in KINDS:
        assert new_record(tmp_path, kind.name, "One more", NOW).problems == ()
    assert check(tmp_path).problems == ()
