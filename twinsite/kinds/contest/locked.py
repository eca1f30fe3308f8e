"""What of a contest is binding once it is open: the fields that a lock holds, and the amendments that may change them.

The text under the front matter is not among them: it tells and advertises, and the linter (``contest.linter``) holds it
to the fields. Neither are winners, results, draws, pictures, products and what steers the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from twinsite.core.lock import Binding, Lock, digest_fields, list_differing
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.moment import as_utc

CLOSING = (
    " A closing date must not be changed, except where what cannot be avoided makes it necessary and nobody who entered"
    " is worse off for it (CAP Code, rule 8.17.4.e)."
)

WHOLE = (
    "title", "kind_of", "opens", "closes", "judging_ends", "winners_announced", "timezone", "jurisdictions", "prizes",
    "how_winners_are_told", "days_to_respond", "prizes_sent", "cash_alternative", "draw_method", "availability",
    "privacy_url",
)  # fmt: skip
"""Fields that are locked as one."""
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sponsor": ("name", "address", "contact"),
        "voting": ("opens", "closes", "url", "share"),
        "eligibility": ("regions", "minimum_age", "excluded", "text"),
        "entry": (
            "methods", "limit_per_person", "cost", "cost_note", "free_route", "proof_of_purchase", "rights", "fields",
            "consent",
        ),
        "judging": ("criteria", "panel", "tie_break", "tie_rule"),
        "rules": ("governing_law", "extra_clauses", "pdf"),
    }
)  # fmt: skip
"""Fields of which each part is locked by itself, with these parts."""
TECHNICAL: Mapping[str, Any] = MappingProxyType(
    {
        "prizes": {"__all__": {"image"}},
        "entry": {
            "methods": {"__all__": {"hosted", "hidden", "honeypot", "subject"}},
            "fields": {"__all__": {"name", "autocomplete", "help", "accept", "max_size"}},
        },
    }
)
"""Parts that say how something is shown or sent, and nothing that rules are made of."""


def list_locked(record: Contest) -> dict[str, Any]:
    """The binding fields as plain values by their names (``closes``, ``eligibility.minimum_age``), empty ones left out.

    A field that is as it would be if nothing were written counts as empty, so that a new field of a later Twinsite
    changes no lock.
    """
    written = record.model_dump(mode="python", exclude_defaults=True, exclude=dict(TECHNICAL))
    found = {name: _plain(written[name]) for name in WHOLE if name in written}
    for group, parts in GROUPS.items():
        own = written.get(group) or {}
        found |= {f"{group}.{name}": _plain(own[name]) for name in parts if name in own}
    return found


def _plain(value: Any) -> Any:
    """A value that is the same whatever zone an instant was written in."""
    if isinstance(value, datetime):
        return as_utc(value).isoformat()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, bool)) else str(value)


@cache
def list_names() -> tuple[str, ...]:
    """All names under which fields are locked, groups by themselves too."""
    parts = (f"{group}.{name}" for group, names in GROUPS.items() for name in names)
    return (*WHOLE, *GROUPS, *parts)


def list_amended(record: Contest) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The amendments: the day and the names of the fields that each changed."""
    for amendment in record.amendments:
        yield amendment.date, amendment.fields


def check_lock(record: Contest, path: str, lock: Lock) -> tuple[Problem, ...]:
    """The locked fields that changed, and of which no amendment tells."""
    latest = lock.latest
    if latest is None:
        return ()
    amended = list(list_amended(record))
    return tuple(
        _changed(path, lock.path, latest.day.isoformat(), name)
        for name in list_differing(latest, digest_fields(list_locked(record)))
        if not _is_amended(name, latest, amended)
    )


def _is_amended(name: str, binding: Binding, amended: Iterable[tuple[date, tuple[str, ...]]]) -> bool:
    """Whether an amendment not older than the lock names a field, or the group of fields that it belongs to."""
    return any(day >= binding.day and {name, name.partition(".")[0]} & set(names) for day, names in amended)


def _changed(path: str, lock_path: str, day: str, name: str) -> Problem:
    message = f'"{name}" was locked on {day} and no longer says what it said then.'
    return Problem(
        rule="locked-field-changed",
        path=path,
        field=tuple(name.split(".")),
        message=message + (CLOSING if name == "closes" else ""),
        hint=(
            f'Write it back as it was; or add below "amendments:" an item with date: ({day} or later), change:, '
            f"reason: and fields: [{name}]. If nobody has seen the record yet, delete {lock_path} and lock it again."
        ),
    )


def check_unlocked(record: Contest, path: str, slug: str, state: str | None, lock: Lock | None) -> tuple[Problem, ...]:
    """People may enter by rules that nothing holds fast."""
    if lock or state != "open":
        return ()
    return (
        Problem(
            rule="contest-not-locked",
            path=path,
            field=(),
            message="People can enter this contest now, and nothing holds its rules fast.",
            hint=f"Run: twinsite lock {slug}   Then commit the file that it writes.",
            severity="notice",
        ),
    )


def check_amendments(record: Contest, path: str) -> tuple[Problem, ...]:
    """Amendments that name a field which no lock holds."""
    return tuple(
        _unknown_field(name, path, index, place)
        for index, amendment in enumerate(record.amendments)
        for place, name in enumerate(amendment.fields)
        if name not in list_names()
    )


def _unknown_field(name: str, path: str, index: int, place: int) -> Problem:
    near = nearest_name(name, list_names())
    guess = f' Did you mean "{near}"?' if near else ""
    hint = "Name fields as they are written, parts after a dot: closes, prizes, eligibility.minimum_age."
    text = f'No field of a contest that rules are made of is called "{name}".{guess}'
    return Problem("unknown-amended-field", path, text, hint, field=("amendments", index, "fields", place))
