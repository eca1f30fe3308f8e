"""The page of the default theme's components, from their schemas."""

from __future__ import annotations

from pathlib import Path

from twinsite.core.theme import Component, Parameter
from twinsite.reference.text import code, sentence, write_code, write_page, write_table

ABOUT = """\
A component is a part of a page that Markdown has no sign for: a gallery, a quotation with its source, a timeline. \
In a text it begins with three colons and its name, and ends with three colons, on a line of their own or, where it \
has no text, on the same line. Parameters follow the name as `name=value`; a value with spaces in it stands in \
double quotes. These are the components of the default theme; another theme may have others."""
BODIES = {
    "none": "It has no text of its own.",
    "optional": "The text between its lines may be left out.",
    "required": "Its text stands between its lines, in Markdown.",
    "sections": "Its text is cut at its headings; each heading begins a part.",
    "images": "Between its lines stand pictures, each as in any text.",
}
TYPES = {
    "text": "text",
    "whole": "a whole number",
    "amount": "an amount",
    "flag": "yes or no",
    "url": "a link",
    "date": "a day",
    "instant": "a moment",
    "file": "a file beside this one",
    "picture": "a picture beside this one",
    "table": "the name of a data table",
    "names": "words with commas between them",
    "speaker": "a person's name",
}


def write_components() -> str:
    """The page, its components in alphabetical order."""
    components = read_components()
    parts = [part for name in sorted(components) for part in _write_component(components[name])]
    summary = "Every component of the default theme with its parameters and an example."
    return write_page("Components: reference", summary, 65, [ABOUT, *parts])


def read_components() -> dict[str, Component]:
    """The components of the default theme by name."""
    from twinsite.installed import find_package_themes
    from twinsite.read.theme import read_theme

    theme, problems = read_theme(Path(find_package_themes()).parent, "default", hashed=False)
    assert theme is not None and not problems, problems
    return theme.components


def _write_component(component: Component) -> list[str]:
    rows = [_describe_parameter(component, parameter) for parameter in component.parameters]
    table = write_table(("Parameter", "Takes", "Meaning"), rows) if rows else "It has no parameters."
    example = write_code(component.example, "markdown") if component.example else ""
    return [f"## {component.name}", f"{sentence(component.about)} {BODIES[component.body]}", example, table]


def _describe_parameter(component: Component, parameter: Parameter) -> tuple[str, str, str]:
    if parameter.type == "choice":
        takes = f"one of {', '.join(map(code, parameter.of))}"
    elif parameter.type == "ref":
        kinds = " or a ".join(f"[{kind}](fields-{kind}.md)" for kind in parameter.of)
        takes = f"the name of a {kinds}"
    else:
        takes = TYPES.get(parameter.type, parameter.type)
    if parameter.required:
        takes += "; **required**"
    if parameter.default is not None:
        takes += f"; {code(parameter.default)} if left out"
    main = f" `{parameter.name}=` may be left out." if component.main == parameter.name else ""
    return code(parameter.name), takes, sentence(parameter.about) + main if parameter.about else main.strip()
