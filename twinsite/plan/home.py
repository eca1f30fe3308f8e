"""The home page, assembled from sections: open contests, featured showcases, current twinterns, latest
announcements.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Raw

from twinsite.core.page import Page, Planned
from twinsite.core.site import Entry
from twinsite.plan.feeds import feed_links
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.jsonld import describe_site
from twinsite.plan.library import Library
from twinsite.plan.pages import page_frame
from twinsite.plan.views import make_card, make_summary

RUNNING = ("open", "voting", "judging", "upcoming")
"""States of a contest that is still going on, in the order the home page shows them."""


def plan_home(library: Library) -> Planned:
    """The page at ``/``: the text of ``content/index.md`` and the sections."""
    own = library.for_one()
    return own.planned([_make_home(own)])


def _make_home(library: Library) -> Page:
    entry = library.site.home
    settings = library.settings
    body, filling = fill_entry_body(library, entry) if entry else (None, None)
    title = entry.title if entry else settings.title
    summary = make_summary(entry) if entry else settings.tagline or ""
    view = {
        **page_frame(library, "/", title, summary, entry),
        "kind": "home",
        "body": body,
        "sections": plan_sections(library),
        "feeds": feed_links(library),
        "jsonld": describe_site(library),
    }
    source = entry.path if entry else "content"
    origins = tuple(filling.origins) if filling else ()
    components = tuple(sorted(filling.components)) if filling else ()
    bodies = (entry.path,) if entry else ()
    return Page.of("/", "index.html", "home/page.html", view, source, origins, components, bodies=bodies)


def plan_sections(library: Library) -> dict[str, list[Raw]]:
    """The cards of each section. A section without records is an empty list, for which the theme says what will
    come.
    """
    published = library.site.published
    contests = published.get("contest", ())
    running = [entry for state in RUNNING for entry in contests if entry.state == state]
    finished = [entry for entry in contests if entry.state == "announced"]
    twinterns = published.get("twintern", ())
    current = [entry for entry in twinterns if entry.state == "current"] or list(twinterns)
    return {
        "contests": _cards(library, running, 4),
        "winners": _cards(library, sorted(finished, key=_latest), 2),
        "showcases": _cards(library, _featured(published.get("showcase", ())), 6),
        "twinterns": _cards(library, current, 8),
        "announcements": _cards(library, published.get("announcement", ()), 4),
        "campaigns": _cards(library, published.get("campaign", ()), 3),
    }


def _cards(library: Library, entries: Sequence[Entry], most: int) -> list[Raw]:
    return [make_card(library, entry) for entry in entries[:most]]


def _featured(entries: Sequence[Entry]) -> list[Entry]:
    """Featured records first, then the newest, so that the section is never empty while there are any."""
    return sorted(entries, key=lambda entry: not entry.featured)


def _latest(entry: Entry) -> tuple[int, str]:
    return (-(entry.day.toordinal() if entry.day else 0), entry.slug)
