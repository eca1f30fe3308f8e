"""Cut the finished HTML of a body at everything that depends on the rest of the site.

Takes HTML whose tags are well formed (by the engine or the filter); gives pieces: HTML, slots for links and pictures,
and the numbers of components. Gives headings their ids on the way. It never reads what stands between tags as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Literal

from msgspec import Struct, field

from twinsite.core.fragment import Heading, Slot
from twinsite.read.markdown.filter import is_unsafe
from twinsite.read.markdown.headings import Anchors
from twinsite.read.markdown.prose import plain_text

Find = Callable[[Literal["link", "image"], str], tuple[str, int, int]]
"""From a kind and an address in the HTML to the address as written, its line and its column."""

_WALK = re.compile(r'<(h[1-6]|/?a|img)(?=[\s>/])([^>"]*(?:"[^"]*"[^>"]*)*)>|<!--tw:(\d+)-->\n?')
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)="([^"]*)"')
_END = Slot("end")
_HEADING_ID = re.compile(r'<h[1-6](?= )[^>"]*(?:"[^"]*"[^>"]*)*? id="([^"]*)"')


class Walk(Struct):
    """What a walk gives. ``pieces``: HTML, a slot or the number of a component, HTML, a slot, ... HTML; ``text`` is the
    HTML since the last slot.
    """

    anchors: Anchors
    find: Find
    dashes: bool
    text: str = ""
    pieces: list[str | int | Slot] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def heading(self, level: int, attributes: str, content: str) -> str:
        """The opening tag of a heading, with its id. GitHub makes the id before dashes become typographic."""
        text = plain_text(content)
        named = text.replace("—", "---").replace("–", "--") if self.dashes and not text.isascii() else text
        known = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        anchor = self.anchors.give(named, unescape(known["id"]) if "id" in known else None)
        self.headings.append(Heading(level, anchor, text))
        style = f' class="{known["class"]}"' if "class" in known else ""
        return f'<h{level} id="{escape(anchor) if known else anchor}"{style}>'

    def open_link(self, tag: str, attributes: str) -> str | Slot:
        """The opening tag of a link; ``links`` remembers how to close it: as a slot, as HTML, or not at all."""
        known = dict(_ATTRIBUTE.findall(attributes))
        if " role=" in attributes or ("href" not in known and ("id" in known or "name" in known)):
            self.links.append("html")
            # The old way to name a place; browsers and links know both, the standard only the new one.
            return tag if "id" in known or "name" not in known else tag.replace(" name=", " id=", 1)
        place = self._safe_place("link", known.get("href"))
        self.links.append("slot" if place else "none")
        if place is None:
            return ""
        if "id" in known:
            self.text += f'<span id="{known["id"]}"></span>'
        return Slot("link", *place, title=unescape(known.get("title", "")))

    def close_link(self) -> str | Slot:
        """The closing tag that matches the innermost open link."""
        how = self.links.pop() if self.links else "none"
        return _END if how == "slot" else "</a>" if how == "html" else ""

    def image(self, attributes: str) -> str | Slot:
        """A picture; one with an unsafe address leaves its text."""
        known: Mapping[str, str] = dict(_ATTRIBUTE.findall(attributes))
        text = known.get("alt", "")
        place = self._safe_place("image", known.get("src"))
        return Slot("image", *place, unescape(text), unescape(known.get("title", ""))) if place else text

    def _safe_place(self, kind: Literal["link", "image"], attribute: str | None) -> tuple[str, int, int] | None:
        """Target, line and column of an address; ``None`` where it is missing, or unsafe as written or as encoded."""
        if attribute is None:
            return None
        address = unescape(attribute)
        place = self.find(kind, address)
        return None if is_unsafe(address) or is_unsafe(place[0]) else place


def walk(html: str, anchors: Anchors, find: Find, dashes: bool) -> Walk:
    """Cut ``html`` into pieces; ``dashes``: dashes in headings were hyphens in the text."""
    state = Walk(anchors, find, dashes)
    if ' id="' in html:
        anchors.reserve(unescape(written) for written in _HEADING_ID.findall(html))
    position = 0
    for found in _WALK.finditer(html):
        state.text += html[position : found.start()]
        position = found.end()
        made = _take(state, found, html)
        if isinstance(made, str):
            state.text += made
        else:
            state.pieces += (state.text, made)
            state.text = ""
    state.pieces.append(state.text + html[position:])
    return state


def _take(state: Walk, found: re.Match[str], html: str) -> str | int | Slot:
    name = found[1]
    if name is None:
        return int(found[3])
    if name == "a":
        return state.open_link(found[0], found[2])
    if name == "/a":
        return state.close_link()
    if name == "img":
        return state.image(found[2])
    return state.heading(int(name[1]), found[2], html[found.end() : html.find("</h", found.end())])
