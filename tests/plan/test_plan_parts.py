"""The parts of a plan: each is made by itself, in any order, and all that comes of it is told with it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.conftest import MakeSite
from tests.support.library import read_library
from twinsite.core.page import Planned
from twinsite.core.site import Entry
from twinsite.plan.library import Library
from twinsite.plan.parts import name_parts
from twinsite.plan.related import Neighbours

HOME = {"content/index.md": "---\ntitle: Home\n---\n"}
NEWS = "---\ntitle: {title}\ndate: 2026-0{month}-01\ntags: [tea]\n{more}---\n{body}\n"


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(data, "PNG")
    return data.getvalue()


def news(title: str, month: int, more: str = "", body: str = "Words.") -> str:
    return NEWS.format(title=title, month=month, more=more, body=body)


@pytest.fixture
def library(make_site: MakeSite) -> Library:
    shown = "image: {src: cup.png, alt: A cup}\n"
    files: dict[str, str | bytes] = {
        **HOME,
        "content/announcements/cup.md": news("Cup", 1, shown),
        "content/announcements/plain.md": news("Plain", 2, body="![A pot](pot.png) and [no page](/nothing/)"),
        "content/announcements/hidden.md": news("Hidden", 3, "draft: true\n", "## Part"),
        "content/announcements/far.md": news("Far", 4).replace("tea", "milk"),
        "content/announcements/cup.png": picture(),
        "content/announcements/pot.png": picture(),
    }
    return read_library(make_site(files))


def name_of(name: str) -> str:
    return f"record content/announcements/{name}.md"


def say(part: Planned) -> Any:
    """All of a part, as a value that can be compared."""
    pages = [(page.url, page.path, page.template, page.digest, page.view, page.origins) for page in part.pages]
    return pages, [one.view for one in part.documents], dict(part.outputs), part.problems, part.bodies


def test_parts_are_the_same_in_any_order(library: Library) -> None:
    forward = {name: say(make()) for name, make in name_parts(library).items()}
    library.cards.clear()
    backward = {name: say(make()) for name, make in reversed(name_parts(library).items())}
    again = {name: say(make()) for name, make in name_parts(library).items()}
    assert forward == backward == again


def test_what_comes_of_a_part_is_told_with_it_alone(library: Library) -> None:
    parts = {name: make() for name, make in name_parts(library).items()}
    assert {output.source for output in parts[name_of("far")].outputs.values()} == set()
    assert {output.source for output in parts[name_of("plain")].outputs.values()} == {
        "content/announcements/pot.png",
        "content/announcements/cup.png",  # on the card of a related record
    }
    assert [problem.rule for problem in parts[name_of("plain")].problems] == ["broken-link"]
    assert all(not part.problems for name, part in parts.items() if name != name_of("plain"))
    assert parts[name_of("plain")].bodies == ("content/announcements/plain.md",)
    assert not library.outputs
    assert not library.problems
    assert not library.bodies


def test_a_link_to_a_place_in_another_text_looks_at_no_more_of_it_than_its_anchors(make_site: MakeSite) -> None:
    files = {
        **HOME,
        "content/announcements/one.md": news("One", 1, body="[later](two.md#part)"),
        "content/announcements/two.md": news("Two", 2, "publish_at: 2026-07-01 09:00\n", "## Part"),
    }
    part = name_parts(read_library(make_site(files)))[name_of("one")]()
    assert part.bodies == ("content/announcements/one.md",)
    assert [problem.rule for problem in part.problems] == ["link-to-withheld"]


def test_cards_are_made_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from twinsite.plan import views

    made: list[str] = []
    real = views._make_card

    def note(own: Library, entry: Entry, wanted: frozenset[str]) -> dict[str, Any]:
        made.append(entry.path)
        return real(own, entry, wanted)

    monkeypatch.setattr(views, "_make_card", note)
    for make in name_parts(library).values():
        make()
    assert sorted(made) == sorted(set(made))
    assert len(made) == 3


def test_neighbours_say_which_records_surround_one(library: Library) -> None:
    neighbours = Neighbours(library)
    plain = library.site.by_path["content/announcements/plain.md"]
    around = neighbours.link_beside(plain)
    assert [other.title for other in neighbours.find_related(plain)] == ["Cup"]
    assert [link and link["title"] for link in (around["prev"], around["next"])] == ["Cup", "Far"]
