"""Plain values of records' fields: what a field of each type becomes in a view.

Takes a record's value with the library and the entry that it belongs to; gives text, whole numbers, truth values,
lists and dicts. For each model the way is worked out once, from the types of its fields, so that a record costs one
walk through its values and most of them are taken as they are: days, decimals and tuples, too, because they become text
and lists when the view is encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter, methodcaller
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from twinsite.core.draft import Table
from twinsite.core.record import Image, Record, field_marks, hidden_fields
from twinsite.core.site import Entry
from twinsite.core.values import FileMark, Ref, TableMark, Typed
from twinsite.plan.addresses import find_meaning
from twinsite.plan.library import RESIZED, Library, resolve_file

NOT_SHOWN = ("private", "slug", "draft", "publish_at", "expires_at", "aliases", "uid", "seo", "weight")
"""Fields of all kinds that steer the site and are never part of a view's ``record``."""
PRIVATE = ("private",)

Plain = Callable[[Library, Entry, Any], Any]
"""Makes the plain value of a field; never called with ``None``."""
Convert = Callable[[Any], Any]
"""The same where the value alone is enough."""


def plain_record(library: Library, entry: Entry, record: Record) -> dict[str, Any]:
    """All public fields of a record. Fields marked ``public: False`` by their kind are left out."""
    made: dict[str, Any] = _plain_all(type(record), NOT_SHOWN)(library, entry, record)
    return made


def plain_some(library: Library, entry: Entry, record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    """Some of a record's fields, in that order."""
    made: dict[str, Any] = _plain_named(type(record), names)(library, entry, record)
    return made


def plain_value(library: Library, entry: Entry, value: Any) -> Any:
    """Any value as templates see it, by its own class."""
    python: Any = type(value)
    step = _class_step(python)
    return value if step is None else step(library, entry, value)


@cache
def _class_step(python: Any) -> Plain | None:
    """How a value of a class becomes plain at once, and not only when it is encoded: others may look into it."""
    if issubclass(python, NoneType | bool | int | str):
        return None
    if issubclass(python, date | Decimal) and not issubclass(python, datetime):
        write: Convert = str if issubclass(python, Decimal) else methodcaller("isoformat")
        return lambda library, entry, value: write(value)
    return _plain_items if issubclass(python, tuple) else _step(python, None)


def _plain_items(library: Library, entry: Entry, value: tuple[Any, ...]) -> list[Any]:
    items = [plain_value(library, entry, item) for item in value]
    return [item for item in items if item is not None]


@cache
def _plain_all(model: type[BaseModel], skipped: tuple[str, ...]) -> Plain:
    """Makes all public fields of a model plain, in their order."""
    hidden = hidden_fields(model).union(skipped)
    left_out = tuple(name for name in model.model_fields if name in hidden)
    return _plain_fields(model, tuple(name for name in model.model_fields if name not in hidden), _all_but(left_out))


@cache
def _plain_named(model: type[BaseModel], names: tuple[str, ...]) -> Plain:
    """Makes some fields of a model plain, in this order."""
    return _plain_fields(model, names, lambda held: {name: held[name] for name in names})


def _all_but(left_out: tuple[str, ...]) -> Convert:
    """Copies the fields of an instance: as a whole, which takes a tenth of the time of one after the other."""

    def take(held: dict[str, Any]) -> dict[str, Any]:
        view = held.copy()
        for name in left_out:
            del view[name]
        return view

    return take if left_out else dict.copy


def _plain_fields(model: type[BaseModel], names: tuple[str, ...], take: Convert) -> Plain:
    """Makes what is taken of a model plain: most values are so as they are, some by themselves (``convert``), and the
    others step by step.
    """
    fields = _list_fields(model, names)
    converts = [(name, convert) for name, bare in fields if (convert := _convert(*bare))]
    steps = [(name, step) for name, bare in fields if not _convert(*bare) and (step := _step(*bare))]

    def plain(library: Library, entry: Entry, value: Any) -> dict[str, Any]:
        view: dict[str, Any] = take(value.__dict__)
        for name, convert in converts:
            item = view[name]
            if item is not None:
                view[name] = convert(item)
        for name, step in steps:
            item = view[name]
            if item is not None:
                view[name] = step(library, entry, item)
        return view

    return plain


def _list_fields(model: type[BaseModel], names: Iterable[str]) -> list[tuple[str, tuple[Any, Typed | None]]]:
    """Fields of a model with their stripped types."""
    marks = field_marks(model)
    return [(name, _strip(model.model_fields[name].annotation, marks.get(name))) for name in names]


def _strip(annotation: Any, mark: Typed | None) -> tuple[Any, Typed | None]:
    """A type without what is said about it, and without ``None``; with the mark that is nearest to it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _strip(parts[0], next((own for own in annotation.__metadata__ if isinstance(own, Typed)), mark))
    if origin in (Union, UnionType):
        own = [part for part in parts if part is not NoneType]
        return _strip(own[0], mark) if len(own) == 1 else (annotation, mark)
    return annotation, mark


@cache
def _convert(annotation: Any, mark: Typed | None) -> Convert | None:
    """How a value of a stripped type becomes plain by itself; ``None`` where it is plain as it is, or needs more."""
    if get_origin(annotation) is tuple:
        inner = _convert(*_strip(get_args(annotation)[0], mark))
        return _convert_each(inner) if inner else None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, Image):
        return _convert_model(annotation)
    return None


def _convert_each(inner: Convert) -> Convert:
    return lambda items: [*map(inner, items)]


def _convert_model(model: type[BaseModel]) -> Convert | None:
    """How a model inside a record becomes plain by itself; most are the dict of their fields already."""
    hidden = hidden_fields(model).union(PRIVATE)
    if _shows(model) or "poster" in model.model_fields or not hidden.isdisjoint(model.model_fields):
        return None
    fields = _list_fields(model, model.model_fields)
    if any(not _convert(*bare) and _step(*bare) for _, bare in fields):
        return None
    converts = [(name, convert) for name, bare in fields if (convert := _convert(*bare))]
    if not converts:
        return attrgetter("__dict__")

    def convert_model(value: Any) -> dict[str, Any]:
        view: dict[str, Any] = value.__dict__.copy()
        for name, convert in converts:
            item = view[name]
            if item is not None:
                view[name] = convert(item)
        return view

    return convert_model


@cache
def _step(annotation: Any, mark: Typed | None) -> Plain | None:
    """How a value of a stripped type becomes plain; ``None`` where it is plain as it is."""
    convert = _convert(annotation, mark)
    if convert is not None:
        return lambda library, entry, value: convert(value)
    origin = get_origin(annotation)
    if origin is tuple:
        inner = _step(*_strip(get_args(annotation)[0], mark))
        return _list_step(inner) if inner else None
    if origin in (Union, UnionType):
        return plain_value
    if origin is Literal:
        return None
    return _mark_step(mark) if annotation is str else _type_step(annotation)


def _list_step(inner: Plain) -> Plain:
    def plain_list(library: Library, entry: Entry, value: Any) -> list[Any]:
        items = [inner(library, entry, item) for item in value]
        return [item for item in items if item is not None]

    return plain_list


def _mark_step(mark: Typed | None) -> Plain | None:
    """How a text of a type becomes plain: most stay, names of things in the site become what they name."""
    if isinstance(mark, Ref):
        kind = mark.kind
        return lambda library, entry, value: make_link(library, kind, value)
    if isinstance(mark, FileMark):
        return _plain_file
    if isinstance(mark, TableMark):
        return _plain_table
    return make_target if mark is not None and mark.name == "target" else None


def _type_step(python: Any) -> Plain | None:
    """How a value of a class becomes plain."""
    if python in (bool, int, str, NoneType, date, Decimal):
        return None
    if isinstance(python, type):
        if issubclass(python, Image):
            return make_picture
        if issubclass(python, BaseModel):
            return _model_step(python)
        if issubclass(python, datetime):
            return lambda library, entry, value: make_instant(value, entry.zone)
        return lambda library, entry, value: str(value)
    return plain_value


def _model_step(model: type[BaseModel]) -> Plain:
    """How a model inside a record becomes plain. One with ``src`` and ``alt`` shows its picture as well, and tells the
    ``size`` of any other file; a ``poster`` is a picture.
    """
    shows = _shows(model)
    poses = "poster" in model.model_fields
    plain = _plain_all(model, PRIVATE)
    if not shows and not poses:
        return plain

    def plain_model(library: Library, entry: Entry, value: Any) -> dict[str, Any]:
        view: dict[str, Any] = plain(library, entry, value)
        if shows:
            view["picture"] = _picture_of(library, entry, value.src, value.alt) if value.src else None
            view["size"] = _size_of(library, entry, value.src) if value.src else None
        if poses:
            view["poster"] = _picture_of(library, entry, value.poster, "") if value.poster else None
        return view

    return plain_model


def _shows(model: type[BaseModel]) -> bool:
    """Whether a model names a file to be shown."""
    return isinstance(field_marks(model).get("src"), FileMark) and "alt" in model.model_fields


def _plain_file(library: Library, entry: Entry, value: str) -> str | None:
    media = library.find_media(entry.folder, value)
    return library.publish(media) if media else None


def _plain_table(library: Library, entry: Entry, value: str) -> dict[str, Any] | None:
    table = library.site.tables.get(value)
    return make_table(table) if table and value not in library.site.kept_back else None


def _picture_of(library: Library, entry: Entry, name: str, alt: str | None) -> dict[str, Any] | None:
    """What a model with ``src`` and ``alt`` shows, where its file is a picture: with its measures, as views hold it."""
    media = library.find_media(entry.folder, name)
    return library.picture(media, alt or "") if media and media.width else None


def _size_of(library: Library, entry: Entry, name: str) -> int | None:
    """How many bytes a file has that is no picture."""
    media = library.find_media(entry.folder, name)
    return media.size if media and not media.width else None


@lru_cache(maxsize=2048)
def make_instant(moment: datetime, zone: str) -> dict[str, str]:
    """An instant for a view: ``iso`` with its offset, ``local`` without, and the zone's ``zone`` abbreviation."""
    local = moment.astimezone(ZoneInfo(zone))
    iso = local.isoformat(timespec="seconds")
    name = local.tzname() or "UTC"
    return {"iso": iso, "local": iso[:19], "zone": name if name.isalpha() else _name_offset(iso[19:])}


def _name_offset(offset: str) -> str:
    """``UTC+03:00``, where the zone has no letters of its own."""
    return "UTC" if offset == "+00:00" else f"UTC{offset}"


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


def make_picture(library: Library, entry: Entry, image: Image) -> dict[str, Any] | None:
    """A picture field as views hold it, or ``None`` where its file is missing, which is reported elsewhere."""
    media = library.find_media(entry.folder, image.src)
    if media is None:
        return None
    return library.picture(media, "" if image.decorative else image.alt or "", credit=image.credit, focus=image.focus)


def make_thumbnail(library: Library, entry: Entry, image: Image, width: int) -> dict[str, Any] | None:
    """A small picture as views hold it, in the format that needs the fewest bytes; ``None`` of files whose size cannot
    be changed.
    """
    media = library.find_media(entry.folder, image.src)
    if media is None or media.format not in RESIZED:
        return None
    height = max(1, round(width * media.height / media.width)) if media.width else width
    src, alt = library.shrink(media, width), "" if image.decorative else image.alt or ""
    return {"src": src, "width": width, "height": height, "srcset": [], "alt": alt, "credit": image.credit}


def plain_picture(library: Library, entry: Entry, image: Image | None) -> dict[str, Any] | None:
    """The same of a picture that need not be given."""
    return make_picture(library, entry, image) if image else None


def make_link(library: Library, kind: str, slug: str) -> dict[str, Any] | None:
    """A reference as a view holds it: enough to link to the record, or ``None`` where it is withheld."""
    entry = library.site.everything.get((kind, slug))
    if entry is None or entry.held:
        return None
    return {"kind": kind, "slug": entry.slug, "url": entry.url, "title": entry.title, "state": entry.state}


def make_table(table: Table) -> dict[str, Any]:
    """A data table as the table component shows it."""
    return {
        "name": table.name,
        "title": table.title,
        "source": table.source,
        "columns": [{"name": c.name, "label": c.label, "type": c.type} for c in table.columns],
        "rows": [list(row) for row in table.rows],
    }
