"""Sentences that a page owes its readers: each must stand in the finished HTML, by its anchor, whatever the theme.

Takes the pages with what they owe and their facts; gives a problem for each sentence that a template leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twinsite.core.facts import PageFacts
from twinsite.core.page import Page
from twinsite.core.problem import Problem


def check_owed(pages: Sequence[Page], facts: Mapping[str, PageFacts]) -> list[Problem]:
    """A problem for each sentence without its anchor on its page. ``facts`` are by output path."""
    owing = [page for page in pages if page.owes and page.path in facts]
    return [
        _report(page, anchor, words)
        for page in owing
        for anchor, words in page.owes
        if anchor not in facts[page.path].ids
    ]


def _report(page: Page, anchor: str, words: str) -> Problem:
    return Problem(
        rule="statement-not-shown",
        path=page.source,
        message=f"The page {page.url} does not show a sentence that it must show. {words}",
        hint=f'The template {page.template} leaves it out: give it an element with id="{anchor}" that says so, or '
        'include "contest/law.html", which shows all of them.',
        field=(),
    )
