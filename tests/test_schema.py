"""The JSON Schemas are valid, and no stricter than Twinsite itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from jsonschema import Draft202012Validator

from twinsite.read.front import split_front
from twinsite.schema import make_schemas

SCHEMAS = make_schemas()
SAMPLES = sorted((Path(__file__).parent / "samples").rglob("good*.md"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_and_plain_json(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert json.loads(json.dumps(SCHEMAS[name])) == SCHEMAS[name]
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: numbers and truth values are guessed, dates stay text."""

    yaml_implicit_resolvers: ClassVar = {
        letter: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def errors_of(name, text):
    values = yaml.load(text, Loader=EditorLoader)
    return [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(values)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "page",
            "title: 01234\nsummary: no\ntags: [1.10, yes]\nweight: 3\ndraft: true\nimage:\nseo: {noindex: 'no'}\n",
        ),
        ("page", "title: A\nimage: {src: a.jpg, alt: 12}\ndata:\n"),
        ("site", "base_url: https://example.org/\ntimezone: Europe/London\ntaxonomies: {tags: {terms: [a]}}\n"),
        ("site", "title: 7\nbase_url: https://example.org/\ntimezone: UTC\nmenu: [{label: A, to: /a/}]\n"),
    ],
)
def test_what_twinsite_takes_an_editor_takes(name, text):
    assert errors_of(name, text) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_good_samples_fit_their_schema(path):
    kind = next(part for part in path.parts[::-1] if part in SCHEMAS)
    front, _ = split_front(path.read_bytes(), path.name)
    assert errors_of(kind, front.text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page", "summary: no title\n"),
        ("page", "title: A\nfoo: b\n"),
        ("page", "title: A\nweight: heavy\n"),
        ("contest", "title: A\nkind_of: lottery\n"),
        ("site", "base_url: https://example.org/\n"),
    ],
)
def test_what_is_wrong_an_editor_marks(name, text):
    assert errors_of(name, text) != []


def test_every_field_is_described():
    """By itself, or by the part it refers to, where both would say the same."""
    for name, schema in SCHEMAS.items():
        for part in (schema, *schema.get("$defs", {}).values()):
            fields = part.get("properties", {}).items()
            assert [key for key, field in fields if "description" not in field and "$ref" not in str(field)] == [], name


LAW = Path(__file__).parents[1] / "twinsite" / "law"


@pytest.mark.parametrize("path", sorted(LAW.glob("*s/*.yaml")), ids=lambda path: path.name)
def test_what_comes_with_twinsite_fits_its_schema(path):
    name = {"jurisdictions": "jurisdiction", "platforms": "platform"}[path.parent.name]
    assert errors_of(name, path.read_text(encoding="utf-8")) == []
    assert errors_of(name, "name: A\nchecked: soon\n") != []
