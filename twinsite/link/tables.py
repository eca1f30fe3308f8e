"""Data tables and the records that name them: what a kind finds in them, and which nobody may see yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from twinsite.core.draft import Table
from twinsite.core.later import Later
from twinsite.core.problem import Problem
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Facts, keeps_nothing, no_notices, no_tables
from twinsite.link.entries import Linkable
from twinsite.link.references import check_tables


def check_all_tables(
    linkable: Linkable,
    tables: Mapping[str, Table],
    wrong: frozenset[str],
    policies: Later[Mapping[str, Any]],
    now: datetime,
) -> Sequence[Problem]:
    """A problem for each table that a record names and that is not there, and what its kind finds in the others. Only
    a record that names some is looked at. ``wrong`` are tables with errors of their own, ``policies`` those of the
    settings as plain values; ``now`` is aware.
    """
    if not linkable.tables:
        return ()
    entry = linkable.entry
    kind = kind_named(entry.kind)
    found = check_tables(entry.path, linkable.tables, tables, wrong)
    if kind.check_tables is not no_tables:
        found = [*found, *kind.check_tables(entry.record, entry.path, tables)]
    if found or entry.held or kind.note_tables is no_notices:
        return found
    facts = Facts(now.astimezone(ZoneInfo(entry.zone)), entry.zone, entry.state, policies.get(), tables=tables)
    return kind.note_tables(entry.record, entry.path, facts)


KEPT_BACK_HINT = (
    "Results appear once the winners are announced. Scores and votes stay out of sight for good, since they name every "
    "entry; the page of the contest shows the standings made of them."
)


def find_kept_back(linkables: Iterable[Linkable]) -> dict[str, str]:
    """The tables that nobody may see, such as the results of a contest whose winners are not announced; each with the
    file of the record that keeps it back.
    """
    return {
        name: linkable.entry.path
        for linkable in linkables
        if linkable.tables and kind_named(linkable.entry.kind).keeps_back is not keeps_nothing
        for field, name in linkable.tables
        if kind_named(linkable.entry.kind).keeps_back(field, linkable.entry.state)
    }


def tell_kept_back(linkables: Iterable[Linkable], kept: Mapping[str, str]) -> list[Problem]:
    """A notice for each list of tables (``data``) that would show one of them."""
    return [
        Problem(
            "component-withheld",
            linkable.entry.path,
            f"This table is not shown: {kept[name]} keeps it back.",
            KEPT_BACK_HINT,
            field=field,
            severity="notice",
        )
        for linkable in linkables
        for field, name in linkable.tables
        if name in kept and field[0] == "data"
    ]
