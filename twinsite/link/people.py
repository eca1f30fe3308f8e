"""Who speaks: nobody whom one record connects with the brand may be said to have no connection in another.

16 CFR 465.5(b) makes the business answer for words of its own people that pass for a customer's. One index of keys and
one look for each author who is said to be a stranger: linear in the number of records, and nothing for a site without
either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from twinsite.core.problem import FieldPath, Problem
from twinsite.link.entries import Linkable


def list_insiders(linkables: Iterable[Linkable]) -> dict[str, str]:
    """The keys of all whom something connects with the brand, each with the first file that says so."""
    found: dict[str, str] = {}
    for linkable in linkables:
        for key in linkable.insiders:
            found.setdefault(key, linkable.entry.path)
    return found


def check_outsiders(linkables: Iterable[Linkable], insiders: Mapping[str, str]) -> list[Problem]:
    """A problem for each record that says of one of the ``insiders`` that nothing connects them with the brand."""
    if not insiders:
        return []
    found = []
    for linkable in linkables:
        known = next((one for one in linkable.outsiders if one[1] in insiders), None)
        if known:
            found.append(_tell(linkable.entry.path, known, insiders[known[1]]))
    return found


def _tell(path: str, outsider: tuple[FieldPath, str, str], insider: str) -> Problem:
    field, _, written = outsider
    return Problem(
        rule="hidden-relationship",
        path=path,
        field=("relationship",),
        message=f'"{written}" ({".".join(map(str, field))}) is the person of {insider}, who is connected with the '
        "brand, so the relationship cannot be none.",
        hint="Write what connects them, such as intern_paid, intern_unpaid or employee. If it is somebody else who "
        "only has the same name, add namesake: true to author.",
    )
