"""A contest's dates as events of a calendar: moments to remember, not spans that fill weeks.

Every value comes from the record, so that a calendar that nothing happened to keeps its bytes: the stamp is the last
day that the content tells of, and the sequence, which tells calendars to take the new version, counts amendments.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from twinsite.kinds.contest.life import find_day
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.states import list_dates
from twinsite.kinds.further import Family, Further, Surroundings
from twinsite.kinds.moment import start_of

STEP = "calendar.ics"


def list_events(record: Contest, uid: str, host: str, zone: str, url: str) -> list[dict[str, Any]]:
    """The events of a contest in order: ``{uid stamp at sequence name title summary url cancelled}``.

    ``uid`` and ``host`` make names that stay when the record moves, tag URIs (RFC 4151) as in the feeds: the usual form
    with an @ looks like an e-mail address. ``url`` is the page's full address.
    Moments are UTC, as ``20260601T170000Z``; ``name`` says what happens then.
    """
    common = {
        "stamp": _write(start_of(_find_last_day(record), ZoneInfo(zone))),
        "sequence": len(record.amendments),
        "title": record.title,
        "summary": record.summary or "",
        "url": url,
        "cancelled": record.status_override == "void",
    }
    return [
        {"uid": f"tag:{host},2000:{quote(uid)}/{name}", "name": name, "at": _write(at), **common}
        for name, at in list_dates(record)
    ]


def _find_last_day(record: Contest) -> date:
    """The last day on which the content says that something was written."""
    days = [record.updated, find_day(record), *(change.date for change in record.amendments)]
    return max(day for day in days if day)


def _write(moment: datetime) -> str:
    """An instant as RFC 5545 writes it in UTC (3.3.5, form 2)."""
    at = moment.astimezone(UTC)
    return f"{at.year:04}{at:%m%dT%H%M%SZ}"


def make_calendar(record: Contest, around: Surroundings) -> Further:
    """The calendar of one contest."""
    events = list_events(record, around.uid, around.host, around.facts.zone, around.full)
    return Further(values={"title": record.title, "events": events})


FAMILY = Family("calendar", "machine/calendar.ics", lambda record: (STEP,), make_calendar)
