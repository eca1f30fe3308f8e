"""``playbook.yaml`` to a playbook, or all that is wrong with it, placed; and whether it was drilled lately enough."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from twinsite.core.playbook import Playbook
from twinsite.core.problem import Problem
from twinsite.core.request import PLAYBOOK
from twinsite.kinds.moment import LATEST, start_of
from twinsite.read.front import decode_text, parse_yaml
from twinsite.read.positions import place_problems
from twinsite.validate.model import validate_model

DRILL_DAYS = 365
"""After how many days a playbook must be tried again."""


def parse_playbook(data: bytes, zone: str) -> tuple[Playbook | None, list[Problem]]:
    """The playbook that the bytes of ``playbook.yaml`` hold, or every problem of theirs."""
    values, problems = parse_yaml(data, PLAYBOOK)
    if not isinstance(values, dict):
        hint = "Write at least approver:, backup: and levels:, as the guide shows."
        return None, problems or [Problem("not-fields", PLAYBOOK, "The playbook has no fields.", hint, 1, 1)]
    playbook, wrong = validate_model(Playbook, values, PLAYBOOK, zone, PLAYBOOK)
    text, _ = decode_text(data, PLAYBOOK)
    problems = place_problems([*problems, *wrong], {PLAYBOOK: text or ""})
    return (None if problems else playbook), problems


def note_drill(playbook: Playbook, data: bytes, now: datetime, zone: str) -> list[Problem]:
    """A notice where nobody has tried the playbook for a year. ``now`` is aware; ``zone`` the site's."""
    day = playbook.drilled
    if day and (day.year >= LATEST - 1 or not now >= start_of(day + timedelta(days=DRILL_DAYS + 1), ZoneInfo(zone))):
        return []
    text, _ = decode_text(data, PLAYBOOK)
    return list(place_problems([_undrilled(day)], {PLAYBOOK: text or ""}))


def _undrilled(day: date | None) -> Problem:
    told = f"was last drilled on {day.isoformat()}, more than a year ago" if day else "was never drilled"
    return Problem(
        rule="playbook-not-drilled",
        path=PLAYBOOK,
        message=f"The playbook {told}.",
        hint="Try it once: twinsite new claim with a level, build, look at the page, delete the draft. Then write "
        'the day in "drilled".',
        field=("drilled",) if day else (),
        severity="notice",
        overdue=True,
    )
