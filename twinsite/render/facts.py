"""Facts of a finished page: its anchors and the addresses it names, by a scan over our own escaped HTML.

Every ``<`` of a text is escaped in our output and every attribute stands in double quotes, so a scan for tags is
exact; a test compares it with a full HTML parser.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import count

from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts

TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s([^>]*)>")
_ID = re.compile(r'(?<=\s)id="([^"]*)"')
ATTRIBUTE = re.compile(r'(?:^|\s)(id|href|src|srcset|poster|action)="([^"]*)"')


def read_facts(html: str, data: bytes) -> PageFacts:
    """The facts of a page from its text; ``data`` are its bytes."""
    ids: list[str] = []
    links: list[str] = []
    for tag, attributes in TAG.findall(html):
        for name, value in ATTRIBUTE.findall(attributes):
            value = unescape(value) if "&" in value else value
            if name == "id":
                ids.append(value)
            elif name == "srcset":
                links.extend(part.strip().split(" ")[0] for part in value.split(","))
            elif not (tag == "link" and _is_told_only(attributes)):
                links.append(value)
    return PageFacts(digest_bytes(data), tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(links)))


def tell_ids_apart(html: str) -> str:
    """The page with each id once: the first keeps it, a later one gets a number.

    A heading of a text may have the name of a place that the theme makes, and editors may write an id twice.
    """
    taken = {unescape(value) for _, attributes in TAG.findall(html) for value in _ID.findall(f" {attributes}")[:1]}
    seen: set[str] = set()

    def rename(found: re.Match[str]) -> str:
        name = unescape(found[1])
        if name not in seen:
            seen.add(name)
            return found[0]
        free = next(other for number in count(2) if (other := f"{name}-{number}") not in taken)
        taken.add(free)
        return found[0].replace(f'"{found[1]}"', f'"{escape(free)}"')

    return TAG.sub(lambda tag: _ID.sub(rename, tag[0], count=1) if ' id="' in tag[0] else tag[0], html)


def _is_told_only(attributes: str) -> bool:
    """A ``<link>`` that names the page's own full address, which no browser follows from here."""
    return 'rel="canonical"' in attributes
