"""What a contest's page shows besides its fields, its place in lists, and what is overdue. Reads no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from twinsite.core.problem import Problem
from twinsite.kinds.contest.after import show_story
from twinsite.kinds.contest.draw import show_draw
from twinsite.kinds.contest.model import Contest, Prize, sum_values
from twinsite.kinds.contest.results import show_standings
from twinsite.kinds.contest.statements import list_law
from twinsite.kinds.contest.states import STATES, find_next_change, is_overdue, make_timetable, may_show_results
from twinsite.kinds.contest.ways import list_ways
from twinsite.kinds.contest.winners import are_all_delivered, show_winners
from twinsite.kinds.kind import Facts, TableNamed
from twinsite.kinds.parts import plain_amount


def order_in_lists(record: Contest, state: str | None, title: str) -> tuple[Any, ...]:
    """By state as ``STATES`` lists them, then by the end of the entries, then title."""
    rank = STATES.index(state) if state in STATES else len(STATES)
    return (rank, record.closes.timestamp(), title.casefold())


def list_contacts(record: Contest) -> tuple[str | None, ...]:
    """How to reach the sponsor, and where entries go by e-mail and on paper."""
    ways = record.entry.methods if record.entry else ()
    by_mail = (way.url for way in ways if way.url and way.url.startswith(("mailto:", "tel:")))
    return (record.sponsor.contact, record.sponsor.address, *by_mail, *(way.address for way in ways))


def find_day(record: Contest) -> date:
    """The day written in ``date``, or else the day on which the contest opens."""
    return record.date or record.opens.date()


def note_overdue(record: Contest, path: str, facts: Facts) -> tuple[Problem, ...]:
    """Winners that were promised for an instant that has passed."""
    if not is_overdue(record, facts.now):
        return ()
    return (
        Problem(
            rule="winners-overdue",
            path=path,
            field=("winners_announced",),
            message="The winners were to be announced by now, and none is given.",
            hint='Add "winners:", or move "winners_announced" and say why under "amendments:".',
            severity="notice",
            overdue=True,
        ),
    )


def compute(record: Contest, facts: Facts) -> dict[str, Any]:
    """Values for a contest's page.

    ``prize_totals``: ``[{amount, currency}]``, amounts as text, by currency; ``prize_count``: how many there are;
    ``next_change``: an aware instant, or none; ``shown_winners``: see ``show_winners``, empty unless announced;
    ``all_delivered``: every prize was handed over; ``overdue``: see ``is_overdue``; ``draw``: see ``show_draw``;
    ``ways``: see ``list_ways``; ``standings``: see ``show_standings``; ``timetable``: see ``make_timetable``;
    ``results``: the table with the full result, none before anybody may see it;
    ``story``: see ``show_story``; besides, what ``list_law`` gives.
    """
    now, announced = facts.now, facts.state == "announced"
    values = {
        "ways": lambda: list_ways(record),
        **list_law(record, facts.law),
        "next_change": lambda: find_next_change(record, now),
        "timetable": lambda: make_timetable(record, now),
        "results": lambda: _find_results(record, now),
        "standings": lambda: show_standings(record, facts),
        "story": lambda: show_story(record.story, facts.state),
        "shown_winners": lambda: show_winners(record) if announced else [],
        "all_delivered": lambda: announced and are_all_delivered(record),
        "overdue": lambda: is_overdue(record, now),
        "draw": lambda: show_draw(record, facts),
    }
    return {**compute_card(record, facts), **facts.make(values)}


def _find_results(record: Contest, now: datetime) -> TableNamed | None:
    return TableNamed(record.results) if record.results and may_show_results(record, now) else None


def compute_card(record: Contest, facts: Facts) -> dict[str, Any]:
    """Those of the values that cards show: all that is not about winners."""
    prizes = record.prizes
    return facts.make(
        {
            "prize_totals": lambda: total_values(prizes),
            "prize_count": lambda: sum(prize.quantity for prize in prizes),
        }
    )


def total_values(prizes: Sequence[Prize]) -> list[dict[str, str]]:
    """The value of all prizes together, as pages show it."""
    totals = sum_values(prizes)
    return [{"amount": plain_amount(total), "currency": currency} for currency, total in totals.items()]
