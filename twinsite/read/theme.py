"""A theme and all it extends, read into one value. Looked up in the site's ``themes/``, then in the installed
package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from twinsite.core.digest import digest_bytes
from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.theme import Asset, Component, Template, Theme
from twinsite.read.component import read_component
from twinsite.read.front import parse_yaml, place_problems

THEME_KEYS = ("name", "extends", "about", "licence", "stylesheets", "scripts", "settings")
MOST_PARENTS = 10


@dataclass(frozen=True, slots=True)
class Layer:
    """One theme folder of the chain: ``shown`` is how problems and messages name it."""

    name: str
    folder: Path
    shown: str
    values: dict[str, Any]


def find_package_themes() -> Path:
    """The folder of the themes that come with Twinsite: in the wheel, else beside the package in a checkout."""
    packaged = Path(str(files("twinsite"))) / "_themes"
    checkout = Path(str(files("twinsite"))).parent / "themes"
    return checkout if (checkout / "default" / "theme.yaml").is_file() else packaged


def read_theme(site: Path, name: str, *, hashed: bool, prelude: str = "") -> tuple[Theme | None, list[Problem]]:
    """The theme ``name`` with everything it extends.

    ``hashed``: published names of assets carry their digest (a preview leaves it out). ``prelude`` is put before the
    theme's style sheet: the brand's colours as custom properties.
    """
    layers, problems = _read_chain(site, name)
    if not layers:
        return None, _place(site, problems)
    components, component_problems = _read_components(layers)
    strings, string_problems = _read_strings(layers)
    assets, sheets, scripts, asset_problems = _build_assets(layers, hashed, prelude)
    problems = [*problems, *component_problems, *string_problems, *asset_problems]
    theme = Theme(
        name=name,
        chain=tuple(layer.name for layer in layers),
        templates=_read_templates(layers),
        components=components,
        strings=strings,
        assets=assets,
        stylesheets=sheets,
        scripts=scripts,
        settings=_merge_settings(layers),
    )
    return theme, _place(site, problems)


def _place(site: Path, problems: list[Problem]) -> list[Problem]:
    """The problems of the site's own ``theme.yaml`` files with their lines."""
    paths = {problem.path for problem in problems if problem.path.endswith("/theme.yaml")}
    texts = {path: (site / path).read_text("utf-8-sig", "replace") for path in paths if (site / path).is_file()}
    return place_problems(problems, texts)


def _read_chain(site: Path, name: str) -> tuple[list[Layer], list[Problem]]:
    """The theme and its parents, child first; reading stops at the first problem."""
    layers: list[Layer] = []
    wanted: str | None = name
    asked_in = "site.yaml"
    while wanted:
        folder = _find_theme(site, wanted)
        if folder is None:
            return [], [_no_theme(site, wanted, asked_in)]
        if any(layer.folder == folder for layer in layers) or len(layers) > MOST_PARENTS:
            return [], [_endless_theme(wanted, asked_in)]
        shown = _show(site, folder)
        values, problems = _read_settings(folder, shown)
        if problems:
            return [], problems
        layers.append(Layer(wanted, folder, shown, values))
        wanted, asked_in = values.get("extends"), f"{shown}/theme.yaml"
        if wanted is not None and not isinstance(wanted, str):
            return [], [_not_a_theme(asked_in)]
    return layers, []


def _find_theme(site: Path, name: str) -> Path | None:
    """A theme's folder. A site's theme may extend the packaged theme of the same name, never itself."""
    for parent in (site / "themes", find_package_themes()):
        if re.fullmatch(r"[A-Za-z0-9_-]+", name) and (parent / name / "theme.yaml").is_file():
            return (parent / name).resolve()
    return None


def _show(site: Path, folder: Path) -> str:
    root = site.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else f"themes/{folder.name}"


def _read_settings(folder: Path, shown: str) -> tuple[dict[str, Any], list[Problem]]:
    path = f"{shown}/theme.yaml"
    values, problems = parse_yaml((folder / "theme.yaml").read_bytes(), path)
    values = values if isinstance(values, dict) else {}
    for key in values:
        if key not in THEME_KEYS:
            near = nearest_name(key, THEME_KEYS)
            text = f'There is no setting "{key}" in a theme.' + (f' Did you mean "{near}"?' if near else "")
            hint = f"Known settings: {', '.join(THEME_KEYS)}."
            problems.append(Problem("unknown-field", path, text, hint, field=(key,), at_key=True))
    return values, problems


def _no_theme(site: Path, name: str, asked_in: str) -> Problem:
    known = sorted(
        {
            folder.parent.name
            for parent in (site / "themes", find_package_themes())
            for folder in parent.glob("*/theme.yaml")
        }
    )
    near = nearest_name(name, known)
    text = f'There is no theme "{name}".' + (f' Did you mean "{near}"?' if near else "")
    field = ("theme",) if asked_in == "site.yaml" else ("extends",)
    return Problem("unknown-theme", asked_in, text, f"Themes found: {', '.join(known)}.", field=field)


def _not_a_theme(asked_in: str) -> Problem:
    text = "A theme extends one other, named by a single word."
    return Problem("unknown-theme", asked_in, text, "Write extends: default, without brackets.", field=("extends",))


def _endless_theme(name: str, asked_in: str) -> Problem:
    return Problem(
        "endless-theme",
        asked_in,
        f'The theme "{name}" extends itself, directly or through another.',
        "Let the last theme of the chain extend nothing, or extend: default.",
        field=("theme",) if asked_in == "site.yaml" else ("extends",),
    )


def _read_templates(layers: list[Layer]) -> dict[str, Template]:
    """Templates by name; each layer's own version also as ``<theme>:<name>``, and the next one above as ``parent:``
    of it.
    """
    found: dict[str, Template] = {}
    for layer in reversed(layers):
        for folder in ("templates", "components"):
            prefix = "" if folder == "templates" else "components/"
            for path in sorted((layer.folder / folder).rglob("*")):
                if path.suffix not in (".html", ".xml", ".txt", ".json", ".webmanifest") or not path.is_file():
                    continue
                name = prefix + path.relative_to(layer.folder / folder).as_posix()
                shown = f"{layer.shown}/{folder}/{path.relative_to(layer.folder / folder).as_posix()}"
                text = path.read_text(encoding="utf-8", errors="replace")
                template = Template(name, shown, text, digest_bytes(text.encode()))
                found[name] = found[f"{layer.name}:{name}"] = template
    return found


def _read_components(layers: list[Layer]) -> tuple[dict[str, Component], list[Problem]]:
    found: dict[str, Component] = {}
    problems: list[Problem] = []
    for layer in reversed(layers):
        for path in sorted((layer.folder / "components").glob("*.yaml")):
            shown = f"{layer.shown}/components/{path.name}"
            component, wrong = read_component(path.stem, path.read_bytes(), shown)
            problems.extend(wrong)
            if component:
                found[component.name] = component
    return found, problems


def _read_strings(layers: list[Layer]) -> tuple[dict[str, str], list[Problem]]:
    """The theme's own words, all languages under ``<language>.<key>``; a site's theme overrides single ones."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for layer in reversed(layers):
        for path in sorted((layer.folder / "strings").glob("*.yaml")):
            values, wrong = parse_yaml(path.read_bytes(), f"{layer.shown}/strings/{path.name}")
            problems.extend(wrong)
            for key, text in values.items() if isinstance(values, dict) else ():
                found[f"{path.stem}.{key}"] = str(text or "")
    return found, problems


def _merge_settings(layers: list[Layer]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for layer in reversed(layers):
        own = layer.values.get("settings")
        merged.update({key: str(value) for key, value in own.items()} if isinstance(own, dict) else {})
    return merged


def _build_assets(
    layers: list[Layer], hashed: bool, prelude: str
) -> tuple[tuple[Asset, ...], tuple[str, ...], tuple[str, ...], list[Problem]]:
    """Every file of ``assets/`` under its published name; style sheets come last, their ``url()`` rewritten."""
    raw: dict[str, tuple[bytes, str]] = {}
    for layer in reversed(layers):
        for path in sorted((layer.folder / "assets").rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                raw[path.relative_to(layer.folder / "assets").as_posix()] = (path.read_bytes(), layer.shown)
    sheets = _listed(layers, "stylesheets")
    scripts = _listed(layers, "scripts")
    problems = list(_find_missing(layers, raw))
    names: dict[str, str] = {}
    assets: list[Asset] = []
    for name in sorted(raw, key=lambda name: (name.endswith(".css"), name)):
        data, shown = raw[name]
        if name.endswith(".css"):
            text = (prelude if sheets and name == sheets[0] else "") + data.decode("utf-8", "replace")
            text, wrong = _rewrite_urls(text, name, names, f"{shown}/assets/{name}")
            data = text.encode()
            problems.extend(wrong)
        names[name] = _published_name(name, data, hashed)
        assets.append(Asset(name, names[name], data))
    shown_sheets = tuple(f"/{names[name]}" for name in sheets if name in names)
    shown_scripts = tuple(f"/{names[name]}" for name in scripts if name in names)
    return tuple(assets), shown_sheets, shown_scripts, problems


def _listed(layers: list[Layer], key: str) -> list[str]:
    """The names of a list in ``theme.yaml``, the parents' first, each once."""
    names: list[str] = []
    for layer in reversed(layers):
        own = layer.values.get(key) or []
        names.extend(str(name) for name in (own if isinstance(own, list) else [own]) if name not in names)
    return names


def _find_missing(layers: list[Layer], raw: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each style sheet and script that a ``theme.yaml`` lists and no theme of the chain has."""
    for layer in layers:
        for key in ("stylesheets", "scripts"):
            own = layer.values.get(key) or []
            for index, name in enumerate(own if isinstance(own, list) else [own]):
                if str(name) not in raw:
                    field = (key, index) if isinstance(own, list) else (key,)
                    yield _no_asset(layer, str(name), raw, field)


def _no_asset(layer: Layer, name: str, raw: Mapping[str, object], field: FieldPath) -> Problem:
    near = nearest_name(name, raw)
    text = f'There is no file "{name}" in the theme\'s assets/.' + (f' Did you mean "{near}"?' if near else "")
    hint = "Correct the name or add the file."
    return Problem("missing-asset", f"{layer.shown}/theme.yaml", text, hint, field=field)


def _published_name(name: str, data: bytes, hashed: bool) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}.{digest_bytes(data)[:10]}.{ending}" if hashed and dot else f"assets/{name}"


_URL = re.compile(r"url\(\s*([\"']?)(?!data:|#)([^\"')]+)\1\s*\)")


def _rewrite_urls(text: str, sheet: str, names: Mapping[str, str], shown: str) -> tuple[str, list[Problem]]:
    """A style sheet with each ``url()`` pointing at the published name of that file."""
    problems: list[Problem] = []
    up = "../" * sheet.count("/")

    def rewrite(match: re.Match[str]) -> str:
        folder = sheet.rpartition("/")[0]
        target = f"{folder}/{match[2]}" if folder else match[2]
        if target in names:
            return f'url("{up}{names[target].removeprefix("assets/")}")'
        line = text.count("\n", 0, match.start()) + 1
        problems.append(
            Problem(
                "missing-asset",
                shown,
                f'The style sheet asks for "{match[2]}", which is not in the theme\'s assets/.',
                "Add the file; pictures and fonts must come from this site itself.",
                line=line,
                column=1,
            )
        )
        return match[0]

    return _URL.sub(rewrite, text), problems
