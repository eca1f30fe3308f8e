"""Components of bodies: each name and parameter checked against the theme's registry, each value resolved for its
template.
"""

from __future__ import annotations

import posixpath
from typing import Any

from twinsite.core.fragment import Slot
from twinsite.core.names import nearest_name, nearest_path
from twinsite.core.people import word_key
from twinsite.core.theme import Component, Parameter
from twinsite.core.values import Place, Wrong, convert
from twinsite.kinds.disclosure import find_first_words
from twinsite.link.references import unknown_table
from twinsite.link.tables import KEPT_BACK_HINT
from twinsite.plan.body import Filling, fill_fragment, fill_image, fill_link, is_kept_back
from twinsite.plan.gathered import PLANNED
from twinsite.plan.library import resolve_file
from twinsite.plan.plain import make_table, plain_value
from twinsite.plan.views import make_card


def fill_component(filling: Filling, slot: Slot) -> dict[str, Any] | None:
    """``{"template", "view"}`` of a component, or ``None`` where it shows nothing (withheld, or wrong and reported)."""
    component = filling.library.theme.components.get(slot.target)
    if component is None:
        if slot.target not in filling.library.theme.wrong:
            _unknown_component(filling, slot)
        return None
    given = _name_parameters(filling, slot, component)
    before = len(filling.library.problems)
    values = {parameter.name: _resolve(filling, slot, parameter, given) for parameter in component.parameters}
    _choose_columns(filling, component, given, values)
    _check_speakers(filling, component, given, values)
    if len(filling.library.problems) > before or any(value is WITHHELD for value in values.values()):
        return None
    filling.components.add(component.name)
    view = {**values, "body": None, "sections": [], "images": [], "name": component.name}
    view["first_words"] = _find_first_words(filling, component, values)
    view.update(_fill_content(filling, slot, component))
    if component.planned:
        view.update(PLANNED[component.planned](filling, slot, given, values))
        if len(filling.library.problems) > before and view.get("average", view) is None:
            return None
    if component.main and component.body == "optional" and not (view[component.main] or view["body"]):
        _report_empty(filling, slot, component)
        return None
    return {"template": f"components/{component.name}.html", "view": view}


WITHHELD = object()
"""Stands for a record that exists and is withheld, or a table with errors of its own: the component shows nothing."""


def _unknown_component(filling: Filling, slot: Slot) -> None:
    known = sorted(filling.library.theme.components)
    near = nearest_name(slot.target, known)
    filling.report(
        slot,
        "unknown-component",
        f'There is no component "{slot.target}".' + (f' Did you mean "{near}"?' if near else ""),
        f"Components: {', '.join(known)}." if known else "This theme has no components.",
        width=len(slot.target) + 4,
    )


def _report_empty(filling: Filling, slot: Slot, component: Component) -> None:
    """A component that says something either by its main parameter or by its text has neither."""
    filling.report(
        slot,
        "missing-body",
        f'The component "{slot.target}" says nothing: it has neither {component.main}=… nor a text.',
        f"For example:\n{component.example}" if component.example else "Add one of them.",
        width=len(slot.target) + 4,
    )


def _name_parameters(filling: Filling, slot: Slot, component: Component) -> dict[str, tuple[str, Slot]]:
    """Each parameter's text with a slot at its place; a bare word fills the main parameter."""
    known = {parameter.name for parameter in component.parameters}
    given: dict[str, tuple[str, Slot]] = {}
    for written, value, line, column in slot.parameters:
        place = Slot("component", slot.target, line, column)
        name = written or component.main or ""
        if name in known and name not in given:
            given[name] = (value, place)
        elif name in given and not written:
            filling.report(
                place,
                "malformed-parameter",
                f'"{value}" stands alone here, and "{name}" has its value already.',
                'If it belongs to the words before it, put all of them in quotes: name="two words"',
                width=len(value),
            )
        elif name in given:
            filling.report(place, "duplicate-parameter", f'"{name}" is given twice.', "Keep one of them.")
        elif not written:
            filling.report(
                place,
                "unknown-parameter",
                f'The component "{component.name}" takes no bare word ("{value}").',
                f"Write name=value with one of: {', '.join(sorted(known)) or 'it has no parameters'}.",
                width=len(value),
            )
        else:
            near = nearest_name(name, known)
            filling.report(
                place,
                "unknown-parameter",
                f'The component "{component.name}" has no parameter "{name}".'
                + (f' Did you mean "{near}"?' if near else ""),
                f"It has: {', '.join(sorted(known)) or 'none'}.",
                width=len(name),
            )
    return given


def _resolve(filling: Filling, slot: Slot, parameter: Parameter, given: dict[str, tuple[str, Slot]]) -> Any:
    """The value of a parameter as its template sees it; ``None`` where it is not given."""
    text, place = given.get(parameter.name, (parameter.default, slot))
    if text is None:
        if parameter.required:
            filling.report(
                slot,
                "missing-parameter",
                f'The component "{slot.target}" needs {parameter.name}=…',
                parameter.about or f"Add {parameter.name}=… after its name.",
                width=len(slot.target) + 4,
            )
        return None
    if parameter.type == "ref":
        return _resolve_record(filling, place, parameter, text)
    if parameter.type == "picture":
        return _resolve_picture(filling, place, text, given)
    if parameter.type == "file":
        return _resolve_file(filling, place, text)
    if parameter.type == "table":
        return _resolve_table(filling, place, text)
    if parameter.type == "names":
        return [name.strip() for name in text.split(",") if name.strip()]
    return _convert(filling, place, parameter, text)


def _convert(filling: Filling, place: Slot, parameter: Parameter, text: str) -> Any:
    if parameter.type == "choice":
        if text in parameter.of:
            return text
        filling.report(
            place,
            "bad-parameter",
            f'"{text}" is no {parameter.name}.',
            f"Write one of: {', '.join(parameter.of)}.",
            width=len(text),
        )
        return None
    if parameter.type == "url":
        return _resolve_target(filling, place, text)
    python = "text" if parameter.type == "speaker" else parameter.type
    value = convert(python, text, Place(filling.entry.zone, filling.entry.folder))
    if isinstance(value, Wrong):
        filling.report(place, "bad-parameter", f"{parameter.name}: {value.message}", value.hint, width=len(text))
        return None
    return plain_value(filling.library, filling.entry, value)


def _resolve_target(filling: Filling, place: Slot, text: str) -> Any:
    """An address in a parameter follows the rules of links in the body."""
    return fill_link(filling, Slot("link", text, place.line, place.column))


def _resolve_record(filling: Filling, place: Slot, parameter: Parameter, text: str) -> Any:
    site = filling.library.site
    found = next((site.everything[kind, text] for kind in parameter.of if (kind, text) in site.everything), None)
    if found is None and text in filling.library.doubts:
        return WITHHELD
    if found is None:
        kinds = " or ".join(parameter.of)
        known = [slug for kind, slug in site.everything if kind in parameter.of]
        near = nearest_name(text, known)
        filling.report(
            place,
            "unknown-reference",
            f'There is no {kinds} "{text}".' + (f' Did you mean "{near}"?' if near else ""),
            "Write the name of its file without .md.",
            width=len(text),
        )
        return None
    if found.held:
        filling.report(
            place,
            "component-withheld",
            f"This shows nothing for now: {found.path} is withheld ({found.held.reason}).",
            "Nothing to do: it appears when that record is published.",
            "notice",
        )
        return WITHHELD
    return make_card(filling.library, found)


def _resolve_picture(filling: Filling, place: Slot, text: str, given: dict[str, tuple[str, Slot]]) -> Any:
    """A picture with the words of the parameter ``alt``; none are needed where ``decorative`` is true."""
    alt = given["alt"][0].strip() if "alt" in given else ""
    decorative = "decorative" in given and given["decorative"][0].lower() in ("true", "yes")
    if not alt and not decorative:
        filling.report(
            place,
            "missing-alt",
            f'The picture "{text}" has no alt text.',
            'Add alt="..." with what it shows, or decorative=true if it says nothing.',
            width=len(text),
        )
        return None
    picture = fill_image(filling, Slot("image", text, place.line, place.column, text=alt or "-"))
    return {**picture, "alt": "" if decorative else alt} if picture else None


def _resolve_file(filling: Filling, place: Slot, text: str) -> Any:
    library, entry = filling.library, filling.entry
    media = library.find_media(entry.folder, text)
    if media is None:
        found = nearest_path(resolve_file(entry.folder, text), library.site.files)
        near = posixpath.relpath(found, entry.folder) if found else None
        filling.report(
            place,
            "missing-file",
            f'There is no file "{text}" here.' + (f' Did you mean "{near}"?' if near else ""),
            "Put the file beside this one, or correct its name (capital letters count).",
            width=len(text),
        )
        return None
    if is_kept_back(filling, place, media):
        return WITHHELD
    return {"url": library.publish(media), "name": media.path.rpartition("/")[2], "size": media.size}


def _resolve_table(filling: Filling, place: Slot, text: str) -> Any:
    table = filling.library.site.tables.get(text)
    if table is None and text in filling.library.site.wrong_tables:
        return WITHHELD
    if table is None:
        problem = unknown_table(filling.entry.path, text, filling.library.site.tables)
        filling.report(place, problem.rule, problem.message, problem.hint, width=len(text))
        return None
    keeper = filling.library.site.kept_back.get(text)
    if keeper:
        message = f"This shows nothing: {keeper} keeps the table back."
        filling.report(place, "component-withheld", message, KEPT_BACK_HINT, "notice")
        return WITHHELD
    return make_table(table)


def _choose_columns(
    filling: Filling, component: Component, given: dict[str, tuple[str, Slot]], values: dict[str, Any]
) -> None:
    """Cut each table down to the columns that a parameter of type ``names`` with ``of: <the table's parameter>``
    lists.
    """
    for parameter in component.parameters:
        wanted, table = values[parameter.name], values.get(parameter.of[0]) if parameter.of else None
        if parameter.type != "names" or not wanted or not table:
            continue
        known = [column["name"] for column in table["columns"]]
        unknown = [name for name in wanted if name not in known]
        for name in unknown:
            near = nearest_name(name, known)
            text = f'The table has no column "{name}".' + (f' Did you mean "{near}"?' if near else "")
            place = given[parameter.name][1]
            filling.report(place, "unknown-column", text, f"Its columns are: {', '.join(known)}.", width=len(name))
        if not unknown:
            values[parameter.of[0]] = _cut_columns(table, [known.index(name) for name in wanted])


def _check_speakers(
    filling: Filling, component: Component, given: dict[str, tuple[str, Slot]], values: dict[str, Any]
) -> None:
    """A person whom something connects with the brand, and whose words stand here as a stranger's."""
    for parameter in component.parameters:
        name = str(values[parameter.name] or "") if parameter.type == "speaker" else ""
        insider = filling.library.site.insiders.get(word_key(name)) if name else None
        tie = parameter.of[0] if parameter.of else ""
        if insider and values.get(tie) in (None, "none"):
            filling.report(
                given[parameter.name][1],
                "hidden-relationship",
                f'"{name}" is the person of {insider}, who is connected with the brand, and nothing here says so.',
                f"Add {tie}= with what connects them, such as {tie}=intern_paid.",
                width=len(name),
            )


def _find_first_words(filling: Filling, component: Component, values: dict[str, Any]) -> list[str]:
    """What jurisdictions want before the words of a speaker in a component."""
    library = filling.library
    tie = next(
        (parameter.of[0] for parameter in component.parameters if parameter.type == "speaker" and parameter.of), ""
    )
    return find_first_words(values[tie], library.policies, library.site.law) if values.get(tie) else []


def _cut_columns(table: dict[str, Any], places: list[int]) -> dict[str, Any]:
    """A table with the columns at the given places, in that order."""
    return {
        **table,
        "columns": [table["columns"][place] for place in places],
        "rows": [[row[place] for place in places] for row in table["rows"]],
    }


def _fill_content(filling: Filling, slot: Slot, component: Component) -> dict[str, Any]:
    """What stands between a component's opening line and its ``:::``."""
    body = slot.body
    empty = body is None or (not body.slots and not "".join(body.parts).strip())
    if component.body == "none" and not empty:
        filling.report(
            slot,
            "unexpected-body",
            f'The component "{slot.target}" has no text of its own.',
            "Move the text below its closing ::: line.",
            width=len(slot.target) + 4,
        )
    if component.body in ("required", "sections", "images") and empty:
        filling.report(
            slot,
            "missing-body",
            f'The component "{slot.target}" needs text between its first line and its closing :::.',
            f"For example:\n{component.example}" if component.example else "Add it.",
            width=len(slot.target) + 4,
        )
    if empty or body is None or component.body == "none":
        return {}
    if component.body == "sections":
        return {
            "sections": [
                {"title": section.title, "body": fill_fragment(filling, section.body)} for section in slot.sections
            ]
        }
    if component.body == "images":
        return {
            "images": [
                picture for image in body.slots if image.kind == "image" and (picture := fill_image(filling, image))
            ]
        }
    return {"body": fill_fragment(filling, body)}
