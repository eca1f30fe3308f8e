"""Views of records: their cards and what their kinds compute; fields become plain in ``plain``."""

from __future__ import annotations

from types import NoneType
from typing import Any
from zoneinfo import ZoneInfo

from twinsite.core.record import Image
from twinsite.core.site import Entry
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Facts, Reference
from twinsite.plan.library import Card, Library
from twinsite.plan.plain import make_link, plain_picture, plain_some, plain_value


def make_summary(entry: Entry, length: int = 160) -> str:
    """The ``summary`` as written, else the first paragraph as text, cut at a word's end near 160 characters."""
    text = entry.record.summary or entry.draft.body.summary
    if entry.record.summary or len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:–—- ") + "…"


def make_facts(library: Library, entry: Entry) -> Facts:
    """What a kind may know when it computes values for a view."""
    back: dict[str, list[Entry]] = {}
    for other in library.site.back.get(entry.key, ()):
        back.setdefault(other.kind, []).append(other)
    now = library.site.now.astimezone(ZoneInfo(entry.zone))
    return Facts(now, entry.zone, entry.state, library.policies, back, entry.slug)


def make_card(library: Library, entry: Entry) -> dict[str, Any]:
    """A record as lists show it. Made once for each record of a build; a change of its body alone does not change
    it.
    """
    return take_card(library, entry).view


def take_card(library: Library, entry: Entry) -> Card:
    """The card of a record with all that its kind computes; the files it names are noted in ``library``."""
    card = library.cards.get(entry.path)
    if card is None:
        card = library.cards[entry.path] = _make_card(library.for_one(), entry)
    if card.outputs:
        library.outputs.update(card.outputs)
    return card


def _make_card(library: Library, entry: Entry) -> Card:
    kind, record = kind_named(entry.kind), entry.record
    values = kind.compute(record, make_facts(library, entry))
    computed = {name: _plain_computed(library, entry, value) for name, value in values.items()}
    view = {
        "kind": entry.kind,
        "slug": entry.slug,
        "url": entry.url,
        "title": entry.title,
        "summary": make_summary(entry),
        "state": entry.state,
        "banner": entry.banner,
        "date": entry.day.isoformat() if entry.day else None,
        "image": plain_picture(library, entry, main_image(entry)),
        "featured": entry.featured,
        "record": plain_some(library, entry, record, kind.card),
        "computed": {name: computed[name] for name in kind.card_computed if name in computed},
    }
    return Card(view, computed, library.outputs)


_AS_IT_IS = frozenset({str, int, bool, NoneType})


def _plain_computed(library: Library, entry: Entry, value: Any) -> Any:
    """A computed value as templates see it: plain at the bottom, dicts and lists all the way."""
    python = type(value)
    if python in _AS_IT_IS:
        return value
    if python is dict:
        return {name: _plain_computed(library, entry, item) for name, item in value.items()}
    if python is list or python is tuple:
        return [_plain_computed(library, entry, item) for item in value]
    if python is Reference:
        return make_link(library, value.kind, value.slug)
    return plain_value(library, entry, value)


def main_image(entry: Entry) -> Image | None:
    """The picture that stands for a record: its ``image``, a twintern's ``photo``."""
    image: Image | None = entry.record.image or getattr(entry.record, "photo", None)
    return image
