"""A theme and all it extends, read into one value. Looked up in the site's ``themes/``, then in the installed
package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from twinsite.core.names import nearest_name
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.theme import Component, Template, Theme
from twinsite.read.component import read_component
from twinsite.read.front import parse_yaml, place_problems
from twinsite.read.shapes import Shapes
from twinsite.read.theme_assets import AssetBuilder
from twinsite.read.theme_files import ThemeFile, read_file, read_text
from twinsite.read.theme_layers import Layer, read_chain, read_templates


def read_theme(site: Path, name: str, *, hashed: bool, prelude: str = "") -> tuple[Theme | None, list[Problem]]:
    """The theme ``name`` with everything it extends.

    ``hashed``: published names of assets carry their digest (a preview leaves it out). ``prelude`` is put before the
    theme's style sheet: the brand's colours as custom properties.
    """
    layers, problems = read_chain(site, name)
    if not layers:
        return None, _place(site, problems)
    templates, template_problems = read_templates(layers)
    components, wrong, component_problems = _read_components(layers, templates)
    strings, string_problems = _read_strings(layers)
    sheets = _listed(layer.stylesheets for layer in reversed(layers))
    scripts = _listed(layer.scripts for layer in reversed(layers))
    raw = {file.name: file for layer in reversed(layers) for file in layer.files["assets"]}
    builder = AssetBuilder(raw, hashed, sheets, prelude)
    builder.build_all()
    theme = Theme(
        name=name,
        chain=tuple(layer.name for layer in layers),
        templates=templates,
        components=components,
        strings=strings,
        assets=tuple(builder.assets[key] for key in sorted(builder.assets)),
        stylesheets=tuple(f"/{builder.assets[sheet].path}" for sheet in sheets if sheet in raw),
        scripts=tuple(f"/{builder.assets[script].path}" for script in scripts if script in raw),
        settings={key: text for layer in reversed(layers) for key, text in layer.settings.items()},
        wrong=wrong,
    )
    missing = list(_find_missing(layers, raw))
    found = [*template_problems, *component_problems, *string_problems, *missing, *builder.problems]
    return theme, _place(site, [*problems, *found])


def _place(site: Path, problems: list[Problem]) -> list[Problem]:
    """The problems of the site's own files with their lines."""
    paths = {problem.path for problem in problems if problem.field is not None and problem.path.startswith("themes/")}
    read = {path: read_text(ThemeFile(path, site / path, path)) for path in sorted(paths)}
    return place_problems(problems, {path: text for path, text in read.items() if isinstance(text, str)})


def _read_components(
    layers: list[Layer], templates: Mapping[str, Template]
) -> tuple[dict[str, Component], frozenset[str], list[Problem]]:
    """Components by name, the names of those that cannot be used, and why."""
    found: dict[str, Component] = {}
    wrong: set[str] = set()
    problems: list[Problem] = []
    for file in (file for layer in reversed(layers) for file in layer.files["components"]):
        if not file.name.endswith(".yaml"):
            continue
        name = file.name.removesuffix(".yaml")
        data = read_file(file)
        component, own = (None, [data]) if isinstance(data, Problem) else read_component(name, data, file.shown)
        if not own and f"components/{name}.html" not in templates:
            own = [_no_template(name, file)]
        problems += own
        if component and not own:
            found[name] = component
            wrong.discard(name)
        else:
            wrong.add(name)
    return found, frozenset(wrong), problems


def _no_template(name: str, file: ThemeFile) -> Problem:
    text = f'The component "{name}" has a schema but no template "components/{name}.html".'
    return Problem("missing-template", file.shown, text, f"Add the file {name}.html beside this one.", 1, 1)


def _read_strings(layers: list[Layer]) -> tuple[dict[str, str], list[Problem]]:
    """The theme's own words, all languages under ``<language>.<key>``; a site's theme overrides single ones."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for file in (file for layer in reversed(layers) for file in layer.files["strings"]):
        if not file.name.endswith(".yaml"):
            continue
        data = read_file(file)
        values, wrong = (None, [data]) if isinstance(data, Problem) else parse_yaml(data, file.shown)
        shapes = Shapes(file.shown)
        words = shapes.named_texts(values, (), "older: Older")
        found.update({f"{file.name.removesuffix('.yaml')}.{key}": text for key, text in words.items()})
        problems += [*wrong, *shapes.problems]
    return found, problems


def _listed(lists: Iterable[tuple[str, ...]]) -> list[str]:
    """The names of several lists, each once."""
    return list(dict.fromkeys(name for names in lists for name in names))


def _find_missing(layers: list[Layer], raw: Mapping[str, object]) -> Iterator[Problem]:
    """A problem for each style sheet and script that a ``theme.yaml`` lists and no theme of the chain has."""
    for layer in layers:
        for key, names in (("stylesheets", layer.stylesheets), ("scripts", layer.scripts)):
            for index, name in enumerate(names):
                if name not in raw:
                    field: FieldPath = (key, index) if isinstance(layer.values.get(key), list) else (key,)
                    yield _no_asset(layer, name, raw, field)


def _no_asset(layer: Layer, name: str, raw: Mapping[str, object], field: FieldPath) -> Problem:
    near = nearest_name(name, raw)
    text = f'There is no file "{name}" in the theme\'s assets/.' + (f' Did you mean "{near}"?' if near else "")
    hint = "Correct the name or add the file."
    return Problem("missing-asset", f"{layer.shown}/theme.yaml", text, hint, field=field)
