"""Where a contest stands at an instant, by its own dates alone. The one place that knows; reads no clock."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from twinsite.kinds.contest.model import Contest
from twinsite.kinds.kind import Change
from twinsite.kinds.moment import as_utc, write_utc

STATES = ("open", "voting", "judging", "upcoming", "closed", "announced", "void")


def find_state(record: Contest, now: datetime) -> str:
    """The contest's state at an instant: the first that matches, in the order that ``STATES`` does not show."""
    at = as_utc(now)
    if record.status_override == "void":
        return "void"
    if at < as_utc(record.opens):
        return "upcoming"
    if at < as_utc(record.closes):
        return "open"
    if record.voting and as_utc(record.voting.opens) <= at < as_utc(record.voting.closes):
        return "voting"
    if record.kind_of == "judged" and record.judging_ends and at < as_utc(record.judging_ends):
        return "judging"
    if record.winners and record.winners_announced and at >= as_utc(record.winners_announced):
        return "announced"
    return "closed"


def list_changes(record: Contest, zone: tzinfo) -> tuple[Change, ...]:
    """The moments of a contest, in order. A void one has none."""
    if record.status_override == "void":
        return ()
    found = [Change(at=moment.astimezone(zone), what=what) for moment, what in _list_moments(record)]
    return tuple(sorted(found, key=lambda change: as_utc(change.at)))


def _list_moments(record: Contest) -> list[tuple[datetime, str]]:
    """The moments that are given, with what the page does at each."""
    judged = record.judging_ends if record.kind_of == "judged" else None
    winners = "shows the winners" if record.winners else "is due to show the winners"
    moments = (
        (record.opens, "opens for entries"),
        (record.closes, "closes for entries"),
        (record.voting.opens if record.voting else None, "opens for votes"),
        (record.voting.closes if record.voting else None, "closes for votes"),
        (judged, "ends the judging"),
        (record.winners_announced, winners),
    )
    return [(moment, what) for moment, what in moments if moment]


def find_next_change(record: Contest, now: datetime) -> datetime | None:
    """The first moment of a contest after an instant."""
    if record.status_override == "void":
        return None
    at = as_utc(now)
    later = [moment for moment, _ in _list_moments(record) if at < as_utc(moment)]
    return min(later, key=as_utc, default=None)


def may_show_results(record: Contest, now: datetime) -> bool:
    """Whether the full result may be seen: from the announcement on, else when all has been decided; never of a
    contest that was called off.
    """
    if record.status_override == "void":
        return False
    decided = [record.closes, record.voting.closes if record.voting else None, record.judging_ends]
    due = record.winners_announced or max((moment for moment in decided if moment), key=as_utc)
    return as_utc(now) >= as_utc(due)


def is_overdue(record: Contest, now: datetime) -> bool:
    """Whether winners were promised for an instant that has come, and none is given. The page says so from then on."""
    due = record.winners_announced
    promised = due is not None and not record.winners and record.status_override != "void"
    return promised and due is not None and as_utc(now) >= as_utc(due)


def make_timetable(record: Contest, now: datetime) -> list[dict[str, Any]]:
    """The dates of a contest in order, ``{name, at, past}``, and between them the places of the mark that says where it
    stands, ``{at: none, state, place, life}``.

    ``place`` is ``now`` where the mark stands at ``now`` and ``next`` where it will; ``life`` says when, for the script
    that moves it; none where it stays. A contest that was called off has one mark, at the end, and no past.
    """
    dates = list_dates(record)
    if record.status_override == "void":
        return [*({"name": name, "at": at, "past": False} for name, at in dates), _mark("void", "now", None)]
    at, instants = as_utc(now), [as_utc(date) for _, date in dates]
    rows = _mark_until(record, None, instants[0], at)
    for (name, date), start, end in zip(dates, instants, [*instants[1:], None], strict=True):
        rows.append({"name": name, "at": date, "past": at >= start})
        rows += _mark_until(record, start, end, at)
    return rows


def list_dates(record: Contest) -> list[tuple[str, datetime]]:
    """The dates that a contest gives, in their order, each with the name of what happens then."""
    voting = record.voting
    named = (
        ("opens", record.opens),
        ("closes", record.closes),
        ("voting_opens", voting.opens if voting else None),
        ("voting_closes", voting.closes if voting else None),
        ("judging_ends", record.judging_ends),
        ("winners_announced", record.winners_announced),
    )
    return [(name, at) for name, at in named if at]


def _mark(state: str, place: str, life: str | None) -> dict[str, Any]:
    return {"at": None, "state": state, "place": place, "life": life}


def _mark_until(record: Contest, start: datetime | None, end: datetime | None, at: datetime) -> list[dict[str, Any]]:
    """The mark between two dates, unless its time has passed or never comes ``at`` an instant; all of them in UTC."""
    if end and (at >= end or (start and start >= end)):
        return []
    state = find_state(record, start) if start else "upcoming"
    until = f"now {write_utc(end)} past" if end else "now"
    if start and at < start:
        return [_mark(state, "next", f"next {write_utc(start)} {until}")]
    return [_mark(state, "now", until if end else None)]
