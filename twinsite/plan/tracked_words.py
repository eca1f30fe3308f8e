"""The words of tracked links that somebody wrote, in a body, a field or ``site.yaml``, held to the vocabulary.

Links inside the site carry none. Those to other sites of the brand carry known words in small letters. No link at all
carries an e-mail address or a handle. What other people's links carry beyond that is their own affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry
from twinsite.core.utm import MEDIUMS, NAMES, SOURCES, Tag, is_personal, is_word, make_word, read_tags
from twinsite.plan.library import Library
from twinsite.plan.tracking import is_inside, is_of_brand

CAMPAIGNS: Final = ("campaign", "contest", "programme")
"""The kinds whose records are campaigns in the sense of ``utm_campaign``, by their slugs."""

_NOT_SHOWN: Final = ("private", "aliases")


class Fault(Struct, frozen=True):
    """What is wrong with an address: a rule, and what to say."""

    rule: str
    message: str
    hint: str


def find_fault(library: Library, address: str) -> Fault | None:
    """The first thing that is wrong with the tracking words of an address, as somebody wrote it."""
    tags = read_tags(address)
    if not tags:
        return None
    if is_inside(library, address):
        plain = address.partition("?")[0]
        text = "This link stays inside the site, so it must not carry utm words: the visit would be counted anew."
        return Fault("utm-inside", text, f"Write the address alone: {plain}")
    held = is_of_brand(library, address)
    return next((fault for tag in tags if (fault := _judge(library, tag, held))), None)


def _judge(library: Library, tag: Tag, held: bool) -> Fault | None:
    """What is wrong with one word. ``held``: the vocabulary of the site counts."""
    if is_personal(tag.value) or make_word(tag.value) in list_people(library):
        text = f'"{tag.value}" in {tag.name} names a person, and links are passed on.'
        return Fault("utm-personal", text, "Write a word that names no person, or leave it out.")
    if not held:
        return None
    if tag.name not in NAMES:
        near = nearest_name(tag.name, NAMES)
        guess = f' Did you mean "{near}"?' if near else ""
        return Fault("utm-unknown-word", f'There is no "{tag.name}".{guess}', f"Known: {', '.join(NAMES)}.")
    if not is_word(tag.value):
        text = f'"{tag.value}" in {tag.name} is no word for tracked links: letter case and spaces split every report.'
        return Fault("utm-not-a-word", text, f"Small letters, digits and hyphens: {make_word(tag.value) or 'spring'}")
    return _look_up(library, tag)


def _look_up(library: Library, tag: Tag) -> Fault | None:
    """A word that the vocabulary lacks. Only source, medium, campaign and content have one."""
    plural = {"utm_source": "sources", "utm_medium": "mediums", "utm_campaign": "campaigns", "utm_content": "contents"}
    name = plural.get(tag.name)
    known = list_words(library, name) if name else ()
    if name is None or tag.value in known:
        _note_owner(library, tag.value)
        return None
    near = nearest_name(tag.value, known)
    text = f'"{tag.value}" is none of the known {name} of links.' + (f' Did you mean "{near}"?' if near else "")
    return Fault("utm-unknown-word", text, f"Write a known word, or add this one to utm.{name} in site.yaml.")


def list_words(library: Library, name: str) -> frozenset[str]:
    """The vocabulary of ``sources``, ``mediums``, ``campaigns`` or ``contents``."""
    return library.once(f"utm {name}", lambda: _collect_words(library, name))


def _collect_words(library: Library, name: str) -> frozenset[str]:
    utm = library.settings.utm
    if name == "sources":
        return frozenset((*SOURCES, *utm.sources))
    if name == "mediums":
        return frozenset((*MEDIUMS, *utm.mediums))
    slugs = _list_slugs(library, CAMPAIGNS)
    if name == "campaigns":
        return frozenset(utm.campaigns.values()) | {slug for slug in slugs if slug not in utm.campaigns}
    return frozenset((*utm.contents, *slugs, *_find_owners(library)))


def _find_owners(library: Library) -> dict[str, Entry]:
    """The words of single people (``utm``), each with the record that has it."""
    people = library.site.published.get("twintern", ())
    return library.once(
        "utm owners", lambda: {word: entry for entry in people if (word := getattr(entry.record, "utm", None))}
    )


def _note_owner(library: Library, word: str) -> None:
    """Have a page with somebody's word looked at again when that record changes."""
    owner = library.shared.get("utm owners", {}).get(word)
    if owner:
        library.site.witness.seen.add(owner.path)


def _list_slugs(library: Library, kinds: Iterable[str]) -> set[str]:
    return {slug for kind, slug in library.site.everything if kind in kinds}


def list_people(library: Library) -> dict[str, str]:
    """The names and handles of those whom something connects with the brand, as words, each with the file that has it.
    Asked only where a link carries words, or ``site.yaml`` declares some.
    """
    return library.once("utm people", lambda: dict(_list_insiders(library)))


def _list_insiders(library: Library) -> Iterator[tuple[str, str]]:
    for key, path in library.site.insiders.items():
        word = "" if key.startswith("//") else make_word(key)
        if word:
            yield word, path


def check_fields(library: Library, entry: Entry) -> list[Problem]:
    """A problem for each address in a record's fields with wrong words."""
    encoded = entry.draft.encoded
    if b"?" not in encoded or (b"utm_" not in encoded and b"UTM_" not in encoded):
        return []
    return [
        Problem(fault.rule, entry.path, fault.message, fault.hint, field=field)
        for field, text in find_addresses(entry.draft.values, ())
        if field[0] not in _NOT_SHOWN and (fault := find_fault(library, text))
    ]


def find_addresses(value: Any, place: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """The texts in raw values that are addresses with such words, with their fields."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from find_addresses(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from find_addresses(item, (*place, index))
    elif isinstance(value, str) and "utm_" in value.lower() and " " not in value.strip() and urlsplit(value).query:
        yield place, value


def _check_declared(library: Library) -> list[Problem]:
    """A problem for each declared word that is somebody's name or handle."""
    utm = library.settings.utm
    declared = [
        (("utm", name, place), word)
        for name in ("sources", "mediums", "contents")
        for place, word in enumerate(getattr(utm, name))
    ]
    people = list_people(library) if declared else {}
    hint = "Write a word that names no person."
    return [
        Problem("utm-personal", "site.yaml", f'"{word}" names somebody: see {people[word]}.', hint, field=field)
        for field, word in declared
        if word in people
    ]


def check_settings(library: Library) -> list[Problem]:
    """Wrong words in the addresses of ``site.yaml``, and names of campaigns that stand for no record."""
    settings = library.settings
    found: list[tuple[FieldPath, str]] = [(("networks", n, "url"), one.url) for n, one in enumerate(settings.networks)]
    found += [(("brand", "url"), settings.brand.url)] if settings.brand and settings.brand.url else []
    found += _list_menu(settings.menu, ("menu",))
    problems = [
        Problem(fault.rule, "site.yaml", fault.message, fault.hint, field=field)
        for field, address in found
        if "utm_" in address and (fault := find_fault(library, address))
    ]
    problems += _check_declared(library)
    known = _list_slugs(library, CAMPAIGNS) if settings.utm.campaigns else set()
    for slug, word in settings.utm.campaigns.items():
        if slug != word and slug not in known:
            near = nearest_name(slug, known)
            guess = f' Did you mean "{near}"?' if near else ""
            text = f'There is no campaign, contest or programme "{slug}".{guess}'
            hint = "Write the name of its file without .md, or the word alone in a list."
            problems.append(Problem("utm-unknown-word", "site.yaml", text, hint, field=("utm", "campaigns", slug)))
    return problems


def _list_menu(items: Iterable[Any], place: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    for index, item in enumerate(items):
        if item.to:
            yield (*place, index, "to"), item.to
        yield from _list_menu(item.children, (*place, index, "children"))
