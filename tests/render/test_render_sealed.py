"""The sealed environment: a template sees its values and nothing that Python keeps behind them."""

from __future__ import annotations

import pytest

from tests.support.site import SETTINGS

PAGE = "---\ntitle: About\n---\nHello.\n"


@pytest.fixture
def render(make_site):
    def run(text: str, **files: str):
        site = make_site(
            {
                "content/pages/about.md": PAGE,
                "themes/ours/theme.yaml": "extends: default\n",
                "themes/ours/templates/page/page.html": text,
                **{path.replace("__", "/"): more for path, more in files.items()},
            },
            SETTINGS + "theme: ours\n",
        )
        result = site.build(use_cache=False)
        errors = [problem for problem in result.problems if problem.severity == "error"]
        return (site.text("about/") if not errors else None), errors

    return run


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title.__class__ }}",
        "{{ page.title.__class__.__mro__[1].__subclasses__() }}",
        "{{ page['title']['__class__'] }}",
        "{{ page.title | attr('__class__') }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ''.join.__self__.__class__ }}",
        "{{ '{0.__class__}'.format(page.title) }}",
        "{{ frame.site.__class__ }}",
        "{{ cycler.__init__ }}",
        "{{ range(3) }}",
        "{{ page.tags.append('x') }}",
        "{% set x = page.update({'title': 'y'}) %}",
    ],
)
def test_a_template_reaches_nothing_behind_its_values(render, text):
    page, errors = render(text)
    assert page is None
    assert [(problem.rule, problem.line) for problem in errors] == [("template-error", 1)]
    assert "0x" not in errors[0].message


def test_plain_methods_of_values_stay(render):
    page, errors = render(
        "{{ page.title.upper() }} {{ '%s!' | format(page.title) }} {{ page.title.split('b') | length }}"
    )
    assert errors == []
    assert page == "ABOUT About! 2"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{% include "page/page.html" %}', "Take out the include"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "Take out the include"),
        ("{{ 1 / 0 }}", "Mend this line"),
        ("{{ page.title | date }}", "Mend this line"),
        ("{{ page.titel }}", "Correct the name"),
    ],
)
def test_the_advice_fits_the_fault(render, text, hint):
    _, errors = render(text)
    assert [problem.rule for problem in errors] == ["template-error"]
    assert errors[0].hint.startswith(hint)


def test_a_component_has_no_page(render):
    files = {
        "content__pages__about.md": PAGE + "\n::: k\n:::\n",
        "themes__ours__components__k.yaml": "about: K\n",
        "themes__ours__components__k.html": "{{ page.title }}",
    }
    _, errors = render('{% extends "parent:page/page.html" %}', **files)
    assert [problem.message.partition(".")[0] for problem in errors] == [
        'There is no "page" here: a component has component and frame, any other template page and frame'
    ]
