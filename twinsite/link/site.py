"""Link all valid records into one ``Site``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from twinsite.config import Settings
from twinsite.core.draft import Draft, Table
from twinsite.core.later import Later
from twinsite.core.law import NO_LAW, Law
from twinsite.core.lock import Locks
from twinsite.core.problem import Problem
from twinsite.core.record import references_in
from twinsite.core.site import Entry, Key, Site, Term
from twinsite.core.source import Media
from twinsite.core.witness import Witness
from twinsite.kinds import KINDS, kind_named
from twinsite.link.collection import check_settings
from twinsite.link.entries import NO_LOCKS, Linkable
from twinsite.link.locks import find_orphans
from twinsite.link.people import check_outsiders, list_insiders
from twinsite.link.references import check_references, group_names, link_back, make_names
from twinsite.link.tables import check_all_tables, find_kept_back, tell_kept_back
from twinsite.link.terms import Carried, collect_terms, keep_shown

Taxonomies = Mapping[str, tuple[Term, ...]]
"""The terms of each taxonomy."""

INTERNAL = ("home", "list")
"""Kinds that are the text of a page the planner makes anyway; nothing lists them or refers to them."""


def link_entries(
    linkables: Sequence[Linkable],
    settings: Settings,
    now: datetime,
    *,
    wrong: frozenset[Key],
    wrong_drafts: tuple[Draft, ...],
    wrong_paths: frozenset[str],
    wrong_tables: frozenset[str] = frozenset(),
    media: Mapping[str, Media],
    tables: Mapping[str, Table],
    static: Mapping[str, str],
    files: frozenset[str],
    preview: bool = False,
    law: Law = NO_LAW,
    locks: Locks = NO_LOCKS,
    checked: bool = False,
) -> tuple[Site, list[Problem]]:
    """The site of records of which is known already what each brings by itself. Reads no whole record, unless
    something is wrong with it or its tables have to agree with it. Of a site that was ``checked`` before nobody asks
    what is wrong between its records.
    """
    entries = [linkable.entry for linkable in linkables]
    everything = {entry.key: entry for entry in entries if entry.kind not in INTERNAL}
    names = make_names(everything.values())
    kept_back, insiders = find_kept_back(linkables), list_insiders(linkables)
    between = (wrong_drafts, group_names(names), wrong, tables, wrong_tables, settings, now)
    problems = [] if checked else [*_check_between(linkables, *between)]
    problems += [] if checked else _check_together(linkables, kept_back, insiders)
    problems += [] if checked else [*find_orphans(locks, entries, wrong), *check_settings(settings, law, entries)]
    published = sort_published(everything.values())
    shown = [entry for kind in KINDS for entry in published.get(kind.name, ())]
    taxonomies, all_taxonomies, term_problems = _sort_terms(linkables, shown, everything.values(), settings)
    site = Site(
        now=now,
        published=published,
        everything={name: everything[key] for name, key in names.items()},
        by_path={entry.path: entry for entry in entries},
        back=link_back(shown, names),
        taxonomies=taxonomies,
        all_taxonomies=all_taxonomies,
        lists={entry.name: entry for entry in entries if entry.kind == "list" and not entry.held},
        home=next((entry for entry in entries if entry.kind == "home" and not entry.held), None),
        media=media,
        tables=tables,
        static=static,
        files=files,
        wrong=wrong_paths,
        wrong_drafts=wrong_drafts,
        wrong_tables=wrong_tables,
        kept_back=kept_back,
        withheld=tuple(sorted((entry for entry in entries if entry.held), key=lambda entry: entry.path)),
        preview=preview,
        witness=entries[0].witness if entries else Witness(),
        law=law,
        locks=locks,
        insiders=insiders,
    )
    return site, problems + term_problems


def _check_together(
    linkables: Sequence[Linkable], kept_back: Mapping[str, str], insiders: Mapping[str, str]
) -> Iterator[Problem]:
    """What is wrong with records only beside each other."""
    yield from find_twins(linkable.entry for linkable in linkables)
    yield from tell_kept_back(linkables, kept_back)
    yield from check_outsiders(linkables, insiders)


def _sort_terms(
    linkables: Iterable[Linkable], shown: Iterable[Entry], everything: Iterable[Entry], settings: Settings
) -> tuple[Taxonomies, Taxonomies, list[Problem]]:
    """The terms of what is shown, those that it has with what is shown at another time, and what is wrong with any."""
    passing = [entry for entry in everything if entry.held and entry.held.passing]
    found, problems = collect_terms(_list_carriers(linkables, [*shown, *passing]), settings)
    return keep_shown(found) if passing else found, found, problems


def _list_carriers(
    linkables: Iterable[Linkable], entries: Iterable[Entry]
) -> Iterator[tuple[Entry, Sequence[Carried]]]:
    """Those of some records that carry terms, with these."""
    terms = {linkable.entry.path: linkable.terms for linkable in linkables if linkable.terms}
    return ((entry, terms[entry.path]) for entry in entries if entry.path in terms)


def _check_between(
    linkables: Iterable[Linkable],
    drafts: Iterable[Draft],
    known: Mapping[str, frozenset[str]],
    wrong: frozenset[Key],
    tables: Mapping[str, Table],
    wrong_tables: frozenset[str],
    settings: Settings,
    now: datetime,
) -> Iterator[Problem]:
    """What is wrong with each record, and what records name must be there: other records and tables. ``drafts`` are
    those of records with wrong fields, so that everything is told in one run.
    """
    for linkable in linkables:
        yield from linkable.problems
    policies: Later[Mapping[str, Any]] = Later(settings.policies.model_dump)
    for linkable in linkables:
        if linkable.references:
            yield from check_references(linkable.entry.path, linkable.references, known, wrong)
        if linkable.tables:
            yield from check_all_tables(linkable, tables, wrong_tables, policies, now)
    for draft in drafts:
        found = references_in(kind_named(draft.kind).model, draft.values)
        yield from check_references(draft.path, found, known, wrong)


def find_twins(entries: Iterable[Entry]) -> list[Problem]:
    """One problem for each of several records that share a kind and slug (letter case ignored)."""
    groups: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        name = entry.name if entry.kind in INTERNAL else entry.slug
        groups[entry.kind, name.casefold()].append(entry)
    return [_twin(entry, group) for group in groups.values() if len(group) > 1 for entry in group]


def _twin(entry: Entry, group: list[Entry]) -> Problem:
    others = ", ".join(other.path for other in group if other is not entry)
    return Problem(
        "same-slug",
        entry.path,
        f'The {entry.kind} "{entry.slug}" is written twice: here and in {others}.',
        f"Rename one file, or give one of them another address, for example: slug: {entry.slug}-2",
        field=("slug",) if entry.record.slug else (),
    )


def sort_published(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The shown records of each kind in list order."""
    return sort_entries(entry for entry in entries if not entry.held)


def sort_entries(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Records by kind, each kind in list order; the slug breaks ties."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.kind].append(entry)
    return {name: tuple(sorted(group, key=attrgetter("order"))) for name, group in groups.items()}
