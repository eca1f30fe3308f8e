"""Our compiler gives what Jinja2's own gives, for every construct of its language and for odd values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup

from twinsite.core.theme import Template, Theme
from twinsite.render import escaping
from twinsite.render.compiler import join_values, write_value
from twinsite.render.environment import SealedEnvironment


class PlainEnvironment(SealedEnvironment):
    """The same with Jinja2's own compiler."""

    code_generator_class = CodeGenerator
    context_class = Context


PARTS = {
    "inner.html": "<{{ a.b }}{{ outer }}{{ local | default('none') }}>",
    "blocks.html": "{% block one %}1{{ a.b }}{% endblock %}-{% block two scoped %}2{% endblock %}",
    "macros.html": """{% macro plain(x, y=3) %}[{{ x }}|{{ y }}|{{ a is defined }}]{% endmacro %}
{% macro many(x) %}{{ x }}{{ varargs | join(",") }}{{ kwargs | length }}{% endmacro %}
{% macro calls(x) %}({{ caller(x) }}){% endmacro %}""",
}

TEMPLATES = (
    "{{ a.b }} & {{ a.c }} {{ text }} {{ safe }} {{ number }} {{ nothing }} {{ yes }}",
    "{{ a.missing }}",
    "{{ missing.more }}",
    "{{ a.missing | default('<none>') }}{{ a.missing is defined }}{{ a['b'] }}{{ a['no'] is defined }}",
    "{{ a.items }}",
    "{{ text.upper() }}{{ text.no }}",
    "{{ a.deep.deeper.value }}{{ (a.deep if yes else a).deeper.value }}{{ items[0].name }}",
    "{{ text ~ '<' ~ safe ~ number }}{{ text ~ number }}{{ safe ~ a.b }}{{ nothing ~ a.missing | default('-') }}",
    "{% for item in items %}{{ loop.index }}{{ item.name }}{{ loop.last }}{% else %}none{% endfor %}",
    "{% for item in items if item.name != 'y' %}{{ item.name }}{% endfor %}"
    "{% for k in a.empty %}x{% else %}e{% endfor %}",
    "{% set local = a.b %}{% include 'inner.html' %}{% with local = 4 %}{% include 'inner.html' %}{% endwith %}",
    "{% for local in items %}{% include 'inner.html' %}{% endfor %}",
    "{% include 'nothing.html' ignore missing %}{% include ['no.html', 'inner.html'] %}",
    "{% include 'inner.html' without context %}",
    "{% include 'nothing.html' %}",
    "{% extends 'blocks.html' %}{% set kept = 5 %}{% block one %}{{ super() }}{{ kept }}{{ a.b }}{% endblock %}",
    "{% block x %}{{ self.y() }}{% endblock %}{% block y %}{{ a.b }}{% endblock %}",
    "{% from 'macros.html' import plain, many %}{{ plain(a.b) }}{{ plain(safe, y=text) }}"
    "{{ plain(x=1) }}{{ many(1, 2, z=3) }}",
    "{% from 'macros.html' import plain %}{% for item in items %}{{ plain(item.name) }}{% endfor %}{{ plain() }}",
    "{% from 'macros.html' import plain %}{{ plain(1, 2, 3) }}",
    "{% from 'macros.html' import plain %}{{ plain(1, no=2) }}",
    "{% from 'macros.html' import calls %}{% call(x) calls(text) %}<b>{{ x }}{{ a.b }}</b>{% endcall %}{{ calls(1) }}",
    "{% import 'macros.html' as m %}{{ m.plain(a.b) }}{{ m.plain(a.b) ~ text }}{{ m.no }}",
    "{% macro own(x) %}{% set y %}<{{ x }}>{% endset %}{{ y }}{{ y ~ x }}{% endmacro %}"
    "{{ own(a.b) }}{{ own(text) | length }}",
    "{% filter upper %}{{ a.b }}<i>{{ text }}{% endfilter %}",
    "{% autoescape false %}{{ a.b }}{{ text ~ safe }}{% endautoescape %}{{ a.b }}",
    "{% set ns = namespace(n=1) %}{% for i in items %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}",
    "{{ 'const<' }}{{ 1 + 2 }}{{ 'a' if yes }}{{ 'a' if not yes }}",
    "{{ a.b if a.c else a.deep }}{{ [a.b, text] }}{{ {'k': a.b}.k }}{{ (a.b, ) }}{{ a.b in text }}",
    "{{ a.b | upper | replace('<', '>') }}{{ items | map(attribute='name') | join(', ') }}",
    "{% if a.b and not a.empty %}{{ a.b }}{% elif text %}2{% else %}3{% endif %}",
    "{% set x %}{% for i in items recursive %}{{ i.name }}{% if i.more %}{{ loop(i.more) }}"
    "{% endif %}{% endfor %}{% endset %}{{ x }}",
)

NAMES = {
    "a": {"b": "<b>&\"'", "c": 7, "deep": {"deeper": {"value": "é<"}}, "empty": [], "items": "the key"},
    "text": "A & B",
    "safe": Markup("<i>"),
    "number": 3,
    "nothing": None,
    "yes": True,
    "items": [{"name": "x<", "more": [{"name": "in", "more": []}]}, {"name": "y", "more": []}],
    "outer": "seen",
}


def make_theme(templates: dict[str, Template]) -> Theme:
    return Theme("plain", ("plain",), templates, {}, {}, (), (), (), {})


def _render(kind: type[SealedEnvironment], text: str) -> str:
    sources = {**PARTS, "page.html": text}
    templates = {name: Template(name, name, source, source) for name, source in sources.items()}
    environment = kind(make_theme(templates))
    try:
        return environment.get_template("page.html").render(NAMES)
    except (UndefinedError, TemplateNotFound, TypeError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("text", TEMPLATES)
def test_same_as_jinja(text: str) -> None:
    assert _render(SealedEnvironment, text) == _render(PlainEnvironment, text)


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.text(), st.integers(), st.booleans(), st.none(), st.text().map(Markup), st.lists(st.text(), max_size=2)
)


@given(st.lists(VALUES, min_size=1, max_size=4))
@settings(max_examples=200)
def test_values_are_written_as_jinja_writes_them(values: list[Any]) -> None:
    environment = PlainEnvironment(make_theme({}))
    names = {f"v{number}": value for number, value in enumerate(values)}
    joined = environment.from_string("{{ " + " ~ ".join(names) + " }}").render(names)
    apart = environment.from_string("".join(f"{{{{ {name} }}}}" for name in names)).render(names)
    assert "".join(write_value(value) for value in values) == apart
    assert write_value(join_values(*values)) == joined


def test_escaping_without_the_compiled_part() -> None:
    text = "a&lt;<b>\"'&quot;&#34;>"
    assert escaping.escape_plainly(text) == escaping.escape_text(text)


def test_an_error_is_told_at_its_line() -> None:
    template = Template("page.html", "p.html", "one {{ a.b }}\ntwo {{ text }}\n{{ a.wrong }}\nfour", "d")
    environment = SealedEnvironment(make_theme({"page.html": template}))
    with pytest.raises(UndefinedError) as caught:
        environment.get_template("page.html").render(NAMES)
    lines = [(entry.path, entry.lineno + 1) for entry in caught.traceback]
    assert ("p.html", 3) in [(str(path), line) for path, line in lines]
