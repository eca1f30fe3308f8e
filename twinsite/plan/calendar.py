"""The site's calendar: the dates of all contests that are published, for people who keep an eye on all of them."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from twinsite.core.page import Document, Planned
from twinsite.core.site import Entry
from twinsite.kinds.contest.calendar import list_events
from twinsite.kinds.contest.model import Contest
from twinsite.plan.addresses import CALENDAR
from twinsite.plan.library import Library
from twinsite.plan.record import stable_name

MOST = 200
"""How many contests it holds, those that close last: calendars are loaded again and again."""


def plan_calendar(library: Library) -> Planned:
    """The calendar, unless ``outputs`` leaves it out or there is no contest."""
    contests = library.site.published.get("contest", ())
    if not contests or not library.settings.outputs.calendar:
        return Planned()
    host = urlsplit(library.settings.base_url).hostname or "localhost"
    newest = sorted(contests, key=_closes_last)[:MOST]
    events = [event for entry in newest for event in _list_own(library, entry, host)]
    events.sort(key=lambda event: (event["at"], event["uid"]))
    own = {"title": library.settings.title, "events": events}
    view = {"record": None, "url": library.full(CALENDAR), "own": own}
    return Planned(documents=(Document.of(CALENDAR[1:], "machine/calendar.ics", view),))


def _list_own(library: Library, entry: Entry, host: str) -> list[dict[str, object]]:
    return list_events(_contest(entry), stable_name(entry), host, entry.zone, library.full(entry.url))


def _closes_last(entry: Entry) -> tuple[float, str]:
    return (-_contest(entry).closes.timestamp(), entry.slug)


def _contest(entry: Entry) -> Contest:
    return cast(Contest, entry.record)
