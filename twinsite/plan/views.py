"""Views of records: their cards and what their kinds compute; fields become plain in ``plain``."""

from __future__ import annotations

from functools import partial
from types import NoneType
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Raw

from twinsite.core.convert import make_step
from twinsite.core.digest import encode_view
from twinsite.core.problem import Problem
from twinsite.core.record import Image
from twinsite.core.site import Entry
from twinsite.kinds import kind_named
from twinsite.kinds.computed import Outbound, Thumbnail
from twinsite.kinds.defaults import no_preface
from twinsite.kinds.kind import Facts, Kind, Reference, TableNamed, TermNamed, no_values
from twinsite.kinds.moment import write_utc
from twinsite.kinds.phases import list_phases
from twinsite.plan.library import COSTLY, Card, Library
from twinsite.plan.plain import make_link, make_table, make_thumbnail, plain_picture, plain_some, plain_value
from twinsite.plan.tracking import make_tracked


def make_summary(entry: Entry, length: int = 160) -> str:
    """The ``summary`` as written, else the first paragraph as text, cut at a word's end near 160 characters."""
    text = entry.record.summary or entry.draft.summary
    if entry.record.summary or len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:–—- ") + "…"


def introduce(library: Library, entry: Entry, summary: str) -> str:
    """A record's words as they stand where its page does not: after what must be said first, in the theme's words."""
    preface = kind_named(entry.kind).preface
    word = "" if preface is no_preface else library.words.get(preface(entry.record), "")
    return f"{word}: {summary}" if word and summary else summary


def make_facts(library: Library, entry: Entry, wanted: frozenset[str] | None = None) -> Facts:
    """What a kind may know when it computes values for a page, which can show those that are ``wanted``."""
    back: dict[str, list[Entry]] = {}
    for other in library.site.back.get(entry.key, ()):
        back.setdefault(other.kind, []).append(other)
    return _make_facts(library, entry, back, wanted)


def _make_facts(
    library: Library, entry: Entry, back: dict[str, list[Entry]], wanted: frozenset[str] | None = None
) -> Facts:
    now = library.site.now.astimezone(ZoneInfo(entry.zone))

    def read(name: str) -> str:
        media = library.find_media(entry.folder, name)
        return media.facts if media else ""

    site = library.site
    return Facts(
        now,
        entry.zone,
        entry.state,
        library.policies,
        back,
        entry.slug,
        read,
        site.law,
        site.tables,
        site.everything,
        library.brand,
        wanted,
    )


def look_into_files(library: Library, entry: Entry) -> tuple[list[Problem], tuple[str, ...]]:
    """What is wrong with what the record's files say, and what stands in them and only looks personal."""
    kind, record = kind_named(entry.kind), entry.record
    if not kind.read_fields:
        return [], ()
    sources, folder = library.sources, entry.folder
    found = list(kind.check_beside(record, entry.path, entry.slug, lambda name: f"{folder}/{name}" in sources))
    if not any(record.__dict__[name] for name in kind.read_fields):
        return found, ()
    facts = _make_facts(library, entry, {})
    return [*found, *kind.check_files(record, entry.path, facts)], kind.public_texts(record, facts)


def make_computed(library: Library, entry: Entry, template: str) -> dict[str, Any]:
    """What the record's kind computes for pages of a template, as plain values; once for all pages of a part of the
    plan that can show the same of it. Structured data may be made of anything.
    """
    kind = kind_named(entry.kind)
    if kind.compute is no_values:
        return {}
    wanted = None if library.shows(template, "jsonld") else library.names_within(template, "computed")
    held = library.computed.get((entry.path, wanted))
    if held is None:
        held = plain_dict(library, entry, kind.compute(entry.record, make_facts(library, entry, wanted)))
        library.computed[entry.path, wanted] = held
    return held


def plain_phases(library: Library, entry: Entry) -> list[list[str | None]]:
    """The state of a record and those that follow by themselves: ``[[state, until], ...]``, the instants in UTC as
    ``2026-06-01T17:00:00Z``, the last one ``None``. Empty for a record without a state, or in a theme that shows none.
    """
    if not library.phases or entry.state is None:
        return []
    now = library.site.now.astimezone(ZoneInfo(entry.zone))
    phases = list_phases(kind_named(entry.kind), entry.record, entry.state, now)
    return [[phase.state, write_utc(phase.until)] for phase in phases]


def make_card(library: Library, entry: Entry, wanted: frozenset[str] = COSTLY) -> Raw:
    """A record as lists show it, encoded as views are, once for each record and whatever of ``COSTLY`` is ``wanted``;
    the files it names are noted in ``library``. A change of its body alone does not change it, unless it has no summary
    but its first paragraph.
    """
    card = library.cards.get((entry.path, wanted))
    if card is None:
        beside = library.for_one()
        view, seen = library.site.witness.listen(partial(_make_card, beside, entry, wanted))
        card = library.cards[entry.path, wanted] = Card(Raw(encode_view(view)), beside.outputs, seen)
    if card.outputs:
        library.outputs.update(card.outputs)
    library.site.witness.seen.update(card.seen)
    return card.view


def _make_card(library: Library, entry: Entry, wanted: frozenset[str]) -> dict[str, Any]:
    """A card. What is not wanted is named even so, because messages list the names that a template may have meant."""
    kind, record = kind_named(entry.kind), entry.record
    return {
        "kind": entry.kind,
        "slug": entry.slug,
        "url": entry.url,
        "title": entry.title,
        "summary": make_summary(entry),
        "state": entry.state,
        "phases": plain_phases(library, entry),
        "banner": entry.banner,
        "date": entry.day.isoformat() if entry.day else None,
        "image": plain_picture(library, entry, main_image(entry)) if "image" in wanted else None,
        "featured": entry.featured,
        "record": plain_some(library, entry, record, kind.card) if "record" in wanted else None,
        "computed": _compute_card(library, entry, kind) if "computed" in wanted else None,
    }


def _compute_card(library: Library, entry: Entry, kind: Kind) -> dict[str, Any]:
    if kind.compute_card is no_values:
        return {}
    return plain_dict(library, entry, kind.compute_card(entry.record, _make_facts(library, entry, {})))


_AS_IT_IS = frozenset({str, int, bool, NoneType})


def _plain_computed(library: Library, entry: Entry, value: Any) -> Any:
    """A computed value as templates see it: plain at the bottom, dicts and lists all the way."""
    python = type(value)
    if python in _AS_IT_IS:
        return value
    if python is dict:
        return plain_dict(library, entry, value)
    if python is list or python is tuple:
        return [_plain_computed(library, entry, item) for item in value]
    if python is Reference:
        return make_link(library, value.kind, value.slug)
    if python is TableNamed:
        table = library.site.tables.get(value.name)
        return make_table(table) if table else None
    if python is TermNamed:
        return make_term(library, value.taxonomy, value.word)
    if python is Outbound:
        return make_tracked(library, entry, value)
    if python is Thumbnail:
        return make_thumbnail(library, entry, value.image, value.width)
    return plain_value(library, entry, value)


def make_term(library: Library, taxonomy: str, word: str) -> dict[str, str | None]:
    """``{label, url}`` of a word that shown records carry; the word itself without an address where it has no page."""
    step = make_step(word)
    term = next((term for term in library.site.taxonomies.get(taxonomy, ()) if term.slug == step), None)
    return {"label": term.label, "url": f"/{taxonomy}/{step}/"} if term else {"label": word, "url": None}


def plain_dict(library: Library, entry: Entry, values: dict[str, Any]) -> dict[str, Any]:
    """Computed values as templates see them."""
    return {
        name: item if type(item) in _AS_IT_IS else _plain_computed(library, entry, item)
        for name, item in values.items()
    }


def main_image(entry: Entry) -> Image | None:
    """The picture that stands for a record: its ``image``, a twintern's ``photo``."""
    record = entry.record
    image: Image | None = record.image or record.__dict__.get("photo")
    return image
