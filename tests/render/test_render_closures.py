"""Closures of templates: what they are made of, and what of the page's view they can use."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from twinsite.cache.memory import MemoryStore
from twinsite.core.theme import Template, Theme
from twinsite.installed import find_package_themes
from twinsite.read.theme import read_theme
from twinsite.render.closures import find_closures, find_parts
from twinsite.render.environment import SealedEnvironment


def make_theme(**texts: str) -> Theme:
    templates = {f"{name}.html": Template(f"{name}.html", name, text, text) for name, text in texts.items()}
    return Theme("plain", ("plain",), templates, {}, {}, (), (), (), {})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{{ page.title }}{% if page.a.b %}{{ page['c'] }}{% endif %}", {"title", "a", "c"}),
        ("{{ frame.page }}{{ it.page.title }}", set()),
        ("{{ page }}", None),
        ("{{ show(page) }}", None),
        ("{% set p = page %}{{ p.title }}", None),
        ("{{ page[name] }}", None),
        ("{{ items[page] }}", None),
        ("{{ page[page.title] }}", None),
        ("{{ page | length }}", None),
        ("{% for name in page %}{% endfor %}", None),
        ("{% macro m(page) %}{{ page.title }}{% endmacro %}", None),
        ("{{ page.items }}{{ page['a'][0] }}", {"items", "a"}),
        ("{{ page.computed.a.b }}{{ page['computed']['c'] }}", {"computed", "computed.a", "computed.c"}),
        ("{{ page.computed }}{{ page.computed.a }}", {"computed", "computed.a", "computed.*"}),
        ("{% set made = page.computed %}{{ made.a }}", {"computed", "computed.*"}),
        ("{{ page.computed[name] }}", {"computed", "computed.*"}),
        ("{{ names[page.computed] }}", {"computed", "computed.*"}),
        ("{% if 'a' in page.computed %}{% endif %}", {"computed", "computed.*"}),
        ("{{ page.computed.a(page.computed) }}", {"computed", "computed.a", "computed.*"}),
        ("{{ it.computed.a }}", set()),
        ("{% for card in page.cards %}{{ card.title }}{{ loop.index }}{% endfor %}", {"cards", "card.title"}),
        ("{% for card in page.cards %}{{ card }}{% endfor %}", {"cards", "card.*"}),
        ("{% for card in page.cards %}{{ loop.nextitem.title }}{% endfor %}", {"cards", "card.*"}),
        ("{% for x in page.cards %}{{ x.title }}{% endfor %}", {"cards", "card.*"}),
        ("{% if page.cards %}{{ card.a.b }}{% endif %}", {"cards", "card.a"}),
    ],
)
def test_what_a_text_uses_of_the_page(text: str, parts: set[str] | None) -> None:
    assert find_parts(Environment().parse(text)) == parts


def test_what_templates_name_counts_too() -> None:
    closures = find_closures(
        make_theme(
            base="{{ page.title }}{% block main %}{% endblock %}",
            page="{% extends 'base.html' %}{% block main %}{% include 'part.html' %}{% endblock %}",
            part="{{ page.body }}",
            other="{{ page.other }}",
            any="{% include page.name %}",
            whole="{% extends 'part.html' %}{{ page }}",
            broken="{% if %}",
        ),
        MemoryStore(),
        "",
    )
    assert closures["page.html"].templates == ("base.html", "page.html", "part.html")
    assert closures["page.html"].parts == ("body", "title")
    assert closures["any.html"].parts is None
    assert closures["whole.html"].parts is None
    assert closures["broken.html"].parts is None
    assert closures["base.html"].digest != closures["page.html"].digest


def test_only_a_changed_text_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = SealedEnvironment.parse
    monkeypatch.setattr(SealedEnvironment, "parse", lambda self, text: parsed.append(text) or parse(self, text))
    cache, part, broken = MemoryStore(), "{{ page.body }} {# once #}", "{% if once %}"
    find_closures(make_theme(page="{% include 'part.html' %} {# once #}", part=part, broken=broken), cache, "salt")
    before = len(parsed)
    closures = find_closures(make_theme(page="{{ page.title }} {# once #}", part=part, broken=broken), cache, "salt")
    assert (before, parsed[before:]) == (3, ["{{ page.title }} {# once #}"])
    assert closures["page.html"].parts == ("title",)


def write_code(theme: Theme, name: str) -> str:
    """The code that a template of a theme becomes."""
    environment = SealedEnvironment(theme)
    return environment._generate(environment._parse(theme.templates[name].text, name, None), name, None)


def test_what_was_parsed_for_the_closures_becomes_the_same_code() -> None:
    theme, _ = read_theme(find_package_themes().parent, "default", hashed=False)
    assert theme is not None
    texts = {template.text for template in theme.templates.values()}
    theme.trees.update({text: SealedEnvironment(theme).parse(text) for text in texts})
    names = {template.text: name for name, template in theme.templates.items()}.values()
    from_trees = [write_code(theme, name) for name in names]
    assert not theme.trees
    assert from_trees == [write_code(theme, name) for name in names]


def test_each_tree_is_left_for_one_compilation_and_none_of_a_wrong_text() -> None:
    theme = make_theme(page="{{ page.title }} {# left #}", broken="{% if left %}")
    find_closures(theme, MemoryStore(), "salt")
    assert set(theme.trees) <= {"{{ page.title }} {# left #}"}
    write_code(theme, "page.html")
    assert not theme.trees
