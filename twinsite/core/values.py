"""The field types of records, settings, data tables and component parameters.

A model writes ``opens: Instant``; a table's schema and a component's parameter name the same type ``instant`` and
find it in ``TYPES``, from which the guide and the JSON Schemas are made too. Values arrive as the text that was
written; a value that already has the right Python type passes unchanged. Bare ``str``, ``int``, ``bool``, ``date``
never appear in a model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Final

from msgspec import Struct, field
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from twinsite.core import convert as to
from twinsite.core import instants
from twinsite.core.instants import wrong


class Place(Struct, frozen=True):
    """Where a value stands: ``zone`` is its record's IANA time zone, ``folder`` what its file names count from (site-
    relative).
    """

    zone: str = "UTC"
    folder: str = "content"


NOWHERE: Final = Place()
TYPE_MARK: Final = "twinsite_type"
"""The key of a core schema's metadata under which the name of a field type stands."""


class FieldType(Struct, frozen=True):
    """A type of field as people meet it.

    ``name`` as in a table's schema; ``about`` is its grammar in one sentence for the guide; ``good`` are texts it
    takes; ``bad`` are (text, rule) that it refuses; ``convert`` makes the value or raises ``PydanticCustomError``;
    ``python`` is the value's class; ``schema`` is what a JSON Schema says of it.
    """

    name: str
    about: str
    good: tuple[str, ...]
    bad: tuple[tuple[str, str], ...]
    convert: Callable[[str, Place], Any]
    python: type[Any]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


class Wrong(Struct, frozen=True):
    """Why a text is no value of a type: the rule's name, the message and the hint of what to write."""

    rule: str
    message: str
    hint: str


def _plain(function: Callable[[str], Any]) -> Callable[[str, Place], Any]:
    return lambda text, place: function(text)


# Editors' YAML reads 01234 as a number and no as a truth value, where a text field takes both as written.
_LOOSE_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
_NUMBER: Mapping[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}]}
_WHOLE: Mapping[str, Any] = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]}
_FLAG: Mapping[str, Any] = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false", "yes", "no"]}]}

_ALL: Final = (
    FieldType(
        "text",
        "Any words, taken exactly as written; spaces around them are dropped.",
        ("Spring contest", "no", "01234", "12:30", "1.10", "2026-06-01", "~"),
        (("", "empty-text"),),
        _plain(to.to_text),
        str,
        _LOOSE_TEXT,
    ),
    FieldType(
        "date",
        "A day: year, month and day with hyphens, `YYYY-MM-DD`.",
        ("2026-06-01", "2028-02-29"),
        (("01/06/2026", "not-a-date"), ("2026-06-01 12:00", "not-a-date"), ("2026-02-30", "no-such-date")),
        _plain(instants.to_date),
        date,
        {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ),
    FieldType(
        "instant",
        "A moment: `YYYY-MM-DD HH:MM` or `YYYY-MM-DD HH:MM:SS` in the record's time zone (else the site's), "
        "or with an offset such as `+02:00` or `Z` after it.",
        ("2026-06-01 23:59", "2026-06-01 23:59:59", "2026-06-01T12:00Z", "2026-06-01 12:00 +02:00"),
        (("2026-06-01", "not-an-instant"), ("2026-06-01 9:00", "not-an-instant"), ("2026-06-31 12:00", "no-such-date")),
        lambda text, place: instants.to_instant(text, place.zone),
        datetime,
        {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}"},
    ),
    FieldType(
        "whole",
        "A whole number: digits, with a minus before them if need be; no separators.",
        ("0", "1000", "-3"),
        (("1,000", "not-a-whole-number"), ("1_000", "not-a-whole-number"), ("12.0", "not-a-whole-number")),
        _plain(to.to_whole),
        int,
        _WHOLE,
    ),
    FieldType(
        "amount",
        "A number with or without a fraction after a point, kept exactly: `12`, `12.50`.",
        ("12", "12.50", "-0.5"),
        (("12,50", "not-an-amount"), ("£12", "not-an-amount"), ("1e3", "not-an-amount"), ("nan", "not-an-amount")),
        _plain(to.to_amount),
        Decimal,
        _NUMBER,
    ),
    FieldType(
        "flag",
        "`true`, `false`, `yes` or `no`.",
        ("true", "false", "yes", "no"),
        (("on", "not-a-flag"), ("1", "not-a-flag")),
        _plain(to.to_flag),
        bool,
        _FLAG,
    ),
    FieldType(
        "url",
        "A whole web address that begins with `https://`, `http://`, `mailto:` or `tel:`.",
        ("https://example.com/page", "mailto:press@example.com", "tel:+44 20 7946 0000"),
        (("example.com", "not-a-url"), ("javascript:alert(1)", "not-a-url"), ("press@example.com", "not-a-url")),
        _plain(to.to_url),
        str,
    ),
    FieldType(
        "target",
        "Where a link leads: a path of this site (`/contests/`), a Markdown file (`spring.md`) or a web address.",
        ("/contests/", "../contests/spring.md", "https://example.com"),
        (("contests", "not-a-target"), ("//example.com", "not-a-target")),
        _plain(to.to_target),
        str,
    ),
    FieldType(
        "email",
        "An e-mail address.",
        ("press@example.com",),
        (("mailto:press@example.com", "not-an-email"), ("press", "not-an-email")),
        _plain(to.to_email),
        str,
    ),
    FieldType(
        "handle",
        "An account's name on a network; a leading `@` is dropped (and needs quotes in YAML).",
        ("kim_lee", "@kim.lee", "kim@social.example"),
        (("kim lee", "not-a-handle"), ("https://example.com/kim", "not-a-handle")),
        _plain(to.to_handle),
        str,
    ),
    FieldType(
        "hashtag",
        "A hashtag; a leading `#` is dropped (and needs quotes in YAML).",
        ("spring2026", "#SpringContest"),
        (("spring contest", "not-a-hashtag"), ("2026", "not-a-hashtag")),
        _plain(to.to_hashtag),
        str,
    ),
    FieldType(
        "slug",
        "A name for addresses: small letters, digits and hyphens.",
        ("spring-2026",),
        (("Spring 2026", "not-a-slug"), ("spring_2026", "not-a-slug")),
        _plain(to.to_slug),
        str,
        {"type": ["string", "integer"], "pattern": "^[a-z0-9]+(-+[a-z0-9]+)*$"},
    ),
    FieldType(
        "zone",
        "A time zone by its IANA name: continent and city.",
        ("Europe/London", "America/New_York", "UTC"),
        (("Europe/Londn", "unknown-zone"), ("BST", "unknown-zone")),
        _plain(instants.to_zone),
        str,
    ),
    FieldType(
        "language",
        "A language by its tag: `en`, `en-GB`, `zh-Hant`.",
        ("en", "en-GB", "zh-Hant", "es-419", "no"),
        (("English", "not-a-language"), ("en_GB", "not-a-language")),
        _plain(to.to_language),
        str,
        {"type": ["string", "boolean"]},
    ),
    FieldType(
        "currency",
        "A currency by its ISO 4217 code, three capital letters.",
        ("EUR", "GBP", "USD"),
        (("eur", "not-a-currency"), ("GPB", "not-a-currency"), ("£", "not-a-currency")),
        _plain(to.to_currency),
        str,
        {"type": "string", "pattern": "^[A-Z]{3}$"},
    ),
    FieldType(
        "colour",
        "A colour as in CSS: `#rrggbb` (in quotes) or `oklch(62% 0.19 259)`.",
        ("#c2185b", "oklch(62% 0.19 259)"),
        (("red", "not-a-colour"), ("#fff", "not-a-colour")),
        _plain(to.to_colour),
        str,
    ),
    FieldType(
        "file",
        "A file beside the record, by its name relative to it, with `/` between folders.",
        ("photo.jpg", "pictures/team photo.jpg"),
        (
            ("/photo.jpg", "not-a-file-name"),
            ("pictures\\photo.jpg", "not-a-file-name"),
            ("../../photo.jpg", "file-outside-content"),
        ),
        lambda text, place: to.to_file_name(text, place.folder),
        str,
    ),
    FieldType(
        "table",
        "A data table by the name of its file in `content/data/`, without the ending.",
        ("followers-2026",),
        (("data/followers.csv", "not-a-table-name"), ("Followers", "not-a-table-name")),
        _plain(to.to_table_name),
        str,
    ),
    FieldType(
        "ref",
        "Another record by its slug: the name of its file without the ending.",
        ("spring-2026", "guide/first-site"),
        (("Spring 2026", "not-a-slug"), ("spring.md", "not-a-slug")),
        _plain(to.to_slug_path),
        str,
        {"type": ["string", "integer"]},
    ),
)

TYPES: Final[Mapping[str, FieldType]] = MappingProxyType({kind.name: kind for kind in _ALL})
_LONGEST: Mapping[str, int] = {"url": 4000, "target": 4000, "slug": 200}
_LONGEST_VALUE: Final = 400
_WITH_PLACE: Final = frozenset({"instant", "file"})


def convert(name: str, text: str, place: Place = NOWHERE) -> Any | Wrong:
    """The value of a text by the type ``name`` (a key of ``TYPES``), or ``Wrong``. For tables and parameters, which
    have no model.
    """
    try:
        return _from_text(TYPES[name], text, place)
    except PydanticCustomError as error:
        context = error.context or {}
        return Wrong(error.type, context.get("message", error.message()), context.get("hint", ""))


@dataclass(frozen=True, slots=True)
class Typed:
    """Annotation of a model's field: its text is converted by ``TYPES[name]``."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kind = TYPES[self.name]
        mark = {TYPE_MARK: self.name}
        if self.name in _WITH_PLACE:
            return core_schema.with_info_plain_validator_function(_converter_at_place(kind), metadata=mark)
        return core_schema.no_info_plain_validator_function(_converter(kind), metadata=mark)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(TYPES[self.name].schema)


class Range(Struct, frozen=True):
    """Refuses a number below ``low`` or above ``high``, with the rule ``out-of-range``."""

    low: int
    high: int | None = None

    def __call__(self, value: Any) -> Any:
        """The same number."""
        if self.low <= value and (self.high is None or value <= self.high):
            return value
        allowed = f"{self.low} or more" if self.high is None else f"from {self.low} to {self.high}"
        raise wrong("out-of-range", f'"{value}" is out of range.', f"Write a number, {allowed}.")


def _from_text(kind: FieldType, text: str, place: Place) -> Any:
    """The value of a text. Only words may be long: nothing else is, and a bound keeps every pattern quick."""
    text = text.strip()
    longest = _LONGEST.get(kind.name, _LONGEST_VALUE)
    if len(text) > longest and kind.name != "text":
        message = f"This value is {len(text):,} characters long; {longest:,} are possible here."
        raise wrong("too-long", message, "Write a shorter value.")
    return kind.convert(text, place)


def _converter(kind: FieldType) -> Callable[[Any], Any]:
    def to_value(value: Any) -> Any:
        return _from_text(kind, value, NOWHERE) if type(value) is str else _ready(kind, value)

    return to_value


def _converter_at_place(kind: FieldType) -> Callable[[Any, Any], Any]:
    def to_value(value: Any, info: core_schema.ValidationInfo[Any]) -> Any:
        place = info.context if isinstance(info.context, Place) else NOWHERE
        return _from_text(kind, value, place) if type(value) is str else _ready(kind, value)

    return to_value


def _ready(kind: FieldType, value: Any) -> Any:
    """A value that needs no conversion; anything else was written in a shape this type does not have."""
    if type(value) is kind.python and (kind.name != "instant" or value.tzinfo is not None):
        return value
    if isinstance(value, (list, tuple)):
        items = [item for item in value if isinstance(item, str)]
        hint = (
            f"Write {items[0]}, without a list."
            if len(value) == len(items) == 1
            else "Write a single value, without brackets or hyphens."
        )
        raise wrong("list-for-value", "One value belongs here, not a list.", hint)
    if isinstance(value, dict):
        raise wrong(
            "mapping-for-value",
            "One value belongs here, not further fields.",
            "Write the value after the colon, on the same line.",
        )
    raise wrong("empty-value", "This item is empty.", "Write a value, or delete the line.")


@dataclass(frozen=True, slots=True)
class Ref(Typed):
    """Annotation ``Annotated[str, Ref("twintern")]``: the slug of a record of the kind ``kind``; the value stays the
    slug.
    """

    kind: str = ""

    def __init__(self, kind: str) -> None:
        object.__setattr__(self, "name", "ref")
        object.__setattr__(self, "kind", kind)


@dataclass(frozen=True, slots=True)
class FileMark(Typed):
    """Annotation of ``FileName``: the file is published with the record."""

    name: str = "file"


@dataclass(frozen=True, slots=True)
class TableMark(Typed):
    """Annotation of ``TableName``: the record shows this data table."""

    name: str = "table"


Text = Annotated[str, Typed("text")]
Date = Annotated[date, Typed("date")]
Instant = Annotated[datetime, Typed("instant")]
Whole = Annotated[int, Typed("whole")]
Amount = Annotated[Decimal, Typed("amount")]
Flag = Annotated[bool, Typed("flag")]
Url = Annotated[str, Typed("url")]
Target = Annotated[str, Typed("target")]
Email = Annotated[str, Typed("email")]
Handle = Annotated[str, Typed("handle")]
Hashtag = Annotated[str, Typed("hashtag")]
Slug = Annotated[str, Typed("slug")]
Zone = Annotated[str, Typed("zone")]
Language = Annotated[str, Typed("language")]
Currency = Annotated[str, Typed("currency")]
Colour = Annotated[str, Typed("colour")]
FileName = Annotated[str, FileMark()]
TableName = Annotated[str, TableMark()]
