"""Where a twintern stands on a day, when that changes, and what the page shows besides the fields. Reads no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from twinsite.core.site import Entry
from twinsite.kinds.disclosure import label_speaker
from twinsite.kinds.kind import Change, Facts, Reference, TableNamed
from twinsite.kinds.moment import change_after, change_on, place_in_term
from twinsite.kinds.twintern.ageing import are_old
from twinsite.kinds.twintern.model import Channel, Twintern
from twinsite.kinds.twintern.portfolio import describe_series
from twinsite.kinds.twintern.rates import count_engagements, rate_channels, rate_work, summarise_works
from twinsite.kinds.twintern.series import Series, fill_channels, read_all, total_followers
from twinsite.kinds.twintern.timeline import make_timeline
from twinsite.kinds.twintern.work_log import describe_log

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

    ``standing``; ``followers``: see ``total_followers``; ``channels``: for each account in turn ``{network, handle,
    followers, as_of, source, old, series}``, its newest followers and its numbers over time (``describe_series`` and
    ``old``, or none); ``channel_rates``: see ``rate_channels``, of accounts without such numbers; ``works``: for each
    work in turn ``{relationship, disclosure, label, rates, old}``, the relationship and words that hold for it (its
    own, else the twintern's) and ``label_speaker``; ``work_rates``: see ``summarise_works``; ``numbers``: a table
    that is no export; ``contests_won``, ``contests_entered`` and ``showcases``: references; ``timeline``: see
    ``make_timeline``; ``work_log``: see ``describe_log``. ``old`` numbers are older than the site's policy.
    """
    found = read_all(record, facts.tables)
    channels = fill_channels(record, found)
    engagements = [count_engagements(work) for work in record.works]
    wins, entered = find_wins(record, facts), find_entered(record, facts)
    table = facts.tables.get(record.metrics or "")
    return {
        "standing": facts.state,
        "followers": total_followers(channels),
        "channels": [_describe_channel(channel, found.get(place), facts) for place, channel in enumerate(channels)],
        "channel_rates": rate_channels([one for place, one in enumerate(channels) if place not in found], engagements),
        "works": [
            {
                "relationship": work.relationship or record.relationship,
                "disclosure": work.disclosure or record.disclosure,
                "label": label_speaker(work.relationship or record.relationship, facts),
                "rates": rate_work(work, one, channels),
                "old": facts.state != "alumni" and work.metrics is not None and are_old(work.metrics.as_of, facts),
            }
            for work, one in zip(record.works, engagements, strict=True)
        ],
        "work_rates": summarise_works(record.works, engagements, channels),
        "numbers": TableNamed(table.name) if table is not None and not table.row else None,
        "contests_won": [Reference(entry.kind, entry.slug) for entry in wins],
        "contests_entered": entered,
        "showcases": [Reference(entry.kind, entry.slug) for entry in facts.back.get("showcase", ())],
        "timeline": make_timeline(record, wins, facts),
        "work_log": describe_log(record),
    }


def _describe_channel(channel: Channel, series: Series | None, facts: Facts) -> dict[str, Any]:
    counted = channel.followers is not None
    former = facts.state == "alumni"
    return {
        "network": channel.network,
        "handle": channel.handle,
        "followers": channel.followers,
        "as_of": channel.as_of if counted else None,
        "source": channel.source if counted else None,
        "old": counted and not former and are_old(channel.as_of, facts),
        "series": {
            **describe_series(series),
            "old": not former and are_old(series.rows[-1].day, facts),
        }
        if series
        else None,
    }


def compute_card(record: Twintern, facts: Facts) -> dict[str, Any]:
    """Those of the values that cards show: ``standing`` and ``followers``."""
    channels = fill_channels(record, read_all(record, facts.tables))
    return {"standing": facts.state, "followers": total_followers(channels)}


def find_entered(record: Twintern, facts: Facts) -> list[Reference]:
    """The contests that the twintern took part in: those that the record names, and those of published entries."""
    named = [Reference("contest", slug) for slug in record.entered]
    sent = [getattr(entry.record, "contest", None) for entry in facts.back.get("entry", ())]
    return list(dict.fromkeys([*named, *(Reference("contest", slug) for slug in sent if slug)]))


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
