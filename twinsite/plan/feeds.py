"""Feeds: Atom and JSON Feed of the site, of kinds and of terms. Every date in them comes from the content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from twinsite.core.page import Document, Planned
from twinsite.core.site import Entry, Term
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.link.addresses import alias_url, list_url
from twinsite.plan.library import SAFE, Library
from twinsite.plan.plain import plain_picture
from twinsite.plan.views import introduce, main_image, make_summary

NEWEST = 20
"""How many records a feed holds."""
IMAGE_TYPES = MappingProxyType(
    {
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "webp": "image/webp",
        "gif": "image/gif",
        "svg": "image/svg+xml",
        "avif": "image/avif",
    }
)


def feed_links(
    library: Library, kind: Kind | None = None, term: tuple[str, Term] | None = None
) -> list[dict[str, str]]:
    """The feeds that a page announces in its head: ``{title, url, type}``; those of the site where neither is given."""
    base, title = _feed_base(library, kind, term)
    if base is None:
        return []
    return [
        {"title": title, "url": f"{base}feed.xml", "type": "application/atom+xml"},
        {"title": title, "url": f"{base}feed.json", "type": "application/feed+json"},
    ]


def _feed_base(library: Library, kind: Kind | None, term: tuple[str, Term] | None) -> tuple[str | None, str]:
    """The address below which a feed stands and its title; no address where ``outputs`` switches it off."""
    settings = library.settings
    if kind:
        wanted = settings.outputs.feeds_of(kind.name)
        title = f"{settings.title}: {library.list_titles.get(kind.name, kind.plural)}"
        return (list_url(kind.folder) if wanted else None), title
    if term:
        taxonomy, found = term
        return (
            f"/{taxonomy}/{found.slug}/" if settings.outputs.feeds_of("tags") else None
        ), f"{settings.title}: {found.label}"
    return ("/" if settings.outputs.feeds_of("site") else None), settings.title


def plan_feeds(library: Library) -> Planned:
    """The files of all feeds that ``outputs`` asks for."""
    own = library.for_one()
    return own.planned(documents=_make_feeds(own))


def _make_feeds(library: Library) -> list[Document]:
    published = library.site.published
    dated = [entry for kind in KINDS if kind.name != "page" for entry in published.get(kind.name, ())]
    documents = _plan_feed(library, dated)
    for kind in KINDS:
        if kind.name in library.list_titles and kind.name != "page":
            documents += _plan_feed(library, published.get(kind.name, ()), kind=kind)
    for taxonomy, terms in library.site.taxonomies.items():
        for term in terms:
            documents += _plan_feed(library, term.entries, term=(taxonomy, term))
    return documents


def _plan_feed(
    library: Library, entries: Iterable[Entry], kind: Kind | None = None, term: tuple[str, Term] | None = None
) -> list[Document]:
    base, title = _feed_base(library, kind, term)
    if base is None:
        return []
    newest = sorted((entry for entry in entries if _feed_day(entry)), key=_newest_first)[:NEWEST]
    items = [_feed_item(library, entry) for entry in newest]
    view = {
        "title": title,
        "home": library.full(base),
        "atom": library.full(f"{base}feed.xml"),
        "json": library.full(f"{base}feed.json"),
        "id": library.full(base),
        "updated": max((item["updated"] for item in items), default="1970-01-01T00:00:00Z"),
        "language": library.settings.language,
        "author": library.settings.brand.name if library.settings.brand else library.settings.title,
        "entries": items,
    }
    return [
        Document.of(f"{base[1:]}feed.xml", "machine/feed.xml", view),
        Document.of(f"{base[1:]}feed.json", "machine/json.json", {"value": _json_feed(view)}),
    ]


def _json_feed(view: dict[str, Any]) -> dict[str, Any]:
    """The same feed by the JSON Feed 1.1 rules."""
    items = [
        {
            "id": item["id"],
            "url": item["url"],
            "title": item["title"],
            "content_text": item["summary"] or item["title"],
            "summary": item["summary"],
            "date_published": item["published"],
            "date_modified": item["updated"],
            "tags": item["tags"],
            **({"image": item["image"]} if item["image"] else {}),
        }
        for item in view["entries"]
    ]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view["title"],
        "home_page_url": view["home"],
        "feed_url": view["json"],
        "language": view["language"],
        "authors": [{"name": view["author"]}],
        "items": items,
    }


def _feed_day(entry: Entry) -> date | None:
    return entry.day or entry.updated


def _newest_first(entry: Entry) -> tuple[int, str, str]:
    day = _feed_day(entry)
    return (-(day.toordinal() if day else 0), entry.kind, entry.slug)


def _feed_item(library: Library, entry: Entry) -> dict[str, Any]:
    """One entry of a feed. Its id never changes with its address; ``updated`` is what the content says."""
    published = _midnight(_feed_day(entry), entry.zone)
    updated = _midnight(entry.updated, entry.zone) or published
    image = plain_picture(library, entry, main_image(entry))
    return {
        "id": make_tag(library, entry),
        "title": entry.title,
        "url": library.full(entry.url),
        "published": published,
        "updated": max(updated or "", published or ""),
        "summary": introduce(library, entry, make_summary(entry)),
        "image": library.full(image["src"]) if image else None,
        "image_type": IMAGE_TYPES.get(image["src"].rpartition(".")[2], "image/*") if image else None,
        "tags": [term["label"] for term in library.terms_of.get(entry.key, ())],
    }


def make_tag(library: Library, entry: Entry) -> str:
    """A tag URI (RFC 4151) for a record: the site's host and its ``uid``, which stays when the record moves.

    By default its kind and first slug: a record that was renamed has that in its first alias.
    """
    host = urlsplit(library.settings.base_url).hostname or "localhost"
    uid = entry.record.uid or f"{entry.kind}/{first_slug(entry)}"
    return f"tag:{host},2000:{quote(uid, safe=SAFE)}"


def first_slug(entry: Entry) -> str:
    """The slug that a record had at first, by its first alias: of a page the whole path, else the last step."""
    aliases = [url for alias in entry.aliases if (url := alias_url(alias))]
    if not aliases:
        return entry.slug
    path = aliases[0].strip("/")
    return path if entry.kind == "page" else path.rpartition("/")[2]


def _midnight(day: date | None, zone: str) -> str | None:
    """The first moment of a day in a zone, as RFC 3339."""
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).isoformat()
