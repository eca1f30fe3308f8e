"""Personal data planted anywhere in a site is refused before anything is written; declared contacts may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeSite
from tests.support.site import SETTINGS, Site
from twinsite.build import BuildResult
from twinsite.cache.memory import MemoryStore
from twinsite.core.digest import digest_bytes
from twinsite.core.page import Copy, Plan
from twinsite.leaks import check_files

MAIL, PHONE, ADDRESS = "maria.k@mail.example", "+44 7911 123456", "12 Mill Lane, Leeds LS1 4AB"

CONTEST = """\
---
title: Spring
kind_of: draw
sponsor: {{name: Brightleaf Ltd, address: "4 Fish Strand, Leeds LS2 2AA", contact: contests@brightleaf.example}}
opens: 2026-05-01 09:00
closes: 2026-07-01 18:00
prizes: [{{name: A kite, value: {{amount: 20, currency: GBP}}, description: "A kite. {0}"}}]
entry:
  methods:
    - {{type: email, url: "mailto:enter@brightleaf.example", instructions: "Write to us. {1}"}}
eligibility: {{regions: [UK], text: "Everybody. {2}"}}
amendments: [{{date: 2026-05-03, change: "A date. {3}"}}]
---
Enter by e-mail. {4}
"""
SHOWCASE = """\
---
medium: review
author: {{name: "Maria {0}", url: "https://mail.example/maria"}}
relationship: none
published: 2026-02-11
quote: "It flies. {1}"
permission: {{status: granted, scope: [site]}}
reply: {{by: Jo, date: 2026-02-12, text: "Thank you. {2}"}}
private: {{contact: maria.k@mail.example, notes: "Her number is +44 7911 123456, 12 Mill Lane, Leeds LS1 4AB"}}
---
"""
TWINTERN = """\
---
name: Kim Lee
handle: kim
relationship: intern_paid
disclosure: "Paid intern. {0}"
press_contact: {{name: Press desk, email: press@brightleaf.example, phone: "+44 191 498 1234"}}
works: [{{title: "A film. {1}", url: "https://video.example/1", network: YouTube, published: 2026-03-01}}]
private: {{email: kim@mail.example, phone: "+44 7911 654321"}}
---
I fly kites. {2}
"""
FILES = {
    "content/index.md": "---\ntitle: Home\n---\nHello.\n",
    "content/contests/spring.md": CONTEST.format(*[""] * 5),
    "content/showcases/maria.md": SHOWCASE.format(*[""] * 3),
    "content/twinterns/kim.md": TWINTERN.format(*[""] * 3),
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES, SETTINGS)


def leaks(result: BuildResult) -> list[tuple[str, str, int | None]]:
    return [(one.rule, one.path, one.line) for one in result.problems if one.rule.startswith("public-")]


def test_declared_contacts_and_private_fields_are_no_leaks(site: Site) -> None:
    result = site.build()
    assert result.ok, result.problems
    assert leaks(result) == []
    everything = b"".join(site.files().values())
    for private in (MAIL, PHONE, "Mill Lane", "kim@mail.example", "654321"):
        assert private.encode() not in everything
    assert b"press@brightleaf.example" in everything


@pytest.mark.parametrize("text", [MAIL, PHONE, ADDRESS])
@pytest.mark.parametrize(
    ("path", "form", "places"),
    [
        ("content/contests/spring.md", CONTEST, 5),
        ("content/showcases/maria.md", SHOWCASE, 3),
        ("content/twinterns/kim.md", TWINTERN, 3),
    ],
    ids=["contest", "showcase", "twintern"],
)
def test_what_is_planted_in_any_field_is_found_at_its_line(site, path, form, places, text):
    assert site.build().ok
    before = site.files()
    for place in range(places):
        fills = [""] * places
        fills[place] = f"See {text}."
        site.write(path, form.format(*fills))
        result = site.build()
        line = next(number for number, words in enumerate(form.splitlines(), 1) if f"{{{place}}}" in words)
        assert not result.ok
        assert {where for _, where, _ in leaks(result)} == {path}
        assert line in {where for _, _, where in leaks(result)}
        assert site.files() == before
    site.write(path, form.format(*[""] * places))
    assert site.build().ok


@pytest.mark.parametrize("path", ["content/static/people.csv", "content/static/.well-known/people.txt"])
def test_plain_files_are_looked_through(site: Site, path: str) -> None:
    site.write(path, f"name,mail\nMaria,{MAIL}\n")
    for _ in range(2):
        assert leaks(site.build()) == [("public-email", path, 2)]
    site.write("site.yaml", f"{SETTINGS}policies: {{contacts: [{MAIL}]}}\n")
    assert site.build().ok
    site.write("site.yaml", SETTINGS)
    assert leaks(site.build()) == [("public-email", path, 2)]


def test_a_file_that_could_not_be_read_once_is_looked_through_again(tmp_path: Path) -> None:
    data = f"name,mail\nMaria,{MAIL}\n".encode()
    copy = Copy("people.csv", "content/static/people.csv", digest_bytes(data))
    plan, cache = Plan({}, copies=(copy,)), MemoryStore()
    assert check_files(tmp_path, plan, (), cache, "salt") == []
    file = tmp_path / copy.source
    file.parent.mkdir(parents=True)
    for text, found in ((b"name,mail\n", []), (data, ["public-email"]), (data, ["public-email"])):
        file.write_bytes(text)
        assert [one.rule for one in check_files(tmp_path, plan, (), cache, "salt")] == found


def test_a_picture_is_not_taken_for_text(site: Site) -> None:
    site.write("content/static/noise.bin", b"\0maria.k@mail.example\0")
    assert site.build().ok


def test_tables_and_settings_are_looked_through(site: Site) -> None:
    site.write("content/data/people.csv", f"name,reach\nMaria,{MAIL}\n")
    site.write("content/pages/people.md", "---\ntitle: People\ndata: [people]\n---\nAll of them.\n")
    assert leaks(site.build()) == [("public-email", "content/data/people.csv", 2)]
    site.delete("content/data/people.csv")
    site.delete("content/pages/people.md")
    site.write("site.yaml", f"{SETTINGS}tagline: Call +44 7911 765432\n")
    assert leaks(site.build()) == [("public-phone", "site.yaml", 4)]


def test_a_declaration_that_goes_counts_at_once_though_no_page_changes(site: Site) -> None:
    site.write("content/pages/club.md", f"---\ntitle: Club\n---\nAsk {MAIL} or {PHONE}, {ADDRESS}.\n")
    declared = f'{SETTINGS}policies: {{contacts: [MARIA.K@mail.example, "07911 123456", "{ADDRESS}, UK"]}}\n'
    site.write("site.yaml", declared)
    assert site.build().ok
    assert site.build().reused
    site.write("site.yaml", SETTINGS)
    assert sorted(rule for rule, _, _ in leaks(site.build())) == ["public-address", "public-email", "public-phone"]
    site.write("site.yaml", declared)
    assert site.build().ok


def test_a_contact_counts_only_while_its_record_is_published(site: Site) -> None:
    site.write("content/pages/club.md", "---\ntitle: Club\n---\nAsk enter@brightleaf.example.\n")
    assert site.build().ok
    site.write("content/contests/spring.md", CONTEST.format(*[""] * 5).replace("title:", "draft: true\ntitle:"))
    assert leaks(site.build()) == [("public-email", "content/pages/club.md", 4)]


def test_records_and_files_among_raw_entries_are_refused(site: Site) -> None:
    site.write("content/contests/entries-raw/one.md", CONTEST.format(*[""] * 5))
    found = [(one.rule, one.path) for one in site.build().problems if one.severity == "error"]
    assert found == [("raw-entries", "content/contests/entries-raw/one.md")]
    site.delete("content/contests/entries-raw/one.md")
    site.write("content/static/entries-raw/all.csv", "code\nK7\n")
    found = [(one.rule, one.path) for one in site.build().problems if one.severity == "error"]
    assert found == [("raw-entries", "content/static/entries-raw/all.csv")]
