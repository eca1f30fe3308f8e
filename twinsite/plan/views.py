"""Views of records: plain values with the fields' own names, references as links, pictures as published."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from twinsite.core.draft import Table
from twinsite.core.record import Image, field_marks
from twinsite.core.site import Entry
from twinsite.core.values import FileMark, Ref, TableMark, Typed
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Facts, Reference
from twinsite.plan.addresses import find_meaning
from twinsite.plan.library import Card, Library, resolve_file

NOT_SHOWN = ("private", "slug", "draft", "publish_at", "expires_at", "aliases", "uid", "seo", "weight")
"""Fields of all kinds that steer the site and are never part of a view's ``record``."""


def make_instant(moment: datetime, zone: str) -> dict[str, str]:
    """An instant for a view: ``iso`` with its offset, ``local`` without, and the zone's ``zone`` abbreviation."""
    local = moment.astimezone(ZoneInfo(zone))
    return {
        "iso": local.isoformat(timespec="seconds"),
        "local": local.replace(tzinfo=None).isoformat(timespec="seconds"),
        "zone": _abbreviate(local),
    }


def _abbreviate(local: datetime) -> str:
    """``CEST``, or ``UTC+03:00`` where the zone has no letters of its own."""
    name = local.tzname() or "UTC"
    if name.isalpha():
        return name
    offset = local.isoformat()[-6:]
    return "UTC" if offset == "+00:00" else f"UTC{offset}"


def make_record(library: Library, entry: Entry) -> dict[str, Any]:
    """All public fields of a record as a plain value. Fields marked ``public: False`` by their kind are left out."""
    return _plain_model(library, entry, entry.record, NOT_SHOWN)


def _plain_model(
    library: Library, entry: Entry, model: BaseModel, skipped: tuple[str, ...] = ("private",)
) -> dict[str, Any]:
    marks = field_marks(type(model))
    view: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        extra = field.json_schema_extra
        if name in skipped or (isinstance(extra, dict) and extra.get("public") is False):
            continue
        view[name] = plain_value(library, entry, getattr(model, name), marks.get(name))
    if isinstance(marks.get("src"), FileMark) and "alt" in view:
        view["picture"] = _picture_of(library, entry, str(getattr(model, "src", "")), view["alt"])
    return view


def _picture_of(library: Library, entry: Entry, name: str, alt: str | None) -> dict[str, Any] | None:
    """What a model with ``src`` and ``alt`` shows, where its file is a picture: with its measures, as views hold it."""
    media = library.find_media(entry.folder, name)
    return library.picture(media, alt or "") if media and media.width else None


def plain_value(library: Library, entry: Entry, value: Any, mark: object = None) -> Any:
    """A field's value as templates see it."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _plain_text(library, entry, value, mark)
    if isinstance(value, tuple):
        items = [plain_value(library, entry, item, mark) for item in value]
        return [item for item in items if item is not None]
    if isinstance(value, datetime):
        return make_instant(value, entry.zone)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Image):
        return make_picture(library, entry, value)
    if isinstance(value, BaseModel):
        return _plain_model(library, entry, value)
    return str(value)


def _plain_text(library: Library, entry: Entry, value: str, mark: object) -> Any:
    if isinstance(mark, Ref):
        return make_link(library, mark.kind, value)
    if isinstance(mark, FileMark):
        media = library.find_media(entry.folder, value)
        return library.publish(media) if media else None
    if isinstance(mark, TableMark):
        table = library.site.tables.get(value)
        return make_table(table) if table else None
    if isinstance(mark, Typed) and mark.name == "target":
        return make_target(library, entry, value)
    return value


def make_target(library: Library, entry: Entry, value: str) -> str | None:
    """The address that a field's means: full ones stay, of a ``.md`` file it is its page's; ``None`` where nothing
    is published there now.
    """
    parts = urlsplit(value)
    if parts.scheme:
        return value
    tail = ("?" + parts.query if parts.query else "") + ("#" + parts.fragment if parts.fragment else "")
    if parts.path.endswith(".md"):
        other = library.site.by_path.get(resolve_file(entry.folder, parts.path))
        return None if other is None or other.held else other.url + tail
    meaning = find_meaning(library, unquote(parts.path))
    return meaning.url + tail if meaning and meaning.url else None


def make_picture(library: Library, entry: Entry, image: Image | None) -> dict[str, Any] | None:
    """A picture field as views hold it, or ``None`` where it is not given (or missing, which is reported elsewhere)."""
    if image is None:
        return None
    media = library.find_media(entry.folder, image.src)
    if media is None:
        return None
    return library.picture(media, "" if image.decorative else image.alt or "", credit=image.credit, focus=image.focus)


def make_link(library: Library, kind: str, slug: str) -> dict[str, Any] | None:
    """A reference as a view holds it: enough to link to the record, or ``None`` where it is withheld."""
    entry = library.site.everything.get((kind, slug))
    if entry is None or entry.held:
        return None
    return {"kind": kind, "slug": entry.slug, "url": entry.url, "title": entry.title, "state": entry.state}


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
    return Facts(now, entry.zone, entry.state, library.settings.policies.model_dump(), back, entry.slug)


def make_computed(library: Library, entry: Entry) -> dict[str, Any]:
    """What the record's kind computes, as plain values."""
    values = kind_named(entry.kind).compute(entry.record, make_facts(library, entry))
    return {name: _plain_computed(library, entry, value) for name, value in values.items()}


def _plain_computed(library: Library, entry: Entry, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain_computed(library, entry, item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_computed(library, entry, item) for item in value]
    if isinstance(value, Reference):
        return make_link(library, value.kind, value.slug)
    return plain_value(library, entry, value)


def make_card(library: Library, entry: Entry) -> dict[str, Any]:
    """A record as lists show it. Made once for each record of a build; a change of its body alone does not change
    it.
    """
    card = library.cards.get(entry.key)
    if card is None:
        beside = library.for_one()
        card = library.cards[entry.key] = Card(_make_card(beside, entry), beside.outputs)
    library.outputs.update(card.outputs)
    return card.view


def _make_card(library: Library, entry: Entry) -> dict[str, Any]:
    kind = kind_named(entry.kind)
    marks = field_marks(type(entry.record))
    fields = {name: plain_value(library, entry, getattr(entry.record, name), marks.get(name)) for name in kind.card}
    computed = make_computed(library, entry)
    return {
        "kind": entry.kind,
        "slug": entry.slug,
        "url": entry.url,
        "title": entry.title,
        "summary": make_summary(entry),
        "state": entry.state,
        "banner": entry.banner,
        "date": entry.day.isoformat() if entry.day else None,
        "image": make_picture(library, entry, main_image(entry)),
        "featured": bool(entry.record.featured),
        "record": fields,
        "computed": {name: computed[name] for name in kind.card_computed if name in computed},
    }


def main_image(entry: Entry) -> Image | None:
    """The picture that stands for a record: its ``image``, a twintern's ``photo``."""
    image: Image | None = entry.record.image or getattr(entry.record, "photo", None)
    return image


def make_table(table: Table) -> dict[str, Any]:
    """A data table as the table component shows it."""
    return {
        "name": table.name,
        "title": table.title,
        "source": table.source,
        "columns": [{"name": c.name, "label": c.label, "type": c.type} for c in table.columns],
        "rows": [list(row) for row in table.rows],
    }
