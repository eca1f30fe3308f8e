"""What the list of a kind with facets says of itself: of how many, chosen and checked by whom; and how to narrow it.

Looked up when a page is planned and not before: the words may change while the lists stay the same.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from twinsite.core.convert import make_step
from twinsite.core.site import Site
from twinsite.kinds.kind import Kind, no_facets
from twinsite.kinds.showcase.collection import Extent, state_extent
from twinsite.link.addresses import list_url
from twinsite.plan.library import Library
from twinsite.plan.narrowed import Narrowed, find_press, list_narrowed


class Wall(Struct, frozen=True):
    """The list of a kind that has facets: its ``extent``, its ``narrowed`` lists and its ``press`` list."""

    kind: Kind
    extent: Extent
    narrowed: tuple[Narrowed, ...]
    press: Narrowed | None


def open_wall(library: Library, kind: Kind) -> Wall | None:
    """The wall of a kind, gone through once for all its pages; ``None`` for a kind without facets."""
    if kind.facets is no_facets:
        return None
    site, settings = library.site, library.settings
    return Wall(kind, measure(site, kind), list_narrowed(site, settings, kind), find_press(site, settings, kind))


def show_wall(library: Library, wall: Wall | None, current: Narrowed | None = None) -> dict[str, Any] | None:
    """What a list shows beside its cards: ``state``, what it says of itself (``state_extent``), ``facet``, by which it
    is narrowed, ``press``, the address of the press list, and ``facets``, the ways to narrow it: ``[{name, options:
    [{label, url, count, current}]}]``.
    """
    if wall is None:
        return None
    return {
        "state": state_extent(library.settings.policies.showcases, wall.extent),
        "facet": current.facet if current else None,
        "url": list_url(wall.kind.folder),
        "press": wall.press.url if wall.press else None,
        "facets": _list_facets(library, wall, current),
    }


def measure(site: Site, kind: Kind) -> Extent:
    """How many records of a kind are shown, now and at some time, and how many want for a permission."""
    shown = len(site.published.get(kind.name, ()))
    held = [entry.held for entry in site.withheld if entry.kind == kind.name and entry.held]
    unpermitted = sum(1 for one in held if one.reason == "permission")
    return Extent(shown, shown + sum(1 for one in held if one.passing), unpermitted)


def _list_facets(library: Library, wall: Wall, current: Narrowed | None) -> list[dict[str, Any]]:
    facets: dict[str, list[dict[str, Any]]] = {}
    for one in wall.narrowed:
        option = {
            "label": name_value(library, one),
            "url": one.url,
            "count": len(one.entries),
            "current": current is not None and current.url == one.url,
        }
        facets.setdefault(one.facet, []).append(option)
    return [{"name": name, "options": options} for name, options in facets.items()]


def name_value(library: Library, one: Narrowed) -> str:
    """What people read for the value of a facet: a record's title, the label of a term, else a word of the theme."""
    other = library.site.everything.get((one.facet, one.value))
    if other is not None:
        return other.title
    declared = library.settings.taxonomies.get(f"{one.facet}s")
    words = declared.vocabulary() if declared else {}
    label = next((label for word, label in words.items() if make_step(word) == one.value), None)
    return label or library.words.get(f"{one.facet}_{one.value}") or _as_written(one)


def _as_written(one: Narrowed) -> str:
    """The word itself, as the first of the records has it."""
    words: tuple[str, ...] = one.entries[0].record.__dict__.get(f"{one.facet}s") or ()
    return next((word for word in words if make_step(word) == one.value), one.value)
