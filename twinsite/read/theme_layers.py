"""The layers of a theme: its own folder and those of the themes that it extends, and the templates in them. Looked up
in the site's ``themes/``, then in the installed package. No kind of record is known here, so that whoever only renders
need not import one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from twinsite.core.digest import digest_bytes
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.core.theme import Template
from twinsite.installed import find_package_themes
from twinsite.read.front import parse_yaml
from twinsite.read.shapes import Shapes
from twinsite.read.theme_files import ThemeFile, list_files, read_file, read_text

THEME_KEYS = ("name", "extends", "about", "licence", "stylesheets", "scripts", "settings")
TEMPLATE_ENDINGS = (".html", ".xml", ".txt", ".json", ".webmanifest", ".ics")
MOST_PARENTS = 10


class Layer(Struct, frozen=True):
    """One theme folder of the chain: ``shown`` is how problems and messages name it; ``values`` are those of its
    ``theme.yaml`` as written, the others what they say. ``files`` are the files of each part of it.
    """

    name: str
    folder: Path
    shown: str
    values: Mapping[str, Any]
    extends: str | None
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    settings: Mapping[str, str]
    files: Mapping[str, tuple[ThemeFile, ...]]


PARTS = ("templates", "components", "strings", "assets")
"""The folders of a theme."""


def read_chain(site: Path, name: str) -> tuple[list[Layer], list[Problem]]:
    """The theme and its parents, child first; reading stops at the first theme that does not exist."""
    layers: list[Layer] = []
    problems: list[Problem] = []
    wanted: str | None = name
    asked_in = "site.yaml"
    while wanted:
        found = _find_themes(site, wanted)
        if not found:
            return [], [*problems, _no_theme(site, wanted, asked_in)]
        folder = next((folder for folder in found if all(layer.folder != folder for layer in layers)), None)
        if folder is None or len(layers) > MOST_PARENTS:
            return [], [*problems, _endless_theme(wanted, asked_in)]
        taken = any(layer.name == wanted for layer in layers)
        layer, wrong = _read_layer(f"packaged-{wanted}" if taken else wanted, folder, _show(site, folder))
        problems += wrong
        layers.append(layer)
        wanted, asked_in = layer.extends, f"{layer.shown}/theme.yaml"
        if wrong and wanted is None:
            return [], problems
    return layers, problems


def _find_themes(site: Path, name: str) -> list[Path]:
    """The folders of a theme: the site's own first, which may extend the packaged one of the same name."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", name):
        return []
    folders = [parent / name for parent in (site / "themes", find_package_themes())]
    # What may not be looked at counts as there, so that its owner hears why it cannot be read.
    return [
        folder.resolve() for folder in folders if os.path.lexists(folder / "theme.yaml") or not _may_be_read(folder)
    ]


def _may_be_read(folder: Path) -> bool:
    try:
        os.stat(folder / "theme.yaml")
    except PermissionError:
        return False
    except OSError:
        return True
    return True


def _show(site: Path, folder: Path) -> str:
    root = site.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"themes/{folder.name}"


def _read_layer(name: str, folder: Path, shown: str) -> tuple[Layer, list[Problem]]:
    """One theme: what its ``theme.yaml`` says, and which files it has."""
    path = f"{shown}/theme.yaml"
    data = read_file(ThemeFile("theme.yaml", folder / "theme.yaml", path))
    values, problems = (None, [data]) if isinstance(data, Problem) else parse_yaml(data, path)
    shapes = Shapes(path)
    own = shapes.fields(values, (), "extends: default")
    problems = [*problems, *(_unknown_setting(path, key) for key in own if key not in THEME_KEYS)]
    for key in ("name", "about", "licence"):
        shapes.text(own.get(key), (key,))
    found = {part: list_files(folder, part, shown) for part in PARTS}
    layer = Layer(
        name=name,
        folder=folder,
        shown=shown,
        values=own,
        extends=shapes.text(own.get("extends"), ("extends",)),
        stylesheets=shapes.texts(own.get("stylesheets"), ("stylesheets",)),
        scripts=shapes.texts(own.get("scripts"), ("scripts",)),
        settings=shapes.named_texts(own.get("settings"), ("settings",), "tone: calm"),
        files={part: tuple(listed) for part, (listed, _) in found.items()},
    )
    return layer, [*problems, *shapes.problems, *(problem for _, wrong in found.values() for problem in wrong)]


def _unknown_setting(path: str, key: str) -> Problem:
    near = nearest_name(key, THEME_KEYS)
    text = f'There is no setting "{key}" in a theme.' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-field", path, text, f"Known settings: {', '.join(THEME_KEYS)}.", field=(key,), at_key=True)


def _no_theme(site: Path, name: str, asked_in: str) -> Problem:
    known = sorted(
        {
            folder.parent.name
            for parent in (site / "themes", find_package_themes())
            for folder in parent.glob("*/theme.yaml")
        }
    )
    near = nearest_name(name, known)
    text = f'There is no theme "{name[:100]}".' + (f' Did you mean "{near}"?' if near else "")
    field = ("theme",) if asked_in == "site.yaml" else ("extends",)
    return Problem("unknown-theme", asked_in, text, f"Themes found: {', '.join(known)}.", field=field)


def _endless_theme(name: str, asked_in: str) -> Problem:
    return Problem(
        "endless-theme",
        asked_in,
        f'The theme "{name}" extends itself, directly or through another.',
        "Let the last theme of the chain extend nothing, or extend: default.",
        field=("theme",) if asked_in == "site.yaml" else ("extends",),
    )


def read_templates(layers: list[Layer]) -> tuple[dict[str, Template], list[Problem]]:
    """Templates by name; each layer's own version also as ``<theme>:<name>``, and the next one above as ``parent:``
    of it.
    """
    found: dict[str, Template] = {}
    problems: list[Problem] = []
    for layer in reversed(layers):
        for part, prefix in (("templates", ""), ("components", "components/")):
            for file in layer.files[part]:
                if not file.name.endswith(TEMPLATE_ENDINGS):
                    continue
                text = read_text(file)
                problems += text if isinstance(text, list) else []
                text = "" if isinstance(text, list) else text
                name = prefix + file.name
                template = Template(name, file.shown, text, digest_bytes(text.encode()))
                found[name] = found[f"{layer.name}:{name}"] = template
    return found, problems
