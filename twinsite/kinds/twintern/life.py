"""Where a twintern stands on a day, when that changes, and what the page shows besides the fields. Reads no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from twinsite.core.site import Entry
from twinsite.kinds.kind import Change, Facts, Reference
from twinsite.kinds.moment import as_utc, change_after, change_on, place_in_term
from twinsite.kinds.twintern.model import Twintern
from twinsite.kinds.twintern.rates import count_engagements, rate_channels, rate_work, total_followers

STANDINGS = ("current", "incoming", "alumni")
STANDING_AT: Mapping[str, str] = {"before": "incoming", "within": "current", "after": "alumni"}


def name_of(record: Twintern) -> str:
    """The name, which is the title."""
    return str(record.name)


def find_standing(record: Twintern, now: datetime) -> str:
    """``incoming`` before the first day, ``alumni`` after the last, else ``current`` (also where no days are given)."""
    term = record.programme
    return STANDING_AT[place_in_term(now.date(), term.starts, term.ends)] if term else "current"


def list_changes(record: Twintern, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of the first day and the end of the last."""
    term = record.programme
    first = change_on(term.starts if term else None, zone, "shows a current twintern")
    return (*first, *change_after(term.ends if term else None, zone, "moves to the alumni"))


def order_in_lists(record: Twintern, state: str | None, title: str) -> tuple[Any, ...]:
    """By standing as ``STANDINGS`` lists them, then by name."""
    rank = STANDINGS.index(state) if state in STANDINGS else len(STANDINGS)
    return (rank, title.casefold())


def compute(record: Twintern, facts: Facts) -> dict[str, Any]:
    """Values for a twintern's page.

    ``standing``; ``followers``: see ``total_followers``; ``channel_rates``: see ``rate_channels``; ``works``: for each
    work in turn ``{relationship, disclosure, rates}``, the relationship and label that hold for it (its own, else the
    twintern's); ``contests_won`` and ``showcases``: references; ``timeline``: ``[{date, event, title, record}]`` by
    date, where ``event`` is ``start``, ``work``, ``won``, ``showcase`` or ``end`` and ``record`` a reference or none.
    """
    engagements = [count_engagements(work) for work in record.works]
    wins = find_wins(record, facts)
    return {
        **compute_card(record, facts),
        "channel_rates": rate_channels(record.channels, engagements),
        "works": [
            {
                "relationship": work.relationship or record.relationship,
                "disclosure": work.disclosure or record.disclosure,
                "rates": rate_work(work, found, record.channels),
            }
            for work, found in zip(record.works, engagements, strict=True)
        ],
        "contests_won": [Reference(entry.kind, entry.slug) for entry in wins],
        "showcases": [Reference(entry.kind, entry.slug) for entry in facts.back.get("showcase", ())],
        "timeline": make_timeline(record, wins, facts.back.get("showcase", ())),
    }


def compute_card(record: Twintern, facts: Facts) -> dict[str, Any]:
    """Those of the values that cards show: ``standing`` and ``followers``."""
    return {"standing": facts.state, "followers": total_followers(record.channels)}


def find_wins(record: Twintern, facts: Facts) -> list[Entry]:
    """The announced contests that name this twintern as a winner in full, in list order."""
    names = {facts.slug, *(alias.strip("/").rpartition("/")[2] for alias in record.aliases)}
    return [
        entry
        for entry in facts.back.get("contest", ())
        if entry.state == "announced" and any(_names_openly(winner, names) for winner in _winners_of(entry))
    ]


def _winners_of(entry: Entry) -> tuple[Any, ...]:
    winners: tuple[Any, ...] = getattr(entry.record, "winners", ())
    return winners


def _names_openly(winner: Any, names: set[str]) -> bool:
    return winner.twintern in names and winner.publish_as == "full" and winner.consent


def make_timeline(record: Twintern, wins: Sequence[Entry], showcases: Sequence[Entry]) -> list[dict[str, Any]]:
    """The dated events of a twintern's time, the oldest first."""
    term = record.programme
    events = (
        _event(term.starts if term else None, "start"),
        *(_event(work.published, "work", title=str(work.title)) for work in record.works),
        *(_event(_day_won(entry), "won", entry) for entry in wins),
        *(_event(entry.day, "showcase", entry) for entry in showcases),
        _event(term.ends if term else None, "end"),
    )
    return sorted((event for event in events if event["date"] is not None), key=itemgetter("date"))


def _event(day: date | None, event: str, entry: Entry | None = None, title: str | None = None) -> dict[str, Any]:
    reference = Reference(entry.kind, entry.slug) if entry else None
    return {"date": day, "event": event, "title": entry.title if entry else title, "record": reference}


def _day_won(entry: Entry) -> date | None:
    """The day on which a contest's winners were announced, in the contest's zone."""
    moment: datetime | None = getattr(entry.record, "winners_announced", None)
    return as_utc(moment).astimezone(ZoneInfo(entry.zone)).date() if moment else None
