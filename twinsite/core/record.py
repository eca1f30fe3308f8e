"""What every record has: the base of all models, the common fields, and the walk to a record's references, files and
tables.

A kind's model is a subclass of ``Record``. Records are frozen; nothing here reads a file or knows the other records.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from twinsite.core.instants import wrong
from twinsite.core.problem import FieldPath
from twinsite.core.source import PICTURE_HINT, is_picture, not_a_picture
from twinsite.core.values import (
    Amount,
    Currency,
    Date,
    FileMark,
    FileName,
    Flag,
    Instant,
    Ref,
    Slug,
    TableMark,
    TableName,
    Target,
    Text,
    Typed,
    Whole,
)

_ABSENT: Final = frozenset({"~", "null"})


class Model(BaseModel):
    """Base of all models: frozen, no unknown fields, built on first use; what was left empty counts as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, values: Any) -> Any:
        """Without keys whose value is empty, or ``~`` or ``null`` where the field is no text."""
        if not isinstance(values, dict):
            return values
        texts = text_fields(cls)
        return {
            key: value
            for key, value in values.items()
            if value is not None and not (type(value) is str and value in _ABSENT and key not in texts)
        }

    @classmethod
    def usual(cls) -> Self:
        """What ``cls()`` gives, for a model all of whose fields may be left out. Nothing has to be validated for that,
        so that no validators are built while modules are imported.
        """
        return cls.model_construct()  # type: ignore[return-value]


@cache
def text_fields(model: type[BaseModel]) -> frozenset[str]:
    """The names of the fields of ``model`` that take a text as written, even ``~``."""
    return frozenset(
        name for name, info in model.model_fields.items() if any(mark.name == "text" for mark in _own_marks(info))
    )


def _own_marks(info: FieldInfo) -> tuple[Typed, ...]:
    """The ``Typed`` annotations of a field's value itself, not of the items of a list."""
    return (*_typed(info.metadata), *_marks_within(info.annotation))


def _typed(metadata: Any) -> tuple[Typed, ...]:
    return tuple(mark for mark in metadata if isinstance(mark, Typed))


def _marks_within(annotation: Any) -> tuple[Typed, ...]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _typed(annotation.__metadata__)
    if origin in (Union, UnionType):
        return tuple(mark for part in get_args(annotation) for mark in _marks_within(part))
    return ()


class Image(Model):
    """A picture beside the record. ``alt`` is needed unless the picture is decorative (WCAG 2.2, 1.1.1)."""

    src: FileName = Field(description="The picture's file, relative to this one.")
    alt: Text | None = Field(None, description="What the picture shows, in words, for those who cannot see it.")
    credit: Text | None = Field(None, description="Who made the picture, shown beside it.")
    decorative: Flag = Field(False, description="True if the picture says nothing and needs no words.")
    focus: Text | None = Field(
        None, description="The point that stays visible when the picture is cut: `50% 30%` from left and top."
    )

    @model_validator(mode="before")
    @classmethod
    def need_alt(cls, values: Any) -> Any:
        """Refuse a picture without words that is not marked as decorative, with the rule ``missing-alt``."""
        if not isinstance(values, dict) or str(values.get("alt") or "").strip():
            return values
        if str(values.get("decorative", "")).lower() not in ("true", "yes"):
            name = values.get("src")
            which = f'The picture "{name}"' if isinstance(name, str) else "This picture"
            raise wrong(
                "missing-alt",
                f"{which} has no alt text.",
                "Add alt: with what it shows, or decorative: true if it says nothing.",
            )
        return {key: value for key, value in values.items() if key != "alt"}

    @model_validator(mode="after")
    def check_format(self) -> Self:
        """Refuse a file that is no picture for a page, with the rule ``not-a-picture``."""
        if not is_picture(self.src):
            raise wrong("not-a-picture", not_a_picture(self.src), PICTURE_HINT, "src")
        return self

    @model_validator(mode="after")
    def check_focus(self) -> Self:
        """Refuse a focus that is not two percentages, with the rule ``not-a-focus``."""
        parts = (self.focus or "50% 50%").split()
        if len(parts) != 2 or not all(
            part[-1] == "%" and part[:-1].isdecimal() and int(part[:-1]) <= 100 for part in parts
        ):
            raise wrong(
                "not-a-focus",
                f'"{self.focus}" is not a point of a picture.',
                "Write two percentages, from left and from top: 50% 30%.",
                "focus",
            )
        return self


class Seo(Model):
    """What search engines are told, where it differs from what people see."""

    title: Text | None = Field(None, description="The title for search results; by default the title.")
    description: Text | None = Field(None, description="The description for search results; by default the summary.")
    noindex: Flag = Field(False, description="True to ask search engines to leave this page out.")


class DesiredAction(Model):
    """The one thing a visitor should do after reading."""

    verb: Literal["enter", "buy", "share", "review", "subscribe", "apply", "read"] = Field(
        description="What the visitor does."
    )
    label: Text | None = Field(None, description="The words on the button; by default the theme's words for the verb.")
    url: Target = Field(description="Where the button leads.")


class Money(Model):
    """An amount in a currency, not negative."""

    amount: Amount = Field(description="The number alone: 12 or 12.50.")
    currency: Currency = Field(description="The currency's ISO 4217 code: EUR, GBP, USD.")

    @model_validator(mode="after")
    def check_sign(self) -> Self:
        """Refuse an amount below zero, with the rule ``negative-amount``."""
        if self.amount < 0:
            hint = "Write the amount without a minus."
            raise wrong("negative-amount", "A sum of money cannot be below zero.", hint, "amount")
        return self


class PrivateNotes(Model):
    """What is never published. Kinds add their own fields."""

    notes: Text | None = Field(None, description="Notes for colleagues.")


class Record(Model):
    """The fields of all kinds."""

    title: Text | None = Field(None, description="The title, as shown on the page and in lists.")
    slug: Slug | None = Field(None, description="The last part of the address; by default the file's name.")
    uid: Text | None = Field(
        None, description="The identity in feeds and calendars; by default made from the first alias or the slug."
    )
    summary: Text | None = Field(
        None, description="One or two sentences for lists and shared links; by default the first paragraph."
    )
    date: Date | None = Field(None, description="The day this is about or was first published.")
    updated: Date | None = Field(None, description="The day of the last change worth telling readers about.")
    image: Image | None = Field(None, description="The picture shown at the top and in lists.")
    tags: tuple[Text, ...] = Field((), description="Words that gather related records on one page.")
    draft: Flag = Field(False, description="True while this must not be published.")
    publish_at: Instant | None = Field(None, description="The moment from which this is published.")
    expires_at: Instant | None = Field(None, description="The moment from which this is no longer published.")
    aliases: tuple[Target, ...] = Field((), description="Former addresses of this page, which then lead here.")
    featured: Flag = Field(False, description="True to show this on the home page.")
    weight: Whole | None = Field(None, description="Its place in lists: smaller numbers come first.")
    seo: Seo | None = Field(None, description="What search engines are told.")
    audience: tuple[Text, ...] = Field((), description="For whom this is: places, ages or interests.")
    data: tuple[TableName, ...] = Field((), description="The data tables that this page shows.")
    desired_action: DesiredAction | None = Field(None, description="The one thing a visitor should do after reading.")
    private: PrivateNotes | None = Field(None, description="Notes that are never published.")

    def public(self) -> Self:
        """The same record without its private part: all that may be planned from."""
        return self if self.private is None else self.model_copy(update={"private": None})


Named = list[tuple[FieldPath, Typed, str]]
"""What a record names: (field, type of the name, name)."""

_Walk = Callable[[Any, FieldPath, Named], None]
_Wants = Callable[[object], bool]
"""Which marks are looked for."""


def names_in(record: BaseModel) -> Named:
    """Everything in the site that a record's fields name: (field, type of the name, name), in the order of fields."""
    return _walk(type(record), record)


def references(record: BaseModel) -> tuple[tuple[FieldPath, str, str], ...]:
    """The references of a record: (field, kind, slug), in the order of its fields."""
    return tuple((path, mark.kind, value) for path, mark, value in names_in(record) if isinstance(mark, Ref))


def files(record: BaseModel) -> tuple[tuple[FieldPath, str], ...]:
    """The files that a record names in its fields: (field, name relative to the record), private ones included."""
    return files_among(names_in(record))


def files_among(named: Named) -> tuple[tuple[FieldPath, str], ...]:
    """The files among what a record names."""
    return tuple([(path, value) for path, mark, value in named if isinstance(mark, FileMark)])


def tables(record: BaseModel) -> tuple[tuple[FieldPath, str], ...]:
    """The data tables that a record's fields name: (field, name)."""
    return tuple((path, value) for path, mark, value in names_in(record) if isinstance(mark, TableMark))


def targets(record: BaseModel) -> tuple[tuple[FieldPath, str], ...]:
    """The addresses inside the site that a record's fields lead to (paths and ``.md`` files): (field, as written)."""
    found = _walk(type(record), record, _is_target)
    return tuple([(path, value) for path, mark, value in found if ":" not in value])


def references_in(model: type[BaseModel], values: Mapping[str, Any]) -> tuple[tuple[FieldPath, str, str], ...]:
    """The references in the raw values of a record that does not fit its model, as far as they stand where they
    should.
    """
    return tuple((path, mark.kind, value) for path, mark, value in _walk(model, values) if isinstance(mark, Ref))


def files_in(model: type[BaseModel], values: Mapping[str, Any]) -> tuple[tuple[FieldPath, str], ...]:
    """The files that such raw values name."""
    return tuple((path, value) for path, mark, value in _walk(model, values) if isinstance(mark, FileMark))


def _is_target(mark: object) -> bool:
    """Whether a field of this type is an address, perhaps inside the site."""
    return isinstance(mark, Typed) and mark.name == "target"


def _is_name(mark: object) -> bool:
    """Whether a field of this type names something else in the site, which must exist."""
    return isinstance(mark, (Ref, FileMark, TableMark)) or _is_target(mark)


def _walk(model: type[BaseModel], value: Any, wants: _Wants = _is_name) -> Named:
    found: Named = []
    walk = _model_walk(model, wants)
    if walk is not None:
        walk(value, (), found)
    return found


@cache
def _model_walk(model: type[BaseModel], wants: _Wants) -> _Walk | None:
    """A function that visits only those fields of a model below which there can be a mark; ``None`` if there are
    none.
    """
    steps = {name: _field_walk(info, wants) for name, info in model.model_fields.items()}
    visits = tuple((name, (name,), step) for name, step in steps.items() if step is not None)
    return _visit_fields(visits) if visits else None


def _visit_fields(visits: tuple[tuple[str, FieldPath, _Walk], ...]) -> _Walk:
    def walk(value: Any, path: FieldPath, found: Named) -> None:
        held = value if isinstance(value, dict) else getattr(value, "__dict__", {})
        for name, place, step in visits:
            item = held.get(name)
            if item:
                step(item, path + place, found)

    return walk


def _field_walk(info: FieldInfo, wants: _Wants) -> _Walk | None:
    for mark in info.metadata:
        if wants(mark):
            return _add(mark)
    return _annotation_walk(info.annotation, wants)


def _add(mark: Typed) -> _Walk:
    def add(value: Any, path: FieldPath, found: Named) -> None:
        if isinstance(value, str):
            found.append((path, mark, value))

    return add


def _annotation_walk(annotation: Any, wants: _Wants) -> _Walk | None:
    """The walk for a type written in a model: a mark, a model, a list or mapping of them, or a choice with ``None``."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        mark = next((mark for mark in annotation.__metadata__ if wants(mark)), None)
        return _add(mark) if mark is not None else _annotation_walk(parts[0], wants)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model_walk(annotation, wants)
    if origin in (Union, UnionType):
        return _choice_walk(tuple(part for part in parts if part is not NoneType), wants)
    if origin in (tuple, list):
        return _each(_annotation_walk(parts[0], wants), enumerate)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        items = _annotation_walk(parts[1], wants)
        return _each(items, lambda value: value.items() if isinstance(value, Mapping) else ())
    return None


def _each(walk: _Walk | None, pairs: Callable[[Any], Any]) -> _Walk | None:
    if walk is None:
        return None
    inner = walk

    def walk_items(value: Any, path: FieldPath, found: Named) -> None:
        if isinstance(value, (tuple, list, Mapping)):
            for key, item in pairs(value):
                inner(item, (*path, key), found)

    return walk_items


def _choice_walk(parts: tuple[Any, ...], wants: _Wants) -> _Walk | None:
    """The walk for ``T | None``; of several models, each value is walked by its own class."""
    if len(parts) == 1:
        return _annotation_walk(parts[0], wants)
    if not any(isinstance(part, type) and issubclass(part, BaseModel) for part in parts):
        return None

    def walk(value: Any, path: FieldPath, found: Named) -> None:
        own = _model_walk(type(value), wants) if isinstance(value, BaseModel) else None
        if own is not None:
            own(value, path, found)

    return walk


@cache
def hidden_fields(model: type[BaseModel]) -> frozenset[str]:
    """The fields marked ``public: False``, which never enter a view."""
    infos = model.model_fields.items()
    return frozenset(name for name, info in infos if _is_hidden(info.json_schema_extra))


def _is_hidden(extra: object) -> bool:
    return isinstance(extra, dict) and extra.get("public") is False


@cache
def field_marks(model: type[BaseModel]) -> Mapping[str, Typed]:
    """The type of each field that has one of ours, of a list the type of its items; models inside are left out."""
    marks = {name: (*_typed(info.metadata), *_item_marks(info.annotation)) for name, info in model.model_fields.items()}
    found = {name: next(iter(own), None) for name, own in marks.items()}
    return {name: mark for name, mark in found.items() if mark is not None}


def _item_marks(annotation: Any) -> tuple[Typed, ...]:
    """The ``Typed`` annotations of a value, or of the items of a list."""
    parts = get_args(annotation)
    if get_origin(annotation) in (tuple, list):
        return _item_marks(parts[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(mark for part in parts for mark in _item_marks(part))
    return _marks_within(annotation)
