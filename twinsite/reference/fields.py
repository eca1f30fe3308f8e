"""The pages of fields: those of all kinds, those of each kind, and the settings; from the models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from twinsite.config import Settings
from twinsite.core.playbook import Playbook
from twinsite.core.record import Record
from twinsite.core.values import Ref, Typed
from twinsite.kinds import INTERNAL, KINDS
from twinsite.kinds.kind import Kind
from twinsite.kinds.scaffold import fill_scaffold
from twinsite.reference.text import code, plain, sentence, write_code, write_page, write_table

TYPES_ABOUT = "How each type of value is written stands in [Values and dates](values-and-dates.md)."
Path = tuple[str, ...]

COMMON = """\
These fields are the same for every kind. None of them is required, except that most kinds need a `title`. Each kind \
has fields of its own besides; they are on the pages named below.

A field that is left out, or left empty, is absent. A field that no kind knows is an error, with the nearest right \
name in the message."""
SETTINGS = """\
The file `site.yaml` in the folder of your site holds its settings. Only `base_url` and `timezone` are required; \
without a `title` the site is called after its brand or its address. A key that is not on this page is an error, \
with the nearest right name in the message."""

PLAYBOOK = """\
The file `playbook.yaml` lies beside `site.yaml`, outside `content/`, and is never published. What it is for, and a \
whole one to copy, stand in [When something goes wrong](when-something-goes-wrong.md)."""


def write_common_fields() -> str:
    """The page of the fields of all kinds, with links to the pages of each."""
    rows = [[f"[{kind.label}](fields-{kind.name}.md)", code(f"content/{kind.folder}/"), kind.about] for kind in KINDS]
    parts = [COMMON, "## Kinds", write_table(("Kind", "Folder", "What it is"), rows)]
    parts += ["## Fields", TYPES_ABOUT, *_write_model(Record, ())]
    for kind in INTERNAL:
        own = _own_fields(kind)
        parts += [f"## {kind.label}", f"{plain(kind.about)} It may have the fields above."]
        parts += [write_fields(kind.model, own, (kind.name,))] if own else []
    return write_page("Fields of all kinds", "The fields that every record may have, and all kinds.", 50, parts)


def write_kind(kind: Kind) -> str:
    """The page of a kind's own fields, with a file to begin with."""
    where = f"A {kind.label.lower()} is a file in `content/{kind.folder}/`, or a folder there with a file `index.md`."
    if kind.name in ("announcement",):
        where = where.replace("A a", "An a", 1)
    states = f"Its states are: {', '.join(map(code, kind.states))}." if kind.states else ""
    intro = f"{kind.about} {where} {states}".strip()
    common = f"Besides these, a file may have the [fields of all kinds](fields.md). {TYPES_ABOUT}"
    example = fill_scaffold(kind, f"My {kind.label.lower()}", f"my-{kind.name}", date(2026, 6, 1), "Europe/London")
    command = code(f'twinsite new {kind.name} "My {kind.label.lower()}"')
    begin = f"This is what {command} writes. Lines that begin with `#` are notes."
    parts = [intro, "## Fields", common, *_write_model(kind.model, (), _own_fields(kind))]
    parts += ["## A file to begin with", begin, write_code(example, "yaml")]
    weight = 51 + [other.name for other in KINDS].index(kind.name)
    return write_page(f"Fields of a {kind.label.lower()}".replace(" a a", " an a"), kind.about, weight, parts)


def write_settings() -> str:
    """The page of all settings."""
    summary = "Every key of site.yaml: what it takes, what it means, what is taken when it is left out."
    return write_page("Settings", summary, 70, [SETTINGS, "## Keys", TYPES_ABOUT, *_write_model(Settings, ())])


def write_playbook() -> str:
    """The page of all fields of the playbook."""
    summary = "Every field of playbook.yaml: what was decided before the worst day. It is never published."
    return write_page("Fields of the playbook", summary, 72, [PLAYBOOK, "## Fields", *_write_model(Playbook, ())])


def _own_fields(kind: Kind) -> dict[str, FieldInfo]:
    """The fields that a kind adds to those of all kinds, or describes in its own words."""
    common = Record.model_fields
    return {
        name: info
        for name, info in kind.model.model_fields.items()
        if name not in common
        or info.description != common[name].description
        or info.annotation != common[name].annotation
    }


def _write_model(model: type[BaseModel], path: Path, fields: Mapping[str, FieldInfo] | None = None) -> Iterator[str]:
    """The table of a model's fields, and below it the tables of the models inside, each under its own heading."""
    own = dict(model.model_fields) if fields is None else dict(fields)
    yield write_fields(model, own, path)
    for name, info in own.items():
        for inner in own_models(info.annotation):
            if inner is model:
                continue  # an item that may hold items of its own sort is explained once
            inside = (name, *path)
            yield f"### {' in '.join(inside)}"
            yield sentence((inner.__doc__ or "").split("\n\n")[0].replace("``", "`").replace("\n    ", " "))
            yield from _write_model(inner, inside)


def write_fields(model: type[BaseModel], fields: Mapping[str, FieldInfo], path: Path) -> str:
    """A table of fields: name, what it takes, what it means."""
    rows = [
        [code(name), _describe_value(model, name, info, path), _describe_meaning(info)] for name, info in fields.items()
    ]
    return write_table(("Field", "Takes", "Meaning"), rows)


def _describe_meaning(info: FieldInfo) -> str:
    hidden = isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("public") is False
    return sentence(_mark_examples(info.description or "")) + (" Not shown as it is." if hidden else "")


def _mark_examples(text: str) -> str:
    """A description with its example as code, so that nothing in it is taken for markup."""
    text = re.sub(r"(?<=such as: )((?:(?! or |;|`).)+?)(?=\.?$)", lambda found: code(found[1]), text)
    return re.sub(r"'#\w+'", lambda found: code(found[0]), text)


def _describe_value(model: type[BaseModel], name: str, info: FieldInfo, path: Path) -> str:
    takes = describe_type(info.annotation, info.metadata, (name, *path), model)
    if info.is_required() and not (model is Settings and name == "title"):
        return f"{takes}; **required**"
    default = info.default
    if isinstance(default, bool):
        return f"{takes}; {code('yes' if default else 'no')} if left out"
    if isinstance(default, str | int):
        return f"{takes}; {code(str(default))} if left out"
    if isinstance(default, tuple) and default:
        return f"{takes}; {code('[' + ', '.join(map(str, default)) + ']')} if left out"
    return takes


def describe_type(annotation: Any, metadata: Any = (), path: Path = (), owner: Any = None) -> str:
    """What a field takes, in words: its type of value, a list of them, one of some words, or further fields."""
    mark = next((mark for mark in metadata if isinstance(mark, Typed)), None)
    if isinstance(mark, Ref):
        return f"the name of {'an' if mark.kind[0] in 'aeiou' else 'a'} [{mark.kind}](fields-{mark.kind}.md)"
    if mark is not None:
        return _TYPE_WORDS.get(mark.name, mark.name)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return describe_type(parts[0], parts[1:], path, owner)
    if origin in (Union, UnionType):
        return " or ".join(describe_type(part, (), path, owner) for part in parts if part is not NoneType)
    if origin is Literal:
        return f"one of {', '.join(code(str(word)) for word in parts)}"
    if origin in (tuple, list):
        return _describe_list(parts[0], path, owner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return (
            f"names, each with {describe_type(parts[1], (), path, owner)}" if len(parts) == 2 else "names with values"
        )
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "such fields again" if annotation is owner else f"fields, [below](#{_anchor(path)})"
    return "any value"


def _describe_list(item: Any, path: Path, owner: Any) -> str:
    if own_models(item):
        if own_models(item)[0] is owner:
            return "a list of such items"
        return f"a list of items with fields, [below](#{_anchor(path)})"
    return f"a list, each item {describe_type(item, (), path, owner)}"


_TYPE_WORDS: Mapping[str, str] = {
    "text": "text",
    "date": "a day",
    "instant": "a moment",
    "whole": "a whole number",
    "amount": "an amount",
    "flag": "yes or no",
    "url": "a web address",
    "target": "a link",
    "email": "an e-mail address",
    "handle": "a handle",
    "hashtag": "a hashtag",
    "slug": "a slug",
    "zone": "a time zone",
    "language": "a language",
    "currency": "a currency",
    "colour": "a colour",
    "file": "a file beside this one",
    "table": "the name of a data table",
}


def _anchor(path: Path) -> str:
    """The id of the heading under which the fields at a path stand."""
    return "-in-".join(path)


def own_models(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models within an annotation, those of a list's items included."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    found = [model for part in get_args(annotation) if part is not NoneType for model in own_models(part)]
    return tuple(dict.fromkeys(found))
