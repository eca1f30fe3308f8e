"""The parts of a plan: the home page, each record, each list, the feeds. Each is planned by itself, in any order and in
several processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.clock import Window, note_window, take_window
from twinsite.core.later import Later
from twinsite.core.page import Page, Planned
from twinsite.core.request import go_on
from twinsite.core.site import Entry, Site
from twinsite.core.source import SourceChangedError
from twinsite.parallel import TaskFailure, map_tasks
from twinsite.plan.calendar import plan_calendar
from twinsite.plan.feeds import plan_feeds
from twinsite.plan.home import plan_home
from twinsite.plan.library import Library
from twinsite.plan.lists import list_parts, plan_list
from twinsite.plan.machine import listed_entries
from twinsite.plan.notes import LARGE, put_views, receive_part, send_part
from twinsite.plan.pages import page_frame
from twinsite.plan.passing import check_passing
from twinsite.plan.record import plan_record
from twinsite.plan.related import Neighbours
from twinsite.plan.withdrawn import plan_withdrawn

FEWEST = 300
"""Parts below which starting workers costs more than it saves."""

FEWEST_JOBS = 3
"""Processes below which it does as well: to hand over a part takes about as long as to make it."""

HOME, NOT_FOUND, FEEDS, CALENDAR, PASSING = "home", "not found", "feeds", "calendar", "withheld for a time"
GONE = "withdrawn"
RECORD, LIST = "record ", "list "
"""The names of parts; those of records and lists go on with the file and the number."""

NEIGHBOURS = "neighbours"
"""The name under which a library has them."""

Make = Callable[[], Planned]


class Early(Protocol):
    """Who takes parts as soon as they are planned, to render their pages early."""

    @property
    def busy(self) -> bool:
        """Whether it has begun with pages."""

    def begin(self, frame: dict[str, Any], site: Site) -> bool:
        """Begin with the pages of a site, which all see this ``frame``; whether it will take any."""

    def take(self, part: Planned, again: Later[Planned]) -> Planned:
        """Take a part; the same without its views, which may be had from ``again``, too."""

    def end(self) -> None:
        """There are no more parts: what was taken need wait for nothing."""


def name_parts(library: Library) -> dict[str, Make]:
    """Every part of a plan by its name, in the order of the plan: the same names whenever it is the same site."""

    def make_record(entry: Entry) -> Planned:
        return plan_record(library, entry, find_neighbours(library))

    def witness(make: Make) -> Make:
        def make_seen() -> Planned:
            part, seen = library.site.witness.listen(make)
            return replace(part, seen=seen)

        return make_seen

    parts: dict[str, Make] = {HOME: partial(plan_home, library)}
    parts.update({RECORD + entry.path: partial(make_record, entry) for entry in listed_entries(library)})
    parts.update({f"{LIST}{place}": partial(plan_list, library, one) for place, one in enumerate(list_parts(library))})
    parts[NOT_FOUND] = partial(plan_not_found, library)
    parts[FEEDS] = partial(plan_feeds, library)
    parts[GONE] = partial(plan_withdrawn, library)
    parts[CALENDAR] = partial(plan_calendar, library)
    parts[PASSING] = partial(check_passing, library)
    return {name: witness(make) for name, make in parts.items()}


def find_neighbours(library: Library) -> Neighbours:
    """Which records are near which: worked out when the first of them asks."""
    return library.once(NEIGHBOURS, lambda: Neighbours(library))


def plan_parts(
    parts: Mapping[str, Make],
    names: Sequence[str],
    now: datetime,
    cache: Cache,
    jobs: int,
    early: Early | None = None,
    pause: Callable[[], None] = go_on,
) -> dict[str, Planned]:
    """The parts of these names, planned by up to ``jobs`` processes; the same for any number of them. ``now`` is the
    site's. Where there are very many parts, a lasting ``cache`` gets their views at once. With somebody who takes them
    ``early`` there is one process that plans; without, one ``pause``s between parts.
    """
    if early:
        # Lists first: they need not wait until it is known which records are near which.
        ahead = [name for name in names if name.startswith(LIST)]
        taken = {name: early.take(parts[name](), Later(parts[name])) for name in dict.fromkeys([*ahead, *names])}
        return {name: taken[name] for name in names}
    if len(names) < FEWEST:
        return {name: parts[name]() for name in names}
    keep = cache if cache.lasting and len(names) >= LARGE else None
    if jobs < FEWEST_JOBS:
        planned = {}
        for name in names:
            planned[name] = put_views(parts[name](), keep, Later(parts[name]))
            pause()
        return planned
    for name in names[:2]:
        parts[name]()  # what all parts share is worked out once, before there are several processes

    def plan(name: str) -> tuple[bytes, Window | None] | str:
        try:
            return send_part(parts[name]()), note_window(now)
        except SourceChangedError as error:
            return error.path

    found = {}
    for name, result in zip(names, map_tasks(plan, names, jobs), strict=True):
        if isinstance(result, TaskFailure):
            raise RuntimeError(f"{name}: {result.text}\n{result.trace}")
        if isinstance(result, str):
            raise SourceChangedError(result)
        again = Later(parts[name])
        found[name] = put_views(receive_part(result[0], again), keep, again)
        take_window(now, result[1])
    return found


def plan_not_found(library: Library) -> Planned:
    """The page that hosts show for an address that does not exist."""
    view: dict[str, Any] = {**page_frame(library, "/404.html", "", ""), "kind": "404", "noindex": True}
    return Planned(pages=(Page.of("/404.html", "404.html", "404.html", view, "site.yaml"),))
