"""Facts of a finished page: its anchors and the addresses it names, by a scan of its HTML.

One expression finds every tag that has attributes, as the HTML standard cuts them: quoted values may hold any sign;
comments and the text of scripts, styles, titles and text fields hold no tags. Most tags of a site stand on many pages,
so what a tag says is worked out once. A test compares all this with a full HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from itertools import count

from msgspec import Struct

from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts

_REST = r"""[^>"']*+(?>(?:(?:"[^"]*"|'[^']*')[^>"']*+)*)>"""
"""A tag from somewhere after its name to its end."""

_RAW = "(?i:script|style|title|textarea|iframe|xmp|noembed|noframes)"
"""Elements whose content is text, whatever it looks like."""

TAG = re.compile(
    rf"<(?:(?=[iInNsStTxX]){_RAW}(?=[\s/>]){_REST}[^<]*+(?>(?:<(?!/{_RAW}[\s/>])[^<]*+)*)"
    rf"|!--(?!>|->)[^-]*+(?>(?:-(?!-!?>)[^-]*+)*)|[a-zA-Z][^\s/>]*+[\s/]+{_REST})"
)
"""A tag with attributes, or something with text that must not be taken for tags: a comment, a script with its text."""

_NAMED = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))""")
_SINGLE = re.compile(r'<[a-zA-Z][a-zA-Z0-9]* (?!srcset)([a-z]+)="([^"&]*)">')
"""A whole tag with one plain attribute, as most are."""

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


def make_scanner() -> Callable[[str], Found]:
    """A function that finds the ids and links of a page's HTML. It remembers tags, so make one for each build."""
    known: dict[str, Found] = {}

    def scan(html: str) -> Found:
        ids: list[str] = []
        links: list[str] = []
        for tag in TAG.findall(html):
            found = known.get(tag) or look_up(tag)
            if found is not NOTHING:
                ids += found.ids
                links += found.links
        return Found(tuple(ids), tuple(links))

    def look_up(tag: str) -> Found:
        found = read_tag(tag)
        if len(tag) < LONGEST:
            if len(known) > MOST:
                known.clear()
            known[tag] = found
        return found

    return scan


def read_tag(tag: str) -> Found:
    """The id and the addresses of one tag, unescaped; a comment has none."""
    single = _SINGLE.fullmatch(tag)
    if single is not None:
        name, value = single.groups()
        return Found((), (value,)) if name in ADDRESSES else Found((value,)) if name == "id" and value else NOTHING
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
