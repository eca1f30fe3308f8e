"""Plan the whole site: every output file, and what stands in the way of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from twinsite.config import Settings
from twinsite.core.later import Later
from twinsite.core.page import Copy, Literal, Page, Plan, Planned
from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.core.site import Entry, Key, Site, Term
from twinsite.core.theme import Theme
from twinsite.plan.addresses import find_doubts, list_addresses, map_aliases, name_lists, widen_site
from twinsite.plan.anchors import find_theme_anchors
from twinsite.plan.collisions import find_collisions
from twinsite.plan.feeds import plan_feeds
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.frame import plan_frame
from twinsite.plan.home import plan_home
from twinsite.plan.library import Library
from twinsite.plan.lists import list_parts, plan_list
from twinsite.plan.machine import listed_entries, plan_host_files, plan_machine_files
from twinsite.plan.pages import page_frame, plan_record
from twinsite.plan.passing import check_passing, plan_passing
from twinsite.plan.redirects import plan_redirects
from twinsite.plan.related import Neighbours

APPENDED = ("_redirects", "_headers")
"""Static files whose lines come after ours instead of replacing them."""


def plan_site(
    site: Site, settings: Settings, theme: Theme, static_texts: dict[str, bytes]
) -> tuple[Plan, list[Problem]]:
    """The plan, and the problems found on the way.

    ``static_texts`` are the bytes of the site's own ``_redirects`` and ``_headers``.
    """
    library = make_library(site, settings, theme)
    neighbours = Neighbours(library)
    records = [plan_record(library, entry, neighbours) for entry in listed_entries(library)]
    return join_plan(library, records, static_texts)


def join_plan(
    library: Library, records: Sequence[Planned], static_texts: dict[str, bytes]
) -> tuple[Plan, list[Problem]]:
    """The plan of the whole site, as ``plan_site`` gives it, with its records planned before.

    ``records`` are the parts of ``listed_entries``, in that order, wherever they were planned.
    """
    site, entries = library.site, listed_entries(library)
    lists = [plan_list(library, part) for part in list_parts(library)]
    single = [plan_home(library), *lists, _plan_not_found(library)]
    feeds, (frame, logo) = plan_feeds(library), plan_frame(library)
    redirects, lines = plan_redirects(library, entries)
    parts = [single[0], *records, *single[1:], redirects, feeds, logo]
    others = [page for part in single for page in part.pages]
    outputs = {path: output for part in parts for path, output in part.outputs.items()}
    media = [outputs[path] for path in sorted(outputs)]
    literals = [Literal(asset.path, asset.data, asset.source or "theme") for asset in library.theme.assets]
    plan = Plan(
        frame=frame,
        pages=tuple(page for part in parts for page in part.pages),
        documents=(*feeds.documents, *plan_machine_files(library, entries, others)),
        copies=(*_plan_static(site), *(item for item in media if isinstance(item, Copy))),
        pictures=tuple(item for item in media if not isinstance(item, Copy)),
        literals=(*literals, *plan_host_files(library, lines, static_texts)),
        later=library.eventual - library.addresses,
        anchors=library.anchors.patterns,
    )
    problems = [problem for part in parts for problem in part.problems]
    problems += [*check_wrong_bodies(library), *check_passing(library)]
    return plan, [*problems, *find_collisions([*plan.outputs(), *plan_passing(library)])]


def check_wrong_bodies(library: Library) -> list[Problem]:
    """The problems in the bodies of records with wrong fields, so that all problems are told in one run."""
    beside = library.for_one()
    for draft in library.site.wrong_drafts:
        source = Later.of((draft, Record()))
        zone = library.settings.timezone
        stub = Entry(draft.kind, draft.slug, "", draft.slug, draft.path, draft.folder, draft.slug, zone, source)
        fill_entry_body(beside, stub)
    return beside.problems


def make_library(site: Site, settings: Settings, theme: Theme) -> Library:
    """The library of a planning run, with every address that exists now or at another time."""
    titles = name_lists(site)
    library = Library(site, settings, theme, list_titles=titles, terms_of=_link_terms(site.taxonomies))
    library.base_url = settings.base_url.rstrip("/") + "/"
    library.policies = settings.policies.model_dump()
    library.addresses = frozenset(list_addresses(site, settings, titles))
    library.sources = site.files.union(site.by_path)
    library.by_url = {entry.url: entry for entry in site.by_path.values()}
    library.held_addresses = {entry.url: entry for entry in site.withheld if entry.url not in library.addresses}
    library.aliases = map_aliases([*listed_entries(library), *site.withheld])
    library.doubts = find_doubts(site.wrong)
    wide = widen_site(site) if any(entry.held and entry.held.passing for entry in site.withheld) else site
    library.eventual = library.addresses | frozenset(list_addresses(wide, settings, name_lists(wide)))
    library.anchors = find_theme_anchors(theme.templates)
    return library


def _link_terms(taxonomies: Mapping[str, tuple[Term, ...]]) -> dict[Key, list[dict[str, str]]]:
    """Links to the terms of each record, in the order of the taxonomies and their terms."""
    index: dict[Key, list[dict[str, str]]] = defaultdict(list)
    for taxonomy, terms in taxonomies.items():
        for term in terms:
            link = {"taxonomy": taxonomy, "label": term.label, "url": f"/{taxonomy}/{term.slug}/"}
            for entry in term.entries:
                index[entry.key].append(link)
    return dict(index)


def _plan_not_found(library: Library) -> Planned:
    """The page that hosts show for an address that does not exist."""
    view: dict[str, Any] = {**page_frame(library, "/404.html", "", ""), "kind": "404", "noindex": True}
    return Planned(pages=(Page.of("/404.html", "404.html", "404.html", view, "site.yaml"),))


def _plan_static(site: Site) -> list[Copy]:
    return [
        Copy(path, f"content/static/{path}", digest)
        for path, digest in sorted(site.static.items())
        if path not in APPENDED
    ]


def base_path(settings: Settings) -> str:
    """The path part of the site's address: ``/`` or ``/some/folder/``."""
    return urlsplit(settings.base_url.rstrip("/") + "/").path
