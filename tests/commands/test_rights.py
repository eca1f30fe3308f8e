"""``rights``: the ledger of permissions, and the words that ask for one."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest

from tests.support.command import Outcome, run_command
from tests.support.site import SETTINGS, Site, write_site

RECORD = """\
---
medium: {medium}
author: {{name: "{who}"}}
relationship: none
platform: Wall
source_url: https://wall.example/{slug}
published: 2026-01-02
captured: 2026-01-03
quote: Words.
permission: {permission}
{private}---
"""
KEPT = "private: {evidence: rights/x.eml}\n"
GRANTED = "status: granted, asked_on: 2026-01-04, answered_on: 2026-01-05"
CASES = (
    ("new", "status: requested", ""),
    ("asked", "status: requested, asked_on: 2026-05-25", ""),
    ("waiting", "status: requested, asked_on: 2026-01-04", ""),
    ("kept", f"{GRANTED}, scope: [site, print]", KEPT),
    ("unkept", GRANTED, ""),
    ("near", f"{GRANTED}, expires: 2026-06-10", KEPT),
    ("far", f"{GRANTED}, expires: 2026-09-01", KEPT),
    ("last", f"{GRANTED}, expires: 2026-06-02", KEPT),
    ("over", f"{GRANTED}, expires: 2026-06-01", KEPT),
    ("elsewhere", f"{GRANTED}, scope: [ads]", ""),
    ("declined", "status: declined, answered_on: 2026-03-01", ""),
    ("revoked", "status: revoked, answered_on: 2026-03-01", ""),
    ("expired", "status: expired", ""),
)
SAID = """\
asked (3)
  content/showcases/asked.md:10  asked, review on Wall
    Asked on 2026-05-25; no answer yet. Wait for the answer.
  content/showcases/new.md:10  =new, review on Wall
    Nobody has asked yet. Ask (twinsite rights --request new prints the words), then write asked_on.
  content/showcases/waiting.md:10  waiting, review on Wall
    Asked on 2026-01-04; no answer yet. No answer for 148 days: ask once more.

granted (4)
  content/showcases/far.md:10  far, review on Wall
    Granted on 2026-01-05 for: site; until 2026-08-31.
  content/showcases/kept.md:10  kept, review on Wall
    Granted on 2026-01-05 for: site, print; no end was agreed.
  content/showcases/paper.md:10  paper, article on Wall
    A short quotation of the press; no end was agreed.
  content/showcases/unkept.md:10  unkept, review on Wall
    Granted on 2026-01-05 for: site; no end was agreed. Note in private.evidence where the answer is kept.

expiring (2)
  content/showcases/last.md:10  last, review on Wall
    Granted on 2026-01-05 for: site; until 2026-06-01. Ask again before 2026-06-02, then write the new day in expires.
  content/showcases/near.md:10  near, review on Wall
    Granted on 2026-01-05 for: site; until 2026-06-09. Ask again before 2026-06-10, then write the new day in expires.

gone (5)
  content/showcases/over.md:10  over, review on Wall
    The permission expired on 2026-06-01. Nothing of it is published. Ask again, or delete it.
  content/showcases/declined.md:10  declined, review on Wall
    The author declined on 2026-03-01. Nothing of it is published. Delete the copies that need not be kept.
  content/showcases/elsewhere.md:10  elsewhere, review on Wall
    Granted on 2026-01-05, but not for the site: for ads only. Nothing of it is published here. \
Ask for the site too, or leave it.
  content/showcases/expired.md:10  expired, review on Wall
    The permission expired. Nothing of it is published. Ask again, or delete it.
  content/showcases/revoked.md:10  revoked, review on Wall
    The permission was revoked on 2026-03-01. Nothing of it is published. Delete the copies that need not be kept.

3 asked, 4 granted, 2 expiring, 5 gone.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    cases = [(*case, "review") for case in CASES] + [("paper", "status: quotation", "", "article")]
    files: dict[str, str | bytes] = {
        f"content/showcases/{slug}.md": RECORD.format(
            slug=slug, who="=new" if slug == "new" else slug, medium=medium, permission=f"{{{status}}}", private=private
        )
        for slug, status, private, medium in cases
    }
    brand = "brand: {name: Bright, legal_name: Bright Ltd, email: hello@bright.example}\n"
    return write_site(tmp_path_factory.mktemp("rights"), files, SETTINGS + brand)


def ask(site: Site, *more: str, now: str = "2026-06-01T12:00:00Z") -> Outcome:
    return run_command("rights", "--site", site.folder, "--now", now, *more)


def test_the_ledger_says_how_each_permission_stands_and_what_to_do(site: Site) -> None:
    done = ask(site)
    assert (done.code, done.err) == (0, "")
    assert done.out == SAID


def test_a_part_of_the_ledger(site: Site) -> None:
    assert ask(site, "--within", "9d").out.endswith("0 asked, 0 granted, 2 expiring, 0 gone.\n")
    assert ask(site, "--within", "200d").out.endswith("0 asked, 1 granted, 2 expiring, 0 gone.\n")
    assert ask(site, "--only", "asked", "--only", "gone").out.endswith("3 asked, 0 granted, 0 expiring, 5 gone.\n")
    assert ask(site, now="2026-06-01T22:59:59Z").out == SAID
    # In London it is the second of June an hour before it is in UTC.
    assert "0 asked, 0 granted, 1 expiring, 0 gone." in ask(site, "--within", "9d", now="2026-06-01T23:00:00Z").out


def test_the_ledger_for_programs_and_spreadsheets(site: Site) -> None:
    rows = json.loads(ask(site, "--format", "json").out)
    assert len(rows) == 14
    (kept,) = (row for row in rows if row["slug"] == "kept")
    assert (kept["scope"], kept["shown"], kept["path"]) == (["site", "print"], True, "content/showcases/kept.md")
    table = list(csv.DictReader(StringIO(ask(site, "--format", "csv").out)))
    assert [row["slug"] for row in table] == [row["slug"] for row in rows]
    (new,) = (row for row in table if row["slug"] == "new")
    assert (new["who"], new["shown"], new["asked_on"]) == ("'=new", "no", "")


def test_the_words_that_ask_name_the_item_the_scope_the_end_and_how_to_say_no(site: Site) -> None:
    words = ask(site, "--request", "content/showcases/near.md").out
    for part in (
        "To: near\nSubject: May Bright show your review?\n",
        "On 5 January 2026 you allowed us to show this review, until 9 June 2026. May",
        "  Where it stands: https://wall.example/near\n  Copied by us on: 3 January 2026\n",
        "  Your words:\n\n    Words.\n",
        "  Where: on our web site, https://example.org/\n",
        "  How long: until 9 June 2026, or the day on which you ask us to take it down\n",
        "No: answer with the word no, or do not answer; then we do not show it.",
        "by a line to hello@bright.example",
        "Bright\nBright Ltd\nhello@bright.example\n",
    ):
        assert part in words
    assert "in print, such as our catalogue" in ask(site, "--request", "kept").out
    assert "would like to show it. May we?" in " ".join(ask(site, "--request", "asked").out.split())
    wrong = ask(site, "--request", "nera")
    assert wrong.code == 1
    assert 'No permission is kept for "nera". Did you mean "near"?' in wrong.err


def test_files_with_errors_are_named_and_not_forgotten(site: Site) -> None:
    site.write("content/showcases/broken.md", "---\nmedium: revue\n---\n")
    done = ask(site)
    site.delete("content/showcases/broken.md")
    assert done.out == SAID
    assert done.err == (
        "This file has errors and may be missing here (twinsite check shows them): content/showcases/broken.md\n"
    )


@pytest.mark.parametrize(("counts", "collected"), [("true", 47), ("false", 39)])
def test_the_policy_says_whether_those_without_permission_count(site: Site, counts: str, collected: int) -> None:
    settings = (site.folder / "site.yaml").read_text(encoding="utf-8")
    site.write("site.yaml", f"{settings}policies: {{showcases: {{collected: 47, count_withheld: {counts}}}}}\n")
    site.write("content/pages/voices.md", "---\ntitle: Voices\n---\n::: wall :::\n")
    result = site.build()
    site.write("site.yaml", settings)
    assert result.ok, [problem for problem in result.problems if problem.severity == "error"]
    # Of fourteen files six may be shown: three authors are still asked, five permissions are gone.
    for page in ("showcases/", "voices/"):
        assert re.search(rf"\b6 of {collected} collected", site.text(page)), page
