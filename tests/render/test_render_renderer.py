"""Pages that go through the renderer together: each comes out as it would alone; and views are decoded in part."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.test_render_compiler import make_theme
from twinsite.core.digest import digest_bytes, encode_view
from twinsite.core.page import Document, Page
from twinsite.core.problem import Problem
from twinsite.core.theme import Template
from twinsite.render.renderer import Renderer, make_decoder

TEMPLATES = {
    "plain.html": '<p id="a">{{ page.title }}</p><p id="a"><a href="/x/">{{ frame.word }}</a></p>',
    "wrong.html": "{{ page.title }}{{ page.titel }}",
    "machine/file.xml": "<a>{{ page.title }}, someone@private.example</a>",
}

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def make_renderer() -> Renderer:
    def find_no_body(path: str) -> Any:
        raise AssertionError(path)

    templates = {name: Template(name, name, text, digest_bytes(text.encode())) for name, text in TEMPLATES.items()}
    return Renderer({"word": "Word"}, make_theme(templates), find_no_body, "en", "/", None, "")


def make_page(number: int, template: str) -> Page | Document:
    view = {"title": f"T{number}", "noindex": False}
    if template.startswith("machine/"):
        return Document.of(f"{number}.xml", template, view)
    return Page.of(f"/{number}/", f"{number}/index.html", template, view, "content/pages/a.md")


@given(st.lists(st.sampled_from(sorted(TEMPLATES)), max_size=6))
@settings(max_examples=50, deadline=None)
def test_together_as_alone(templates: list[str]) -> None:
    pages = [make_page(number, template) for number, template in enumerate(templates)]
    together = make_renderer().finish(pages)
    assert len(together) == len(pages)
    for page, made in zip(pages, together, strict=True):
        (alone,) = make_renderer().finish([page])
        if isinstance(made, Problem) or isinstance(alone, Problem):
            assert made == alone
            assert page.template == "wrong.html"
            continue
        assert (made.data, made.facts) == (alone.data, alone.facts)
        assert made.facts.digest == digest_bytes(made.data)
        machine = isinstance(page, Document)
        assert made.facts.ids == (() if machine else ("a", "a-2"))
        assert made.facts.links == (() if machine else ("/x/",))
        assert made.facts.personal == ((("email", "someone@private.example"),) if machine else ())


@given(st.dictionaries(st.text(), VALUES, max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_a_part_of_a_view_is_what_it_is_in_the_whole(view: dict[str, Any], data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(["title", "none of these", *view])))
    encoded = encode_view(view)
    whole = make_decoder(None)(encoded)
    assert whole == view
    assert make_decoder(names)(encoded) == {name: value for name, value in whole.items() if name in names}
