"""Every address of the site: those that exist now, and those that existed or will exist at another time; and what an
address that somebody wrote means.

What a link leads to may come and go by the calendar alone: a scheduled page, the list of a tag that only an expired
page has. Such a link is no mistake, today or ever, so the verdicts of a build must not depend on the day. Takes the
linked site, gives addresses; touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from twinsite.config import Settings
from twinsite.core.convert import make_step
from twinsite.core.site import Entry, Site
from twinsite.kinds import KINDS
from twinsite.link.addresses import further_urls, list_former, list_url
from twinsite.link.site import INTERNAL, sort_entries
from twinsite.plan.library import Library
from twinsite.plan.narrowed import find_press, list_narrowed
from twinsite.plan.paging import cut_pages

FEEDS = ("feed.xml", "feed.json")
CALENDAR = "/calendar.ics"
"""What a site with contests has."""

ALWAYS = ("/", "/404.html", "/sitemap.xml", "/robots.txt", "/site.webmanifest")
"""What every site has."""


class Meaning(Struct, frozen=True):
    """What an address means: the ``url`` to link to, or the withheld record (``held``) that has it; ``away`` for a list
    that exists at another time only.

    None of them where one cannot tell, because a file that may have it is wrong; that is told elsewhere.
    """

    url: str | None = None
    held: Entry | None = None
    away: bool = False


def find_meaning(library: Library, path: str) -> Meaning | None:
    """What a site-absolute path means (not percent-encoded, without query and anchor), or ``None`` for nothing.

    An alias means the page that it leads to, a file of ``content/static`` itself.
    """
    if path in library.addresses:
        return Meaning(path)
    if path in library.aliases:
        entry, url = library.aliases[path]
        return Meaning(held=entry) if entry.held else Meaning(url)
    if path in library.held_addresses:
        return Meaning(held=library.held_addresses[path])
    if library.is_away(path):
        return Meaning(away=True)
    name = path[1:]
    if name in library.site.static or (path.endswith("/") and f"{name}index.html" in library.site.static):
        return Meaning(quote(path))
    return Meaning() if _is_doubtful(library, path) else None


def _is_doubtful(library: Library, path: str) -> bool:
    """Whether a page may stand at this address once the files that are wrong have been mended."""
    if not library.doubts:
        return False
    steps = path.strip("/").split("/")
    if re.fullmatch("[0-9]{4}", steps[0]) or steps[0] in ("tags", *library.settings.taxonomies):
        return True
    return steps[0] in library.doubts or steps[-1] in library.doubts


def find_doubts(wrong: Iterable[str]) -> frozenset[str]:
    """The steps of addresses that may come of files that are wrong: those of their sections and their own."""
    doubts: set[str] = set()
    for path in wrong:
        folder, _, name = path.removeprefix("content/").rpartition("/")
        stem = folder.rpartition("/")[2] if name in ("index.md", "_index.md") else name.removesuffix(".md")
        doubts |= {make_step(stem), folder.partition("/")[0]}
    return frozenset(doubts)


def map_aliases(entries: Iterable[Entry]) -> dict[str, tuple[Entry, str]]:
    """The record that each former address belongs to, and the address to which it leads; of several, the first."""
    aliases: dict[str, tuple[Entry, str]] = {}
    for entry in entries:
        for former in list_former(entry):
            aliases.setdefault(former.url, (entry, former.target))
    return aliases


def name_lists(site: Site) -> dict[str, str]:
    """The titles of the section lists that exist, by kind."""
    return {
        kind.name: site.lists[kind.folder].title if kind.folder in site.lists else kind.plural
        for kind in KINDS
        if kind.name not in (*INTERNAL, "page") and (site.published.get(kind.name) or kind.folder in site.lists)
    }


def widen_site(site: Site) -> Site:
    """The site as if every record that is shown at some time were shown now. Only good for its addresses."""
    ever = [entry for entry in site.by_path.values() if entry.held is None or entry.held.passing]
    return replace(
        site,
        published=sort_entries(entry for entry in ever if entry.kind not in INTERNAL),
        lists={entry.name: entry for entry in ever if entry.kind == "list"},
        taxonomies=site.all_taxonomies,
    )


def list_addresses(site: Site, settings: Settings, lists: Mapping[str, str]) -> Iterator[str]:
    """Every address of a page or a file for machines, known before any view is made, so that links can be resolved in
    one pass. ``lists`` are the titles of section lists by kind.
    """
    yield from ALWAYS
    yield from _list_feeds("/", "site", settings)
    if settings.outputs.calendar and site.published.get("contest"):
        yield CALENDAR
    for entries in site.published.values():
        for entry in entries:
            yield entry.url
            if entry.further:
                yield from further_urls(entry)
    for kind in KINDS:
        if kind.name in lists:
            url = list_url(kind.folder)
            entries = site.published.get(kind.name, ())
            yield from _list_paged(url, entries, settings)
            yield from _list_feeds(url, kind.name, settings)
            if kind.dated and settings.outputs.archives:
                yield from _list_periods(url, entries)
                yield from _list_periods("/", entries)
            for one in list_narrowed(site, settings, kind):
                yield from _list_paged(one.url, one.entries, settings)
            press = find_press(site, settings, kind)
            if press:
                yield from _list_paged(press.url, press.entries, settings)
                yield from _list_periods(press.url, press.entries)
    yield from (intro.url for section, intro in site.lists.items() if section.startswith("pages/"))
    for taxonomy, terms in site.taxonomies.items():
        yield f"/{taxonomy}/"
        for term in terms:
            yield from _list_paged(f"/{taxonomy}/{term.slug}/", term.entries, settings)
            yield from _list_feeds(f"/{taxonomy}/{term.slug}/", "tags", settings)


def _list_feeds(base: str, name: str, settings: Settings) -> Iterator[str]:
    if settings.outputs.feeds_of(name):
        yield from (base + feed for feed in FEEDS)


def _list_paged(url: str, entries: Sequence[Entry], settings: Settings) -> Iterator[str]:
    for number, _ in cut_pages(entries, settings.pagination.size):
        yield url if number is None else f"{url}page/{number}/"


def _list_periods(base: str, entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.day:
            yield f"{base}{entry.day.year:04}/"
            yield f"{base}{entry.day.year:04}/{entry.day.month:02}/"


def describe_empty_list(address: str) -> str:
    """What makes the list of a kind appear at ``address``; empty where no kind has its list."""
    kind = next((kind for kind in KINDS if kind.folder != "pages" and address.strip("/") == kind.folder), None)
    if kind is None:
        return ""
    index = f"content/{kind.folder}/_index.md"
    return f"That list is made once its first {kind.name} is published, or with the file {index}."
