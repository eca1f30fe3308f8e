"""What the settings say of all showcases, held against those that there are. Never depends on the moment: what is shown
at some time without anybody's doing counts as shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twinsite.config import Settings
from twinsite.core.law import Law
from twinsite.core.problem import Problem
from twinsite.core.site import Entry
from twinsite.kinds.disclosure import check_labels
from twinsite.kinds.showcase.collection import Collection, count_shown


def check_settings(settings: Settings, law: Law, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A collection that is smaller than what is shown of it, one that is called complete and is not, and labels of
    jurisdictions that have none.
    """
    yield from check_labels(settings.policies.disclosure_labels, law)
    own = settings.policies.showcases
    if own.collected is not None or own.complete:
        ever = sum(1 for one in entries if one.kind == "showcase" and (one.held is None or one.held.passing))
        yield from check_extent(own, ever)


def check_extent(own: Collection, ever: int) -> Iterator[Problem]:
    """The problems of a collection of which so many are shown at some time."""
    at = ("policies", "showcases")
    if own.collected is not None and own.collected < ever:
        yield Problem(
            rule="collected-too-few",
            path="site.yaml",
            field=(*at, "collected"),
            message=f"{own.collected} were collected, it says here, but {count_shown(ever)}.",
            hint="Write how many were collected in all, those that are not shown too.",
        )
    elif own.complete and own.collected != ever:
        counted = "nothing says how many were collected" if own.collected is None else f"{own.collected} were collected"
        yield Problem(
            rule="set-not-complete",
            path="site.yaml",
            field=(*at, "complete"),
            message=f"This is not complete: {counted}, and {count_shown(ever)}.",
            hint='Remove "complete" and say in "chosen" who chose them and how; or show what is missing.',
        )
