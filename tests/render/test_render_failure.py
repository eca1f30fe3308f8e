"""A template that fails names the page, the way through the templates, and the line; and says what was meant."""

from __future__ import annotations

import pytest

from tests.support.site import SETTINGS, write_site

PAGE = "content/pages/about.md"
THEMED = SETTINGS + "theme: ours\n"
OURS = {
    "themes/ours/theme.yaml": "name: Ours\nextends: default\n",
    PAGE: "---\ntitle: About\n---\nHello.\n",
}
OWN_PAGE, PART, DEEPER = (
    f"themes/ours/templates/{name}" for name in ("page/page.html", "parts/one.html", "parts/two.html")
)


@pytest.fixture
def fail(tmp_path):
    """The problems of a site whose theme has these templates, as (rule, place, message)."""

    def build(**templates):
        files = {**OURS, **{f"themes/ours/{name}": text for name, text in templates.pop("files").items()}}
        result = write_site(tmp_path, files, THEMED).build(jobs=1)
        assert not result.ok
        assert not (tmp_path / "public").exists() or not list((tmp_path / "public").iterdir())
        return [(problem.rule, f"{problem.path}:{problem.line}", problem.message) for problem in result.problems]

    return lambda **files: build(files={name.replace("__", "/") + ".html": text for name, text in files.items()})


def test_an_unknown_name_is_met_with_the_nearest(fail):
    assert fail(templates__page__page="<title>{{ page.title }}</title>\n{{ page.sumary }}\n") == [
        (
            "template-error",
            f"{OWN_PAGE}:2",
            'There is no "sumary" here. Did you mean "summary"? '
            f"The page /about/ from {PAGE} could not be made (templates: {OWN_PAGE}:2).",
        )
    ]


def test_an_unknown_name_at_the_top_is_met_with_the_nearest(fail):
    ((rule, place, message),) = fail(templates__page__page="{{ pge.title }}\n")
    assert (rule, place) == ("template-error", f"{OWN_PAGE}:1")
    assert message.startswith('There is no "pge" here. Did you mean "page"?')


def test_the_way_through_the_templates_is_told(fail):
    ((rule, place, message),) = fail(
        templates__page__page='\n{% include "parts/one.html" %}\n',
        templates__parts__one='\n\n{% include "parts/two.html" %}\n',
        templates__parts__two="{{ page.nothing.at.all }}\n",
    )
    assert (rule, place) == ("template-error", f"{DEEPER}:1")
    assert message.endswith(f"(templates: {OWN_PAGE}:2 → {PART}:3 → {DEEPER}:1).")


def test_a_mistake_of_syntax_stands_at_its_line(fail):
    ((rule, place, message),) = fail(templates__page__page="<p>\n{% if page.title %}\n{% endfor %}\n")
    assert (rule, place) == ("template-syntax", f"{OWN_PAGE}:3")
    assert "Encountered unknown tag 'endfor'" in message
    assert message.endswith(f"The page /about/ from {PAGE} could not be made (templates: {OWN_PAGE}:3).")


def test_a_missing_template_is_met_with_the_nearest(fail):
    ((rule, place, message),) = fail(
        templates__page__page='<p>\n{% include "parts/oen.html" %}\n', templates__parts__one="<p>One.</p>\n"
    )
    assert (rule, place) == ("missing-template", f"{OWN_PAGE}:2")
    assert message.startswith('There is no template "parts/oen.html". Did you mean "parts/one.html"?')


@pytest.mark.parametrize("deep", [1, 2])
def test_an_endless_include_is_told_once_with_a_short_way(fail, deep):
    again = "one" if deep == 1 else "two"
    ((rule, place, message),) = fail(
        templates__page__page='{% include "parts/one.html" %}\n',
        templates__parts__one=f'{{% include "parts/{again}.html" %}}\n',
        templates__parts__two='{% include "parts/one.html" %}\n',
    )
    assert rule == "template-error"
    assert place == (f"{PART}:1" if deep == 1 else f"{DEEPER}:1")
    assert message.startswith("This template includes or extends itself without end.")
    assert len(message) < 400


def test_one_fault_that_spoils_many_pages_is_one_problem(tmp_path):
    files = {**OURS, **{f"content/pages/p{number}.md": OURS[PAGE] for number in range(5)}}
    files[OWN_PAGE] = "{{ page.sumary }}\n"
    (problem,) = write_site(tmp_path, files, THEMED).build(jobs=1).problems
    assert problem.message.endswith("The same spoils 5 more pages.")
