"""Whether records still say what they said when they were locked. Takes records and locks; gives problems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from twinsite.core.lock import Binding, Lock, Locks, digest_fields, list_differing
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.kinds.kind import Kind

CLOSING = (
    " A closing date must not be changed, except where what cannot be avoided makes it necessary and nobody who entered"
    " is worse off for it (CAP Code, rule 8.17.4.e)."
)


def check_lock(kind: Kind, entry: Entry, record: Record, lock: Lock) -> list[Problem]:
    """The locked fields of a record that changed, and of which no amendment tells."""
    latest = lock.latest
    if latest is None:
        return []
    fields = digest_fields(kind.locked(record))
    amended = list(kind.amended(record))
    return [
        _changed(entry, lock.path, latest.day.isoformat(), name)
        for name in list_differing(latest, fields)
        if not _is_amended(name, latest, amended)
    ]


def _is_amended(name: str, binding: Binding, amended: Iterable[tuple[date, tuple[str, ...]]]) -> bool:
    """Whether an amendment not older than the lock names a field, or the group of fields that it belongs to."""
    return any(day >= binding.day and {name, name.partition(".")[0]} & set(names) for day, names in amended)


def _changed(entry: Entry, path: str, day: str, name: str) -> Problem:
    message = f'"{name}" was locked on {day} and no longer says what it said then.'
    return Problem(
        rule="locked-field-changed",
        path=entry.path,
        field=_path_of(name),
        message=message + (CLOSING if name == "closes" else ""),
        hint=(
            f'Write it back as it was; or add below "amendments:" an item with date: ({day} or later), change:, '
            f"reason: and fields: [{name}]. If nobody has seen the record yet, delete {path} and lock it again."
        ),
    )


def _path_of(name: str) -> FieldPath:
    return tuple(name.split("."))


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
