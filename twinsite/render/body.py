"""Fill a fragment's slots: HTML from a body's parts and what the planner put between them.

A filled body in a view is ``{"fragment": digest, "slots": [...]}``. A slot's value is, by kind: for a link its
address or ``None`` (then the link becomes plain text), for its end ``True`` or ``None``, for an image ``{src, width,
height, srcset, alt, title}`` or ``None``, for a component ``{"template", "view"}`` or ``None`` (then it shows nothing).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from twinsite.core.address import encode_unsafe
from twinsite.core.fragment import Fragment, Slot
from twinsite.render.escaping import escape_text

ROOT = "\x01"
"""Stands for the way from a page to the site's root until the page is complete (see ``resolve_root``)."""

_ROOT = ROOT.encode()

RenderComponent = Callable[[str, dict[str, Any]], str]


def mark_address(address: str) -> str:
    """An address as templates write it: a site-absolute path starts with the mark of the root, anything else stays."""
    address = encode_unsafe(address)
    return ROOT + address[1:] if address.startswith("/") and not address.startswith("//") else address


def resolve_root(html: bytes, root: str) -> bytes:
    """The finished text (UTF-8, in which to replace is quickest): each mark replaced by ``root``, the relative way up
    (``../../``, ``./``) or a full address.
    """
    return html.replace(_ROOT, root.encode("utf-8", "surrogatepass"))


def find_root(url: str) -> str:
    """The relative way from a page to the site's root: ``/contests/x/`` → ``../../``."""
    return "../" * (url.count("/") - 1) or "./"


def fill_body(body: Mapping[str, Any] | None, fragments: Mapping[str, Fragment], component: RenderComponent) -> Markup:
    """The HTML of a filled body; addresses still carry the mark of the root."""
    if body is None:
        return Markup("")
    fragment = fragments[body["fragment"]]
    pieces = [fragment.parts[0]]
    for part, slot, value in zip(fragment.parts[1:], fragment.slots, body["slots"], strict=True):
        pieces.append(_fill_slot(slot, value, component))
        pieces.append(part)
    return Markup("".join(pieces))


def _fill_slot(slot: Slot, value: Any, component: RenderComponent) -> str:
    if value is None:
        # A picture that cannot be shown leaves its words, so that a link around it still has some.
        return escape(slot.text) if slot.kind == "image" else ""
    if slot.kind == "end":
        return "</a>"
    if slot.kind == "link":
        title = f' title="{escape_text(slot.title)}"' if slot.title else ""
        return f'<a href="{escape_text(mark_address(value))}"{title}>'
    if slot.kind == "image":
        return write_image(value)
    return component(value["template"], value["view"])


def write_image(
    image: Mapping[str, Any], sizes: str = "(min-width: 48rem) 42rem, 100vw", first: bool = False
) -> Markup:
    """An ``<img>`` with its measures, so that its space is reserved before it arrives.

    ``first``: the main picture, seen before any scrolling, which the browser fetches at once; others wait.
    """
    text = f'<img src="{escape(mark_address(image["src"]))}" alt="{escape(image["alt"] or "")}"'
    if image.get("srcset"):
        text += f' srcset="{escape(mark_sources(image["srcset"]))}" sizes="{escape(sizes)}"'
    if image.get("width"):
        text += f' width="{image["width"]}" height="{image["height"]}"'
    if image.get("title"):
        text += f' title="{escape(image["title"])}"'
    if image.get("focus"):
        text += f' class="{name_focus(image["focus"])}"'
    return Markup(text + (' fetchpriority="high">' if first else ' loading="lazy" decoding="async">'))


def name_focus(focus: str) -> str:
    """The classes that keep a point of a picture in sight where it is cut: ``52% 30%`` → ``fx-50 fy-30``. Classes in
    steps of ten, because the content-security policy allows no style in a page.
    """
    across, down = (round(int(part.rstrip("%")) / 10) * 10 for part in focus.split())
    return f"fx-{across} fy-{down}"


def add_anchors(html: Markup) -> Markup:
    """A text whose headings each end with a link to themselves, for those who point and click; others have the
    contents.
    """
    return Markup(_HEADING.sub(_add_anchor, html))


_HEADING = re.compile(r'<h([234]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)


def _add_anchor(match: re.Match[str]) -> str:
    level, name, words = match.groups()
    link = f'<a class="anchor" href="#{name}" tabindex="-1" aria-hidden="true">#</a>'
    return f'<h{level} id="{name}">{words}{link}</h{level}>'


def mark_sources(sources: list[list[Any]]) -> str:
    """A ``srcset`` from (address, width) pairs."""
    return ", ".join(f"{mark_address(address)} {width}w" for address, width in sources)
