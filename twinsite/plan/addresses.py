"""Every address of the site: those that exist now, and those that existed or will exist at another time.

What a link leads to may come and go by the calendar alone: a scheduled page, the list of a tag that only an expired
page has. Such a link is no mistake, today or ever, so the verdicts of a build must not depend on the day. Takes the
linked site, gives addresses; touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from twinsite.config import Settings
from twinsite.core.site import Entry, Site
from twinsite.kinds import KINDS
from twinsite.link.addresses import list_url
from twinsite.link.site import INTERNAL, sort_entries
from twinsite.plan.lists import cut_pages

ALWAYS = ("/", "/feed.xml", "/feed.json", "/sitemap.xml", "/404.html")


def name_lists(site: Site) -> dict[str, str]:
    """The titles of the section lists that exist, by kind."""
    return {
        kind.name: site.lists[kind.folder].title if kind.folder in site.lists else kind.plural.capitalize()
        for kind in KINDS
        if kind.name not in (*INTERNAL, "page") and (site.published.get(kind.name) or kind.folder in site.lists)
    }


def widen_site(site: Site) -> Site:
    """The site as if every record that is shown at some time were shown now. Only good for its addresses."""
    ever = [entry for entry in site.by_path.values() if entry.held is None or entry.held.passing]
    return replace(
        site,
        published=sort_entries(entry for entry in ever if entry.kind not in INTERNAL),
        lists={entry.draft.slug: entry for entry in ever if entry.kind == "list"},
        taxonomies=site.all_taxonomies,
    )


def list_addresses(site: Site, settings: Settings, lists: Mapping[str, str]) -> Iterable[str]:
    """Every address of a page, known before any view is made, so that links can be resolved in one pass. ``lists`` are
    the titles of section lists by kind.
    """
    yield from ALWAYS
    for entries in site.published.values():
        yield from (entry.url for entry in entries)
    for kind in KINDS:
        if kind.name in lists:
            url = list_url(kind.folder, settings.permalinks)
            entries = site.published.get(kind.name, ())
            yield from _paged(url, entries, settings)
            if kind.dated:
                yield from _periods(url, entries)
                yield from _periods("/", entries)
            yield from (f"{url}{name}" for name in ("feed.xml", "feed.json") if settings.outputs.feeds_of(kind.name))
    for section, intro in site.lists.items():
        if section.startswith("pages/"):
            yield intro.url
    for taxonomy, terms in site.taxonomies.items():
        yield f"/{taxonomy}/"
        for term in terms:
            yield from _paged(f"/{taxonomy}/{term.slug}/", term.entries, settings)


def _paged(url: str, entries: Sequence[Entry], settings: Settings) -> Iterable[str]:
    for number, _ in cut_pages(entries, settings.pagination.size):
        yield url if number is None else f"{url}page/{number}/"


def _periods(base: str, entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        if entry.day:
            yield f"{base}{entry.day:%Y}/"
            yield f"{base}{entry.day:%Y}/{entry.day:%m}/"
