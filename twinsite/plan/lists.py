"""Lists: sections, folders of pages, terms of taxonomies, archives by year and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from twinsite.core.page import Page, Planned
from twinsite.core.site import Entry, Term
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.link.addresses import list_url, output_path
from twinsite.plan.addresses import CALENDAR
from twinsite.plan.body import Filling
from twinsite.plan.claims import check_claims
from twinsite.plan.feeds import feed_links
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.library import Library
from twinsite.plan.narrowed import PRESS, Narrowed
from twinsite.plan.pages import page_frame
from twinsite.plan.paging import Chunk, cut_pages
from twinsite.plan.views import make_card, make_summary
from twinsite.plan.wall import Wall, name_value, open_wall, show_wall

FOLDER_SIZE = 100
"""How many pages of a folder one page lists at least: it is their table of contents, in an order of their own, and read
as a whole.
"""


ListPart = Callable[[Library], Page]
"""Makes one page of a list; what its view names is gathered in the library that it is called with."""


def plan_list(library: Library, part: ListPart) -> Planned:
    """The page of one of ``list_parts``. Needs no other page: they may be planned in any order."""
    own = library.for_one()
    return own.planned([part(own)])


def list_parts(library: Library) -> Iterator[ListPart]:
    """All pages of lists, always in the same order: of sections, folders, terms and periods."""
    for kind in KINDS:
        if kind.name in library.list_titles:
            yield from _list_section(library, kind)
    yield from list_folders(library)
    for taxonomy, terms in library.site.taxonomies.items():
        yield partial(_plan_taxonomy, taxonomy=taxonomy, terms=terms)
        for term in terms:
            yield from _list_term(library, taxonomy, term)
    if library.settings.outputs.archives:
        yield from list_archives(library)


def _list_section(library: Library, kind: Kind) -> Iterator[ListPart]:
    """The list of a kind, with the text of its ``_index.md`` on the front."""
    entries = library.site.published.get(kind.name, ())
    intro = library.site.lists.get(kind.folder)
    url = list_url(kind.folder)
    view = {
        "list_kind": kind.name,
        "years": _link_years(library, kind),
        "counts": _count_states(kind, entries),
        "feeds": feed_links(library, kind),
        "calendar": _find_calendar(library, kind),
    }
    wall = open_wall(library, kind)
    title = library.list_titles[kind.name]
    look = partial(_look_at, wall=wall, current=None) if wall else None
    yield from list_paged(library, _List(url, title, entries, f"{kind.name}/list.html", view, intro, look=look))
    if wall:
        yield from _list_narrowed(library, wall, view)


def _look_at(library: Library, head: Entry | None, wall: Wall, current: Narrowed | None) -> dict[str, Any]:
    """What a page of a list with facets shows of its values, looked at when the page is planned and not before: the
    words may change while the list stays the same.
    """
    if head:
        check_claims(library, head, library.settings.policies.showcases, wall.extent)
    seen = {"wall": show_wall(library, wall, current)}
    if current is None:
        return seen
    return {**seen, "title": f"{library.list_titles[wall.kind.name]}: {name_value(library, current)}"}


def _list_narrowed(library: Library, wall: Wall, view: dict[str, Any]) -> Iterator[ListPart]:
    """The lists of a kind by each value of its facets, and its press list with a page for each year and month."""
    kind = wall.kind
    title, url = library.list_titles[kind.name], list_url(kind.folder)
    crumbs = [{"title": library.settings.title, "url": "/"}, {"title": title, "url": url}]
    more = {**view, "years": [], "crumbs": crumbs}
    for one in wall.narrowed:
        look = partial(_look_at, wall=wall, current=one)
        yield from list_paged(library, _List(one.url, title, one.entries, f"{kind.name}/list.html", more, look=look))
    if wall.press:
        press = wall.press
        title = library.words.get(PRESS, PRESS.capitalize())
        more = {**more, "years": _link_years_of(press.url, press.entries)}
        yield from list_paged(library, _List(press.url, title, press.entries, f"{kind.name}/press.html", more))
        yield from _list_periods(press.url, kind, press.entries)


def _link_years_of(base: str, entries: Sequence[Entry]) -> list[dict[str, str]]:
    """The years that some records are of, the newest first, with the addresses of their pages."""
    years = sorted({entry.day.year for entry in entries if entry.day}, reverse=True)
    return [{"period": f"{year:04}", "url": f"{base}{year:04}/"} for year in years]


def _find_calendar(library: Library, kind: Kind) -> str | None:
    """The calendar of all records of a kind, which contests have."""
    return CALENDAR if kind.name == "contest" and CALENDAR in library.addresses else None


class _List(Struct, frozen=True):
    """A list at ``url``: its ``entries``, the ``template``, what its views hold ``more`` than all lists do, and the
    ``intro`` whose text stands on its front. A page shows ``least`` records or more. ``look`` gives what must be looked
    up anew for each page that is planned, perhaps another ``title``; it is told whose text stands on the page.
    """

    url: str
    title: str
    entries: Sequence[Entry]
    template: str
    more: dict[str, Any]
    intro: Entry | None = None
    source: str = "content"
    least: int = 0
    look: Callable[[Library, Entry | None], dict[str, Any]] | None = None


def list_paged(library: Library, one: _List) -> Iterator[ListPart]:
    """The pages of one list."""
    chunks = cut_pages(one.entries, max(one.least, library.settings.pagination.size))
    urls = [one.url if number is None else f"{one.url}page/{number}/" for number, _ in chunks]
    for place in range(len(chunks)):
        yield partial(_plan_chunk, one=one, chunks=chunks, urls=urls, place=place)


def _plan_chunk(library: Library, one: _List, chunks: list[Chunk], urls: list[str], place: int) -> Page:
    """One page of a list, with the way to its neighbours."""
    number, chunk = chunks[place]
    head = one.intro if number is None else None
    body, filling = fill_entry_body(library, head) if head else (None, None)
    seen = one.look(library, head) if one.look else {}
    wanted = library.parts_of_cards(one.template)
    view = {
        **page_frame(
            library, urls[place], seen.get("title", one.title), make_summary(one.intro) if one.intro else "", head
        ),
        "kind": "list",
        "list_kind": None,
        "calendar": None,
        "years": [],
        "counts": [],
        "wall": None,
        "cards": [make_card(library, entry, wanted) for entry in chunk],
        "count": len(one.entries),
        "number": number,
        "pages": _link_pages(chunks, urls, place),
        "body": body,
        "crumbs": [{"title": library.settings.title, "url": "/"}],
        "newer": urls[place - 1] if place else None,
        "older": urls[place + 1] if place + 1 < len(urls) else None,
        **one.more,
        **seen,
    }
    return _list_page(urls[place], one.template, view, one.intro.path if one.intro else one.source, filling)


def _list_page(url: str, template: str, view: dict[str, Any], source: str, filling: Filling | None) -> Page:
    origins = tuple(filling.origins) if filling else ()
    components = tuple(sorted(filling.components)) if filling else ()
    bodies = (filling.entry.path,) if filling else ()
    return Page.of(url, output_path(url), template, view, source, origins, components, bodies=bodies)


def _link_pages(chunks: list[Chunk], urls: list[str], place: int) -> list[dict[str, Any]]:
    """The way to other pages: the first, the last, and two on each side; ``None`` numbers are the front."""
    near = sorted({0, len(urls) - 1, *range(max(0, place - 2), min(len(urls), place + 3))})
    return [{"number": chunks[i][0], "url": urls[i], "current": i == place} for i in near] if len(urls) > 1 else []


def _count_states(kind: Kind, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """How many records are in each state, in the order lists show them, states without any left out."""
    counts = {state: sum(1 for entry in entries if entry.state == state) for state in kind.states}
    return [{"state": state, "count": count} for state, count in counts.items() if count]


def list_folders(library: Library) -> Iterator[ListPart]:
    """A list for each folder of pages that has an ``_index.md``: its text and the pages directly in it."""
    inside: dict[str, list[Entry]] = defaultdict(list)
    for entry in library.site.published.get("page", ()):
        inside[entry.slug.rpartition("/")[0]].append(entry)
    for section, intro in sorted(library.site.lists.items()):
        if section.startswith("pages/"):
            entries = inside.get(section.removeprefix("pages/"), ())
            view = {"list_kind": "page", "toc": []}
            yield from list_paged(
                library, _List(intro.url, intro.title, entries, "page/list.html", view, intro, least=FOLDER_SIZE)
            )


def _plan_taxonomy(library: Library, taxonomy: str, terms: Sequence[Term]) -> Page:
    """The page of a taxonomy with all its terms."""
    label = library.taxonomy_label(taxonomy)
    links = [{"label": term.label, "url": f"/{taxonomy}/{term.slug}/", "count": len(term.entries)} for term in terms]
    url = f"/{taxonomy}/"
    home = {"title": library.settings.title, "url": "/"}
    view = {
        **page_frame(library, url, label, ""),
        "kind": "taxonomy",
        "taxonomy": taxonomy,
        "terms": links,
        "crumbs": [home],
    }
    return Page.of(url, output_path(url), "taxonomy/index.html", view, "site.yaml")


def _list_term(library: Library, taxonomy: str, term: Term) -> Iterator[ListPart]:
    """The list of a term's records."""
    label = library.taxonomy_label(taxonomy)
    url = f"/{taxonomy}/"
    view = {
        "kind": "term",
        "taxonomy": taxonomy,
        "taxonomy_label": label,
        "crumbs": [{"title": library.settings.title, "url": "/"}, {"title": label, "url": url}],
        "feeds": feed_links(library, term=(taxonomy, term)),
    }
    here, template = f"{url}{term.slug}/", "taxonomy/term.html"
    yield from list_paged(library, _List(here, term.label, term.entries, template, view, source="site.yaml"))


def list_archives(library: Library) -> Iterator[ListPart]:
    """``/2026/`` and ``/2026/11/`` for all dated kinds, and the same below the list of each."""
    dated = [kind for kind in KINDS if kind.dated and library.site.published.get(kind.name)]
    everything = [entry for kind in dated for entry in library.site.published[kind.name]]
    yield from _list_periods("/", None, everything)
    for kind in dated:
        yield from _list_periods(list_url(kind.folder), kind, library.site.published[kind.name])


def _list_periods(base: str, kind: Kind | None, entries: Sequence[Entry]) -> Iterator[ListPart]:
    """A page for each year and each month that has records; months and years link to their neighbours that have
    some.
    """
    months: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_by_day, reverse=True):
        if entry.day:
            months[entry.day.isoformat()[:7]].append(entry)
    names = sorted(months)
    years = sorted({name[:4] for name in names})
    for year in years:
        yield partial(_plan_year, base=base, kind=kind, year=year, years=years, months=months)
    for name in names:
        yield partial(_plan_month, base=base, kind=kind, name=name, names=names, entries=months[name])


def _by_day(entry: Entry) -> tuple[str, str, str]:
    return (entry.day.isoformat() if entry.day else "", entry.kind, entry.slug)


def _archive_view(library: Library, base: str, kind: Kind | None, period: str, url: str) -> dict[str, Any]:
    """What archive pages share. The title is written by the template, in words ("November 2009")."""
    crumbs = [{"title": library.settings.title, "url": "/"}]
    if kind and kind.name in library.list_titles:
        crumbs.append({"title": library.list_titles[kind.name], "url": base})
    label = library.list_titles.get(kind.name) if kind else None
    return {
        **page_frame(library, url, period, ""),
        "kind": "archive",
        "period": period,
        "list_kind": kind.name if kind else None,
        "list_title": label,
        "crumbs": crumbs,
    }


def _plan_year(
    library: Library, base: str, kind: Kind | None, year: str, years: list[str], months: dict[str, list[Entry]]
) -> Page:
    url = f"{base}{year}/"
    inside = [name for name in sorted(months, reverse=True) if name.startswith(year)]
    place = years.index(year)
    view = {
        **_archive_view(library, base, kind, year, url),
        "months": [
            {
                "period": name,
                "url": f"{base}{name[:4]}/{name[5:]}/",
                "count": len(months[name]),
                "links": [_archive_line(entry) for entry in months[name]],
            }
            for name in inside
        ],
        "newer": _period_link(base, years[place + 1]) if place + 1 < len(years) else None,
        "older": _period_link(base, years[place - 1]) if place else None,
    }
    return Page.of(url, output_path(url), "archive/year.html", view, "content")


def _archive_line(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "title": entry.title,
        "url": entry.url,
        "date": entry.day.isoformat() if entry.day else None,
    }


def _plan_month(
    library: Library, base: str, kind: Kind | None, name: str, names: list[str], entries: Sequence[Entry]
) -> Page:
    url = f"{base}{name[:4]}/{name[5:]}/"
    place = names.index(name)
    view = {
        **_archive_view(library, base, kind, name, url),
        "cards": [make_card(library, entry) for entry in entries],
        "newer": _period_link(base, names[place + 1]) if place + 1 < len(names) else None,
        "older": _period_link(base, names[place - 1]) if place else None,
        "year": {"period": name[:4], "url": f"{base}{name[:4]}/"},
    }
    return Page.of(url, output_path(url), "archive/month.html", view, "content")


def _period_link(base: str, period: str) -> dict[str, str]:
    return {"period": period, "url": base + period.replace("-", "/") + "/"}


def _link_years(library: Library, kind: Kind) -> list[dict[str, str]]:
    """The years a dated kind has records in, newest first; none where ``outputs`` leaves archives out."""
    if not kind.dated or not library.settings.outputs.archives:
        return []
    return _link_years_of(list_url(kind.folder), library.site.published.get(kind.name, ()))
