"""The same site with a record exchanged for what its file says now: everything else in it is shared, not made again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from operator import attrgetter

from msgspec.structs import replace

from twinsite.core.convert import make_step
from twinsite.core.site import Entry, Key, Site, Term
from twinsite.link.entries import Linkable

_ORDER = attrgetter("order")


def exchange_record(site: Site, linkable: Linkable) -> Site:
    """The site with this record in place of the published one of the same file, from which it differs in no more than
    its title and its place in lists (see ``link.notes.has_same_bones``).
    """
    entry, old = linkable.entry, site.by_path[linkable.entry.path]
    terms = {(taxonomy, make_step(word)) for taxonomy, _, word in linkable.terms}
    return replace(
        site,
        published={**site.published, entry.kind: _exchange(site.published[entry.kind], old, entry)},
        everything={**site.everything, **dict.fromkeys(_list_names(site, old), entry)},
        by_path={**site.by_path, entry.path: entry},
        back=_exchange_back(site, old, entry),
        taxonomies=_exchange_terms(site.taxonomies, terms, old, entry),
        all_taxonomies=_exchange_terms(site.all_taxonomies, terms, old, entry),
    )


def _list_names(site: Site, old: Entry) -> list[Key]:
    """The names under which a record is found."""
    names = [old.key, *((old.kind, alias.strip("/").rpartition("/")[2]) for alias in old.aliases)]
    return [name for name in names if site.everything.get(name) is old]


def _exchange_back(site: Site, old: Entry, entry: Entry) -> Mapping[Key, tuple[Entry, ...]]:
    """Those that refer to others, by these: the record stands with each that it refers to."""
    named = [site.everything[name].key for name in old.references if name in site.everything]
    return {**site.back, **{key: _exchange(site.back[key], old, entry) for key in named if key in site.back}}


def _exchange_terms(
    taxonomies: Mapping[str, tuple[Term, ...]], carried: Collection[tuple[str, str]], old: Entry, entry: Entry
) -> Mapping[str, tuple[Term, ...]]:
    """The terms, those that the record carries (taxonomy and slug) with it."""
    return {
        taxonomy: tuple(
            replace(term, entries=_exchange(term.entries, old, entry)) if (taxonomy, term.slug) in carried else term
            for term in terms
        )
        for taxonomy, terms in taxonomies.items()
    }


def _exchange(entries: tuple[Entry, ...], old: Entry, entry: Entry) -> tuple[Entry, ...]:
    """Records in list order with one exchanged, which stands where its ``order`` says among those of its kind."""
    place = next(index for index, one in enumerate(entries) if one is old)
    rest = [*entries[:place], *entries[place + 1 :]]
    if entry.order != old.order:
        own = [index for index, one in enumerate(rest) if one.kind == entry.kind and not one.held]
        place = bisect_left(rest, entry.order, own[0], own[-1] + 1, key=_ORDER) if own else place
    return (*rest[:place], entry, *rest[place:])
