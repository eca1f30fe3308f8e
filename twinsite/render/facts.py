"""Facts of a finished page: its anchors and the addresses it names, by a scan over our own escaped HTML.

Every ``<`` of a text is escaped in our output and every attribute stands in double quotes, so a scan for tags is
exact; a test compares it with a full HTML parser.
"""

from __future__ import annotations

import re
from html import unescape

from twinsite.core.digest import digest_bytes
from twinsite.core.facts import PageFacts

TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s([^>]*)>")
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


def _is_told_only(attributes: str) -> bool:
    """A ``<link>`` that names the page's own full address, which no browser follows from here."""
    return 'rel="canonical"' in attributes
