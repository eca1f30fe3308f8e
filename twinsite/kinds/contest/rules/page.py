"""The page of a contest's official rules, a further output of every contest, and one page for each version that was
locked.

A lock keeps the words of the rules as they were. While no locked field and no amendment differs from it, the page shows
those very words, even where a later Twinsite would write others; and each locked version keeps an address of its own.
"""

from __future__ import annotations

from typing import Any

from twinsite.core.lock import Binding, Lock, digest_fields, find_version, list_differing
from twinsite.kinds.contest.locked import list_locked
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.rules.terms import make_terms
from twinsite.kinds.contest.rules.writing import write_rules
from twinsite.kinds.further import Family, Further, Surroundings

STEP = "rules/"

Clauses = list[dict[str, Any]]
"""Written clauses: ``{name heading text items after}``."""


def list_versions(lock: Lock) -> tuple[str, ...]:
    """The steps of the pages of all locked versions."""
    return tuple(dict.fromkeys(f"{STEP}{one.version}/" for one in lock.history if one.version))


def make_page(record: Contest, around: Surroundings) -> Further:
    """The rules as they stand, or as they stood in the version that the step names.

    Own values: ``clauses``; their ``version``; ``locked_on``, the day on which that version was locked, if it was;
    ``latest``: whether these rules hold now; ``versions``, all that were locked, ``{version day url}``, latest first.
    """
    current = _find_current(record, around)
    wanted = around.step.removeprefix(STEP).rstrip("/")
    history = around.lock.history if around.lock else ()
    kept = _find_binding(history, wanted or find_version(current))
    clauses = list(kept.text) if wanted and kept else current
    version = find_version(clauses)
    return Further(
        title=f"Official rules: {record.title}" + (f", version {version}" if wanted else ""),
        summary=f"The rules of {record.title} by {record.sponsor.name}, version {version}.",
        noindex=bool(wanted),
        values={
            "clauses": clauses,
            "version": version,
            "locked_on": kept.day if kept else None,
            "latest": not wanted or version == find_version(current),
            "versions": _list_versions(history, around.url),
        },
    )


def _find_binding(history: tuple[Binding, ...], version: str) -> Binding | None:
    return next((one for one in reversed(history) if one.version == version), None)


def _list_versions(history: tuple[Binding, ...], url: str) -> list[dict[str, Any]]:
    kept = {one.version: one.day for one in reversed(history) if one.version}
    return [{"version": version, "day": day, "url": f"{url}{STEP}{version}/"} for version, day in kept.items()]


def _find_current(record: Contest, around: Surroundings) -> Clauses:
    """The words that hold now: those of the lock, unless a field or an amendment is no longer as it was then."""
    written = write_own_rules(record, around)
    latest = around.lock.latest if around.lock else None
    if latest is None or not latest.text or list_differing(latest, digest_fields(list_locked(record))):
        return written
    kept = list(latest.text)
    return kept if _changes_in(kept) == _changes_in(written) else written


def _changes_in(clauses: Clauses) -> list[Any]:
    return [clause["items"] for clause in clauses if clause["name"] == "amendments"]


def write_own_rules(record: Contest, around: Surroundings) -> Clauses:
    """The rules of a contest as its fields have it, with the places where entrants must live as the site calls them."""
    written = record.eligibility.regions if record.eligibility else ()
    regions = [label for taxonomy, label in around.terms if taxonomy == "regions"] or list(written)
    terms = make_terms(record, record.title, around.facts.zone, regions, around.facts.law)
    return [clause.plain() for clause in write_rules(terms)]


FAMILY = Family("rules", "contest/rules.html", lambda record: (STEP,), make_page, lock_steps=list_versions, kept=STEP)
