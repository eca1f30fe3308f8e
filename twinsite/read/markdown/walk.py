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

_REST = r'(?=[\s>/])[^>"]*(?:"[^"]*"[^>"]*)*'
_WALK = re.compile(
    r'<(?:h([1-6])>([^<&]*)</h|a href="([^"&]*)">([^<]*)</a>'  # most are plain, and quickly done
    rf"|/(a)>|a({_REST})>|img({_REST})>|h([1-6]{_REST})>(?=(.*?)</h)|!--tw:(\d+)-->\n?)",
    re.DOTALL,
)
"""Plain heading: level, content; plain link: address, content; end of another link; attributes of another link, of a
picture; level and attributes of another heading, its content; number of a component. Each way begins with a letter, so
that most tags are passed over at once."""
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)="([^"]*)"')
_END = Slot("end")
_HEADING_ID = re.compile(r'<h[1-6](?= )[^>"]*(?:"[^"]*"[^>"]*)*? id="([^"]*)"')


class Walk(Struct):
    """What a walk gives. ``pieces``: HTML, a slot or the number of a component, HTML, a slot, ... HTML; ``texts`` are
    the HTML since the last slot.
    """

    anchors: Anchors
    find: Find
    dashes: bool
    texts: list[str] = field(default_factory=list)
    pieces: list[str | int | Slot] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def plain_heading(self, level: str, content: str) -> str:
        """A heading of text alone, up to the name of its closing tag."""
        text = " ".join(content.split())
        anchor = self.anchors.give(text if text.isascii() else self._name(text))
        self.headings.append(Heading(int(level), anchor, text))
        return f'<h{level} id="{anchor}">{content}</h'

    def _name(self, text: str) -> str:
        """What a heading's id is made of: GitHub makes it before dashes become typographic."""
        return text.replace("—", "---").replace("–", "--") if self.dashes else text

    def heading(self, level: int, attributes: str, content: str) -> str:
        """The opening tag of a heading, with its id."""
        text = plain_text(content)
        known = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
        anchor = self.anchors.give(self._name(text), unescape(known["id"]) if "id" in known else None)
        self.headings.append(Heading(level, anchor, text))
        style = f' class="{known["class"]}"' if "class" in known else ""
        return f'<h{level} id="{escape(anchor) if known else anchor}"{style}>'

    def plain_link(self, address: str) -> Slot | None:
        """The opening tag of a link that has nothing but an address, without entities; ``None`` if that is unsafe."""
        target, line, column = self.find("link", address)
        unsafe = is_unsafe(address) or (target != address and is_unsafe(target))
        return None if unsafe else Slot("link", target, line, column)

    def open_link(self, attributes: str) -> str | Slot:
        """The opening tag of a link; ``links`` remembers how to close it: as a slot, as HTML, or not at all."""
        known = dict(_ATTRIBUTE.findall(attributes))
        if " role=" in attributes or ("href" not in known and ("id" in known or "name" in known)):
            self.links.append("html")
            # The old way to name a place; browsers and links know both, the standard only the new one.
            renamed = attributes if "id" in known or "name" not in known else attributes.replace(" name=", " id=", 1)
            return f"<a{renamed}>"
        place = self._safe_place("link", known.get("href"))
        self.links.append("slot" if place else "none")
        if place is None:
            return ""
        if "id" in known:
            self.texts.append(f'<span id="{known["id"]}"></span>')
        return Slot("link", *place, title=unescape(known.get("title", "")))

    def take(self, closing: str, link: str, image: str, heading: str, inside: str, number: str) -> str | int | Slot:
        """What comes into the place of anything that is not plain; all but one or two are ``None``."""
        if number:
            return int(number)
        if closing:
            return self.close_link()
        if heading:
            return self.heading(int(heading[0]), heading[1:], inside)
        return self.open_link(link) if image is None else self.image(image)

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


def walk(html: str, anchors: Anchors, find: Find, dashes: bool, named: bool = True) -> Walk:
    """Cut ``html`` into pieces; ``dashes``: dashes in headings were hyphens in the text; ``named``: headings may have
    ids already."""
    state = Walk(anchors, find, dashes)
    if named and ' id="' in html:
        anchors.reserve(unescape(written) for written in _HEADING_ID.findall(html))
    texts, pieces = state.texts, state.pieces
    cut = iter(_WALK.split(html))
    texts.append(next(cut))
    for level, content, address, label, *other, text in zip(*[cut] * 11, strict=True):
        if level:
            texts += (state.plain_heading(level, content), text)
        elif address is not None and (slot := state.plain_link(address)):
            pieces += ("".join(texts), slot, label, _END)
            texts[:] = (text,)
        else:
            made = label if label is not None else state.take(*other)
            if isinstance(made, str):
                texts += (made, text)
            else:
                pieces += ("".join(texts), made)
                texts[:] = (text,)
    pieces.append("".join(texts))
    return state
