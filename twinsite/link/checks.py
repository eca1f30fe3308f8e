"""What is wrong with records by themselves: their fields across, the law, their texts, their locks.

Takes what each record brings to the site; gives problems. Nothing here looks at two records, so that many are shared
out among processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.clock import Window, note_window, take_window
from twinsite.core.draft import Draft
from twinsite.core.law import Law
from twinsite.core.lock import Locks
from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.core.site import Entry
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.kind import Facts, Kind, no_notices, nothing_said
from twinsite.link.entries import Linkable
from twinsite.parallel import TaskFailure, map_tasks

CHUNK = 100
"""Records that are checked at once."""

FEWEST = 1000
"""Records below which starting workers costs more than it saves."""

MANY = 4
"""Processes from which on records are shared out. Where there are fewer, whoever reads them has time to check each at
once, while others parse the next files; and a forked process would have to copy most of what it looks at.
"""

Found = tuple[Problem, ...]


class Rulebook(Struct, frozen=True):
    """What records are held to: the ``policies`` of the settings as plain values, what jurisdictions and platforms ask
    (``law``), the ``locks``, and the moment (aware).
    """

    policies: Mapping[str, Any]
    law: Law
    now: datetime
    locks: Locks


def check_all(linkables: Sequence[Linkable], book: Rulebook, jobs: int) -> list[Found]:
    """What is wrong with each record, found by up to ``jobs`` processes; the same for any number of them."""
    if jobs < MANY or len(linkables) < FEWEST:
        return [check_linkable(one, book) for one in linkables]
    for one in {linkable.entry.kind: linkable for linkable in linkables}.values():
        check_linkable(one, book)  # what a kind reads when it is first asked is read before there are several processes

    def check(some: Sequence[Linkable]) -> tuple[list[Found], Window | None]:
        return [check_linkable(one, book) for one in some], note_window(book.now)

    chunks = [linkables[start : start + CHUNK] for start in range(0, len(linkables), CHUNK)]
    found: list[Found] = []
    for result in map_tasks(check, chunks, jobs, largest=1):
        if isinstance(result, TaskFailure):
            raise RuntimeError(f"{result.text}\n{result.trace}")
        take_window(book.now, result[1])
        found += result[0]
    return found


def check_linkable(linkable: Linkable, book: Rulebook) -> Found:
    """What is wrong with a record by itself, in the light of its lock, and where its texts contradict its fields."""
    entry, (draft, record) = linkable.entry, linkable.entry.source.get()
    problems = _check_with_lock(entry, record, book)
    problems += _lint(entry, draft, record) if book.policies.get("contradictions", True) else []
    return tuple(problems)


def _lint(entry: Entry, draft: Draft, record: Record) -> list[Problem]:
    """Where the texts of a record contradict its fields; only a kind that looks has the body read, and only where there
    may be something.
    """
    kind = kind_named(entry.kind)
    if kind.lint is nothing_said:
        return []
    return list(kind.lint(record, entry.path, entry.zone, draft.body_text if draft.telling else "", draft.body_line))


def may_tell(path: str, text: str) -> bool:
    """Whether the linter of the kind to whose folder a file belongs may find anything in the text of its body; so it is
    said of all other files, of which nobody asks.
    """
    kind = _LINTED.get(path.split("/", 2)[1])
    return kind is None or kind.may_tell(text)


_LINTED: Mapping[str, Kind] = {kind.folder: kind for kind in KINDS if kind.lint is not nothing_said}


def _check_with_lock(entry: Entry, record: Record, book: Rulebook) -> list[Problem]:
    """What is wrong with a record by itself, and in the light of its lock. One that has problems needs no lock yet, and
    whether it ever does is a policy of its kind (``contest_locks``).
    """
    kind = kind_named(entry.kind)
    problems = _check_entry(entry, record, book)
    lock = book.locks.get(entry.key)
    problems += kind.check_lock(record, entry.path, lock) if lock else ()
    if problems or entry.held or not book.policies.get(f"{kind.name}_locks", True):
        return problems
    return list(kind.check_unlocked(record, entry.path, entry.slug, entry.state, lock))


def _check_entry(entry: Entry, record: Record, book: Rulebook) -> list[Problem]:
    """What a kind finds across the fields of one record, and what became true of it only because time passed."""
    kind = kind_named(entry.kind)
    problems = [*kind.check(record, entry.path), *kind.check_law(record, entry.path, book.law)]
    problems += kind.check_policies(record, entry.path, book.policies)
    if not entry.held and kind.notices is not no_notices:
        facts = Facts(book.now.astimezone(ZoneInfo(entry.zone)), entry.zone, entry.state, book.policies, law=book.law)
        problems += kind.notices(record, entry.path, facts)
    return problems
