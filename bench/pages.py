"""What a finished site says, whoever made it: facts of pages, lists, the feed and the sitemap, read from its files.

Reads an output folder; writes nothing. Addresses are site-absolute paths; texts are compared without white space and
with straight quotation marks, because generators differ in both and readers do not mind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from bench.layout import BASE_URL

_FOLDED: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "})
_LONGEST_LIST: Final = 10_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its ``<title>``, its heading, the text of its article, and where the links in there lead, sorted."""

    title: str
    heading: str
    text: str
    links: tuple[str, ...]
    description: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Card:
    """A record on a list: its address and what the list says of it."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A whole list, read from page to page: the cards of all its pages and how many pages there are."""

    heading: str
    cards: tuple[Card, ...]
    pages: int


def page_path(output: Path, url: str) -> Path:
    """The file of an address: ``/tags/x/`` → ``tags/x/index.html``."""
    return output / url.strip("/") / "index.html" if url.endswith("/") else output / url.strip("/")


def fold(text: str) -> str:
    """A text without white space and with plain signs."""
    return re.sub(r"\s+", "", text.translate(_FOLDED).replace("---", "-").replace("--", "-"))


def read_page(output: Path, url: str) -> PageFacts:
    """The facts of the page at an address; ``FileNotFoundError`` where there is none."""
    root = _parse(output, url)
    article = root.find(".//article")
    place = article if article is not None else root.find(".//main")
    links = {_resolve(url, link.get("href", "")) for link in place.iter("a")}
    return PageFacts(
        title=fold(root.findtext(".//title") or ""),
        heading=fold("".join(root.find(".//h1").itertext())),
        text=fold("".join(place.itertext())),
        links=tuple(sorted(links)),
        description=fold(_attribute(root, ".//meta[@name='description']", "content")),
        canonical=_attribute(root, ".//link[@rel='canonical']", "href"),
    )


def read_list(output: Path, url: str) -> ListFacts:
    """The list at an address with all its pages, in reading order."""
    heading, cards, pages = "", list[Card](), 0
    here: str | None = url
    while here and pages < _LONGEST_LIST:
        root = _parse(output, here)
        heading = heading or fold("".join(root.find(".//h1").itertext()))
        cards += [_read_card(here, card) for card in root.findall(".//li[@class='card']")]
        pages += 1
        following = root.find(".//a[@rel='next']")
        here = _resolve(here, following.get("href")) if following is not None else None
    return ListFacts(heading, tuple(cards), pages)


def _read_card(here: str, card: Any) -> Card:
    return Card(_resolve(here, card.find(".//a").get("href")), fold("".join(card.itertext())))


def read_feed(output: Path) -> list[tuple[str, str]]:
    """The address and title of each entry of ``feed.xml``, sorted by address."""
    root = etree.parse(str(output / "feed.xml")).getroot()
    name = "{http://www.w3.org/2005/Atom}"
    entries = [
        (urlsplit(entry.find(f"{name}link").get("href")).path, fold(entry.findtext(f"{name}title") or ""))
        for entry in root.iter(f"{name}entry")
    ]
    return sorted(entries)


def read_sitemap(output: Path) -> set[str]:
    """The addresses in ``sitemap.xml``, or in the sitemaps that it names."""
    found: set[str] = set()
    waiting = ["/sitemap.xml"]
    while waiting:
        root = etree.parse(str(page_path(output, waiting.pop()))).getroot()
        addresses = [urlsplit(place.text.strip()).path for place in root.iter("{*}loc") if place.text]
        if etree.QName(root).localname == "sitemapindex":
            waiting += addresses
        else:
            found.update(addresses)
    return found


def count_pages(output: Path) -> int:
    """How many HTML files an output folder holds."""
    return sum(1 for _ in output.rglob("*.html"))


def _parse(output: Path, url: str) -> Any:
    return html.document_fromstring(page_path(output, url).read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _attribute(root: Any, path: str, name: str) -> str:
    element = root.find(path)
    return element.get(name, "") if element is not None else ""


def _resolve(here: str, href: str) -> str:
    """A link as a site-absolute path where it stays in the site, else as it is."""
    full = urldefrag(urljoin(BASE_URL.rstrip("/") + here, href)).url
    path = full.removeprefix(BASE_URL.rstrip("/")) if full.startswith(BASE_URL) else full
    return path.removesuffix("index.html")
