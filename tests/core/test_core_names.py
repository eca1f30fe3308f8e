"""The nearest name is what a person would have guessed, whatever the order of the names."""

from __future__ import annotations

import pytest

from twinsite.core.names import nearest_name, nearest_path

FIELDS = ("title", "summary", "winners_announced", "closes", "opens", "publish_at", "tags")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("winner_announced", "winners_announced"),
        ("titel", "title"),
        ("Publish-At", "publish_at"),
        ("tag", "tags"),
        ("close", "closes"),
        ("sumary", "summary"),
        ("xylophone", None),
        ("", None),
        ("t" * 500, None),
    ],
)
def test_nearest_name(word, expected):
    assert nearest_name(word, FIELDS) == expected
    assert nearest_name(word, reversed(FIELDS)) == expected


def test_no_names_no_neighbour():
    assert nearest_name("title", ()) is None


def test_a_tie_is_settled_by_the_alphabet():
    assert nearest_name("spring-x", ["spring-b", "spring-a"]) == "spring-a"


PATHS = (
    "content/contests/spring.md",
    "content/pages/about.md",
    "content/pages/spring-clean.md",
    "content/pages/team/index.md",
    "content/pages/team.gif",
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/contests/sprng.md", "content/contests/spring.md"),
        ("content/contest/spring.md", "content/contests/spring.md"),
        ("content/pages/spring", "content/contests/spring.md"),
        ("content/pages/About.MD", "content/pages/about.md"),
        ("content/pages/Team.jpg", "content/pages/team.gif"),
        ("content/pages/x.md", None),
    ],
)
def test_nearest_path(path, expected):
    assert nearest_path(path, PATHS) == expected
    assert nearest_path(path, reversed(PATHS)) == expected
