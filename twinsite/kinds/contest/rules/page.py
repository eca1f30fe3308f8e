"""The page of a contest's official rules: a further output of every contest."""

from __future__ import annotations

from typing import Any

from twinsite.kinds.contest.model import Contest
from twinsite.kinds.contest.rules.terms import make_terms
from twinsite.kinds.contest.rules.writing import Written, find_version, write_rules
from twinsite.kinds.further import Family, Further, Surroundings

STEP = "rules/"


def make_page(record: Contest, around: Surroundings) -> Further:
    """The rules as they stand: ``clauses`` (``name heading text items after``), and their ``version``."""
    rules = write_own_rules(record, around)
    return Further(
        title=f"Official rules: {record.title}",
        summary=f"The rules of {record.title} by {record.sponsor.name}, version {find_version(rules)}.",
        values={"version": find_version(rules), "clauses": [_plain(clause) for clause in rules]},
    )


def write_own_rules(record: Contest, around: Surroundings) -> tuple[Written, ...]:
    """The rules of a contest, with the places where entrants must live as the site calls them."""
    written = record.eligibility.regions if record.eligibility else ()
    regions = [label for taxonomy, label in around.terms if taxonomy == "regions"] or list(written)
    return write_rules(make_terms(record, record.title, around.facts.zone, regions, around.facts.law))


def _plain(clause: Written) -> dict[str, Any]:
    return {
        "name": clause.name,
        "heading": clause.heading,
        "text": clause.text,
        "items": list(clause.items),
        "after": clause.after,
    }


FAMILY = Family("rules", "contest/rules.html", lambda record: (STEP,), make_page)
