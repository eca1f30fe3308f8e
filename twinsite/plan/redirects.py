"""Redirects: former addresses of records (``aliases``) lead to the present ones, by a page and by a line for hosts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from twinsite.core.page import Page, Planned
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry
from twinsite.link.addresses import alias_url, output_path
from twinsite.plan.library import Library

TEMPLATE = "redirect.html"


def plan_redirects(library: Library, entries: Sequence[Entry]) -> tuple[Planned, list[str]]:
    """A page for each alias that leads to its record, and the same as lines for hosts that read ``_redirects``.

    The code is always written, because hosts differ in what they assume (301 or 302).
    """
    own = library.for_one()
    pages: list[Page] = []
    lines: list[str] = []
    base = urlsplit(library.base_url).path.rstrip("/")
    for entry in sorted(entries, key=lambda entry: entry.url):
        for index, alias in enumerate(entry.aliases):
            url = alias_url(alias)
            if url is None:
                own.problems.append(_no_alias(entry, alias, ("aliases", index)))
                continue
            pages.append(_plan_redirect(library, entry, url, ("aliases", index)))
            lines.append(f"{quote(base + url)} {quote(base + entry.url)} 301")
    return own.planned(pages), sorted(lines)


def redirect_addresses(entry: Entry) -> list[str]:
    """The former addresses of a record, from which visitors are led to it."""
    return [url for alias in entry.aliases if (url := alias_url(alias))]


def _plan_redirect(library: Library, entry: Entry, url: str, field: FieldPath) -> Page:
    view = {
        "url": url,
        "target": entry.url,
        "canonical": library.full(entry.url),
        "title": entry.title,
        "noindex": True,
        "kind": "redirect",
    }
    return Page.of(url, output_path(url), TEMPLATE, view, entry.path, field=field)


def _no_alias(entry: Entry, alias: str, field: FieldPath) -> Problem:
    message = f'"{alias}" is no former address of a page of this site.'
    hint = "Write the path alone, from the top of the site: /contests/old-name/"
    return Problem("not-an-alias", entry.path, message, hint, field=field)
