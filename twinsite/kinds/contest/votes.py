"""The votes of the public, read from their table: one row for each entry."""

from __future__ import annotations

from typing import Any

from twinsite.core.draft import Table
from twinsite.core.problem import Problem
from twinsite.kinds.contest.sheets import Sheet


def read_votes(table: Table, earliest: bool = False) -> tuple[dict[str, int], dict[str, Any], list[Problem]]:
    """The votes of each entry, in the order of the table; when each was received (only where ``earliest`` asks for
    it); and all that is wrong with them.
    """
    sheet = Sheet(table)
    columns = ["entry", "votes", *(["received"] if earliest else [])]
    votes: dict[str, int] = {}
    received: dict[str, Any] = {}
    if not sheet.need(columns, "to tell who got how many votes"):
        return votes, received, sheet.problems
    rows: dict[str, int] = {}
    for row in sheet.rows():
        entry = sheet.text(row, "entry")
        count = sheet.number(row, "votes", "whole")
        if not entry:
            sheet.tell("empty-cell", f"Row {row} says of no entry how many votes it got.", "Write it.", row, "entry")
        elif entry in rows:
            message = f'Row {row} counts the votes of "{entry}" again, after row {rows[entry]}.'
            sheet.tell("counted-twice", message, "Write all votes of an entry into one row.", row, "entry")
        elif count is not None and count < 0:
            message = f'Row {row}: "{entry}" cannot have {count} votes.'
            sheet.tell("negative-votes", message, "Write 0 or more.", row, "votes")
        elif count is not None:
            votes[entry] = int(count)
            if earliest:
                received[entry] = sheet.moment(row, "received")
        elif sheet.cell(row, "votes") is None:
            message = f'Row {row} does not say how many votes "{entry}" got.'
            sheet.tell("missing-score", message, "Write the number, 0 if there was none.", row, "votes")
        rows.setdefault(entry, row)
    return votes, received, sheet.problems
