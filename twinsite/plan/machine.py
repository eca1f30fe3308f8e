"""Files for machines and hosts: sitemap, robots, web manifest, redirects, headers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from twinsite.core.page import Document, Literal, Page
from twinsite.core.site import Entry
from twinsite.kinds import KINDS
from twinsite.kinds.kind import no_forms
from twinsite.plan.library import Library

MOST_URLS = 50_000
"""How many addresses one sitemap may hold (sitemaps.org)."""


def plan_machine_files(library: Library, entries: Sequence[Entry], others: Sequence[Page]) -> list[Document]:
    """The sitemap, ``robots.txt`` and the web manifest. ``others`` are all pages but the own
    ones of the ``entries``."""
    documents = [
        *_plan_sitemap(library, entries, others),
        Document.of("robots.txt", "machine/robots.txt", {"sitemap": library.full("/sitemap.xml")}),
        Document.of("site.webmanifest", "machine/json.json", {"value": _plan_manifest(library)}),
    ]
    return [document for document in documents if document.path not in library.site.static]


def _plan_sitemap(library: Library, entries: Sequence[Entry], others: Sequence[Page]) -> list[Document]:
    """One sitemap, or an index of several where there are more addresses than one may hold."""
    today = library.site.now.astimezone(ZoneInfo(library.settings.timezone)).date()
    listed = [
        {"url": library.full(entry.url), "lastmod": _find_last_change(entry, today)}
        for entry in entries
        if not entry.unlisted
    ]
    listed += [
        {"url": library.full(page.url), "lastmod": None}
        for page in others
        if page.url.endswith("/") and not page.unlisted
    ]
    listed.sort(key=itemgetter("url"))
    if len(listed) <= MOST_URLS:
        return [Document.of("sitemap.xml", "machine/sitemap.xml", {"urls": listed})]
    chunks = [listed[start : start + MOST_URLS] for start in range(0, len(listed), MOST_URLS)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
    index = Document.of(
        "sitemap.xml", "machine/sitemap-index.xml", {"sitemaps": [library.full(f"/{name}") for name in names]}
    )
    return [
        index,
        *(Document.of(name, "machine/sitemap.xml", {"urls": chunk}) for name, chunk in zip(names, chunks, strict=True)),
    ]


def _find_last_change(entry: Entry, today: date) -> str | None:
    """The day the content says it was changed, else its own day unless that lies ahead."""
    day = entry.updated or (entry.day if entry.day and entry.day <= today else None)
    return day.isoformat() if day else None


def _plan_manifest(library: Library) -> dict[str, Any]:
    settings = library.settings
    icons = [
        {"src": name, "sizes": "any", "type": kind}
        for name, kind in (("favicon.svg", "image/svg+xml"), ("favicon.ico", "image/x-icon"))
        if name in library.site.static
    ]
    return {"name": settings.title, "short_name": settings.title[:30], "lang": settings.language, "icons": icons}


def plan_host_files(library: Library, redirects: Sequence[str], static_texts: dict[str, bytes]) -> list[Literal]:
    """``.nojekyll``, ``_redirects`` and ``_headers``; the site's own lines of the last two come after ours."""
    own_redirects = static_texts.get("_redirects", b"")
    own_headers = static_texts.get("_headers", b"")
    found = [] if ".nojekyll" in library.site.static else [Literal(".nojekyll", b"")]
    if redirects or own_redirects:
        ours = "".join(f"{line}\n" for line in redirects).encode()
        found.append(Literal("_redirects", ours + own_redirects, "content/static/_redirects"))
    found.append(Literal("_headers", _write_headers(library).encode() + own_headers, "content/static/_headers"))
    return found


def write_policy(library: Library) -> str:
    """The content-security policy: this site alone, the origins that ``policies`` allow for pictures and media, and
    those to which the forms of published records are sent.
    """
    allowed = " ".join(["'self'", *library.settings.policies.allowed_origins])
    forms = " ".join(["'self'", *find_form_origins(library)])
    return (
        f"default-src 'self'; img-src {allowed} data:; media-src {allowed}; style-src 'self'; script-src 'self'; "
        f"object-src 'none'; base-uri 'self'; form-action {forms}"
    )


def find_form_origins(library: Library) -> list[str]:
    """The origins to which a form may be sent, each once: those of published records, whatever their state, so that no
    other page changes when a contest opens or closes; and those that ``policies`` name for forms of a theme.
    """
    kinds = [kind.name for kind in KINDS if kind.form_addresses is not no_forms]
    entries = (entry for kind in kinds for entry in library.site.published.get(kind, ()))
    own = {origin for entry in entries for origin in entry.form_origins}
    return sorted(own.union(library.settings.policies.form_origins))


def _write_headers(library: Library) -> str:
    """Response headers for hosts that read ``_headers`` (Netlify, Cloudflare Pages)."""
    base = urlsplit(library.base_url).path
    return (
        f"{base}*\n"
        f"  Content-Security-Policy: {write_policy(library)}; frame-ancestors 'self'\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  Permissions-Policy: camera=(), microphone=(), geolocation=()\n"
        f"{base}assets/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        f"{base}media/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
    )


def listed_entries(library: Library) -> list[Entry]:
    """Every published record, in the order of kinds and lists."""
    return [entry for kind in KINDS for entry in library.site.published.get(kind.name, ())]
