"""Facts of a finished page: its anchors and the addresses it names, by a scan of its HTML.

One expression (``TAG``) finds every tag that has attributes, as the HTML standard cuts them: quoted values may hold any
sign; comments and the text of scripts, styles, titles and text fields hold no tags. In nearly all pages nothing of the
kind could be taken for a tag, so another one (``_PLAIN``) cuts them quicker, straight from their bytes, and says where
it cannot. Most tags of a site stand on many pages, so what a tag says is worked out once. Tests compare the two ways,
and all this with a full HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape
from itertools import chain, count
from typing import TypeVar

from msgspec import Struct

from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts
from twinsite.render.pieces import Pieces, look_at_pieces

_REST = r"""[^>"']*+(?>(?:(?:"[^"]*"|'[^']*')[^>"']*+)*)>"""
"""A tag from somewhere after its name to its end."""

_RAWS = ("script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes")
_RAW = f"(?i:{'|'.join(_RAWS)})"
"""Elements whose content is text, whatever it looks like."""

TAG = re.compile(
    rf"<(?:(?=[iInNsStTxX]){_RAW}(?=[\s/>]){_REST}[^<]*+(?>(?:<(?!/{_RAW}[\s/>])[^<]*+)*)"
    rf"|!--(?!>|->)[^-]*+(?>(?:-(?!-!?>)[^-]*+)*)|[a-zA-Z][^\s/>]*+[\s/]+{_REST})"
)
"""A tag with attributes, or something with text that must not be taken for tags: a comment, a script with its text."""

_ENDED = rf"[^>]*+>(?=[^<]*+</(?:{'|'.join(_RAWS)})[\s/>])"
"""A tag of such an element in whose text no other tag could be: the next one is its end."""

_ODD = r"[\s\S]*(?<!>)"
"""All that follows, but for a ``>`` at the end: never a whole tag."""

_PLAIN_RAW = "|".join(rf"{name}(?=[\s/>])(?:{_ENDED}|{_ODD})" for name in _RAWS)
_VALUE = '"[^"<>]*"'
_DULL = rf"(?:(?:class|datetime)={_VALUE}|name={_VALUE} content={_VALUE}|(?<=<link )rel=\"canonical\" href={_VALUE})>"
"""Attributes of tags that say nothing, such as those that are new on each page."""

_PLAIN_TAG = rf"[a-z][a-z0-9-]*+(?:[ \n/](?!{_DULL})[^>]*+>|[^ \n/>]{_ODD})"
_PLAIN = re.compile(rf"<(?!/)(?:{_PLAIN_RAW}|{_PLAIN_TAG}|[A-Z]{_ODD}|!--(?![^-<>]++-->){_ODD})".encode())
"""What ``TAG`` finds in a plain page, but for tags that say nothing and the text of scripts. From the first thing on
that may be cut in another way, all the rest; and a quoted ``>`` leaves half a tag (see ``_WHOLE``).
"""

_WHOLE = re.compile(r"""<[a-zA-Z][^\s/>]*(?:[\s/][^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)?>""")
"""Exactly one tag, whose quotes are closed."""

_NAMED = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))""")
_SINGLE = re.compile(r'<[a-zA-Z][a-zA-Z0-9]* (?!srcset)([a-z]+)="([^"&]*)">')
"""A whole tag with one plain attribute."""

_START = re.compile(rf"<([a-zA-Z][^\s/>]*)({_REST})")
_ID = re.compile(r'(?<=\s)id="([^"]*)"')
_OPEN = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s([^>]*)>")

ADDRESSES = frozenset({"href", "src", "poster", "action"})
"""Attributes whose value is one address."""

WANTED = ADDRESSES | {"id", "srcset", "rel"}

MOST = 50_000
"""Tags remembered at most before all are forgotten."""

LONGEST = 400
"""Signs of a tag that is worth remembering."""


class Found(Struct, frozen=True):
    """What one page or tag names: ``ids`` and ``links`` as often as they stand there, in order."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


NOTHING = Found()


_Tag = TypeVar("_Tag", bound=str | bytes)
_Said = TypeVar("_Said")


class _Known(dict[_Tag, _Said]):
    """What tags say, as ``read`` finds it when it first meets them."""

    def __init__(self, read: Callable[[_Tag], _Said]) -> None:
        self._read = read

    def __missing__(self, tag: _Tag) -> _Said:
        found = self._read(tag)
        if len(tag) < LONGEST:
            if len(self) > MOST:
                self.clear()
            self[tag] = found
        return found


def make_scanner() -> Callable[[Pieces], Found]:
    """A function that finds the ids and links in the pieces of an HTML page. It remembers tags and what stands around
    the main parts of pages, so make one for each build.
    """
    known, known_closely = _Known(_read_plain), _Known(read_tag)

    def scan_piece(html: bytes) -> Found | None:
        ids: list[str] = []
        links: list[str] = []
        for tag in _PLAIN.findall(html):
            found = known[tag]
            if found is None:
                return None
            if found is not NOTHING:
                ids += found.ids
                links += found.links
        # A tag must not go on in the next piece.
        return Found(tuple(ids), tuple(links)) if html.rfind(b"<") <= html.rfind(b">") else None

    look = look_at_pieces(scan_piece)

    def scan(pieces: Pieces) -> Found:
        found = [one for one in look(pieces) if one is not None]
        if len(found) < len(pieces):
            return scan_closely(b"".join(pieces).decode("utf-8", "surrogatepass"), known_closely)
        return _join(found)

    return scan


def _join(found: Sequence[Found]) -> Found:
    ids, links = [one.ids for one in found], [one.links for one in found]
    return Found(tuple(chain.from_iterable(ids)), tuple(chain.from_iterable(links)))


def scan_closely(html: str, known: Mapping[str, Found] | None = None) -> Found:
    """The ids and links of a page's HTML, whatever it is; this takes longer."""
    known = _Known(read_tag) if known is None else known
    return _join([known[tag] for tag in TAG.findall(html)])


def _read_plain(tag: bytes) -> Found | None:
    """What a tag says that ``_PLAIN`` cut out; ``None`` where ``TAG`` would have cut in another way."""
    text = tag.decode("utf-8", "surrogatepass")
    found = _read_single(text)
    return _read_any(text) if found is None and _WHOLE.fullmatch(text) else found


def read_tag(tag: str) -> Found:
    """The id and the addresses of one tag, unescaped; a comment has none."""
    found = _read_single(tag)
    return _read_any(tag) if found is None else found


def _read_single(tag: str) -> Found | None:
    """The same where the whole tag has one plain attribute, as most have."""
    single = _SINGLE.fullmatch(tag)
    if single is None:
        return None
    name, value = single.groups()
    return Found((), (value,)) if name in ADDRESSES else Found((value,)) if name == "id" and value else NOTHING


def _read_any(tag: str) -> Found:
    start = _START.match(tag)
    if start is None:
        return NOTHING
    values: dict[str, str] = {}
    for name, double, single, bare in _NAMED.findall(start[2]):
        known = name if name in WANTED else name.lower()
        if known in WANTED and known not in values:
            value = double or single or bare
            values[known] = unescape(value) if "&" in value else value
    if not values:
        return NOTHING
    ids = (values["id"],) if values.get("id") else ()
    if values.get("rel") == "canonical" and start[1].lower() == "link":
        # It names the page's own full address, which no browser follows from here.
        values.pop("href", None)
    links = [link for name, value in values.items() for link in _list_addresses(name, value)]
    return Found(ids, tuple(links)) if ids or links else NOTHING


def _list_addresses(name: str, value: str) -> list[str]:
    if name == "srcset":
        return [part.strip().split(" ")[0] for part in value.split(",")]
    return [value] if name in ADDRESSES else []


def make_facts(found: Found, data: bytes, personal: tuple[tuple[str, str], ...] = ()) -> PageFacts:
    """The facts of a page whose bytes are ``data``: each id and link once; ``personal`` as it was found."""
    return PageFacts(digest_bytes(data), tuple(dict.fromkeys(found.ids)), tuple(dict.fromkeys(found.links)), personal)


def repeats_ids(found: Found) -> bool:
    """Whether an id occurs twice."""
    return len(set(found.ids)) < len(found.ids)


def tell_ids_apart(html: str) -> str:
    """The page with each id once: the first keeps it, a later one gets a number.

    A heading of a text may have the name of a place that the theme makes, and editors may write an id twice.
    """
    taken = {unescape(value) for _, attributes in _OPEN.findall(html) for value in _ID.findall(f" {attributes}")[:1]}
    seen: set[str] = set()

    def rename(found: re.Match[str]) -> str:
        name = unescape(found[1])
        if name not in seen:
            seen.add(name)
            return found[0]
        free = next(other for number in count(2) if (other := f"{name}-{number}") not in taken)
        taken.add(free)
        return found[0].replace(f'"{found[1]}"', f'"{escape(free)}"')

    return _OPEN.sub(lambda tag: _ID.sub(rename, tag[0], count=1) if ' id="' in tag[0] else tag[0], html)
