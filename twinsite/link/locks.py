"""Locks and records together: locks of which there is no record. What a lock holds fast is its kind's own."""

from __future__ import annotations

from collections.abc import Iterable

from twinsite.core.lock import Lock, Locks
from twinsite.core.problem import Problem
from twinsite.core.site import Entry


def find_orphans(locks: Locks, entries: Iterable[Entry], wrong: frozenset[tuple[str, str]]) -> list[Problem]:
    """Locks of records that are not there (any more); ``wrong`` are the names of those that could not be read."""
    known = {entry.key for entry in entries} | wrong
    return [_orphan(lock) for key, lock in locks.items() if key not in known]


def _orphan(lock: Lock) -> Problem:
    return Problem(
        rule="lock-without-record",
        path=lock.path,
        message=f'This lock belongs to no record: there is no {lock.kind} "{lock.slug}".',
        hint="If the record was renamed, rename its lock as well; if it was deleted, delete the lock.",
        line=1,
        column=1,
    )
