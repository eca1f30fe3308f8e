"""Taxonomies: the terms that records carry, each with its records. A declared vocabulary admits no other word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from twinsite.config import Settings
from twinsite.core.convert import make_step
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Record
from twinsite.core.site import Entry, Term

LONGEST = 200
"""Bytes of a term in the address of its page; file systems allow 255."""

FIELDS: tuple[tuple[str, FieldPath], ...] = (
    ("tags", ("tags",)),
    ("audience", ("audience",)),
    ("regions", ("regions",)),
    ("regions", ("eligibility", "regions")),
    ("networks", ("channels", "network")),
    ("networks", ("networks",)),
)
"""Which fields carry the terms of which taxonomy; those with one name are lists of words in every kind."""


Carried = tuple[str, FieldPath, str]
"""A term that a record carries: (taxonomy, field, word)."""


def list_terms(record: Record) -> tuple[Carried, ...]:
    """The terms that a record carries, in the order of ``FIELDS``."""
    found: list[Carried] = []
    values = record.__dict__
    for taxonomy, name, rest in _term_fields(type(record)):
        value = values[name]
        if value and not rest:
            found += [(taxonomy, (name, index), word) for index, word in enumerate(value)]
        elif value:
            found += [(taxonomy, place, word) for place, word in _values(value, rest, (name,))]
    return tuple(found)


@cache
def _term_fields(model: type[Record]) -> tuple[tuple[str, str, FieldPath], ...]:
    """Those of ``FIELDS`` that a kind has: the taxonomy, the name of the field, the path below it."""
    own = model.model_fields
    return tuple((taxonomy, str(field[0]), field[1:]) for taxonomy, field in FIELDS if field[0] in own)


def _values(value: object, field: FieldPath, place: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Every text at a field path, going through lists."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, field, (*place, index))
    elif field and value is not None:
        yield from _values(getattr(value, str(field[0]), None), field[1:], (*place, field[0]))
    elif isinstance(value, str):
        yield place, value


class _Terms:
    """The terms found so far: the records and the label of each, and what is wrong with a word."""

    def __init__(self, settings: Settings) -> None:
        self.problems: list[Problem] = []
        self.members: dict[str, dict[str, list[Entry]]] = defaultdict(dict)
        self.labels: dict[tuple[str, str], tuple[str, Entry]] = {}
        self._vocabularies = {taxonomy: _declared(settings, taxonomy) for taxonomy, _ in FIELDS}
        self._slugs: dict[str, str] = {}

    def find(self, entry: Entry, carried: Carried) -> tuple[list[Entry] | None, bool]:
        """The records of a word's term, ``None`` where it is none; and whether nothing is wrong with the word."""
        taxonomy, field, word = carried
        slug = self._slugs.get(word) or self._slugs.setdefault(word, make_step(word))
        declared = self._vocabularies[taxonomy]
        if len(slug.encode()) > LONGEST:
            self.problems.append(_too_long(entry, field, word))
            return None, False
        if declared is not None and slug not in declared:
            self.problems.append(_undeclared(entry, taxonomy, field, word, declared))
            return None, False
        first = self.labels.setdefault((taxonomy, slug), ((declared or {}).get(slug, word), entry))
        right = declared is not None or first[0] == word
        if not right:
            self.problems.append(_two_spellings(entry, field, word, first))
        return self.members[taxonomy].setdefault(slug, []), right


def collect_terms(
    carriers: Iterable[tuple[Entry, Sequence[Carried]]], settings: Settings
) -> tuple[dict[str, tuple[Term, ...]], list[Problem]]:
    """The terms of each taxonomy that has pages, sorted by label; and problems for words outside a vocabulary.

    ``carriers`` are records with the terms they carry, each record once.
    """
    terms = _Terms(settings)
    known: dict[tuple[str, str], list[Entry]] = {}
    for entry, own in carriers:
        for carried in own:
            word = carried[::2]  # without the field
            members = known.get(word)
            if members is None:
                members, right = terms.find(entry, carried)
                if members is None:
                    continue
                if right:
                    known[word] = members
            if not members or members[-1] is not entry:
                members.append(entry)
    found = {taxonomy: _sort_terms(terms, taxonomy) for taxonomy in sorted(terms.members)}
    return {taxonomy: own for taxonomy, own in found.items() if _has_pages(settings, taxonomy)}, terms.problems


def _sort_terms(terms: _Terms, taxonomy: str) -> tuple[Term, ...]:
    labels = {slug: terms.labels[taxonomy, slug][0] for slug in terms.members[taxonomy]}
    return tuple(
        Term(slug, labels[slug], tuple(members))
        for slug, members in sorted(terms.members[taxonomy].items(), key=lambda item: labels[item[0]].casefold())
    )


def keep_shown(taxonomies: Mapping[str, tuple[Term, ...]]) -> dict[str, tuple[Term, ...]]:
    """The terms with only those of their records that are not withheld; without terms of which none is left."""
    kept = {
        taxonomy: tuple(
            Term(term.slug, term.label, shown)
            for term in terms
            if (shown := tuple(entry for entry in term.entries if not entry.held))
        )
        for taxonomy, terms in taxonomies.items()
    }
    return {taxonomy: terms for taxonomy, terms in kept.items() if terms}


def _declared(settings: Settings, taxonomy: str) -> dict[str, str] | None:
    """The vocabulary of a taxonomy as slug → label, or ``None`` where any word goes."""
    own = settings.taxonomies.get(taxonomy)
    return {make_step(word): label for word, label in own.vocabulary().items()} if own and own.terms else None


def _has_pages(settings: Settings, taxonomy: str) -> bool:
    own = settings.taxonomies.get(taxonomy)
    return own.pages if own else taxonomy == "tags"


def _undeclared(entry: Entry, taxonomy: str, field: FieldPath, word: str, declared: dict[str, str]) -> Problem:
    names = {label if make_step(label) == slug else slug: label for slug, label in declared.items()}
    labels = {label.casefold(): name for name, label in names.items()}
    near = labels.get(word.casefold()) or nearest_name(word, names)
    text = f'"{word}" is not one of the declared {taxonomy}.' + (f' Did you mean "{near}"?' if near else "")
    hint = f"Declared in site.yaml: {', '.join(sorted(names))}. Use one of them, or add this one there."
    return Problem("undeclared-term", entry.path, text, hint, field=field)


def _too_long(entry: Entry, field: FieldPath, word: str) -> Problem:
    text = f"This value is {len(word):,} characters long; a term has a page, whose address may have {LONGEST} letters."
    return Problem("too-long", entry.path, text, "Write a word or two.", field=field)


def _two_spellings(entry: Entry, field: FieldPath, word: str, first: tuple[str, Entry]) -> Problem:
    return Problem(
        "two-spellings",
        entry.path,
        f'"{word}" and "{first[0]}" (in {first[1].path}) are one term with two spellings.',
        f'Write "{first[0]}" in both.',
        field=field,
        severity="warning",
    )
