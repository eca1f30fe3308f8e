"""The command line: exit codes, formats, how much is said, and what happens when a build is interrupted or fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.support.command import Outcome, run_command
from tests.support.site import SETTINGS, Site, write_site
from twinsite import __version__
from twinsite.cli import COMMANDS, cli

NOW = "2026-06-01T12:00:00Z"
GOOD = "---\ntitle: About\n---\nHello.\n"
WARNS = "---\ntitle: About\n---\nHello.\n\n<iframe></iframe>\n"
WRONG = "---\ntitle: About\nsumary: Hello.\n---\nHello.\n"
HELD = "---\ntitle: Plan\npublish_at: 2026-06-03 09:00\n---\nSoon.\n"
NOTICED = "---\ntitle: About\n---\nSee [the plan](plan.md).\n"
PAGE, PLAN = "content/pages/about.md", "content/pages/plan.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return write_site(tmp_path, {PAGE: GOOD})


def build(site: Site, *options: str) -> Outcome:
    return run_command("build", "--site", site.folder, "--output", site.output, "--now", NOW, "--jobs", 1, *options)


def check(site: Site, *options: str) -> Outcome:
    return run_command("check", "--site", site.folder, "--now", NOW, *options)


def test_a_good_site_builds_and_says_so(site):
    outcome = build(site)
    assert outcome.code == 0
    assert outcome.err == ""
    assert "2 files written" not in outcome.out
    assert f"pages in {site.output}" in outcome.out


def test_errors_exit_with_1_and_a_count(site):
    site.write(PAGE, WRONG)
    outcome = build(site)
    assert (outcome.code, outcome.out) == (1, "Nothing was written; the site is as it was.\n")
    assert outcome.err.endswith('Did you mean "summary"?\n\n1 error\n')


@pytest.mark.parametrize("command", [build, check])
def test_strict_makes_warnings_stop_the_build(site, command):
    site.write(PAGE, WARNS)
    assert command(site).code == 0
    assert command(site, "--strict").code == 1
    assert not site.output.exists() or "iframe" not in site.text("about/")


def test_strict_lets_notices_pass(site):
    site.write(PAGE, NOTICED)
    site.write(PLAN, HELD)
    outcome = build(site, "--strict")
    assert outcome.code == 0
    assert "  notice  link-to-withheld\n" in outcome.err


def test_check_fails_on_what_is_overdue_and_build_does_not(site):
    contest = """
        ---
        title: Cup
        kind_of: draw
        sponsor: {name: Brightleaf}
        opens: 2026-04-01 09:00
        closes: 2026-05-01 09:00
        winners_announced: 2026-05-10 09:00
        prizes:
          - {name: Mug, value: {amount: 12, currency: GBP}}
        ---
        """
    site.write("content/contests/cup.md", contest.lstrip("\n"))
    assert build(site, "--strict").code == 0
    assert check(site).code == 1
    assert not [path for path in site.folder.iterdir() if path.name == "public"]


def test_check_writes_nothing(site):
    assert check(site).code == 0
    assert not site.output.exists()


def test_a_withheld_record_is_named_with_its_reason_and_its_moment(site):
    site.write(PLAN, HELD)
    assert (
        "1 withheld:\n  content/pages/plan.md  scheduled until 2026-06-03 09:00 BST, in 1 d 20 h\n" in build(site).out
    )


KEYS = ["pages", "rendered", "written", "reused", "deleted", "withheld", "problems", "seconds", "slowest"]
NUMBERS = KEYS[:5]


def read_json(outcome: Outcome) -> dict:
    """The one object on stdout; stderr must be empty."""
    assert outcome.err == ""
    found = json.loads(outcome.out)
    assert list(found) == KEYS
    assert all(type(found[name]) is int for name in NUMBERS)
    assert all(type(taken) is float for taken in found["seconds"].values())
    return found


@pytest.mark.parametrize("command", [build, check])
def test_json_on_success(site, command):
    site.write(PLAN, HELD)
    outcome = command(site, "--format", "json")
    found = read_json(outcome)
    assert outcome.code == 0
    assert found["pages"] > 0
    assert found["problems"] == []
    assert found["withheld"] == [
        {"path": "content/pages/plan.md", "reason": "scheduled", "until": "2026-06-03T09:00:00+01:00"}
    ]


@pytest.mark.parametrize("command", [build, check])
def test_json_on_errors(site, command):
    assert build(site).code == 0
    site.write(PAGE, WRONG)
    outcome = command(site, "--format", "json")
    found = read_json(outcome)
    assert outcome.code == 1
    assert {name: found[name] for name in NUMBERS[1:]} == dict.fromkeys(NUMBERS[1:], 0)
    assert found["problems"] == [
        {
            "rule": "unknown-field",
            "severity": "error",
            "path": "content/pages/about.md",
            "line": 3,
            "column": 1,
            "message": 'There is no field "sumary" on a page. Did you mean "summary"?',
            "hint": "",
        }
    ]


@pytest.mark.parametrize("settings", [b"title: @x\n", b"\xff", b"", None], ids=["wrong", "bytes", "empty", "none"])
@pytest.mark.parametrize("command", [build, check])
def test_json_when_the_settings_cannot_be_read(site, command, settings):
    if settings is None:
        site.delete("site.yaml")
    else:
        site.write("site.yaml", settings)
    outcome = command(site, "--format", "json")
    found = read_json(outcome)
    assert outcome.code == 1
    assert {problem["path"] for problem in found["problems"]} == {"site.yaml"}
    assert all(problem["line"] is None or problem["line"] > 0 for problem in found["problems"])


def test_wrong_settings_do_not_hide_the_mistakes_of_other_files(site):
    site.write("site.yaml", SETTINGS + "titel: x\n")
    site.write(PAGE, WRONG)
    found = read_json(build(site, "--format", "json"))
    assert [(problem["path"], problem["rule"]) for problem in found["problems"]] == [
        ("content/pages/about.md", "unknown-field"),
        ("site.yaml", "unknown-field"),
    ]


def test_json_says_nothing_else_even_when_it_shall_say_more(site):
    assert read_json(build(site, "--format", "json", "--verbose"))["pages"] > 0
    assert read_json(build(site, "--format", "json", "--quiet"))["pages"] > 0


def test_github_annotations_stand_at_their_lines(site, monkeypatch):
    site.write(PAGE, "---\ntitle: About\nsumary: 100%, yes\n---\nHello.\n\n<iframe></iframe>\n")
    monkeypatch.chdir(site.folder)
    outcome = build(site, "--format", "github")
    assert outcome.code == 1
    assert outcome.err.splitlines() == [
        "::error file=content/pages/about.md,line=3,col=1,title=unknown-field::"
        'There is no field "sumary" on a page. Did you mean "summary"?',
        "::warning file=content/pages/about.md,line=7,col=1,title=html-removed::"
        "The tag <iframe> is not allowed in a text and was left out. It would tell another server of each visitor. "
        "Link to what it shows: [See the film](https://example.com/film)",
    ]


def test_github_annotations_name_files_from_the_working_folder(site, monkeypatch):
    site.write(PAGE, WRONG)
    monkeypatch.chdir(site.folder.parent)
    assert build(site, "--format", "github").err.startswith("::error file=site/content/pages/about.md,line=3,")


def test_github_annotations_escape_what_would_end_them(site):
    from twinsite.console import write_annotation
    from twinsite.core.problem import Problem

    problem = Problem(
        "not-a-table", "content/data/a,b:c.yaml", "100% wrong.", "Write:\n- a: 1", 1, None, severity="notice"
    )
    assert write_annotation(problem, site.folder) == (
        "::notice file=content/data/a%2Cb%3Ac.yaml,line=1,col=1,title=not-a-table::100%25 wrong. Write:%0A- a: 1"
    )


@pytest.mark.parametrize("place", ["before", "after"])
def test_quiet_prints_no_notice_and_no_summary(site, place):
    site.write(PAGE, NOTICED)
    site.write(PLAN, HELD)
    arguments = ["build", "--site", site.folder, "--output", site.output, "--now", NOW, "--jobs", 1]
    arguments.insert(0 if place == "before" else len(arguments), "--quiet")
    assert run_command(*arguments) == Outcome(0, "", "")


def test_quiet_still_prints_what_is_wrong(site):
    site.write(PAGE, WRONG)
    outcome = build(site, "-q")
    assert (outcome.code, outcome.out) == (1, "")
    assert "unknown-field" in outcome.err


def read_tables(out: str) -> dict[str, list[list[str]]]:
    """The tables below the summary by the first words of their heads, as rows of cells."""
    blocks = out.split("\n\n")[1:]
    rows = [[re.split(r" {2,}", line.strip()) for line in block.strip().split("\n")] for block in blocks]
    return {table[0][0]: table for table in rows}


def test_verbose_prints_how_long_each_stage_took_and_what_was_slowest(site):
    tables = read_tables(build(site, "--verbose").out)
    assert list(tables) == ["Stage", "Slowest templates", "Slowest pages"]
    assert tables["Stage"][0] == ["Stage", "seconds", "share"]
    stages = {row[0]: row[1:] for row in tables["Stage"][1:]}
    assert {"read", "validate", "link", "plan", "render", "check", "files", "write"} <= stages.keys()
    assert all(re.fullmatch(r"\d+\.\d{3}", taken) and share.endswith("%") for taken, share in stages.values())
    assert tables["Slowest templates"][0] == ["Slowest templates", "seconds", "pages", "ms each"]
    assert 2 <= len(tables["Slowest templates"]) <= 11
    assert tables["Slowest pages"][0] == ["Slowest pages", "ms", "template"]
    assert ["about/index.html", "page/page.html"] in [[row[0], row[2]] for row in tables["Slowest pages"][1:]]
    times = [float(row[1]) for row in tables["Slowest pages"][1:]]
    assert times == sorted(times, reverse=True)


def test_verbose_lists_only_what_was_rendered(site):
    build(site)
    assert list(read_tables(build(site, "--verbose").out)) == ["Stage"]
    site.write(PAGE, "---\ntitle: About\n---\nOther words.\n")
    tables = read_tables(build(site, "--verbose").out)
    assert [row[2] for row in tables["Slowest pages"][1:] if row[0] == "about/index.html"] == ["page/page.html"]
    assert not [row for row in tables["Slowest pages"] if row[0] == "404.html"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_json_names_what_was_slowest(site, jobs, monkeypatch):
    monkeypatch.setattr("twinsite.render.pages.FEWEST", 2)
    for number in range(15):
        site.write(f"content/pages/more-{number}.md", f"---\ntitle: More {number}\n---\nWords.\n")
    slowest = read_json(build(site, "--format", "json", "--jobs", str(jobs)))["slowest"]
    assert list(slowest) == ["templates", "pages"]
    assert len(slowest["pages"]) == 10
    for rows, keys in ((slowest["templates"], {"template", "seconds", "pages"}),
                       (slowest["pages"], {"path", "template", "seconds"})):
        assert all(row.keys() == keys and row["seconds"] > 0 for row in rows)
        assert [row["seconds"] for row in rows] == sorted((row["seconds"] for row in rows), reverse=True)
    assert {"template": "page/page.html", "pages": 16} in [
        {"template": row["template"], "pages": row["pages"]} for row in slowest["templates"]
    ]
    again = read_json(build(site, "--format", "json"))
    assert again["slowest"] == {"templates": [], "pages": []}
    site.write(PAGE, WRONG)
    assert read_json(build(site, "--format", "json"))["slowest"] == {"templates": [], "pages": []}


@pytest.mark.parametrize(
    "arguments",
    [
        ("bild",),
        ("build", "--jobs", "-1"),
        ("build", "--format", "xml"),
        ("build", "--now", "yesterday"),
        ("build", "--now", "9999-12-31T23:59-12:00"),
        ("build", "--base-url", "example.org"),
        ("build", "--ouput", "x"),
        ("due", "--within", "soon"),
        ("explain",),
        ("schema", "contst"),
        ("serve", "--port", "70000"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_exits_with_2(arguments):
    outcome = run_command(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "Error: " in outcome.err
    assert "Traceback" not in outcome.err


def test_a_wrong_command_is_met_with_the_nearest_right_one():
    assert 'There is no command "bild". Did you mean "build"?' in run_command("bild").err


def test_a_wrong_source_date_epoch_exits_with_2(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999999999999")
    outcome = run_command("build", "--site", site.folder, "--output", site.output)
    assert outcome.code == 2
    assert "which is no number of seconds since 1970" in outcome.err


def test_source_date_epoch_is_the_present(site, monkeypatch):
    site.write(PLAN, HELD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780315200")
    assert "in 1 d 20 h" in run_command("build", "--site", site.folder, "--output", site.output).out


def fail(request: object, *more: object) -> None:
    raise RuntimeError("the moon is in the way")


def test_a_bug_of_ours_exits_with_3_and_asks_to_be_reported(site, monkeypatch):
    monkeypatch.setattr("twinsite.build.build_site", fail)
    assert build(site) == Outcome(
        3,
        "",
        "Twinsite has a bug: RuntimeError: the moon is in the way\n"
        "Your files are unchanged. Please report it, with what --traceback prints.\n",
    )


def test_traceback_says_where_a_bug_is(site, monkeypatch):
    monkeypatch.setattr("twinsite.build.build_site", fail)
    outcome = build(site, "--traceback")
    assert outcome.code == 3
    assert outcome.err.startswith("Traceback (most recent call last):\n")
    assert "in fail\n" in outcome.err


def test_traceback_shows_none_for_what_a_user_can_cause(site):
    site.write(PAGE, WRONG)
    assert "Traceback" not in build(site, "--traceback").err


def test_an_interruption_exits_with_130(site, monkeypatch):
    def interrupt(request: object, *more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("twinsite.build.build_site", interrupt)
    assert build(site) == Outcome(130, "", "\nInterrupted.\n")


def test_version_and_help():
    assert run_command("--version") == Outcome(0, f"twinsite, version {__version__}\n", "")
    assert "Static sites for contests" in run_command("--help").out
    for name, _ in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        inner = [[name, one] for one in command.commands] if isinstance(command, click.Group) else [[name]]
        for words in inner:
            outcome = run_command(*words, "--help")
            assert outcome.code == 0
            assert "--traceback" in outcome.out


class Terminal:
    """A stream that says it is a terminal, and keeps nothing."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("value", "coloured"), [(None, True), ("", True), ("1", False), ("no", False)])
def test_no_color(monkeypatch, value, coloured):
    from twinsite.console import use_colour

    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    assert use_colour(Terminal()) is coloured


def test_colours_are_only_on_the_severity(site):
    from twinsite.console import write_problem
    from twinsite.core.problem import Problem

    problem = Problem("unknown-field", "content/pages/a.md", "No.", "Yes.", 2, 1, 3)
    plain, coloured = (write_problem(problem, "abc: d", colour) for colour in (False, True))
    assert "\x1b[" not in plain
    assert coloured.replace("\x1b[31m\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_no_colour_and_no_progress_in_a_pipe(site):
    """In a process of its own, as a shell runs it, with ``python -m``."""
    for number in range(60):
        site.write(f"content/pages/p{number}.md", GOOD)
    site.write(PLAN, WARNS)
    command = [sys.executable, "-m", "twinsite", "build", "--site", str(site.folder), "--output", str(site.output)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([*command, "--now", NOW], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0
    assert "\x1b[" not in done.stdout + done.stderr
    assert "\r" not in done.stdout + done.stderr
    assert done.stderr.startswith("content/pages/plan.md:6:1  warning  html-removed\n")


@pytest.mark.parametrize(
    ("column", "width", "caret"), [(1, 3, "^^^"), (90, 4, "^^^^"), (400, 10, "^^^^^^^^^^"), (500, 900, "^")]
)
def test_a_long_line_is_cut_around_the_place(column, width, caret):
    from twinsite.console import WIDEST, write_excerpt

    line = "x" * 500
    shown, marks = write_excerpt(line, 7, column, width)
    assert len(shown) <= WIDEST + 10
    assert marks.strip(" |") == caret
    assert shown[marks.index("^")] == "x"


def test_an_excerpt_shows_no_control_characters():
    from twinsite.console import write_excerpt

    assert write_excerpt("a\x1b[31m\tb\x07", 1, 6, 1) == ["   1 | a [31m b ", "     |      ^"]


def find_imports(*arguments: str | Path) -> set[str]:
    """All modules that a command imports, as Python itself tells of them."""
    command = [sys.executable, "-X", "importtime", "-m", "twinsite", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_the_version_needs_no_library_but_the_one_for_commands():
    imported = find_imports("--version")
    assert "click" in imported
    assert not imported & {"msgspec", "pydantic", "yaml", "jinja2", "twinsite.build"}


def test_a_plain_build_imports_nothing_that_takes_long_and_is_of_no_use(site):
    options = ("--output", site.output, "--now", NOW, "--jobs", "1")
    imported = find_imports("build", "--site", site.folder, *options)
    assert "pydantic" in imported
    assert not imported & {"importlib.metadata", "markdown", "tornado", "segno", "multiprocessing", "secrets"}
    assert "twinsite.draw.statement" not in imported
    assert (site.output / "about" / "index.html").is_file()
    again = find_imports("build", "--site", site.folder, *options)
    assert "twinsite.seal" in again
    assert not again & {"pydantic", "jinja2", "yaml", "hashlib", "json"}


def test_what_pydantic_may_want_of_its_plugins_beside_them_is_found():
    code = (
        "import sys; from twinsite.start import NoPlugins as no; sys.modules[no.name] = no(no.name)\n"
        "from pydantic.plugin._loader import get_plugins; print(get_plugins())\n"
        "from pydantic.plugin._loader import PYDANTIC_ENTRY_POINT_GROUP as group; print(group)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["()", "pydantic"]


def test_a_module_that_waits_until_it_is_asked_is_itself_then():
    code = (
        "from twinsite.start import stand_in; stand_in(); import sys, secrets as early; print('hmac' in sys.modules)\n"
        "print(early.compare_digest('a', 'a'), len(early.token_hex(4)))\n"
        "import secrets; print('hmac' in sys.modules, secrets.__file__ == sys.modules['secrets'].__file__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "8", "True", "True"]
