"""Taxonomies: the terms that records carry, each with its records. A declared vocabulary admits no other word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from twinsite.config import Settings
from twinsite.core.convert import make_step
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry, Key, Term

FIELDS: tuple[tuple[str, FieldPath], ...] = (
    ("tags", ("tags",)),
    ("audience", ("audience",)),
    ("regions", ("regions",)),
    ("regions", ("eligibility", "regions")),
    ("networks", ("channels", "network")),
    ("networks", ("networks",)),
)
"""Which fields carry the terms of which taxonomy."""


def list_terms(entry: Entry) -> Iterator[tuple[str, FieldPath, str]]:
    """(taxonomy, field, word) for each term a record carries."""
    for taxonomy, field in FIELDS:
        yield from ((taxonomy, place, word) for place, word in _values(entry.record, field, ()))


def _values(value: object, field: FieldPath, place: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Every text at a field path, going through lists."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, field, (*place, index))
    elif field and value is not None:
        yield from _values(getattr(value, str(field[0]), None), field[1:], (*place, field[0]))
    elif isinstance(value, str):
        yield place, value


def collect_terms(entries: Iterable[Entry], settings: Settings) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
    """The terms of each taxonomy that has pages, sorted by label; and problems for words outside a vocabulary."""
    problems: list[Problem] = []
    found: dict[str, dict[str, dict[Key, Entry]]] = defaultdict(lambda: defaultdict(dict))
    labels: dict[tuple[str, str], tuple[str, Entry]] = {}
    vocabularies = {taxonomy: _declared(settings, taxonomy) for taxonomy, _ in FIELDS}
    slugs: dict[str, str] = {}
    for entry in entries:
        for taxonomy, field, word in list_terms(entry):
            slug = slugs.get(word) or slugs.setdefault(word, make_step(word))
            declared = vocabularies[taxonomy]
            if declared is not None and slug not in declared:
                problems.append(_undeclared(entry, taxonomy, field, word, declared))
                continue
            first = labels.setdefault((taxonomy, slug), ((declared or {}).get(slug, word), entry))
            if declared is None and first[0] != word:
                problems.append(_two_spellings(entry, field, word, first))
            found[taxonomy][slug][entry.key] = entry
    terms = {
        taxonomy: tuple(
            Term(slug, labels[taxonomy, slug][0], tuple(members.values()))
            for slug, members in sorted(
                found[taxonomy].items(), key=lambda item: labels[taxonomy, item[0]][0].casefold()
            )
        )
        for taxonomy in sorted(found)
        if _has_pages(settings, taxonomy)
    }
    return terms, problems


def _declared(settings: Settings, taxonomy: str) -> dict[str, str] | None:
    """The vocabulary of a taxonomy as slug → label, or ``None`` where any word goes."""
    own = settings.taxonomies.get(taxonomy)
    return {make_step(word): label for word, label in own.vocabulary().items()} if own and own.terms else None


def _has_pages(settings: Settings, taxonomy: str) -> bool:
    own = settings.taxonomies.get(taxonomy)
    return own.pages if own else taxonomy == "tags"


def _undeclared(entry: Entry, taxonomy: str, field: FieldPath, word: str, declared: dict[str, str]) -> Problem:
    near = nearest_name(make_step(word), declared)
    text = f'"{word}" is not one of the declared {taxonomy}.' + (f' Did you mean "{declared[near]}"?' if near else "")
    hint = f"Declared in site.yaml: {', '.join(sorted(declared.values()))}. Use one of them, or add this one there."
    return Problem("undeclared-term", entry.path, text, hint, field=field)


def _two_spellings(entry: Entry, field: FieldPath, word: str, first: tuple[str, Entry]) -> Problem:
    return Problem(
        "two-spellings",
        entry.path,
        f'"{word}" and "{first[0]}" (in {first[1].path}) are one term with two spellings.',
        f'Write "{first[0]}" in both.',
        field=field,
        severity="warning",
    )
