"""The states of a record from an instant on: the one it has, and those that follow by themselves.

The rules stay where they are, in ``Kind.state`` and ``Kind.changes``; nobody else works a state out again. A page that
carries its phases can turn itself over without a new build, and cannot know any other rules than these.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from twinsite.kinds.kind import Kind, no_changes
from twinsite.kinds.moment import as_utc


class Phase(Struct, frozen=True):
    """A state, and the instant (UTC, not included) up to which it lasts; ``None`` for the last one."""

    state: str
    until: datetime | None


def list_phases(kind: Kind, record: Any, state: str, now: datetime) -> tuple[Phase, ...]:
    """The phase at ``now`` (aware, in the record's zone), in which the record is in ``state``, and all that follow.

    Neighbours differ: a moment at which the state stays the same begins no phase.
    """
    found: list[Phase] = []
    for at, following in _list_turns(kind, record, now):
        if following != state:
            found.append(Phase(state, at))
            state = following
    return (*found, Phase(state, None))


def _list_turns(kind: Kind, record: Any, now: datetime) -> Iterator[tuple[datetime, str]]:
    """Each moment after ``now`` (in UTC), in order, with the state from then on."""
    if kind.changes is no_changes or now.tzinfo is None:
        return
    for change in kind.changes(record, now.tzinfo):
        if now < change.at and (state := kind.state(record, change.at)):
            yield as_utc(change.at), state
