"""A library in which one record is exchanged: everything else in it is shared, not made again."""

from __future__ import annotations

from msgspec.structs import replace

from twinsite.core.page import Planned
from twinsite.core.site import Entry, Site
from twinsite.plan.library import Library
from twinsite.plan.parts import NEIGHBOURS, find_neighbours
from twinsite.plan.record import plan_record


def exchange_entry(library: Library, site: Site, entry: Entry) -> Library:
    """The library of a ``site`` in which this record stands in place of another that said the same openly but for its
    title (see ``link.exchange``). What was made of the old one is not in it.
    """
    old = library.site.by_path[entry.path]
    aliases = {alias: (entry, leads) if one is old else (one, leads) for alias, (one, leads) in library.aliases.items()}
    by_url = {**library.by_url, entry.url: entry}
    other = replace(library.for_one(), site=site, by_url=by_url, aliases=aliases, cards={}, shared={})
    other.shared[NEIGHBOURS] = find_neighbours(library).exchange(other, entry)
    return other


def plan_one(library: Library, path: str) -> Planned:
    """The part of the plan that belongs to the record of a file."""
    return plan_record(library, library.site.by_path[path], find_neighbours(library))
