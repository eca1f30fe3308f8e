"""Official rules: each clause is there exactly when a field asks for it, and says what the field says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

import pytest

from tests.conftest import MakeSite
from tests.support.law import make_law
from tests.support.records import make_record
from tests.support.texts import contest
from twinsite.core.lock import find_version
from twinsite.core.record import Record
from twinsite.kinds import kind_named
from twinsite.kinds.contest.locked import GROUPS, WHOLE
from twinsite.kinds.contest.model import Contest, Sponsor
from twinsite.kinds.contest.rules.clauses import CLAUSES
from twinsite.kinds.contest.rules.terms import make_terms
from twinsite.kinds.contest.rules.writing import Written, write_rules

KIND = kind_named("contest")
FULL = """\
kind_of: judged
sponsor: {name: Larkfield Ltd, address: 1 Mill Lane, contact: hello@larkfield.example}
opens: 2026-05-01 09:00
closes: 2026-07-01 17:00:30
judging_ends: 2026-07-10 17:00
winners_announced: 2026-12-15 12:00
eligibility: {regions: [uk], minimum_age: 18, excluded: [Our staff, Their families], text: One person per household.}
entry:
  methods:
    - {type: post, platform: Instagram, hashtag: "#Cup", disclosure_tag: "#contest", instructions: Post it.}
    - {type: email, url: "mailto:cup@larkfield.example?subject=Cup"}
  limit_per_person: 2
  free_route: Send a card.
  fields: [name, town]
prizes:
  - {place: First, name: A machine, value: {amount: 1200.50, currency: GBP}, description: With a cup.}
  - {name: A bag, quantity: 3, value: {amount: 10, currency: GBP}}
  - name: A place
    position:
      {title: Intern, pay: {amount: 14, currency: GBP, per: hour}, starts: 2026-09-01, ends: 2027-02-26,
       hours_per_week: 37.5, place: Leeds, remote: true, supervisor: Kim, employer: Larkfield Ltd,
       duties: [Write, Film]}
judging:
  criteria: [{name: Originality, weight: 60}, {name: Care, weight: 40}]
  panel: [{name: Ana, role: Editor, independent: true}, {name: Bea}]
  tie_break: The editor decides
how_winners_are_told: By e-mail.
days_to_respond: 14
privacy_url: /privacy/
rules: {governing_law: England and Wales, extra_clauses: [No wet entries.]}
amendments: [{date: 2026-05-20, change: We moved the closing date., reason: The form was down.}]
"""


def rules_of(fields: str, regions: Iterable[str] = ("United Kingdom",)) -> dict[str, Written]:
    record: Any = make_record(KIND, f"---\ntitle: Spring\n{fields}---\nText.\n")
    return {
        clause.name: clause
        for clause in write_rules(make_terms(record, "Spring", "Europe/London", list(regions), make_law()))
    }


def test_a_full_contest_has_every_clause_it_asks_for_in_order() -> None:
    rules = rules_of(FULL)
    order = [clause.name for clause in CLAUSES]
    assert [name for name in order if name in rules] == list(rules)
    assert set(order) - set(rules) <= {"places", "costs"}


def test_the_words_come_from_the_fields() -> None:
    rules = rules_of(FULL)
    assert rules["sponsor"].text.startswith("Spring is run by Larkfield Ltd, 1 Mill Lane (the sponsor).")
    assert "A free way to enter: Send a card." in rules["purchase"].text
    assert rules["eligibility"].text.startswith(
        "The contest is open to people aged 18 or over who live in the United Kingdom. One person per household. "
        "These may not enter: Our staff; Their families."
    )
    assert rules["period"].text.startswith(
        "Entries open on 1 May 2026, 09:00 BST and close on 1 July 2026, 17:00:30 BST."
    )
    assert "All times are those of the zone Europe/London. The sponsor’s clock decides." in rules["period"].text
    assert rules["entry"].items == (
        "By a post on Instagram with #Cup marked #contest: Post it.",
        "By e-mail to cup@larkfield.example",
    )
    assert rules["entry"].after.startswith("An entry must give: name and town. One person may enter up to 2 times.")
    assert rules["prizes"].text == "There are 5 prizes:"
    assert rules["prizes"].items == (
        "First: A machine, worth about £1,200.50. With a cup.",
        "2: A bag, 3 of them, worth about £10 each.",
        "3: A place.",
    )
    assert rules["prizes"].after.startswith("The total value of all prizes is about £1,230.50.")
    assert rules["positions"].items == (
        "Intern, paid £14 an hour, with Larkfield Ltd, from 1 September 2026 to 26 February 2027, 37.5 hours a week, "
        "Leeds, from anywhere, supervised by Kim. Duties: Write; Film.",
    )
    assert rules["winning"].items == ("Originality (60 %)", "Care (40 %)")
    assert "The panel: Ana (Editor); Bea." in rules["winning"].after
    assert "The judging ends on 10 July 2026, 17:00 BST. Ties: The editor decides." in rules["winning"].after
    assert "gives way to the next in line" in rules["telling"].text
    assert "within 14 days" in rules["telling"].text
    assert "15 December 2026, 12:00 GMT" in rules["telling"].text
    assert "Instagram" in rules["platforms"].items[0]
    assert rules["further"].items == ("No wet entries.",)
    assert rules["amendments"].items == (
        "Changed on 20 May 2026: We moved the closing date. The reason: The form was down.",
    )


def test_what_no_field_says_is_not_said() -> None:
    rules = rules_of(contest().split("---\n")[1].replace("title: Spring\n", ""), ())
    assert set(rules) == {
        "sponsor", "period", "entry", "prizes", "winning", "telling", "privacy", "publicity", "taxes", "liability",
        "void", "amendments",
    }  # fmt: skip
    assert rules["prizes"].text == "There is one prize:"
    assert "total" not in rules["prizes"].after
    assert rules["winning"].text == (
        "The winners are drawn at random from all entries that count. "
        "The odds of winning depend on the number of entries that count."
    )
    assert not rules["winning"].after


def test_no_text_has_a_hole() -> None:
    for fields in (FULL, contest().split("---\n")[1].replace("title: Spring\n", "")):
        for clause in rules_of(fields).values():
            for text in (clause.text, clause.after, *clause.items):
                assert not {"{", "}"}.intersection(text)
                assert "None" not in text
                assert ".." not in text
                assert "  " not in text


def test_braces_in_a_value_stay_what_they_are() -> None:
    rules = rules_of(FULL.replace("One person per household.", '"{title} and {0} stay."'))
    assert "{title} and {0} stay." in rules["eligibility"].text


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("17:00:30", "17:00:31", False),
        ("Originality", "Courage", False),
        ("No wet entries", "No dry entries", False),
        ("privacy_url: /privacy/", "privacy_url: /data/", True),
        ("prizes:", "tags: [tea]\nsummary: Other words.\nprizes:", True),
    ],
)
def test_the_version_is_that_of_the_words(before: str, after: str, same: bool) -> None:
    assert before in FULL
    texts = (FULL, FULL.replace(before, after))
    versions = {find_version([clause.plain() for clause in rules_of(text).values()]) for text in texts}
    assert len(versions) == (1 if same else 2)
    assert all(len(version) == 8 for version in versions)


def test_the_page_links_to_its_rules_and_they_to_it(make_site: MakeSite) -> None:
    site = make_site({"content/contests/spring.md": contest(), "content/index.md": "---\ntitle: Home\n---\nHi.\n"})
    assert not [problem for problem in site.build().problems if problem.severity == "error"]
    assert 'href="../../contests/spring/rules/"' in site.text("contests/spring/")
    text = site.text("contests/spring/rules/")
    assert "Official rules: Spring" in text
    assert 'href="../../../contests/spring/"' in text
    assert "have them reviewed" in text
    version = text.split("<code>")[1].split("</code>")[0]
    site.write("content/contests/spring.md", contest(body="Other words."))
    site.build()
    assert site.text("contests/spring/rules/") == text
    site.write("content/contests/spring.md", contest().replace("2026-07-01 17:00", "2026-07-02 17:00"))
    site.build()
    assert version not in site.text("contests/spring/rules/")


def test_votes_may_decide_a_part() -> None:
    shared = FULL.replace(
        "kind_of: judged", "kind_of: vote\nvoting: {opens: 2026-07-02, closes: 2026-07-03, share: 30}"
    )
    shared = shared.replace("2026-07-02,", "2026-07-02 09:00,").replace("2026-07-03,", "2026-07-03 09:00,")
    winning = rules_of(shared.replace("tie_break: The editor decides", "tie_rule: [Originality, votes, shared]"))[
        "winning"
    ]
    assert winning.text == (
        "Votes that count decide 30 per cent of the result, a panel the rest. "
        "The panel judges the entries that count by these criteria:"
    )
    assert winning.items == ("Originality (60 %)", "Care (40 %)")
    steps = "the mark for “Originality”, the number of votes, sharing the place"
    assert f"Between equals these decide, one after the other: {steps}." in winning.after


def test_every_locked_name_is_a_field() -> None:
    for name in (*WHOLE, *GROUPS):
        assert name in Contest.model_fields
    for group, parts in GROUPS.items():
        model = next(part for part in get_args(Contest.model_fields[group].annotation) or [Sponsor] if part is not None)
        assert set(parts) <= set(model.model_fields), group


def test_what_a_contest_says_is_locked_or_left_out_on_purpose() -> None:
    """A new field of a contest must be thought about: is it a rule?"""
    own = set(Contest.model_fields) - set(Record.model_fields) | {"title"}
    free = {
        "amendments", "campaign", "draw", "draw_list", "followed_by", "numbers", "products", "registrations", "results",
        "status_override", "story", "winners",
    }  # fmt: skip
    assert own - set(WHOLE) - set(GROUPS) - free == set()
