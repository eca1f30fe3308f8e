"""What remains of records that their makers took back: a short notice at the address, so that a link that somebody kept
says why there is nothing. It holds nothing of the record but the address.
"""

from __future__ import annotations

from typing import Any

from twinsite.core.held import WITHDRAWN
from twinsite.core.page import Page, Planned
from twinsite.core.site import Entry
from twinsite.link.addresses import output_path
from twinsite.plan.library import Library
from twinsite.plan.pages import page_frame

TEMPLATE = "withdrawn.html"


def plan_withdrawn(library: Library) -> Planned:
    """The notices of all withdrawn records, in no list and no sitemap."""
    gone = (entry for entry in library.site.withheld if entry.held and entry.held.reason == WITHDRAWN)
    return Planned(pages=tuple(_make_notice(library, entry) for entry in gone))


def _make_notice(library: Library, entry: Entry) -> Page:
    view: dict[str, Any] = {**page_frame(library, entry.url, "", ""), "kind": WITHDRAWN, "noindex": True}
    view["description"] = ""
    return Page.of(entry.url, output_path(entry.url), TEMPLATE, view, entry.path)
