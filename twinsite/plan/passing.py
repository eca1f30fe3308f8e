"""Records that are withheld now and shown at another time: their mistakes are told today, not on the day they appear.

Otherwise a build that passed would fail by itself at night. Drafts, and what nobody has permitted, may hold any
mistake: they appear only after somebody has edited them. Takes the library; gives problems, publishes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from twinsite.core.page import Literal, Planned
from twinsite.core.problem import Problem
from twinsite.core.site import Entry
from twinsite.link.addresses import further_urls, output_path
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.library import Library
from twinsite.plan.redirects import redirect_addresses
from twinsite.plan.targets import check_targets
from twinsite.plan.views import look_into_files


def list_passing(library: Library) -> list[Entry]:
    """The records that are withheld now and shown at another time."""
    return [entry for entry in library.site.withheld if entry.held and entry.held.passing]


def check_passing(library: Library) -> Planned:
    """The errors and warnings of their texts and of the addresses in their fields; no pages."""
    found: list[Problem] = []
    bodies: set[str] = set()
    for entry in list_passing(library):
        # Nothing that a withheld record names may be published, so it is filled beside the real library.
        beside = library.for_one()
        fill_entry_body(beside, entry)
        bodies |= beside.bodies
        found += [problem for problem in beside.problems if problem.severity != "notice"]
        found += check_targets(beside, entry)
        found += look_into_files(beside, entry)[0]
    return Planned(problems=tuple(found), bodies=tuple(sorted(bodies)))


def plan_passing(library: Library) -> Iterator[Literal]:
    """Stand-ins for the files that exist at another time only, to see which would have one address with another."""
    named = set(library.addresses)
    for entry in list_passing(library):
        if entry.kind not in ("home", "list"):
            addresses = [entry.url, *further_urls(entry), *redirect_addresses(entry)]
            named.update(addresses)
            yield from (Literal(output_path(address), b"", entry.path) for address in addresses)
    for address in sorted(library.eventual - named):
        yield Literal(output_path(address), b"", "content")
