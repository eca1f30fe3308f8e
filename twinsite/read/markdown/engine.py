"""One seam, two engines: what ``markdown.engine`` in ``site.yaml`` chooses.

An engine turns Markdown into HTML and nothing more; everything around it (components, filter, ids, shapes, slots) is
the same for both. The Python-Markdown package is imported only when it is chosen, and a text needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from msgspec import Struct
from pyromark import Markdown

from twinsite.core.markdown import MarkdownSettings
from twinsite.core.problem import Problem
from twinsite.read.markdown.commonmark import commonmark


def know_nothing(text: str) -> None:
    """The quick way that never answers."""


class Engine(Struct, frozen=True):
    """An engine ready for many bodies. It may keep state between calls, so one thread uses it at a time.

    ``render`` takes Markdown and gives HTML; it may raise. ``reader`` gives places in a text, whatever the engine.
    ``filtered``: its HTML always goes through the filter, because its extensions let editors write attributes without
    any HTML; and it makes links of bare addresses itself. ``quick`` gives the finished HTML of a text without raw HTML
    and bare addresses, or ``None`` where it does not know it.
    """

    settings: MarkdownSettings
    render: Callable[[str], str]
    reader: Markdown
    filtered: bool
    quick: Callable[[str], str | None] = know_nothing


def make_engine(settings: MarkdownSettings) -> Engine | Problem:
    """The engine that ``settings`` name, or what is wrong with its extensions (a problem of ``site.yaml``)."""
    reader = commonmark(settings.smart)
    if settings.engine == "commonmark":
        return Engine(settings, reader.html, reader, filtered=False, quick=reader.html)
    from twinsite.read.markdown.ordinary import is_harmless, make_ordinary

    if is_harmless(settings):
        return Engine(
            settings, _make_later(settings), reader, filtered=True, quick=make_ordinary(settings.smart, reader)
        )
    render = _make_renderer(settings)
    return render if isinstance(render, Problem) else Engine(settings, render, reader, filtered=True)


def _make_renderer(settings: MarkdownSettings) -> Callable[[str], str] | Problem:
    from twinsite.read.markdown.python_markdown import make_renderer

    return make_renderer(settings)


def _make_later(settings: MarkdownSettings) -> Callable[[str], str]:
    """The package's engine, made for the first text that needs it: with settings that cannot be wrong."""
    renderer = cache(partial(_make_renderer, settings))

    def render(text: str) -> str:
        made = renderer()
        assert not isinstance(made, Problem), made.message
        return made(text)

    return render
