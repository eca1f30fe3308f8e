"""The guide says all: its generated pages are as the code is, and nothing a person can write or see is undocumented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from tests.support.command import run_command
from tests.support.site import write_site
from twinsite.cli import COMMANDS, cli
from twinsite.config import Settings
from twinsite.core.record import Record
from twinsite.core.rules import RULES
from twinsite.core.values import TYPES
from twinsite.kinds import KINDS
from twinsite.reference import make_pages
from twinsite.reference.components import read_components
from twinsite.reference.fields import own_models

GUIDE = Path(__file__).parents[1] / "content" / "pages" / "guide"
PAGES = make_pages()


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_as_the_code_says(name):
    written = (GUIDE / name).read_text(encoding="utf-8") if (GUIDE / name).is_file() else ""
    assert written == PAGES[name], "Run: make reference"


def rows_of(page: str) -> dict[str, str]:
    """The rows of all tables of a page by the word in their first cell."""
    return {found[1]: found[0] for found in re.finditer(r"^\| `([^`]+)`.*$", PAGES[page], re.M)}


def models_within(model: type[BaseModel]) -> Iterator[tuple[str, str | None]]:
    """Every field of a model and of the models inside it, with its description."""
    waiting, seen = [model], {model}
    while waiting:
        for name, info in (current := waiting.pop()).model_fields.items():
            yield f"{current.__name__}.{name}", info.description
            inner = [other for other in own_models(info.annotation) if other not in seen]
            seen.update(inner)
            waiting.extend(inner)


@pytest.mark.parametrize("model", [*(kind.model for kind in KINDS), Settings], ids=lambda model: model.__name__)
def test_every_field_has_a_description(model):
    assert [name for name, about in models_within(model) if not about or len(about) < 8] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_stands_on_its_page(kind):
    rows = rows_of(f"fields-{kind.name}.md").keys() | rows_of("fields.md").keys()
    fields = {name.partition(".")[2] for name, _ in models_within(kind.model)}
    assert fields - rows == set()


def test_every_setting_stands_on_the_page_of_settings():
    assert {name.partition(".")[2] for name, _ in models_within(Settings)} - rows_of("settings.md").keys() == set()


def test_every_field_of_all_kinds_stands_on_the_common_page():
    assert Record.model_fields.keys() - rows_of("fields.md").keys() == set()


def test_every_command_and_option_is_documented_with_words():
    page = PAGES["commands.md"]
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name, _ in COMMANDS}
    groups = [(name, command) for name, command in commands.items() if isinstance(command, click.Group)]
    commands |= {f"{name} {own}": one for name, group in groups for own, one in group.commands.items()}
    for name, command in commands.items():
        section = re.search(rf"^####? {name}\n(.*?)(?=^##|\Z)", page, re.M | re.S)
        assert command
        assert section
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.opts}"
                assert all(re.search(rf"`{flag}[ `]", section[1]) for flag in option.opts), f"{name} {option.opts}"


def test_every_component_and_parameter_is_documented_with_words():
    page = PAGES["components-reference.md"]
    for name, component in read_components().items():
        assert f"\n## {name}\n" in page
        assert len(component.about) > 8, name
        assert component.example, name
        assert [parameter.name for parameter in component.parameters if len(parameter.about) < 4] == [], name


def test_every_rule_has_a_place_to_link_to():
    assert set(re.findall(r"^### ([a-z0-9-]+)$", PAGES["rules.md"], re.M)) == set(RULES)


def test_the_chapter_on_values_names_every_type():
    text = (GUIDE / "values-and-dates.md").read_text(encoding="utf-8")
    assert [name for name in TYPES if f"`{name}`" not in text] == []


def test_the_generated_pages_build_without_a_problem(tmp_path):
    """With a stand-in for the chapters that people write, which they link to."""
    files = {f"content/pages/guide/{name}": text for name, text in PAGES.items()}
    for chapter in ("values-and-dates", "when-something-goes-wrong"):
        files[f"content/pages/guide/{chapter}.md"] = f"---\ntitle: {chapter}\n---\nText.\n"
    site = write_site(tmp_path, files)
    outcome = run_command("build", "--site", site.folder, "--output", site.output, "--now", "2026-06-01", "--strict")
    assert (outcome.code, outcome.err) == (0, "")
    page = site.text("guide/rules/")
    assert 'id="unknown-field"' in page
    assert "--force" in page  # not turned into a dash


def test_the_writer_needs_one_folder(tmp_path, capsys):
    from twinsite.reference.__main__ import main

    assert main([]) == 2
    assert main([str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES)
    assert "as the code says" in capsys.readouterr().out
