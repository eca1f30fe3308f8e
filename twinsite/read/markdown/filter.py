"""Filter the HTML that an editor wrote inside Markdown, and say what was removed.

``clean`` is the barrier: it parses whole HTML as a browser does and keeps only what is on the lists below.
``read_tags`` finds the tags in pieces of raw HTML, for messages and for the places of links; nothing relies on it for
safety.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

import nh3
from msgspec import Struct

from twinsite.core.fragment import Flaw

_TEXT_TAGS = (
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var wbr"
)
ALLOWED_TAGS = frozenset(_TEXT_TAGS.split())
"""The tags an editor may write."""

ENGINE_TAGS = frozenset({"input", "label"})
"""Tags that only engines and their extensions write."""

ANYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
ALLOWED_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "name"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
"""The attributes an editor may write, by tag; those of ``ANYWHERE`` besides."""

_SCHEMES = "http https mailto tel sms webcal geo xmpp irc ircs matrix ftp ftps sftp magnet news nntp signal whatsapp tg"
SAFE_SCHEMES = frozenset(_SCHEMES.split())
"""The schemes a link may have; an address without one is always fine."""

_ENGINE_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "input": frozenset({"checked", "disabled", "name"}),
    "label": frozenset({"for"}),
    "td": frozenset({"style"}),
    "th": frozenset({"style"}),
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")

_CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS | ENGINE_TAGS,
    attributes={
        "*": ANYWHERE,
        **{
            tag: ALLOWED_ATTRIBUTES.get(tag, frozenset()) | _ENGINE_ATTRIBUTES.get(tag, frozenset())
            for tag in ALLOWED_ATTRIBUTES.keys() | _ENGINE_ATTRIBUTES.keys()
        },
    },
    tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
    filter_style_properties={"text-align"},
    clean_content_tags={"script", "style"},
    url_schemes=set(SAFE_SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def clean(html: str) -> str:
    """Well-formed HTML with nothing but allowed tags, attributes and schemes, and without comments."""
    return _CLEANER.clean(html)


def is_unsafe(target: str) -> bool:
    """Whether an address has a scheme that could run code or show foreign content (browsers skip spaces and
    controls)."""
    if ":" not in target or target.startswith(("https://", "http://", "mailto:")):
        return False
    scheme = _SCHEME.match(_IGNORED.sub("", target[:400]))
    return scheme is not None and scheme[1].lower() not in SAFE_SCHEMES


class Tag(Struct, frozen=True):
    """An opening tag as written: ``offset`` is where its ``<`` stands, ``attributes`` are (name, value, offset)."""

    name: str
    offset: int
    attributes: tuple[tuple[str, str, int], ...]


_TAG = re.compile(r"<(?:!--|(/?)([A-Za-z][A-Za-z0-9-]*))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:(>)|([^\s"'<>/=][^\s"'<>/=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?)"""
)


def read_tags(html: str, offset: int) -> Iterator[Tag]:
    """The opening tags in a piece of raw HTML that begins at ``offset`` of the text, those inside a script left out."""
    position = 0
    while found := _TAG.search(html, position):
        if found[2] is None:
            position = html.find("-->", found.end())
        elif found[1]:
            position = html.find(">", found.end())
        else:
            tag, position = _read_tag(html, found, offset)
            if tag is None:
                return
            yield tag
            if tag.name in ("script", "style"):
                position = html.lower().find(f"</{tag.name}", position)
        if position < 0:
            return


def _read_tag(html: str, found: re.Match[str], offset: int) -> tuple[Tag | None, int]:
    """The tag that begins at a match, and where it ends; ``None`` for one without end."""
    attributes: list[tuple[str, str, int]] = []
    position = found.end()
    while piece := _ATTRIBUTE.match(html, position):
        position = piece.end()
        if piece[1]:
            return Tag(found[2].lower(), offset + found.start(), tuple(attributes)), position
        value = next((text for text in piece.group(3, 4, 5) if text is not None), "")
        attributes.append((piece[2].lower(), unescape(value), offset + piece.start(2)))
    return None, len(html)


_EMBEDDED = (
    "It would tell another server of each visitor. Link to what it shows: [See the film](https://example.com/film)"
)
_FORM = (
    "A page of this site cannot receive anything. Link to the form where it stands: [Enter here](https://example.com)"
)
_INSTEAD: Mapping[str, str] = {
    **dict.fromkeys(("iframe", "script", "embed", "object", "video", "audio"), _EMBEDDED),
    **dict.fromkeys(("form", "input", "button", "select", "textarea"), _FORM),
}


def find_removed(tags: Iterable[Tag]) -> Iterator[tuple[int, Flaw]]:
    """What ``clean`` removes of these tags: (offset, flaw), the flaw still without its line and column."""
    for tag in tags:
        if tag.name not in ALLOWED_TAGS:
            yield tag.offset, _removed(f"The tag <{tag.name}>", len(tag.name) + 1, _INSTEAD.get(tag.name, ""))
            continue
        allowed = ANYWHERE | ALLOWED_ATTRIBUTES.get(tag.name, frozenset())
        for name, _, offset in tag.attributes:
            if name not in allowed:
                yield offset, _removed(f'The attribute "{name[:40]}" of <{tag.name}>', len(name))


def _removed(what: str, width: int, hint: str = "") -> Flaw:
    return Flaw(
        "html-removed", 1, 1, width, f"{what} is not allowed in a text and was left out.",
        hint
        or "Write it in Markdown, or use a component (::: name). To show HTML as text, put it between backticks.",
        "warning",
    )  # fmt: skip
