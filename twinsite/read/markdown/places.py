"""Where the links, pictures and raw HTML of a body stand in its text.

Takes the text; gives mentions of addresses with their offsets. The quick way reads brackets alone and answers only
where it cannot be wrong; the sure way asks the CommonMark engine for its events.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal
from urllib.parse import quote

from msgspec import Struct, field
from pyromark import Markdown
from pyromark.event import Event

from twinsite.read.markdown.autolinks import BareLink, find_bare_links, may_have_bare
from twinsite.read.markdown.filter import Tag, read_tags

Kind = Literal["link", "image"]

_STOPS = re.compile(rb"~~~|\]:|\[\^|&#")
_PLAIN = bytes(sorted({*range(0x80)} - {*b"<[](`~:/@&#^\\"}))
_FENCED = re.compile(r"```[^`\n]*\n[^`]*^```[ \t]*$", re.MULTILINE)
"""A block of code; that it begins a line is asked later, because an expression that begins with letters is quick."""
_BRACKETS = re.compile(r"\\.|`[^`\n]*`|`|!\[|\[|\]\(|\]", re.DOTALL)
_SAFE = "!#$%&'()*+,-./:;=?@_~"


class Mention(Struct, frozen=True):
    """A link or a picture in the text: its address as written and as the engine writes it, and where it begins."""

    kind: Kind
    target: str
    offset: int
    key: str


class Survey(Struct, frozen=True):
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


def find_openings(text: str) -> list[tuple[int, Kind]] | None:
    """The offsets of the brackets that open a link or a picture, ascending, in a text where each ``](`` makes one of
    them and nothing else does; ``None`` if that is not certain.

    The answer still has to be held against the HTML: there must be as many addresses, of the same kinds.
    """
    signs = read_signs(text)
    if _STOPS.search(signs) or (b"<" in signs and text.count("<") != text.count("<!--tw:")):
        return None
    if (b"://" in signs or b"@" in signs or "ww." in text or "WW." in text) and may_have_bare(text):
        return None
    if b"``" in signs:
        text = _FENCED.sub(_blank, text)
        if "``" in text:
            return None
    if b"](" not in signs:
        return []
    coded = b"`" in signs and "`" in text
    if coded and "|" in text:
        return None
    simple = None if coded or b"\\" in signs else _pair_simple(text, signs.count(b"]("))
    return _pair_brackets(text) if simple is None else simple


def read_signs(text: str) -> bytes:
    """The characters of a text that may mean something in Markdown, in their order, and all beyond ASCII: what is not
    found in this short extract is not in the text either.
    """
    return text.encode("utf-8", "replace").translate(None, _PLAIN)


def _blank(code: re.Match[str]) -> str:
    begins = not code.start() or code.string[code.start() - 1] == "\n"
    return " " * len(code[0]) if begins else code[0]


def _pair_simple(text: str, most: int) -> list[tuple[int, Kind]] | None:
    """The openings in a text without backslashes and backticks, ``most`` at most; ``None`` where brackets nest or stand
    alone. One character is looked for many times as fast as two.
    """
    found: list[tuple[int, Kind]] = []
    opening = text.find("[")
    while opening >= 0:
        close = text.find("]", opening)
        following = text.find("[", opening + 1)
        if close < 0 or 0 <= following < close:
            return None
        if text.startswith("(", close + 1):
            picture = text[opening - 1 : opening] == "!"
            found.append((opening - 1, "image") if picture else (opening, "link"))
        opening = following
    return found if len(found) == most else None


def _pair_brackets(text: str) -> list[tuple[int, Kind]] | None:
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


class _Collector(Struct):
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
