"""References between records, both ways: each must name a record that exists; a withheld one is simply left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry, Key
from twinsite.kinds import kind_named


def link_back(entries: Iterable[Entry], names: Mapping[Key, Key]) -> dict[Key, tuple[Entry, ...]]:
    """For each record the published records that may be seen to refer to it, in the order of ``entries``."""
    back: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        seen: set[Key] = set()
        for kind, slug in entry.references:
            key = names.get((kind, slug))
            if key and key not in seen and key != entry.key:
                seen.add(key)
                back[key].append(entry)
    return {key: tuple(found) for key, found in back.items()}


def make_names(everything: Iterable[Entry]) -> dict[Key, Key]:
    """The names by which a record may be called: its slug, and the last step of each of its aliases."""
    names: dict[Key, Key] = {}
    for entry in everything:
        for alias in entry.aliases:
            names.setdefault((entry.kind, alias.strip("/").rpartition("/")[2]), entry.key)
        names[entry.key] = entry.key
    return names


def group_names(names: Iterable[Key]) -> dict[str, frozenset[str]]:
    """The names of each kind."""
    groups: dict[str, set[str]] = defaultdict(set)
    for kind, name in names:
        groups[kind].add(name)
    return {kind: frozenset(group) for kind, group in groups.items()}


def check_references(
    path: str,
    found: Iterable[tuple[FieldPath, str, str]],
    names: Mapping[str, frozenset[str]],
    wrong: frozenset[Key],
) -> list[Problem]:
    """A problem for each reference (field, kind, slug) of a file that is not among the ``names`` of its kind.

    References to records that have errors of their own are not reported again.
    """
    return [
        _unknown(path, field, kind, slug, names.get(kind, frozenset()))
        for field, kind, slug in found
        if slug not in names.get(kind, ()) and (kind, slug) not in wrong
    ]


def check_tables(
    path: str, found: Iterable[tuple[FieldPath, str]], tables: Iterable[str], wrong: frozenset[str]
) -> list[Problem]:
    """A problem for each field of a file that names no data table. ``wrong`` are tables with errors of their own."""
    known = set(tables)
    return [
        replace(unknown_table(path, name, known), field=field)
        for field, name in found
        if name not in known and name not in wrong
    ]


def unknown_table(path: str, name: str, known: Iterable[str]) -> Problem:
    """The problem of a name that no data table has, without its place in the file."""
    near = nearest_name(name, known)
    text = f'There is no table "{name}" in content/data/.' + (f' Did you mean "{near}"?' if near else "")
    hint = f"Add content/data/{name}.csv (or .yaml, .json), or correct the name."
    return Problem("unknown-table", path, text, hint)


def _unknown(path: str, field: FieldPath, kind: str, slug: str, names: frozenset[str]) -> Problem:
    near = nearest_name(slug, names)
    text = f'There is no {kind} "{slug}".' + (f' Did you mean "{near}"?' if near else "")
    hint = f"Write the name of its file without .md, or add content/{kind_named(kind).folder}/{slug}.md."
    return Problem("unknown-reference", path, text, hint, field=field)
