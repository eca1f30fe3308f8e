"""Plan the whole site: every output file, and what stands in the way of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from twinsite.cache.store import Cache
from twinsite.config import Settings
from twinsite.core.digest import digest_value
from twinsite.core.later import Later
from twinsite.core.notes import FinaleNote, PartNote, PlanNote
from twinsite.core.page import Archive, Copy, Literal, Picture, Plan, Planned, ShareImage
from twinsite.core.problem import Problem
from twinsite.core.request import go_on
from twinsite.core.site import Key, Site, Term
from twinsite.core.theme import Closure, Theme, choose_strings
from twinsite.link.addresses import further_urls
from twinsite.plan.addresses import find_doubts, list_addresses, map_aliases, name_lists, widen_site
from twinsite.plan.anchors import find_theme_anchors
from twinsite.plan.collisions import find_collisions
from twinsite.plan.finale import Finale, note_finale, plan_finale, restore_finale
from twinsite.plan.frame import plan_frame
from twinsite.plan.library import Library, Uses
from twinsite.plan.machine import listed_entries
from twinsite.plan.notes import has_seen, note_part, number_files, restore_part
from twinsite.plan.parts import Early, Make, name_parts, plan_parts
from twinsite.plan.passing import plan_passing

APPENDED = ("_redirects", "_headers")
"""Static files whose lines come after ours instead of replacing them."""

UNASKED: Later[Planned] = Later.of(Planned())
"""In place of a part of which only the names of files are asked."""

NO_CLOSURES: Mapping[str, Any] = MappingProxyType({})
"""Nothing is known of any template: then it may show everything."""


class Workshop:
    """What a planner works with, for the planner of the next build of the same site and the same shape of theme: the
    ``library``, how each part is made, and each ``part`` with the note that it was made of.
    """

    def __init__(self) -> None:
        self.library: Library | None = None
        self.makes: Mapping[str, Make] = {}
        self.parts: dict[str, tuple[PartNote, Planned]] = {}
        self.open: Callable[[], Mapping[str, Make]] = dict

    def restore(self, name: str, note: PartNote) -> Planned:
        """The part of a note; what the note lacks is planned by the planner that is then at work."""
        known = self.parts.get(name)
        if known and known[0] is note:
            return known[1]
        part = restore_part(note, Later(lambda: self.open()[name]()))
        self.parts[name] = (note, part)
        return part


class Planner:
    """Plans one site, or takes over what is known of its plan.

    ``known`` is the plan of the same site, theme and settings, but for the ``changed`` files of records, all of which
    are ``paths``: only those parts are planned again that were made of one of their bodies, or that saw one of which
    others may see something else (``outlined``). ``static_texts`` are the bytes of the site's own ``_redirects`` and
    ``_headers``. ``closures`` are those of the theme's templates: what none of a page's templates can show is not
    planned. ``workshop`` may be that of a planner of an equal site, with the same entries, and of an equal shape.
    """

    def __init__(
        self,
        site: Later[Site],
        settings: Settings,
        theme: Theme,
        static_texts: dict[str, bytes],
        known: PlanNote | None = None,
        changed: frozenset[str] = frozenset(),
        outlined: frozenset[str] = frozenset(),
        paths: Iterable[str] = (),
        closures: Mapping[str, Closure] = NO_CLOSURES,
        workshop: Workshop | None = None,
    ) -> None:
        self._site, self._settings, self._theme, self._closures = site, settings, theme, closures
        self._static_texts = static_texts
        self._known, self._changed = known, changed
        self._numbers = number_files(paths)
        self._outlined = frozenset(self._numbers[path] for path in outlined)
        self._stale = Later(self._find_stale)
        self._workshop = workshop or Workshop()
        self._workshop.open = lambda: self._makes.get()
        self._library = Later(self._open_library)
        self._makes = Later(self._open_parts)

    def plan(
        self,
        static: Mapping[str, str],
        cache: Cache,
        jobs: int = 1,
        early: Early | None = None,
        pause: Callable[[], None] = go_on,
    ) -> tuple[Plan, PlanNote, list[Problem]]:
        """The plan, its note, and the problems found on the way. ``static`` are the digests of plain files; the
        ``cache`` gets views that would take much room; ``early``, if anybody, gets what must be planned whole. There is
        a ``pause`` between parts that one process plans.
        """
        known = self._known
        parts = (
            self._plan_all(cache, jobs, early, pause) if known is None else self._take_over(known, cache, jobs, pause)
        )
        finale = self._finish(parts)
        if early and early.busy:
            early.take(finale.part, Later(lambda: plan_finale(self._library.get(), parts, self._static_texts).part))
            early.end()
        plan = join_plan(parts, finale, self._theme, static)
        problems = [problem for part in (*parts.values(), finale.part) for problem in part.problems]
        if self._library.ready and not self._has_same_files(parts):
            problems += find_collisions([*plan.outputs(), *plan_passing(self._library.get())])
        return plan, self._note(parts, finale), problems

    def _has_same_files(self, parts: Mapping[str, Planned]) -> bool:
        """Whether all parts publish the same files as the known ones, no two of which collide."""
        known = self._known
        if known is None or self._known_finale() is None:
            return False
        old = {name: restore_part(known.parts[name], UNASKED) for name in self._stale.get()}
        return all(_list_files(parts[name]) == _list_files(part) for name, part in old.items())

    def _find_stale(self) -> frozenset[str]:
        """The names of the known parts that must be planned again."""
        known = self._known.parts if self._known else {}
        return frozenset(name for name, note in known.items() if self._is_stale(note))

    def _is_stale(self, note: PartNote) -> bool:
        """Whether a known part was made of something that changed."""
        return not self._changed.isdisjoint(note.bodies) or has_seen(note, self._outlined)

    def _now(self) -> datetime:
        return self._library.get().site.now

    def _plan_all(self, cache: Cache, jobs: int, early: Early | None, pause: Callable[[], None]) -> dict[str, Planned]:
        makes, library = self._makes.get(), self._library.get()
        taker = early if early and early.begin(plan_frame(library)[0], library.site) else None
        return plan_parts(makes, list(makes), self._now(), cache, jobs, taker, pause)

    def _take_over(self, known: PlanNote, cache: Cache, jobs: int, pause: Callable[[], None]) -> dict[str, Planned]:
        """The known parts, and those anew that show one of the changed bodies."""
        stale = [name for name in known.parts if name in self._stale.get()]
        anew = plan_parts(self._makes.get(), stale, self._now(), cache, jobs, pause=pause) if stale else {}
        return {name: anew.get(name) or self._workshop.restore(name, note) for name, note in known.parts.items()}

    def _open_library(self) -> Library:
        shop, site = self._workshop, self._site.get()
        if shop.library is None or shop.library.site.by_path is not site.by_path:
            # The parts are made of the very records that they were named for.
            library = make_library(site, self._settings, self._theme, find_uses(self._closures))
            # Both or none: a file that changes at this moment ends the build here.
            shop.makes, shop.library = name_parts(library), library
        # Only the moment and the words of the templates may differ.
        shop.library.site, shop.library.settings, shop.library.theme = site, self._settings, self._theme
        return shop.library

    def _open_parts(self) -> Mapping[str, Make]:
        self._library.get()
        return self._workshop.makes

    def _finish(self, parts: Mapping[str, Planned]) -> Finale:
        def make() -> Finale:
            return plan_finale(self._library.get(), parts, self._static_texts)

        known = self._known_finale()
        return restore_finale(known, Later(make)) if known else make()

    def _known_finale(self) -> FinaleNote | None:
        known = self._known.finale if self._known else None
        return known if known and not self._is_stale(known.part) else None

    def _note(self, parts: Mapping[str, Planned], finale: Finale) -> PlanNote:
        before = self._known.parts if self._known else {}
        kept = {name: note for name, note in before.items() if name not in self._stale.get()}
        notes = {name: kept.get(name) or note_part(part, self._numbers) for name, part in parts.items()}
        return PlanNote(notes, self._known_finale() or note_finale(finale, self._numbers))


def _list_files(part: Planned) -> list[tuple[str, str]]:
    return [(one.path, one.source) for one in (*part.pages, *part.documents, *part.outputs.values())]


def join_plan(parts: Mapping[str, Planned], finale: Finale, theme: Theme, static: Mapping[str, str]) -> Plan:
    """The parts put together, with the files of the theme and the plain files of the site."""
    everything = [*parts.values(), finale.part]
    outputs = {path: output for part in everything for path, output in part.outputs.items()}
    media = [outputs[path] for path in sorted(outputs)]
    assets = (Literal(asset.path, asset.data, asset.source or "theme") for asset in theme.assets)
    return Plan(
        frame=finale.frame,
        pages=tuple(page for part in everything for page in part.pages),
        documents=tuple(document for part in everything for document in part.documents),
        copies=(*_plan_static(static), *(item for item in media if isinstance(item, Copy))),
        pictures=tuple(item for item in media if isinstance(item, Picture | ShareImage)),
        archives=tuple(item for item in media if isinstance(item, Archive)),
        literals=(*assets, *finale.hosts),
        later=finale.later,
        anchors=finale.anchors,
        contacts=frozenset(contact for part in parts.values() for contact in part.contacts),
    )


def find_uses(closures: Mapping[str, Closure]) -> Uses:
    """What of their view the pages of each template can show, whatever components stand in their bodies."""
    components = [closure.parts for name, closure in closures.items() if name.startswith("components/")]
    return {name: _join_parts([closure.parts, *components]) for name, closure in closures.items()}


def _join_parts(found: Iterable[tuple[str, ...] | None]) -> frozenset[str] | None:
    parts: set[str] = set()
    for own in found:
        if own is None:
            return None
        parts.update(own)
    return frozenset(parts)


def describe_shape(theme: Theme, closures: Mapping[str, Closure] = NO_CLOSURES) -> str:
    """The digest of all that the plan takes from a theme: of the words of its templates only what they can show."""
    anchors = find_theme_anchors(theme.templates)
    uses = {name: None if parts is None else sorted(parts) for name, parts in find_uses(closures).items()}
    parts = [
        theme.chain,
        theme.components,
        theme.strings,
        [(asset.name, asset.path) for asset in theme.assets],
        theme.stylesheets,
        theme.scripts,
        theme.settings,
        anchors,
        uses,
        shows_phases(theme),
    ]
    return digest_value(parts)


def make_library(site: Site, settings: Settings, theme: Theme, uses: Uses = NO_CLOSURES) -> Library:
    """The library of a planning run, with every address that exists now or at another time."""
    titles = name_lists(site)
    library = Library(site, settings, theme, list_titles=titles, terms_of=_link_terms(site.taxonomies), uses=uses)
    library.base_url = settings.base_url.rstrip("/") + "/"
    library.words = choose_strings(theme.strings, settings.language)
    library.brand = settings.brand.name if settings.brand else settings.title
    library.policies = settings.policies.model_dump()
    library.addresses = frozenset(list_addresses(site, settings, titles))
    library.sources = site.files.union(site.by_path)
    library.by_url = {entry.url: entry for entry in site.by_path.values()}
    held = ((url, entry) for entry in site.withheld for url in (entry.url, *further_urls(entry)))
    library.held_addresses = {url: entry for url, entry in held if url not in library.addresses}
    library.aliases = map_aliases([*listed_entries(library), *site.withheld])
    library.doubts = find_doubts(site.wrong)
    wide = widen_site(site) if any(entry.held and entry.held.passing for entry in site.withheld) else site
    library.eventual = library.addresses | frozenset(list_addresses(wide, settings, name_lists(wide)))
    library.anchors = find_theme_anchors(theme.templates)
    library.phases = shows_phases(theme)
    return library


def shows_phases(theme: Theme) -> bool:
    """Whether any template may show the states to come; to a theme that shows none they cost nothing."""
    return any("phases" in template.text for template in theme.templates.values())


def _link_terms(taxonomies: Mapping[str, tuple[Term, ...]]) -> dict[Key, list[dict[str, str]]]:
    """Links to the terms of each record, in the order of the taxonomies and their terms."""
    index: dict[Key, list[dict[str, str]]] = defaultdict(list)
    for taxonomy, terms in taxonomies.items():
        for term in terms:
            link = {"taxonomy": taxonomy, "label": term.label, "url": f"/{taxonomy}/{term.slug}/"}
            for entry in term.entries:
                index[entry.key].append(link)
    return dict(index)


def _plan_static(static: Mapping[str, str]) -> list[Copy]:
    return [
        Copy(path, f"content/static/{path}", digest) for path, digest in sorted(static.items()) if path not in APPENDED
    ]


def base_path(settings: Settings) -> str:
    """The path part of the site's address: ``/`` or ``/some/folder/``."""
    return urlsplit(settings.base_url.rstrip("/") + "/").path
