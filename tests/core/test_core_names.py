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


def test_files_of_one_name_are_told_apart_by_their_endings():
    paths = [f"content/contests/spring.{what}.json" for what in ("commitment", "receipt")]
    assert nearest_path("content/contests/spring.reciept.json", paths) == paths[1]


def test_thousands_of_mistakes_among_thousands_of_names_are_all_understood():
    """A site that moves from another generator has them; each was once compared with all names."""
    names = frozenset(f"content/pages/{word}-{number}.md" for word in ("spring", "summer") for number in range(4000))
    found = [
        nearest_path(f"content/pages/{word}-{number}.md", names)
        for word in ("sprng", "sumer")
        for number in range(0, 4000, 4)
    ]
    assert found[25] == "content/pages/spring-100.md"
    assert found[1050] == "content/pages/summer-200.md"


def test_among_many_names_the_nearest_is_the_same():
    names = frozenset(f"/contests/{word}-{number}/" for word in ("spring", "summer", "cup") for number in range(99))
    assert nearest_name("/contests/sping-77/", names) == "/contests/spring-77/"
    assert nearest_name("/contest/cup-3/", names) == "/contests/cup-3/"
    assert nearest_name("/nothing-at-all/", names) is None
