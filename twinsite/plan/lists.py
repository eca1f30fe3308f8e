"""Lists: sections, folders of pages, terms of taxonomies, archives by year and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from twinsite.core.page import Page, Planned
from twinsite.core.site import Entry, Term
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.link.addresses import list_url, output_path
from twinsite.plan.body import Filling
from twinsite.plan.feeds import feed_links
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.library import Library
from twinsite.plan.pages import page_frame
from twinsite.plan.paging import Chunk, cut_pages
from twinsite.plan.views import make_card, make_summary

FOLDER_SIZE = 100
"""How many pages of a folder one page lists at least: it is their table of contents, in an order of their own, and read
as a whole.
"""


ListPart = Callable[[Library], list[Page]]
"""Makes the pages of one list; what their views name is gathered in the library that it is called with."""


def plan_list(library: Library, part: ListPart) -> Planned:
    """The pages of one of ``list_parts``. Needs no other page: lists may be planned in any order."""
    own = library.for_one()
    return own.planned(part(own))


def list_parts(library: Library) -> Iterator[ListPart]:
    """All lists of the site, always in the same order: of sections, folders, terms and periods."""
    for kind in KINDS:
        if kind.name in library.list_titles:
            yield partial(_plan_section, kind=kind)
    yield from list_folders(library)
    for taxonomy, terms in library.site.taxonomies.items():
        yield partial(_plan_taxonomy, taxonomy=taxonomy, terms=terms)
        for term in terms:
            yield partial(_plan_term, taxonomy=taxonomy, term=term)
    if library.settings.outputs.archives:
        yield from list_archives(library)


def _plan_section(library: Library, kind: Kind) -> list[Page]:
    """The list of a kind, with the text of its ``_index.md`` on the front."""
    entries = library.site.published.get(kind.name, ())
    intro = library.site.lists.get(kind.folder)
    url = list_url(kind.folder)
    view = {
        "list_kind": kind.name,
        "years": _link_years(library, kind),
        "counts": _count_states(kind, entries),
        "feeds": feed_links(library, kind),
    }
    title = library.list_titles[kind.name]
    return plan_paged(library, url, title, entries, f"{kind.name}/list.html", view, intro)


def plan_paged(
    library: Library,
    url: str,
    title: str,
    entries: Sequence[Entry],
    template: str,
    more: dict[str, Any],
    intro: Entry | None,
    source: str = "content",
    least: int = 0,
) -> list[Page]:
    """The pages of one list at ``url``; every page links to its neighbours and shows ``least`` records or more."""
    chunks = cut_pages(entries, max(least, library.settings.pagination.size))
    urls = [url if number is None else f"{url}page/{number}/" for number, _ in chunks]
    summary = make_summary(intro) if intro else ""
    pages = []
    for place, (number, chunk) in enumerate(chunks):
        head = intro if number is None else None
        body, filling = fill_entry_body(library, head) if head else (None, None)
        view = {
            **page_frame(library, urls[place], title, summary, head),
            "kind": "list",
            "list_kind": None,
            "years": [],
            "counts": [],
            "cards": [make_card(library, entry) for entry in chunk],
            "count": len(entries),
            "number": number,
            "pages": _link_pages(chunks, urls, place),
            "body": body,
            "crumbs": [{"title": library.settings.title, "url": "/"}],
            "newer": urls[place - 1] if place else None,
            "older": urls[place + 1] if place + 1 < len(urls) else None,
            **more,
        }
        pages.append(_list_page(urls[place], template, view, intro.path if intro else source, filling))
    return pages


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
            yield partial(_plan_folder, intro=intro, inside=inside.get(section.removeprefix("pages/"), ()))


def _plan_folder(library: Library, intro: Entry, inside: Sequence[Entry]) -> list[Page]:
    view = {"list_kind": "page", "toc": []}
    return plan_paged(library, intro.url, intro.title, inside, "page/list.html", view, intro, least=FOLDER_SIZE)


def _plan_taxonomy(library: Library, taxonomy: str, terms: Sequence[Term]) -> list[Page]:
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
    return [Page.of(url, output_path(url), "taxonomy/index.html", view, "site.yaml")]


def _plan_term(library: Library, taxonomy: str, term: Term) -> list[Page]:
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
    template = "taxonomy/term.html"
    return plan_paged(library, f"{url}{term.slug}/", term.label, term.entries, template, view, None, "site.yaml")


def list_archives(library: Library) -> Iterator[ListPart]:
    """``/2026/`` and ``/2026/11/`` for all dated kinds, and the same below the list of each."""
    dated = [kind for kind in KINDS if kind.dated and library.site.published.get(kind.name)]
    everything = [entry for kind in dated for entry in library.site.published[kind.name]]
    yield partial(_plan_periods, base="/", kind=None, entries=everything)
    for kind in dated:
        yield partial(_plan_periods, base=list_url(kind.folder), kind=kind, entries=library.site.published[kind.name])


def _plan_periods(library: Library, base: str, kind: Kind | None, entries: Sequence[Entry]) -> list[Page]:
    """A page for each year and each month that has records; months and years link to their neighbours that have
    some.
    """
    months: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_by_day, reverse=True):
        if entry.day:
            months[entry.day.isoformat()[:7]].append(entry)
    names = sorted(months)
    years = sorted({name[:4] for name in names})
    pages = [_plan_year(library, base, kind, year, years, months) for year in years]
    pages += [_plan_month(library, base, kind, name, names, months[name]) for name in names]
    return pages


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
    base = list_url(kind.folder)
    years = sorted(
        {str(entry.day.year) for entry in library.site.published.get(kind.name, ()) if entry.day}, reverse=True
    )
    return [{"period": year, "url": f"{base}{year}/"} for year in years]
