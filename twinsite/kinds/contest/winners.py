"""Winners: what may be shown of each, and what is wrong with what is written about them.

A winner's full name is personal. ``Contest.winners`` never reaches a view; these give what the winner agreed to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from twinsite.core.problem import Problem
from twinsite.kinds.contest.model import Contest, Prize, Winner
from twinsite.kinds.kind import Reference

WITHHELD = "Name withheld at the winner's request"

Places = Mapping[str, tuple[str, int]]


def places_of(prizes: Sequence[Prize]) -> dict[str, tuple[str, int]]:
    """The places that can be won, in the order of the prizes: what they win, and how many may win there."""
    places: dict[str, tuple[str, int]] = {}
    for number, prize in enumerate(prizes, start=1):
        place = prize.place or str(number)
        name, quantity = places.get(place, ("", 0))
        places[place] = (f"{name}, {prize.name}" if name else prize.name, quantity + prize.quantity)
    return places


def show_winners(record: Contest) -> list[dict[str, Any]]:
    """What may be shown of the winners, in the order of the prizes.

    Each is ``{place, prize, name, region, twintern, entry, status, since, redrawn_on, delivered_on}``, ``since`` the
    day of the ``status``. ``name`` is as the winner chose;
    it is none only where ``twintern`` is given, whose page has the name. ``twintern``, ``region`` and
    ``entry`` are none where they would say more than the winner agreed to.
    """
    places = places_of(record.prizes)
    ranks = {place: rank for rank, place in enumerate(places)}
    shown = sorted(record.winners, key=lambda winner: ranks.get(winner.place, len(ranks)))
    return [_show_winner(winner, places) for winner in shown]


def _show_winner(winner: Winner, places: Places) -> dict[str, Any]:
    shown_as = winner.publish_as if winner.consent else "withheld"
    full = shown_as == "full"
    return {
        "place": winner.place,
        "prize": places.get(winner.place, ("", 0))[0],
        "name": displayed_name(winner),
        "region": winner.region if shown_as in ("full", "surname_region") else None,
        "twintern": Reference("twintern", winner.twintern) if full and winner.twintern else None,
        "entry": winner.entry if full else None,
        "status": winner.status,
        "since": getattr(winner, f"{winner.status}_on") if winner.status else None,
        "redrawn_on": winner.redrawn_on,
        "delivered_on": winner.delivered_on,
    }


def name_openly(record: Contest, state: str | None) -> tuple[tuple[str, str], ...]:
    """The twinterns among the winners who agreed to be shown in full, and the story of them all, once the contest is
    announced.
    """
    if state != "announced":
        return ()
    winners = tuple(
        ("twintern", winner.twintern)
        for winner in record.winners
        if winner.twintern and winner.consent and winner.publish_as == "full"
    )
    return (*winners, ("announcement", record.story)) if record.story else winners


def displayed_name(winner: Winner) -> str | None:
    """The name as the winner agreed to have it shown; none where only the twintern's page knows it."""
    if winner.publish_as == "withheld" or not winner.consent:
        return WITHHELD
    if winner.name is None:
        return None
    given, surname = split_name(winner.name)
    if winner.publish_as == "surname_region":
        return surname
    if winner.publish_as == "initials":
        return initials_of(f"{given} {surname}")
    return f"{given} {surname}".strip()


def split_name(name: str) -> tuple[str, str]:
    """Given names and surname: cut at the comma of "Lopez Garcia, Ana", else before the last word."""
    if "," in name:
        surname, given = name.split(",", 1)
        return (" ".join(given.split()), " ".join(surname.split()))
    *given_names, last = name.split()
    return (" ".join(given_names), last)


def initials_of(name: str) -> str:
    """The first letter of each word, each with a full stop: ``A. L. G.``"""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split())


def check_winners(record: Contest, path: str) -> tuple[Problem, ...]:
    """Winners who could not be shown as written, or never; winners of places that nobody can win."""
    places = places_of(record.prizes)
    found = [
        problem
        for index, winner in enumerate(record.winners)
        for problem in (
            *_check_place(winner, places, path, index),
            *_check_name(winner, path, index),
            *_check_status(winner, path, index),
        )
    ]
    return (*found, *_check_counts(record.winners, places, path), *_check_announcement(record, path))


def _check_place(winner: Winner, places: Places, path: str, index: int) -> list[Problem]:
    if winner.place in places:
        return []
    return [
        Problem(
            rule="unknown-place",
            path=path,
            field=("winners", index, "place"),
            message=f'No prize has the place "{winner.place}".',
            hint=f"The places are: {', '.join(places)}.",
        )
    ]


def _check_name(winner: Winner, path: str, index: int) -> list[Problem]:
    if winner.publish_as == "withheld":
        return []
    needs_name = winner.publish_as != "full" or winner.twintern is None
    checks = (
        (needs_name and winner.name is None, _WITHOUT_NAME),
        (winner.publish_as == "surname_region" and winner.region is None, _WITHOUT_REGION),
        (not winner.consent, _WITHOUT_CONSENT),
    )
    return [
        Problem(rule=rule, path=path, field=("winners", index), message=message, hint=hint)
        for wrong, (rule, message, hint) in checks
        if wrong
    ]


STEPS = ("offered", "redrawn", "accepted", "delivered")
"""What happens to a prize, in order; a prize is ``redrawn`` when the first winner did not take it."""


def _check_status(winner: Winner, path: str, index: int) -> list[Problem]:
    """Days of a prize that its status knows nothing of, or that are not in order."""
    days = [(step, getattr(winner, f"{step}_on")) for step in STEPS]
    given = [(step, day) for step, day in days if day is not None]
    reached = STEPS.index(winner.status) if winner.status else -1
    found = []
    for step, _ in given:
        if STEPS.index(step) > reached:
            said = f'its status is "{winner.status}"' if winner.status else "it has no status"
            message = f'The prize has the day "{step}_on", but {said}.'
            hint = f"Write status: {step}, or delete the day."
            found.append(Problem("prize-status-behind", path, message, hint, field=("winners", index, f"{step}_on")))
    for (earlier, first), (later, second) in pairwise(given):
        if second < first:
            message = f'"{later}_on" is earlier than "{earlier}_on".'
            hint = f"The order is: {', '.join(f'{step}_on' for step in STEPS)}."
            found.append(Problem("dates-out-of-order", path, message, hint, field=("winners", index, f"{later}_on")))
    return found


def are_all_delivered(record: Contest) -> bool:
    """Whether every prize there is has been handed over, so that the page may say so."""
    prizes = sum(prize.quantity for prize in record.prizes)
    return len(record.winners) == prizes and all(winner.status == "delivered" for winner in record.winners)


_WITHOUT_NAME = (
    "winner-without-name",
    "This winner has no name to show.",
    'Add "name:"; or "twintern:" with publish_as: full; or "publish_as: withheld".',
)
_WITHOUT_REGION = (
    "winner-without-region",
    'This winner is to be shown by surname and region, but has no "region".',
    'Add "region:", such as: Kent; or choose another way in "publish_as".',
)
_WITHOUT_CONSENT = (
    "winner-without-consent",
    "Nothing says that this winner agreed to be shown.",
    'Write "consent: true" once the winner has agreed; until then "publish_as: withheld".',
)


def _check_counts(winners: Sequence[Winner], places: Places, path: str) -> list[Problem]:
    """The first winner of each place that is one too many."""
    counts: Counter[str] = Counter()
    found = []
    for index, winner in enumerate(winners):
        counts[winner.place] += 1
        name, quantity = places.get(winner.place, ("", 0))
        if name and counts[winner.place] == quantity + 1:
            found.append(_one_too_many(winner.place, quantity, path, index))
    return found


def _one_too_many(place: str, quantity: int, path: str, index: int) -> Problem:
    return Problem(
        rule="too-many-winners",
        path=path,
        field=("winners", index, "place"),
        message=f'More people won the place "{place}" than there are prizes for it ({quantity}).',
        hint='Correct "place", or raise "quantity" of the prize.',
    )


def _check_announcement(record: Contest, path: str) -> list[Problem]:
    if not record.winners or record.winners_announced is not None:
        return []
    return [
        Problem(
            rule="winners-never-shown",
            path=path,
            field=("winners",),
            message='The winners are given, but no "winners_announced"; they would never be shown.',
            hint='Add "winners_announced:" with the date and time from which the page shows them.',
        )
    ]
