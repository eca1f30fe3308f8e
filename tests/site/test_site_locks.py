"""Locks: a change of a locked field is found, an amendment allows it, and what held once can be read for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from tests.conftest import MakeSite
from tests.support.command import Outcome, run_command
from tests.support.site import NOW, SETTINGS, Site
from tests.support.texts import contest
from twinsite.build import BuildResult
from twinsite.core.lock import find_version

SPRING = "content/contests/spring.md"
LOCK = "content/locks/contest/spring.yaml"
LATER = "closes: 2026-07-08 17:00"
AMENDED = """\
amendments:
  - {date: 2026-06-03, change: It closes a week later., reason: The form was down., fields: [closes]}
"""
Change = Callable[[str], str]


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    """A site whose one open contest has been locked."""
    made = make_site({SPRING: contest()}, SETTINGS)
    assert lock(made).code == 0
    return made


def lock(site: Site, name: str = "spring", now: str = "2026-06-01T12:00:00Z") -> Outcome:
    return run_command("lock", name, "--site", site.folder, "--now", now)


def told(result: BuildResult) -> list[tuple[str, str, int | None]]:
    return [(problem.rule, problem.path, problem.line) for problem in result.problems]


def later(text: str) -> str:
    return text.replace("closes: 2026-07-01 17:00", LATER)


def test_a_locked_contest_has_no_problem_and_an_open_one_without_a_notice(site: Site) -> None:
    assert told(site.build()) == []
    site.delete(LOCK)
    assert told(site.build()) == [("contest-not-locked", SPRING, 2)]
    assert told(site.build(now=datetime(2026, 4, 1, tzinfo=UTC))) == []
    assert told(site.build(now=datetime(2026, 7, 2, tzinfo=UTC))) == []


def test_a_site_may_ask_not_to_be_told(site: Site) -> None:
    site.delete(LOCK)
    site.write("site.yaml", f"{SETTINGS}policies: {{contest_locks: false}}\n")
    assert told(site.build()) == []


def test_check_does_not_fail_for_want_of_a_lock(site: Site) -> None:
    site.delete(LOCK)
    outcome = run_command("check", "--site", site.folder, "--now", "2026-06-01T12:00:00Z")
    assert outcome.code == 0
    assert "contest-not-locked" in outcome.err


def test_a_lock_is_a_file_that_people_can_read(site: Site) -> None:
    values = yaml.safe_load((site.folder / LOCK).read_text(encoding="utf-8"))
    (binding,) = values["locked"]
    assert binding["date"] == "2026-06-01"
    assert set(binding["fields"]) == {
        "title", "kind_of", "sponsor.name", "opens", "closes", "winners_announced", "prizes",
    }  # fmt: skip
    assert all(len(digest) == 16 for digest in binding["fields"].values())
    assert binding["version"] in site.build().plan.pages[-1].url or binding["text"]


def test_locking_twice_changes_nothing(site: Site) -> None:
    before = (site.folder / LOCK).read_bytes()
    outcome = lock(site, now="2026-06-20T12:00:00Z")
    assert (outcome.code, outcome.out[:15]) == (0, "Nothing to lock")
    assert (site.folder / LOCK).read_bytes() == before
    site.delete(LOCK)
    lock(site)
    assert (site.folder / LOCK).read_bytes() == before


@pytest.mark.parametrize("name", ["spring", "/contests/spring/", SPRING, "contests/spring.md"])
def test_a_contest_is_named_in_many_ways(site: Site, name: str) -> None:
    assert lock(site, name).out.startswith("Nothing to lock: the contest is as content/locks/contest/spring.yaml says")


def test_what_is_no_contest_is_met_with_the_nearest(site: Site) -> None:
    outcome = lock(site, "sprin")
    assert outcome.code == 1
    assert 'There is no contest or claim "sprin". Did you mean "spring"?' in outcome.err


def test_a_site_with_errors_is_not_locked(site: Site) -> None:
    before = (site.folder / LOCK).read_bytes()
    site.write(SPRING, later(contest()))
    outcome = lock(site)
    assert (outcome.code, "locked-field-changed" in outcome.err) == (1, True)
    assert (site.folder / LOCK).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (later, 6),
        (lambda text: text.replace("amount: 20", "amount: 10"), 8),
        (lambda text: text.replace("{name: Brightleaf}", "{name: Brightleaf, address: 1 Mill Lane}"), 4),
        (lambda text: text.replace("winners_announced: 2026-07-15 12:00\n", ""), 2),
        (lambda text: text.replace("prizes:", "eligibility: {minimum_age: 18}\nprizes:"), 8),
        (lambda text: text.replace("2026-05-01 09:00", "2026-05-01T09:00:00Z"), 5),
    ],
)
def test_a_changed_field_is_an_error_at_its_place(site: Site, change: Change, line: int) -> None:
    assert site.build().ok
    before = site.files()
    site.write(SPRING, change(contest()))
    result = site.build()
    assert told(result) == [("locked-field-changed", SPRING, line)]
    assert not result.ok
    assert site.files() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("2026-07-01 17:00", "2026-07-01T16:00:00Z"),
        lambda text: text.replace("Enter now.", "Other words."),
        lambda text: text.replace("prizes:", "summary: In short.\ntags: [tea]\nfeatured: yes\nprizes:"),
        lambda text: text.replace("- {place: First,", "- {quantity: 1, place: First,"),
    ],
)
def test_what_says_the_same_is_no_change(site: Site, change: Change) -> None:
    site.write(SPRING, change(contest()))
    assert told(site.build()) == []


def test_the_closing_date_has_a_rule_of_its_own(site: Site) -> None:
    site.write(SPRING, later(contest()))
    (problem,) = site.build().problems
    assert "CAP Code, rule 8.17.4.e" in problem.message
    assert '"closes" was locked on 2026-06-01 and no longer says' in problem.message
    assert "fields: [closes]" in problem.hint


def test_an_amendment_allows_the_fields_that_it_names(site: Site) -> None:
    site.write(SPRING, later(contest(more=AMENDED)))
    assert told(site.build()) == []
    assert "It closes a week later." in site.text("contests/spring/")
    rules = site.text("contests/spring/rules/")
    assert "8 July 2026, 17:00 BST" in rules
    assert "Changed on 3 June 2026: It closes a week later. The reason: The form was down." in rules


@pytest.mark.parametrize(
    "amended",
    [
        AMENDED.replace("2026-06-03", "2026-05-31"),
        AMENDED.replace("[closes]", "[prizes]"),
        AMENDED.replace(", fields: [closes]", ""),
    ],
)
def test_an_older_amendment_or_one_of_another_field_allows_nothing(site: Site, amended: str) -> None:
    site.write(SPRING, later(contest(more=amended)))
    assert told(site.build()) == [("locked-field-changed", SPRING, 6)]


def test_an_amendment_may_name_a_whole_group(site: Site) -> None:
    more = "eligibility: {minimum_age: 18, regions: [Kent]}\n" + AMENDED.replace("[closes]", "[eligibility]")
    site.write(SPRING, contest(more=more))
    assert told(site.build()) == []


def test_locking_again_keeps_history_and_every_version_can_be_read(site: Site) -> None:
    site.build()
    first = yaml.safe_load((site.folder / LOCK).read_text(encoding="utf-8"))["locked"][0]
    site.write(SPRING, later(contest(more=AMENDED)))
    assert lock(site, now="2026-06-04T12:00:00Z").out.startswith("Locked")
    history = yaml.safe_load((site.folder / LOCK).read_text(encoding="utf-8"))["locked"]
    assert [one["date"] for one in history] == ["2026-06-01", "2026-06-04"]
    assert history[0] == first
    assert told(site.build()) == []
    old = site.text(f"contests/spring/rules/{first['version']}/")
    assert "1 July 2026, 17:00 BST" in old
    assert "These rules held once and do not hold any more." in old
    assert '<meta name="robots" content="noindex">' in old
    new = site.text(f"contests/spring/rules/{history[1]['version']}/")
    assert "8 July 2026, 17:00 BST" in new
    assert "do not hold any more" not in new
    assert first["version"] in site.text("contests/spring/rules/")
    site.write(SPRING, later(contest(more=AMENDED)).replace("amount: 20", "amount: 30"))
    assert told(site.build()) == [("locked-field-changed", SPRING, 8)]


def test_the_words_that_were_locked_stay_whatever_the_library_says_later(site: Site) -> None:
    text = (site.folder / LOCK).read_text(encoding="utf-8")
    values = yaml.safe_load(text)
    assert values["locked"][0]["text"][0]["text"].startswith("Spring is run by")
    from twinsite.core.lock import find_version

    values["locked"][0]["text"][0]["text"] = "As it was put in those days."
    values["locked"][0]["version"] = find_version(values["locked"][0]["text"])
    site.write(LOCK, yaml.safe_dump(values))
    assert told(site.build()) == []
    assert "As it was put in those days." in site.text("contests/spring/rules/")
    site.write(SPRING, later(contest(more=AMENDED)))
    site.build()
    assert "As it was put in those days." not in site.text("contests/spring/rules/")


def test_a_changed_lock_is_never_missed(site: Site) -> None:
    assert told(site.build()) == []
    text = (site.folder / LOCK).read_text(encoding="utf-8")
    digest = yaml.safe_load(text)["locked"][0]["fields"]["closes"]
    site.write(LOCK, text.replace(digest, "0" * 16))
    assert told(site.build()) == [("locked-field-changed", SPRING, 6)]
    site.write(LOCK, text)
    assert told(site.build()) == []
    site.delete(LOCK)
    assert told(site.build()) == [("contest-not-locked", SPRING, 2)]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("locked:", "lock:", 'it has no list "locked"'),
        ("2026-06-01", "someday", "a day is missing or is none"),
        ("title: ", "title: x", "a digest of a field is spoiled"),
        ("Who runs this contest", "Who runs it", "its text is not that of its version"),
        ("locked:", "locked: [", "This lock cannot be read"),
    ],
)
def test_a_damaged_lock_is_one_clear_error(site: Site, before: str, after: str, words: str) -> None:
    text = (site.folder / LOCK).read_text(encoding="utf-8")
    assert before in text
    site.write(LOCK, text.replace(before, after, 1))
    result = site.build()
    assert told(result) == [("damaged-lock", LOCK, 1)]
    assert words in result.problems[0].message


@pytest.mark.parametrize("clause", ["words", {"name": "sponsor"}, {"heading": {"a": "b"}}, {"items": "words"}])
def test_a_clause_that_is_none_is_found_even_under_a_true_version(site: Site, clause: str | dict[str, str]) -> None:
    values = yaml.load((site.folder / LOCK).read_text(encoding="utf-8"), yaml.BaseLoader)
    whole = {"name": "sponsor", "heading": "Who", "text": "Us.", "items": [], "after": ""}
    text = [{**whole, **clause} if isinstance(clause, dict) and "name" not in clause else clause]
    values["locked"][0] |= {"text": text, "version": find_version(text)}
    site.write(LOCK, yaml.safe_dump(values))
    result = site.build()
    assert told(result) == [("damaged-lock", LOCK, 1)]
    assert "a clause of its text is spoiled" in result.problems[0].message


def test_other_files_among_locks_are_told(site: Site) -> None:
    site.write("content/locks/notes.txt", "x")
    site.write("content/locks/page/about.yaml", "locked: []\n")
    assert [path for rule, path, _ in told(site.build()) if rule == "unknown-file"] == [
        "content/locks/notes.txt",
        "content/locks/page/about.yaml",
    ]


def test_a_lock_of_a_wrong_record_is_no_orphan(site: Site) -> None:
    site.write(SPRING, contest(more="nonsense: 1\n"))
    assert [rule for rule, _, _ in told(site.build())] == ["unknown-field"]


def test_what_is_not_public_yet_can_be_locked(make_site: MakeSite) -> None:
    site = make_site({SPRING: contest(more="publish_at: 2026-06-20 12:00\n")}, SETTINGS)
    assert lock(site).code == 0
    values = yaml.safe_load((site.folder / LOCK).read_text(encoding="utf-8"))
    assert values["locked"][0]["text"]
    assert [rule for rule, _, _ in told(site.build(now=NOW))] == []


def test_a_folder_that_cannot_be_written_is_told(site: Site, tmp_path: Path) -> None:
    site.delete(LOCK)
    (site.folder / LOCK).parent.rmdir()
    (site.folder / "content/locks").rmdir()
    site.write("content/locks", "in the way")
    outcome = lock(site)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
