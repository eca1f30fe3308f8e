"""What every page must say for now: records of which their kind asks that the whole site warns."""

from __future__ import annotations

from collections.abc import Iterator

from twinsite.core.site import Entry
from twinsite.kinds import KINDS
from twinsite.kinds.kind import no_alert
from twinsite.plan.library import Library


def plan_alerts(library: Library) -> list[dict[str, str | None]]:
    """The alerts of all pages, ``{kind title url state}``, in the order of lists. It asks records of those kinds alone
    that ever warn.
    """
    return [
        {"kind": entry.kind, "title": entry.title, "url": entry.url, "state": entry.state}
        for entry in _list_loud(library)
    ]


def _list_loud(library: Library) -> Iterator[Entry]:
    now = library.site.now
    for kind in KINDS:
        if kind.alert is not no_alert:
            for entry in library.site.published.get(kind.name, ()):
                if kind.alert(entry.record, now) == "everywhere":
                    yield entry
