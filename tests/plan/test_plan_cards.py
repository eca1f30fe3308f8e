"""Of a list's cards only what its templates can show is made: whatever they are, pages are those of whole cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError, nodes

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.library import read_library
from tests.support.site import SETTINGS, Site
from tests.support.texts import page, showcase
from twinsite.core.digest import decode_view
from twinsite.plan.library import CHEAP, COSTLY, Library
from twinsite.plan.views import make_card
from twinsite.render.closures import find_parts

LIST = "showcase/list.html"
ENVIRONMENT = Environment(extensions=["jinja2.ext.do"])

OF_A_CARD = (
    "{{ card.title }}",
    "{{ card['image'] }}",
    "{{ card.record.quote }}",
    "{% if card.computed %}+{% endif %}",
    "{{ card }}",
    "{{ card | tojson }}",
    "{{ card[name] }}",
    "{{ card['re' ~ 'cord'] }}",
    "{{ card.get('record') }}",
    "{{ card.values() | list }}",
    "{% for part in card %}{{ part }}{{ card[part] }}{% endfor %}",
    "{% set other = card %}{{ other.record }}",
    "{% with other = card %}{{ other.record }}{% endwith %}",
    "{{ show(card) }}",
    "{{ [card] | map(attribute='record') | list }}",
    "{{ card | attr('record') }}{{ card | items | list }}",
    "{{ loop.index }}{{ (loop.previtem or {}).record }}",
    "{{ (loop.nextitem or {}).record }}",
    "{{ tell(loop) }}",
    "{{ loop.cycle(card.title, card) }}",
    "{% do found.append(card) %}",
)
LOOPS = (
    "{% for card in page.cards %}(inner){% endfor %}",
    "{% for card in page['cards'] if card.record %}(inner){% else %}-{% endfor %}",
    "{% for card in page.cards | reverse %}(inner){% endfor %}",
    "{% for card in (page.cards or [])[:1] %}(inner){% endfor %}",
    "{% for one in page.cards %}{% set card = one %}(inner){{ one.record }}{% endfor %}",
    "{% for card, number in page.cards | zipped %}(inner){% endfor %}",
    "{% set cards = page.cards %}{% for card in cards %}(inner){% endfor %}",
    "{% if page.cards %}+{% endif %}{% if not page.cards %}-{% endif %}",
    "{{ page.cards[0].record }}{{ (page.cards | first).computed }}",
    "{{ page.cards | map(attribute='image') | list }}",
    "{{ page.cards if page.cards else '' }}",
)
BEFORE = (
    "{% set found = [] %}{% set name = 'record' %}"
    "{% macro show(it) %}{{ it.record }}{% endmacro %}"
    "{% macro tell(it) %}{{ (it.previtem or {}).record }}{% endmacro %}"
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(LOOPS), st.lists(st.sampled_from(OF_A_CARD), max_size=3)), min_size=1, max_size=2
)
ENVIRONMENT.filters["zipped"] = lambda cards: zip(cards, range(9), strict=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("cards")
    site = Site(folder, folder / "public")
    site.write("site.yaml", SETTINGS)
    site.write("content/index.md", page("Home", body="x"))
    for number, name in enumerate(("kim", "lee")):
        site.write(f"content/showcases/{name}.md", showcase(more=f"tags: [sea]\ntitle: Part {number}\n"))
    return read_library(site)


MakeCards = Callable[[frozenset[str] | None], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def make_cards(library: Library) -> MakeCards:
    """The cards of a list whose template names these parts of its view; whole ones for ``None``."""

    def make(parts: frozenset[str] | None) -> list[dict[str, Any]]:
        library.uses, library.shared = {LIST: parts}, {}
        wanted = library.parts_of_cards(LIST)
        return [decode_view(bytes(make_card(library, one, wanted))) for one in library.site.published["showcase"]]

    return make


def render(tree: nodes.Template, cards: list[dict[str, Any]]) -> str:
    """What a template makes of some cards, or why it cannot."""
    try:
        return ENVIRONMENT.from_string(tree).render(page={"cards": cards})
    except (UndefinedError, TypeError) as error:
        return str(error)


@given(TEXTS)
def test_a_list_is_the_same_with_whole_cards_and_with_what_it_can_show(
    make_cards: MakeCards, text: list[tuple[str, list[str]]]
) -> None:
    tree = ENVIRONMENT.parse(BEFORE + "".join(loop.replace("(inner)", "".join(inner)) for loop, inner in text))
    assert render(tree, make_cards(find_parts(tree))) == render(tree, make_cards(None))


def test_a_card_has_all_names_and_values_for_what_is_wanted(make_cards: MakeCards) -> None:
    (whole, *_), (bare, *_) = make_cards(None), make_cards(frozenset({"cards", "card.title"}))
    assert whole.keys() == bare.keys() == CHEAP | COSTLY
    assert whole["record"]
    assert bare == {**whole, **dict.fromkeys(COSTLY)}


def test_a_list_that_begins_to_show_a_field_gets_it(make_site: MakeSite) -> None:
    template, lean = "themes/bare/templates/showcase/list.html", "{% for card in page.cards %}[{{ card.title }}]"
    home, kim = page("Home", body="x"), showcase(more="title: Kim\n")
    files = {template: lean + "{% endfor %}", "content/index.md": home, "content/showcases/kim.md": kim}
    site = make_site(BARE | files, f"{SETTINGS}theme: bare\n")
    plan = site.build().plan
    assert plan
    (shown,) = next(one for one in plan.pages if one.url == "/showcases/").view["cards"]
    assert shown["record"] is None
    assert site.text("showcases/") == "[Kim]"
    site.write(template, lean + "{{ card.record.relationship }}{% endfor %}")
    site.build()
    assert site.text("showcases/") == "[Kim]none"
