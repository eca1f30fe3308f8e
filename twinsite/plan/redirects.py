"""Redirects: former addresses of records (``aliases``) lead to the present ones, by a page and by a line for hosts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from twinsite.core.page import Page, Planned
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry
from twinsite.link.addresses import Former, alias_url, list_former, output_path
from twinsite.plan.library import Library

TEMPLATE = "redirect.html"


def plan_redirects(library: Library, entries: Sequence[Entry]) -> tuple[Planned, list[str]]:
    """A page for each former address that leads to a page, and the same as lines for hosts that read ``_redirects``;
    of a document the line alone, because programs that ask for one do not read pages.

    The code is always written, because hosts differ in what they assume (301 or 302).
    """
    own = library.for_one()
    pages: list[Page] = []
    lines: list[str] = []
    base = urlsplit(library.base_url).path.rstrip("/")
    for entry in sorted(entries, key=lambda entry: entry.url):
        for index, alias in enumerate(entry.aliases):
            if alias_url(alias) is None:
                own.problems.append(_no_alias(entry, alias, ("aliases", index)))
        for former in list_former(entry):
            if former.url.endswith("/") or former.target == entry.url:
                pages.append(_plan_redirect(library, entry, former))
            lines.append(f"{quote(base + former.url)} {quote(base + former.target)} 301")
    return own.planned(pages), sorted(lines)


def redirect_addresses(entry: Entry) -> list[str]:
    """The former addresses of a record, from which visitors are led to it and to its further pages."""
    return [former.url for former in list_former(entry)]


def _plan_redirect(library: Library, entry: Entry, former: Former) -> Page:
    url = former.url
    view = {
        "url": url,
        "target": former.target,
        "canonical": library.full(former.target),
        "title": entry.title,
        "noindex": True,
        "kind": "redirect",
    }
    return Page.of(url, output_path(url), TEMPLATE, view, entry.path, field=("aliases", former.alias))


def _no_alias(entry: Entry, alias: str, field: FieldPath) -> Problem:
    message = f'"{alias}" is no former address of a page of this site.'
    hint = "Write the path alone, from the top of the site: /contests/old-name/"
    return Problem("not-an-alias", entry.path, message, hint, field=field)
