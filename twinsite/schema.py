"""JSON Schemas of the front matter, of ``site.yaml``, the playbook and what the law asks, made from the models, for
editors that complete and check while typing.

Valid against draft 2020-12. They are kinder than Twinsite itself: an editor's YAML reads ``01234`` as a number and
``no`` as a truth value, so a text field allows both, and a field left empty is allowed wherever the field itself may
be absent.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from twinsite.config import Settings
from twinsite.core.law import Platform, Profile
from twinsite.core.playbook import Playbook
from twinsite.kinds import INTERNAL, KINDS
from twinsite.kinds.kind import Kind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def record_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of a kind's front matter."""
    return _make_schema(kind.model, kind.label, kind.about)


def settings_schema() -> dict[str, Any]:
    """The JSON Schema of ``site.yaml``. A missing title is made of the brand's name, so it is not required."""
    schema = _make_schema(Settings, "site.yaml", "The settings of a Twinsite site.")
    return {**schema, "required": [name for name in schema["required"] if name != "title"]}


def make_schemas() -> dict[str, dict[str, Any]]:
    """All schemas by name: each kind's, ``site``, ``playbook``, and those of the files of ``jurisdiction`` and
    ``platform``.
    """
    law = {
        "jurisdiction": _make_schema(Profile, "Jurisdiction", "What one jurisdiction asks of contests."),
        "platform": _make_schema(Platform, "Platform", "A network on which people enter contests."),
    }
    playbook = _make_schema(Playbook, "playbook.yaml", "What was decided before the worst day; never published.")
    files = {"site": settings_schema(), "playbook": playbook, **law}
    return {kind.name: record_schema(kind) for kind in (*KINDS, *INTERNAL)} | files


def _make_schema(model: type[BaseModel], title: str, about: str) -> dict[str, Any]:
    schema: dict[str, Any] = _tidy(model.model_json_schema(ref_template="#/$defs/{model}"))
    return {"$schema": DIALECT, **schema, "title": title, "description": about}


def _tidy(node: Any) -> Any:
    """A schema without the titles that pydantic makes of field names, and with ``null`` for every field that may be
    absent.
    """
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy = {key: _tidy(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}
    if isinstance(tidy.get("properties"), dict):
        required = tidy.get("required", [])
        tidy["properties"] = {
            name: field if name in required else _allow_null(field) for name, field in tidy["properties"].items()
        }
    return tidy


def _allow_null(field: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {
        key: field[key] for key in ("description", "default") if key in field and field[key] is not None
    }
    rest = {key: value for key, value in field.items() if key not in ("description", "default")}
    branches = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    return {**about, "anyOf": [*(branch for branch in branches if branch != {"type": "null"}), {"type": "null"}]}
