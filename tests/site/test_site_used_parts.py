"""A page depends on the parts of its view that its template uses, and on no others."""

from __future__ import annotations

from tests.conftest import MakeSite
from tests.support.bare import BARE
from tests.support.site import SETTINGS, Site
from tests.support.texts import page, showcase

LEAN = """{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>{{ page.body | fill(frame) }}{% endblock %}
"""
RICH = LEAN.replace("</h1>", "</h1>{% for card in page.related %}[{{ card.title }}]{% endfor %}")
TEMPLATE = "themes/bare/templates/showcase/page.html"
KIM, LEE = "content/showcases/kim.md", "content/showcases/lee.md"


def write(make_site: MakeSite, template: str) -> Site:
    files = {KIM: showcase(more="tags: [sea]\n"), LEE: showcase(more="tags: [sea]\n")}
    return make_site(
        BARE | {TEMPLATE: template, "content/index.md": page("Home", body="x")} | files, f"{SETTINGS}theme: bare\n"
    )


def rename(site: Site) -> None:
    site.write(LEE, showcase(more="tags: [sea]\ntitle: Another name\n"))


def test_what_a_template_does_not_use_renders_nothing(make_site: MakeSite) -> None:
    site = write(make_site, LEAN)
    assert not [problem for problem in site.build().problems if problem.severity == "error"]
    before = site.files()["showcases/kim/index.html"]
    rename(site)
    result = site.build()
    assert "Another name" in site.text("showcases/lee/")
    assert result.plan is not None
    views = {one.url: one.view for one in result.plan.pages}
    assert not views["/showcases/kim/"].get("related")
    assert views["/showcases/kim/"]["title"]
    assert site.files()["showcases/kim/index.html"] == before


def test_what_it_uses_renders_again(make_site: MakeSite) -> None:
    site = write(make_site, RICH)
    site.build()
    rename(site)
    site.build()
    assert "[Another name]" in site.text("showcases/kim/")


def test_a_template_that_begins_to_use_a_part_gets_it(make_site: MakeSite) -> None:
    site = write(make_site, LEAN)
    site.build()
    site.write(TEMPLATE, RICH)
    site.build()
    assert site.text("showcases/kim/").count("[") == 1
    site.write(TEMPLATE, LEAN)
    site.build()
    assert "[" not in site.text("showcases/kim/")


def test_a_wrong_name_is_met_with_the_nearest_of_all_parts(make_site: MakeSite) -> None:
    site = write(make_site, LEAN.replace("page.title", "page.relatd"))
    (problem,) = [problem for problem in site.build().problems if problem.rule == "template-error"]
    assert 'Did you mean "related"?' in problem.message
