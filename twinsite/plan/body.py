"""Fill the slots of bodies: links to addresses, images to published pictures, components to templates and views.

A link to a withheld record becomes plain text with a notice; one to nothing is an error at its line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from twinsite.core.expression import express
from twinsite.core.fragment import Fragment, Holes, Slot, digest_fragment
from twinsite.core.names import nearest_name, nearest_path
from twinsite.core.page import Origin
from twinsite.core.problem import Problem
from twinsite.core.site import Entry
from twinsite.core.source import PICTURE_HINT, Media, list_meanings, not_a_picture
from twinsite.plan.addresses import Meaning, describe_empty_list, find_meaning
from twinsite.plan.anchors import describe_missing
from twinsite.plan.kept_files import find_keeper
from twinsite.plan.library import Library, resolve_file
from twinsite.plan.tracked_words import find_fault

Severity = Literal["error", "warning", "notice"]
FOREIGN = express(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


FillComponent = Callable[["Filling", Slot], dict[str, Any] | None]


class Filling(Struct):
    """One body being filled: whose it is, the places of its links, the components it uses.

    ``component`` fills a component's slot (``plan.component.fill_component``); components may hold bodies again.
    ``above`` is how many lines of the file stand above the body.
    """

    library: Library
    entry: Entry
    component: FillComponent
    above: int
    origins: list[Origin] = field(default_factory=list)
    components: set[str] = field(default_factory=set)

    def place(self, slot: Slot) -> tuple[int, int]:
        """The line and column of a slot in its file."""
        return (slot.line + self.above, slot.column)

    def report(
        self, slot: Slot, rule: str, message: str, hint: str, severity: Severity = "error", width: int = 1
    ) -> None:
        """Add a problem at a slot."""
        line, column = self.place(slot)
        self.library.problems.append(Problem(rule, self.entry.path, message, hint, line, column, width, severity))


def fill_fragment(filling: Filling, fragment: Fragment) -> dict[str, Any]:
    """A fragment inside a component with its slots filled: ``{"fragment": digest, "slots": [...]}``."""
    return fill_holes(filling, fragment, digest_fragment(fragment))


def fill_holes(filling: Filling, fragment: Fragment | Holes, digest: str) -> dict[str, Any]:
    """The same of a fragment of which the digest is known."""
    values: list[Any] = []
    open_links: list[bool] = []
    for slot in fragment.slots:
        if slot.kind == "link":
            address = fill_link(filling, slot)
            open_links.append(address is not None)
            values.append(address)
        elif slot.kind == "end":
            values.append(True if open_links and open_links.pop() else None)
        elif slot.kind == "image":
            values.append(fill_image(filling, slot))
        else:
            values.append(filling.component(filling, slot))
    return {"fragment": digest, "slots": values}


def fill_link(filling: Filling, slot: Slot) -> str | None:
    """The address of a link: full, site-absolute, or ``#anchor``; ``None`` where the link becomes plain text."""
    target = slot.target.strip()
    if "utm_" in target:
        _check_tracked(filling, slot, target)
    if target in filling.library.addresses and "%" not in target:
        return _note(filling, slot, target)
    if FOREIGN.match(target) or target.startswith("#") or not target:
        _check_from_away(filling, slot, filling.entry, target[1:] if target.startswith("#") else "")
        return _note(filling, slot, target)
    parts = urlsplit(target)
    tail = ("?" + parts.query if parts.query else "") + ("#" + parts.fragment if parts.fragment else "")
    path = unquote(parts.path)
    if path.startswith("/"):
        return _link_absolute(filling, slot, path, tail)
    return _link_relative(filling, slot, path, tail)


def _check_tracked(filling: Filling, slot: Slot, target: str) -> None:
    fault = find_fault(filling.library, target)
    if fault:
        filling.report(slot, fault.rule, fault.message, fault.hint)


def _note(filling: Filling, slot: Slot, address: str) -> str:
    """Remember where a link was written, for the check of the finished pages."""
    filling.origins.append(Origin(address, filling.entry.path, slot.line + filling.above, slot.column))
    return address


def _link_absolute(filling: Filling, slot: Slot, path: str, tail: str) -> str | None:
    library = filling.library
    meaning = find_meaning(library, path)
    if meaning:
        return _link_to(filling, slot, path, meaning, tail)
    if f"{path}/" in library.addresses:
        _broken(filling, slot, f'"{path}" lacks its last slash.', f"Write {path}/{tail}")
    else:
        _broken(filling, slot, *describe_no_page(library, path))
    return None


def describe_no_page(library: Library, path: str) -> tuple[str, str]:
    """Message and hint for an address at which there is no page."""
    hint = describe_empty_list(path)
    if hint:
        return f'There is no page at "{path}", for it would list nothing.', hint
    near = nearest_name(path, library.addresses)
    message = f'There is no page at "{path}".' + (f' Did you mean "{near}"?' if near else "")
    return message, "Correct the address, or link to the page's file, for example ../contests/spring.md."


def _link_to(filling: Filling, slot: Slot, path: str, meaning: Meaning, tail: str) -> str | None:
    """A link to an address that means something, now or at another time."""
    anchor = tail.partition("#")[2]
    if meaning.held:
        _hold(filling, slot, meaning.held, anchor)
    elif meaning.away:
        _hold_list(filling, slot, path)
    if meaning.url is None:
        return None
    _check_from_away(filling, slot, filling.library.by_url.get(meaning.url), anchor)
    return _note(filling, slot, meaning.url + tail)


def _link_relative(filling: Filling, slot: Slot, path: str, tail: str) -> str | None:
    """A link to a file: another record's Markdown, or something beside this one to download."""
    library, entry = filling.library, filling.entry
    file = resolve_file(entry.folder, slot.target.strip())
    names = (file, f"{file}/index.md", f"{file}/_index.md")
    other = next((library.site.by_path[name] for name in names if name in library.site.by_path), None)
    if other and other.held:
        _hold(filling, slot, other, tail.partition("#")[2])
        return None
    if other:
        _check_from_away(filling, slot, other, tail.partition("#")[2])
        return _note(filling, slot, other.url + tail)
    media = library.find_media(entry.folder, slot.target.strip())
    if media and is_kept_back(filling, slot, media):
        return None
    if media:
        return _note(filling, slot, library.publish(media) + tail)
    if not library.site.wrong.intersection(names):
        if describe := _describe_slip(library, path, file):
            _broken(filling, slot, *describe)
            return None
        near = _nearest_file(library, file)
        where = posixpath.relpath(near, entry.folder) if near else ""
        _broken(
            filling,
            slot,
            f'There is no file "{path}" here (looked for {file}).' + (f' Did you mean "{where}"?' if near else ""),
            "Link to a record by its file (../contests/spring.md), or to a page by its address (/contests/spring/).",
        )
    return None


def _describe_slip(library: Library, path: str, file: str) -> tuple[str, str] | None:
    """Message and hint for a link that is no name of a file: an address without its beginning, or with backslashes."""
    first = path.partition("/")[0]
    if first.startswith("www."):
        return f'"{path}" is a web address without its beginning.', f"Write https://{path}"
    if "\\" in path:
        return f'"{path}" has backslashes in it.', f"Write {path.replace(chr(92), '/')}"
    address = f"/{path.strip('./')}/"
    if address in library.addresses:
        return f'There is no file "{path}" here (looked for {file}).', f"Write {address}"
    return None


def _nearest_file(library: Library, file: str) -> str | None:
    records = file.endswith(".md") or "." not in file.rpartition("/")[2]
    return nearest_path(file, frozenset(library.site.by_path) if records else library.sources)


def _check_from_away(filling: Filling, slot: Slot, other: Entry | None, anchor: str) -> None:
    """The anchor of a link where one of the two pages is not there to be looked at: by what their texts hold.

    ``other`` is ``None`` for a page without a record.
    """
    if not anchor or anchor == "top" or not (filling.entry.held or (other and other.held)):
        return
    known = filling.library.anchors_of(other) if other else frozenset()
    if unquote(anchor) not in known and not filling.library.anchors.may_exist(unquote(anchor)):
        url = other.url if other else slot.target.partition("#")[0]
        text, hint = describe_missing(url, unquote(anchor), known)
        filling.report(slot, "broken-anchor", text, hint, filling.library.settings.policies.broken_links)


def _hold_list(filling: Filling, slot: Slot, path: str) -> None:
    """A link to a list of which every record is withheld: plain text now."""
    filling.report(
        slot,
        "link-to-withheld",
        f"This link is plain text for now: everything that {path} would list is withheld.",
        "Nothing to do: it becomes a link when one of the records is published.",
        "notice",
    )


def _hold(filling: Filling, slot: Slot, other: Entry, anchor: str) -> None:
    """A link to a withheld record: plain text now, a link again once the record is published."""
    if other.held and other.held.passing:
        _check_from_away(filling, slot, other, anchor)
    if other.held:
        filling.report(
            slot,
            "link-to-withheld",
            f"This link is plain text for now: {other.path} is withheld ({other.held.reason}).",
            "Nothing to do: it becomes a link when that record is published.",
            "notice",
        )


def _broken(filling: Filling, slot: Slot, message: str, hint: str) -> None:
    filling.report(slot, "broken-link", message, hint, filling.library.settings.policies.broken_links)


def is_kept_back(filling: Filling, slot: Slot, media: Media) -> bool:
    """Whether a file must not be shown, because it belongs to a record that may not be; then there is a notice."""
    keeper = find_keeper(filling.library, media)
    if keeper and keeper.held:
        filling.report(
            slot,
            "link-to-withheld",
            f"This file is left out for now: it belongs to {keeper.path}, which is withheld ({keeper.held.reason}).",
            "Nothing to do: it is shown when that record is published. If it is a file of your own, give it a copy of"
            " its own name here.",
            "notice",
        )
    return keeper is not None


def fill_image(filling: Filling, slot: Slot) -> dict[str, Any] | None:
    """A picture of the body, or ``None`` where it cannot be shown."""
    target = slot.target.strip()
    if FOREIGN.match(target):
        return _foreign_image(filling, slot, target)
    folder = filling.entry.folder
    media = filling.library.find_media(folder, target)
    if media is None:
        # A file that is there and could not be opened has a problem of its own.
        if filling.library.site.files.isdisjoint(list_meanings(folder, target)):
            _missing_image(filling, slot, target)
        return None
    if is_kept_back(filling, slot, media):
        return None
    if not media.format:
        filling.report(slot, "not-a-picture", not_a_picture(target), PICTURE_HINT)
        return None
    if not slot.text.strip():
        filling.report(
            slot,
            "missing-alt",
            "This picture has no text for people who cannot see it.",
            "Write what it shows between the brackets: ![A red bicycle at a wall](bicycle.jpg)",
            "warning",
        )
    return filling.library.picture(media, slot.text, title=slot.title or None)


def _foreign_image(filling: Filling, slot: Slot, target: str) -> dict[str, Any] | None:
    """A picture from another server would tell that server about every visitor, so the site must allow it by name."""
    allowed = filling.library.settings.policies.allowed_origins
    if any(target.startswith(origin.rstrip("/") + "/") for origin in allowed):
        return {"src": target, "width": 0, "height": 0, "srcset": [], "alt": slot.text, "title": slot.title or None}
    filling.report(
        slot,
        "foreign-image",
        f"This picture would be fetched from another server ({target[:80]}).",
        "Save it beside this file and write its name here, or allow the server: policies in site.yaml.",
        filling.library.settings.policies.broken_links,
    )
    return None


def _missing_image(filling: Filling, slot: Slot, target: str) -> None:
    library, entry = filling.library, filling.entry
    file = list_meanings(entry.folder, target)[-1]
    if "\\" in target:
        message, hint = f'"{target}" has backslashes in it.', f"Write {target.replace(chr(92), '/')}"
        filling.report(slot, "missing-image", message, hint, library.settings.policies.broken_links)
        return
    near = nearest_path(file, library.site.files)
    shown = posixpath.relpath(near, entry.folder) if near else ""
    filling.report(
        slot,
        "missing-image",
        f'There is no picture "{target}" here (looked for {file}).' + (f' Did you mean "{shown}"?' if near else ""),
        "Put the picture beside this file, or correct its name (capital letters count).",
        library.settings.policies.broken_links,
    )
