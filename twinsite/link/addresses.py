"""Addresses: where each record's page stands in the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import unquote

from msgspec import Struct

from twinsite.core.site import Entry
from twinsite.kinds.kind import Kind


def make_url(kind: Kind, slug: str, day: date | None, permalinks: Mapping[str, str]) -> str:
    """The site-absolute address of a record, by its kind's pattern in ``permalinks`` or the kind's own.

    ``{slug} {year} {month} {day}`` may stand in a pattern; a record without a date has ``undated`` for its year.
    """
    if slug and kind.name not in permalinks:
        return f"/{slug}/" if kind.name == "page" else f"/{kind.folder}/{slug}/"
    pattern = permalinks.get(kind.name) or ("/{slug}/" if kind.name == "page" else f"/{kind.folder}/{{slug}}/")
    parts = {
        "slug": slug,
        "year": f"{day.year:04}" if day else "undated",
        "month": f"{day.month:02}" if day else "",
        "day": f"{day.day:02}" if day else "",
    }
    path = "/".join(step for step in pattern.format_map(parts).split("/") if step)
    return f"/{path}/" if path else "/"


def list_url(section: str) -> str:
    """The address of a section's list: ``contests`` → ``/contests/``, ``pages/guide`` → ``/guide/``."""
    return f"/{section.removeprefix('pages/')}/"


def further_urls(entry: Entry) -> list[str]:
    """The addresses of a record's outputs beside its page."""
    return [entry.url + step for _, step in entry.further]


def alias_url(alias: str) -> str | None:
    """The site-absolute address of an alias (``/old`` → ``/old/``), not percent-encoded; ``None`` where it is none."""
    path = unquote(alias)
    if not path.startswith("/") or "//" in path or any(sign in path for sign in "?#\\") or path.endswith(".md"):
        return None
    if not path.isprintable() or any(step in (".", "..") for step in path.split("/")):
        return None
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


class Former(Struct, frozen=True):
    """A former address (``url``) and the one to which it leads now; ``alias`` is its place among the aliases."""

    alias: int
    url: str
    target: str


def list_former(entry: Entry) -> Iterator[Former]:
    """Every former address of a record, and those of its further outputs as they stood below it."""
    for place, alias in enumerate(entry.aliases):
        url = alias_url(alias)
        if url:
            yield Former(place, url, entry.url)
            if url.endswith("/"):
                yield from (Former(place, url + step, entry.url + step) for _, step in entry.further)


def output_path(url: str) -> str:
    """The file of an address: ``/contests/x/`` → ``contests/x/index.html``; ``/404.html`` → ``404.html``."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]
