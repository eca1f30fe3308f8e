"""The ledger of permissions: of each record that shows what somebody else made, whether it may, until when, and what to
do next. Takes a linked site; tells what it finds, changes nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.core.site import Entry, Site
from twinsite.kinds import kind_named
from twinsite.kinds.permission import SECTIONS, Right, find_standing, say_next, say_standing
from twinsite.read.positions import FRONT_LINE, locate

COLUMNS: Final = (
    "section", "standing", "who", "what", "title", "slug", "path", "line", "source", "captured", "asked_on",
    "answered_on", "scope", "expires", "shown", "says", "next",
)  # fmt: skip
"""What the ledger tells of a permission, in the order of the columns of its CSV file."""


class LedgerLine(Struct, frozen=True):
    """One permission: of which record (``entry``), how it stands, in which section of the ledger, on which line of the
    file it is written, how it is said (``says``), and what to do ``next`` (may be empty).
    """

    entry: Entry
    right: Right
    section: str
    standing: str
    line: int
    says: str
    next: str

    def values(self) -> dict[str, Any]:
        """The line as plain values by ``COLUMNS``: days as ISO text, ``None`` where nothing is known."""
        entry, right, permission = self.entry, self.right, self.right.permission
        return {
            "section": self.section, "standing": self.standing, "who": right.who, "what": right.what,
            "title": entry.title, "slug": entry.slug, "path": entry.path, "line": self.line, "source": right.source,
            "captured": _iso(right.captured), "asked_on": _iso(permission.asked_on),
            "answered_on": _iso(permission.answered_on), "scope": list(permission.scope) or ["site"],
            "expires": _iso(permission.expires), "shown": entry.held is None, "says": self.says, "next": self.next,
        }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def list_rights(site: Site, now: datetime, days: int) -> list[LedgerLine]:
    """The ledger of a site at an instant: by section, then by the day on which they end, then by file. A permission
    that ends within ``days`` is expiring.
    """
    lines = [
        _make_line(entry, right, now, days)
        for entry in dict.fromkeys(site.by_path.values())
        if (right := kind_named(entry.kind).right(entry.record)) is not None
    ]
    order = list(SECTIONS)
    return sorted(lines, key=lambda line: (order.index(line.section), _end(line), line.entry.path))


def _end(line: LedgerLine) -> date:
    return line.right.permission.expires or date.max


def _make_line(entry: Entry, right: Right, now: datetime, days: int) -> LedgerLine:
    today = now.astimezone(ZoneInfo(entry.zone)).date()
    standing = find_standing(right.permission, today, days)
    section = next(name for name, standings in SECTIONS.items() if standing in standings)
    private = entry.draft.values.get("private")
    evidence = bool(private.get("evidence")) if isinstance(private, dict) else False
    says = say_standing(right.permission, today, days)
    todo = say_next(right.permission, today, entry.slug, evidence, days)
    return LedgerLine(entry, right, section, standing, _find_place(entry.draft.front, right), says, todo)


def _find_place(front: str, right: Right) -> int:
    """The line of the file on which a permission is written. One plain key at the margin is found at once; all else is
    left to the parser.
    """
    keys = list(re.finditer(rf"(?m)^{right.field[0]} *:", front)) if len(right.field) == 1 else []
    if len(keys) == 1:
        return FRONT_LINE + front.count("\n", 0, keys[0].start())
    return locate(front, right.field, at_key=True)[0]


def choose_lines(
    lines: Iterable[LedgerLine], sections: Sequence[str], now: datetime, within: timedelta | None
) -> list[LedgerLine]:
    """Those of some sections (all if none is named); with ``within`` those alone that hold and end in that time."""
    chosen = [line for line in lines if not sections or line.section in sections]
    if within is None:
        return chosen
    return [line for line in chosen if line.section in ("granted", "expiring") and _ends(line, now, within)]


def _ends(line: LedgerLine, now: datetime, within: timedelta) -> bool:
    expires = line.right.permission.expires
    zone = ZoneInfo(line.entry.zone)
    return expires is not None and datetime.combine(expires, datetime.min.time(), zone) <= now + within


def find_line(lines: Sequence[LedgerLine], name: str) -> LedgerLine | Problem:
    """The line of a record by its slug, file or address."""
    for line in lines:
        if name in (line.entry.slug, line.entry.path, line.entry.path.removeprefix("content/"), line.entry.url):
            return line
    near = nearest_name(name, [line.entry.slug for line in lines])
    text = f'No permission is kept for "{name}".' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-path", "", text, "Name a showcase by the last step of its address, or by its file.")


def count_sections(lines: Iterable[LedgerLine]) -> str:
    """``3 asked, 20 granted, 1 expiring, 2 gone``."""
    counts: Mapping[str, int] = dict.fromkeys(SECTIONS, 0)
    found = [line.section for line in lines]
    return ", ".join(f"{found.count(name)} {name}" for name in counts)


def write_ledger_text(lines: Sequence[LedgerLine]) -> list[str]:
    """The ledger for people: section by section, each permission on two lines, and what to do below it."""
    written = []
    for section in SECTIONS:
        own = [line for line in lines if line.section == section]
        written += [f"{section} ({len(own)})"] if own else []
        for line in own:
            written.append(f"  {line.entry.path}:{line.line}  {line.right.who}, {line.right.what}")
            written.append(f"    {line.says}" + (f" {line.next}" if line.next else ""))
        written += [""] if own else []
    return [*written, f"{count_sections(lines)}."]


def write_ledger_csv(lines: Iterable[LedgerLine]) -> str:
    """The ledger as CSV with a heading. No cell begins like a formula, which a spreadsheet would carry out."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        values = line.values() | {"scope": " ".join(line.values()["scope"])}
        writer.writerow([_plain_cell(values[name]) for name in COLUMNS])
    return out.getvalue()


def _plain_cell(value: Any) -> str:
    """A cell as text; an apostrophe before what spreadsheets take for a formula (OWASP, CSV injection)."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
