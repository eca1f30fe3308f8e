"""The first text of a new record: a commented, valid file for each kind, a draft until its editor says otherwise.

In a scaffold ``# Words`` are notes, and ``#field: value`` are fields to use by deleting the ``#``.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from importlib.resources import files

from twinsite.kinds.kind import Kind

MARKER = re.compile("%([a-z]+)%")


def read_scaffold(kind: Kind) -> str:
    """The scaffold of a kind with its markers: ``%title%``, ``%slug%``, ``%handle%``, ``%zone%``, days, moments."""
    return (files("twinsite.kinds") / "scaffolds" / f"{kind.name}.md").read_text(encoding="utf-8")


def fill_scaffold(kind: Kind, title: str, slug: str, today: date, zone: str) -> str:
    """The text of a new record. ``title`` may be any text; ``slug`` is the file's name; ``zone`` the site's time zone.

    The moments that a contest needs lie two weeks and more after ``today``.
    """
    values = {
        "title": json.dumps(" ".join(title.split()), ensure_ascii=False),
        "slug": slug,
        "handle": slug.replace("-", "_"),
        "zone": zone,
        "today": today.isoformat(),
        "later": (today + timedelta(days=180)).isoformat(),
        "opens": _moment(today, 14, "09:00"),
        "closes": _moment(today, 44, "18:00"),
        "judged": _moment(today, 51, "18:00"),
        "announced": _moment(today, 58, "12:00"),
    }
    return MARKER.sub(lambda found: values[found[1]], read_scaffold(kind))


def _moment(today: date, days: int, clock: str) -> str:
    return f"{(today + timedelta(days=days)).isoformat()} {clock}"
