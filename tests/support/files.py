"""Follows the links of a built folder as a browser would, and finds what it would load from other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

HOST = "http://site.invalid"
LOADED: Mapping[str, tuple[str, ...]] = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
LOADING_RELS = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"})


def find_pages(folder: Path) -> list[Path]:
    """Every HTML file, sorted."""
    return sorted(folder.rglob("*.html"))


def parse_page(path: Path) -> html.HtmlElement:
    """A page as a tree."""
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def find_links(tree: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Every address that a page names, and whether a browser loads it without being asked."""
    for element in tree.iter("a", "area", "link", *LOADED):
        rels = set(element.get("rel", "").split())
        loads = element.tag in LOADED or (element.tag == "link" and bool(rels & LOADING_RELS))
        for attribute in ("href", *LOADED.get(element.tag, ())):
            value = element.get(attribute)
            if value is None or (element.tag == "link" and rels & {"canonical", "preconnect", "dns-prefetch"}):
                continue
            addresses = [part.split()[0] for part in value.split(",")] if attribute == "srcset" else [value]
            yield from ((address.strip(), loads) for address in addresses)


def find_dead_links(folder: Path, prefix: str = "/") -> list[str]:
    """Links and anchors of the folder's pages that lead nowhere when it is served under ``prefix``."""
    dead = []
    anchors: dict[Path, set[str]] = {}
    for page in find_pages(folder):
        address = f"{HOST}{prefix}{page.relative_to(folder).as_posix().removesuffix('index.html')}"
        for link, _ in find_links(parse_page(page)):
            whole, anchor = urldefrag(urljoin(address, link))
            if not whole.startswith(HOST):
                continue
            path = unquote(urlsplit(whole).path)
            target = folder / path.removeprefix(prefix)
            target = target / "index.html" if path.endswith("/") else target
            if not path.startswith(prefix) or not target.is_file():
                dead.append(f"{page.relative_to(folder)}: {link}")
            elif anchor and target.suffix == ".html":
                if target not in anchors:
                    anchors[target] = {element.get("id") for element in parse_page(target).iter() if element.get("id")}
                if unquote(anchor) not in anchors[target]:
                    dead.append(f"{page.relative_to(folder)}: {link} (no such place on that page)")
    return dead


def find_foreign_loads(folder: Path) -> list[str]:
    """What the files of the folder would make a browser load from other sites."""
    found = []
    for page in find_pages(folder):
        loads = [link for link, loads in find_links(parse_page(page)) if loads]
        found += [f"{page.relative_to(folder)}: {link}" for link in loads if re.match(r"(?:https?:)?//", link)]
    for sheet in sorted(folder.rglob("*.css")):
        text = sheet.read_text(encoding="utf-8")
        links = re.findall(r"""url\(['"]?((?:https?:)?//[^)'"]+)|(@import)""", text)
        found += [f"{sheet.relative_to(folder)}: {link or rule}" for link, rule in links]
    return found
