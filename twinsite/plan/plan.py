"""Plan the whole site: every output file, and what stands in the way of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from twinsite.config import Settings
from twinsite.core.fragment import Fragment
from twinsite.core.later import Later
from twinsite.core.page import Copy, Literal, Page, Plan
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
from twinsite.plan.lists import plan_lists
from twinsite.plan.machine import listed_entries, plan_host_files, plan_machine_files
from twinsite.plan.pages import page_frame, plan_record
from twinsite.plan.passing import check_passing, plan_passing
from twinsite.plan.redirects import plan_redirects
from twinsite.plan.related import Neighbours
from twinsite.plan.targets import check_targets

APPENDED = ("_redirects", "_headers")
"""Static files whose lines come after ours instead of replacing them."""


def plan_site(
    site: Site, settings: Settings, theme: Theme, static_texts: dict[str, bytes]
) -> tuple[Plan, dict[str, Fragment], list[Problem]]:
    """The plan, the fragments that its views name by digest, and the problems found on the way.

    ``static_texts`` are the bytes of the site's own ``_redirects`` and ``_headers``.
    """
    library = make_library(site, settings, theme)
    fragments: dict[str, Fragment] = {}
    neighbours = Neighbours(library)
    entries = listed_entries(library)
    pages = [plan_home(library, fragments)]
    pages += [plan_record(library, entry, neighbours, fragments) for entry in entries]
    pages += plan_lists(library, fragments)
    pages.append(_plan_not_found(library))
    check_wrong_bodies(library)
    library.problems += [problem for entry in entries for problem in check_targets(library, entry)]
    library.problems += check_passing(library)
    documents = [*plan_feeds(library), *plan_machine_files(library, pages)]
    redirects, lines = plan_redirects(library, entries)
    frame = plan_frame(library)
    literals = [Literal(asset.path, asset.data, "theme") for asset in theme.assets]
    literals += plan_host_files(library, lines, static_texts)
    media = [library.outputs[path] for path in sorted(library.outputs)]
    plan = Plan(
        frame=frame,
        pages=(*pages, *redirects),
        documents=tuple(documents),
        copies=(*_plan_static(site), *(item for item in media if isinstance(item, Copy))),
        pictures=tuple(item for item in media if not isinstance(item, Copy)),
        literals=tuple(literals),
        later=library.eventual - library.addresses,
        anchors=library.anchors.patterns,
    )
    collisions = find_collisions([*plan.outputs(), *plan_passing(library)])
    return plan, fragments, [*library.problems, *collisions]


def check_wrong_bodies(library: Library) -> None:
    """Look at the bodies of records with wrong fields as well, so that all problems are told in one run."""
    for draft in library.site.wrong_drafts:
        source = Later.of((draft, Record()))
        zone = library.settings.timezone
        stub = Entry(draft.kind, draft.slug, "", draft.slug, draft.path, draft.folder, draft.slug, zone, source)
        fill_entry_body(library, stub, {})


def make_library(site: Site, settings: Settings, theme: Theme) -> Library:
    """The library of a planning run, with every address that exists now or at another time."""
    titles = name_lists(site)
    library = Library(site, settings, theme, list_titles=titles, terms_of=_index_terms(site.taxonomies))
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


def _index_terms(taxonomies: Mapping[str, tuple[Term, ...]]) -> dict[tuple[Key, str], list[Term]]:
    """The terms of each record by taxonomy."""
    index: dict[tuple[Key, str], list[Term]] = defaultdict(list)
    for taxonomy, terms in taxonomies.items():
        for term in terms:
            for entry in term.entries:
                index[entry.key, taxonomy].append(term)
    return dict(index)


def _plan_not_found(library: Library) -> Page:
    """The page that hosts show for an address that does not exist."""
    view: dict[str, Any] = {**page_frame(library, "/404.html", "", ""), "kind": "404", "noindex": True}
    return Page("/404.html", "404.html", "404.html", view, "site.yaml")


def _plan_static(site: Site) -> list[Copy]:
    return [
        Copy(path, f"content/static/{path}", digest)
        for path, digest in sorted(site.static.items())
        if path not in APPENDED
    ]


def base_path(settings: Settings) -> str:
    """The path part of the site's address: ``/`` or ``/some/folder/``."""
    return urlsplit(settings.base_url.rstrip("/") + "/").path
