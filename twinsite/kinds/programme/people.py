"""The people of a programme, found in the records that name it: by intake, by region and by channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from twinsite.core.site import Entry
from twinsite.kinds.kind import Facts, Reference, TermNamed
from twinsite.kinds.moment import find_term_state

if TYPE_CHECKING:
    from twinsite.kinds.programme.model import Cohort, Programme


class Person(Struct, frozen=True):
    """A published twintern who is in the programme; ``channels`` are (network, handle)."""

    reference: Reference
    cohort: str | None
    role: str | None
    regions: tuple[str, ...]
    channels: tuple[tuple[str, str], ...]


def find_people(entries: Iterable[Entry], names: frozenset[str]) -> list[Person]:
    """Those of the twinterns who are in the programme that goes by these names, in list order."""
    found = []
    for entry in entries:
        term = getattr(entry.record, "programme", None)
        if term is not None and term.programme in names:
            found.append(_read_person(entry, term.cohort))
    return found


def _read_person(entry: Entry, cohort: str | None) -> Person:
    values: Mapping[str, Any] = entry.record.__dict__
    channels = tuple((channel.network, channel.handle) for channel in values.get("channels", ()))
    return Person(Reference(entry.kind, entry.slug), cohort, values.get("role"), values.get("regions", ()), channels)


def group_people(record: Programme, facts: Facts) -> dict[str, Any]:
    """``people``: how many; ``cohorts``: see ``_group_cohorts``; ``regions``: ``[{name, people}]``, the name
    a term; ``networks``: the same, each person with the ``handle`` there. Regions and networks by their names.
    """
    names = frozenset((facts.slug, *(alias.strip("/").rpartition("/")[2] for alias in record.aliases)))
    people = find_people(facts.back.get("twintern", ()), names)
    regions: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    networks: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for person in people:
        for region in person.regions:
            _put(regions, region, {"record": person.reference})
        for network, handle in person.channels:
            _put(networks, network, {"record": person.reference, "handle": handle})
    return {
        "people": len(people),
        "cohorts": _group_cohorts(record, people, facts),
        "regions": _write_groups("regions", regions),
        "networks": _write_groups("networks", networks),
    }


def _put(groups: dict[str, tuple[str, list[dict[str, Any]]]], name: str, person: dict[str, Any]) -> None:
    """Into the group of a name without regard to letter case; the first way of writing it is the one shown."""
    groups.setdefault(name.casefold(), (name, []))[1].append(person)


def _write_groups(taxonomy: str, groups: Mapping[str, tuple[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    return [{"name": TermNamed(taxonomy, groups[key][0]), "people": groups[key][1]} for key in sorted(groups)]


def _group_cohorts(record: Programme, people: Iterable[Person], facts: Facts) -> list[dict[str, Any]]:
    """The intakes, the newest first: ``{name, starts, ends, state, places, paid, pay_note, contest, people}``.

    An intake that only people name follows those that the programme declares; the last one, without a name, has those
    who name none.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    unknown: dict[str, str | None] = {}
    declared = {cohort.name.casefold() for cohort in record.cohorts}
    for person in people:
        key = (person.cohort or "").casefold()
        groups.setdefault(key, []).append({"record": person.reference, "role": person.role})
        if key not in declared:
            unknown.setdefault(key, person.cohort)
    newest = sorted(record.cohorts, key=lambda cohort: cohort.starts or date.min, reverse=True)
    others = [unknown[key] for key in sorted(unknown, key=lambda key: (not key, key))]
    return [
        *(_describe(record, cohort, groups.get(cohort.name.casefold(), []), facts) for cohort in newest),
        *({**_NOTHING_SAID, "name": name, "people": groups[(name or "").casefold()]} for name in others),
    ]


_NOTHING_SAID: Mapping[str, Any] = dict.fromkeys(
    ("starts", "ends", "state", "places", "paid", "pay_note", "contest"), None
)


def _describe(record: Programme, cohort: Cohort, people: list[dict[str, Any]], facts: Facts) -> dict[str, Any]:
    dated = cohort.starts or cohort.ends
    return {
        "name": cohort.name,
        "starts": cohort.starts,
        "ends": cohort.ends,
        "state": find_term_state(cohort.starts, cohort.ends, facts.now) if dated else None,
        "places": cohort.places,
        "paid": record.paid if cohort.paid is None else cohort.paid,
        "pay_note": cohort.pay_note,
        "contest": Reference("contest", cohort.contest) if cohort.contest else None,
        "people": people,
    }
