"""The lists of a kind by the values of its facets: ``/showcases/medium/review/``, and its press list.

Each state of the list has an address of its own, so a filter is a link: it works without a script, with a keyboard, in
every browser, and can be sent to somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from twinsite.config import Settings
from twinsite.core.site import Entry, Site
from twinsite.kinds.kind import Kind, no_facets
from twinsite.link.addresses import list_url

PRESS = "press"
"""The facet that makes a list of its own instead of narrowing one."""


class Narrowed(Struct, frozen=True):
    """The records of a kind that have one value of a facet, in list order, and the address of their list."""

    facet: str
    value: str
    url: str
    entries: Sequence[Entry]


def list_narrowed(site: Site, settings: Settings, kind: Kind) -> tuple[Narrowed, ...]:
    """All narrowed lists of a kind that ``outputs`` asks for, by facet in the order of the fields, then by value."""
    if kind.facets is no_facets or not settings.outputs.wants(kind.name, "filters"):
        return ()
    base = list_url(kind.folder)
    groups = _group(site, site.published.get(kind.name, ()))
    return tuple(
        Narrowed(facet, value, f"{base}{facet}/{value}/", entries)
        for facet in groups
        if facet != PRESS
        for value, entries in sorted(groups[facet].items())
    )


def find_press(site: Site, settings: Settings, kind: Kind) -> Narrowed | None:
    """The press list of a kind: the records that the press made. ``None`` where there are none, or none is wanted."""
    if kind.facets is no_facets or not settings.outputs.wants(kind.name, PRESS):
        return None
    shown = site.published.get(kind.name, ())
    entries = [entry for entry in shown if any(facet == PRESS for facet, _ in entry.facets)]
    return Narrowed(PRESS, "", f"{list_url(kind.folder)}{PRESS}/", entries) if entries else None


def _group(site: Site, entries: Iterable[Entry]) -> Mapping[str, Mapping[str, list[Entry]]]:
    """The records of each value of each facet. A value that names a withheld record has no list."""
    groups: dict[str, dict[str, list[Entry]]] = {}
    known: dict[str, frozenset[str]] = {}
    for entry in entries:
        for facet, written in entry.facets:
            value: str | None = written
            if (other := site.everything.get((facet, written))) is not None:
                shown = known.get(facet) or known.setdefault(facet, _list_slugs(site, facet))
                value = other.slug if other.slug in shown else None
            if value is not None:
                groups.setdefault(facet, defaultdict(list))[value].append(entry)
    return groups


def _list_slugs(site: Site, kind: str) -> frozenset[str]:
    return frozenset(entry.slug for entry in site.published.get(kind, ()))
