"""Where the links, pictures and raw HTML of a body stand in its text.

Takes the text (and, for the quick way, the HTML made of it); gives mentions of addresses with their offsets. The
quick way reads brackets alone and answers only where it cannot be wrong; the sure way asks the CommonMark engine for
its events.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Literal
from urllib.parse import quote

from pyromark import Markdown
from pyromark.event import Event

from twinsite.read.markdown.autolinks import BareLink, find_bare_links, may_have_bare
from twinsite.read.markdown.filter import Tag, read_tags

Kind = Literal["link", "image"]

_SIMPLE_STOPS = ("``", "~~~", "]:")
_BRACKETS = re.compile(r"\\.|`[^`\n]*`|`|!\[|\[|\]\(|\]", re.DOTALL)
_ADDRESSES = re.compile(r'<(a href|img src)="([^"]*)"')
_SAFE = "!#$%&'()*+,-./:;=?@_~"


@dataclass(frozen=True, slots=True)
class Mention:
    """A link or a picture in the text: its address as written and as the engine writes it, and where it begins."""

    kind: Kind
    target: str
    offset: int
    key: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text holds. ``tags`` are its raw HTML; ``raw`` is whether it has any, comments included.

    ``insertions`` are (start, end, replacement) for bare addresses that the engine would leave as text.
    """

    mentions: Sequence[Mention] = ()
    tags: Sequence[Tag] = ()
    raw: bool = False
    insertions: Sequence[tuple[int, int, str]] = ()


def key_of(address: str) -> str:
    """An address in the one spelling by which HTML and text are matched (percent-encoded as engines do)."""
    return quote(address, safe=_SAFE, errors="replace")


def locate(text: str, offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Line and column, from 1, of each offset into ``text``. The offsets ascend."""
    places = []
    line, line_start, last = 1, 0, 0
    for offset in offsets:
        line += text.count("\n", last, offset)
        newline = text.rfind("\n", last, offset)
        if newline >= 0:
            line_start = newline + 1
        last = offset
        places.append((line, offset - line_start + 1))
    return places


def survey_quickly(text: str, html: str, placeholders: int) -> Survey | None:
    """The mentions of a text in which each ``](`` made one link or picture of ``html``; ``None`` if that is not
    certain."""
    if text.count("<") != placeholders or any(stop in text for stop in _SIMPLE_STOPS) or may_have_bare(text):
        return None
    if "](" not in text:
        return Survey()
    if "`" in text and "|" in text:
        return None
    addresses = _ADDRESSES.findall(html)
    openings = _find_openings(text)
    if openings is None or len(openings) != len(addresses):
        return None
    mentions = []
    for (offset, kind), (tag, href) in zip(openings, addresses, strict=True):
        if "%" in href or (kind == "image") != (tag == "img src"):
            return None
        target = unescape(href)
        mentions.append(Mention(kind, target, offset, target))
    return Survey(mentions)


def _find_openings(text: str) -> list[tuple[int, Kind]] | None:
    """The offset of the opening bracket of each ``](``, ascending; ``None`` where one has none, or code has no end."""
    stack: list[tuple[int, Kind]] = []
    found: list[tuple[int, Kind]] = []
    for bracket in _BRACKETS.finditer(text):
        mark = bracket[0]
        if mark == "[" or mark == "![":
            stack.append((bracket.start(), "image" if len(mark) == 2 else "link"))
        elif mark == "](" and stack:
            found.append(stack.pop())
        elif mark == "]":
            del stack[-1:]
        elif mark == "](" or mark == "`":
            return None
    return sorted(found)


@dataclass(slots=True)
class _Collector:
    """What a walk over the events found, in bytes. ``inside`` counts open links, pictures and code blocks."""

    links: list[tuple[Kind, str, int]] = field(default_factory=list)
    raw: list[tuple[int, int, str]] = field(default_factory=list)
    texts: list[tuple[int, int]] = field(default_factory=list)
    inside: int = 0
    in_picture: int = 0

    def collect(self, event: Event, start: int, end: int) -> None:
        """Take one event with its range. What is in a picture is its alternative text, so nothing there counts."""
        if isinstance(event, str):
            return
        if "Text" in event:
            if not self.inside:
                self.texts.append((start, end))
        elif "Start" in event:
            self._enter(event["Start"], start)
        elif "End" in event:
            tag = event["End"]
            self.inside -= tag in _CLOSED
            self.in_picture -= tag == "Image"
        elif "InlineHtml" in event and not self.in_picture:
            self._take_inline(event["InlineHtml"], start, end)
        elif "Html" in event and not event["Html"].lstrip().startswith("<!--tw:"):
            self.raw.append((start, end, event["Html"]))

    def _enter(self, tag: object, start: int) -> None:
        if not isinstance(tag, dict):
            return
        name = next(iter(tag))
        if name in _CLOSED:
            self.inside += 1
        if name in ("Link", "Image"):
            if not self.in_picture:
                mail = "mailto:" if tag[name]["link_type"] == "Email" else ""
                self.links.append(("link" if name == "Link" else "image", mail + tag[name]["dest_url"], start))
            self.in_picture += name == "Image"

    def _take_inline(self, html: str, start: int, end: int) -> None:
        self.raw.append((start, end, html))
        if _RAW_LINK.match(html):
            self.inside += 1
        elif html.startswith("</a") and self.inside:
            self.inside -= 1


_CLOSED = ("Link", "Image", "CodeBlock")
_RAW_LINK = re.compile(r"<a[\s>]", re.IGNORECASE)


def survey_events(text: str, reader: Markdown) -> Survey:
    """The mentions and raw HTML of any text, addresses without markup among them."""
    found = _Collector()
    for event, span in reader.events_with_range(text):
        found.collect(event, span["start"], span["end"])
    pieces = _join_adjacent(found.raw)
    wanted = [link[2] for link in found.links] + [piece[0] for piece in pieces]
    bare = may_have_bare(text)
    if bare:
        wanted += [edge for span in found.texts for edge in span]
    at = _to_characters(text, wanted)
    tags = [tag for start, html in pieces for tag in read_tags(html, at(start))]
    mentions = [Mention(kind, target, at(start), key_of(target)) for kind, target, start in found.links]
    mentions += _mentions_of_tags(tags)
    links = _find_bare(text, [(at(start), at(end)) for start, end in found.texts]) if bare else []
    mentions += [Mention("link", link.target, link.start, key_of(link.target)) for link in links]
    mentions.sort(key=lambda mention: mention.offset)
    return Survey(mentions, tags, bool(pieces), [(link.start, link.end, link.markdown) for link in links])


def _find_bare(text: str, texts: list[tuple[int, int]]) -> list[BareLink]:
    """The bare addresses that begin inside one of the ascending ranges of plain text."""
    starts = [start for start, _ in texts]

    def is_text(offset: int) -> bool:
        place = bisect_right(starts, offset) - 1
        return place >= 0 and offset < texts[place][1]

    return list(find_bare_links(text, is_text))


def _join_adjacent(raw: list[tuple[int, int, str]]) -> list[tuple[int, str]]:
    """Pieces of raw HTML as (start, text), those that touch joined: the engine gives one event for each line."""
    joined: list[tuple[int, list[str]]] = []
    last = -1
    for start, end, html in raw:
        if start == last:
            joined[-1][1].append(html)
        else:
            joined.append((start, [html]))
        last = end
    return [(start, "".join(texts)) for start, texts in joined]


def _mentions_of_tags(tags: Iterable[Tag]) -> Iterator[Mention]:
    for tag in tags:
        kind: Kind = "image" if tag.name == "img" else "link"
        wanted = {"a": "href", "img": "src"}.get(tag.name)
        value = next((value for name, value, _ in tag.attributes if name == wanted), None)
        if value is not None:
            yield Mention(kind, value, tag.offset, key_of(value))


def _to_characters(text: str, offsets: Iterable[int]) -> Callable[[int], int]:
    """A function from offsets into the UTF-8 bytes of a text, each of them among ``offsets``, to offsets into the
    text."""
    if text.isascii():
        return int
    data = text.encode("utf-8", "replace")
    characters: dict[int, int] = {}
    last = count = 0
    for offset in sorted(set(offsets)):
        count += len(data[last:offset].decode("utf-8", "ignore"))
        characters[offset] = count
        last = offset
    return characters.__getitem__
