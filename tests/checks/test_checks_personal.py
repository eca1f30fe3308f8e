"""Which findings a declared contact covers, and how a leak is told."""

from __future__ import annotations

import pytest

from twinsite.checks.personal import Allowed, find_leaks, report_leaks

DECLARED = (
    "mailto:press@brightleaf.example?subject=Hello",
    "Write to Desk@brightleaf.example or call (0191) 498 1234, or +44 7911 123456.",
    "tel:+1-212-867-5309",
    "The Loft, 4 Fish Strand, Skellmouth, Northumberland NE0 7LK, United Kingdom",
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "press@brightleaf.example"),
        ("email", "desk@brightleaf.example"),
        ("phone", "0191 498 1234"),
        ("phone", "+44 191 498 1234"),
        ("phone", "07911123456"),
        ("phone", "(212) 867-5309"),
        ("address", "4 Fish Strand, Skellmouth, Northumberland NE0 7LK"),
        ("address", "4 fish strand skellmouth, Northumberland, NE0 7LK"),
    ],
)
def test_a_contact_covers_every_way_to_write_it(kind, text):
    assert Allowed(DECLARED).has(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "maria@brightleaf.example"),
        ("email", "press@brightleaf.example.org"),
        ("phone", "0191 498 1235"),
        ("address", "14 Fish Strand, Skellmouth, Northumberland NE0 7LK"),
        ("address", "4 Fish Strand, Leeds LS1 4AB"),
    ],
)
def test_and_nothing_else(kind, text):
    assert not Allowed(DECLARED).has(kind, text)
    assert not Allowed(()).has(kind, text)


def test_a_leak_is_told_once_with_all_its_files():
    found = {"a/index.html": (("email", "m@x.example"),), "b.csv": (("email", "m@x.example"), ("phone", "+44 1 2"))}
    leaks = find_leaks(found, {"a/index.html": "content/a.md", "b.csv": "content/static/b.csv"}, Allowed(()))
    problems = report_leaks(leaks, lambda text, source: (source, 3, 5))
    assert [(one.path, one.line, one.column, one.width) for one in problems] == [
        ("content/a.md", 3, 5, 11),
        ("content/static/b.csv", 3, 5, 7),
    ]
    assert problems[0].message == 'The e-mail address "m@x.example" would be public, in /a/ and in 1 more file.'
    assert problems[1].hint.endswith('policies: {contacts: ["+44 1 2"]}')
