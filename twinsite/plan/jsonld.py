"""Structured data (schema.org as JSON-LD) for pages, made from the same values that the page shows.

Only what search engines' own rules allow (Google's structured-data guidelines): no ratings of the brand's own
products taken from other sites, no Event for a contest. A value stands here only if the page shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twinsite.core.site import Entry
from twinsite.kinds import kind_named
from twinsite.kinds.kind import no_structure
from twinsite.plan.library import Library
from twinsite.plan.views import make_facts

CONTEXT = "https://schema.org"


def describe_entry(library: Library, entry: Entry, view: dict[str, Any]) -> list[dict[str, Any]]:
    """The JSON-LD objects of a record's page: the thing itself, and the way to it from the home page."""
    describe = DESCRIBERS.get(kind_named(entry.kind).schema_type, _describe_page)
    thing = _drop_empty({"@context": CONTEXT, **describe(library, view)})
    crumbs = _describe_crumbs(library, view)
    kind = kind_named(entry.kind)
    own = [] if kind.structure is no_structure else kind.structure(entry.record, make_facts(library, entry))
    return [thing, *([crumbs] if crumbs else []), *({"@context": CONTEXT, **one} for one in own)]


def describe_site(library: Library) -> list[dict[str, Any]]:
    """The JSON-LD of the home page: the website and who runs it."""
    settings = library.settings
    site = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.title,
        "url": library.base_url,
        "inLanguage": settings.language,
    }
    return [site, _drop_empty({"@context": CONTEXT, **_organisation(library)})]


def _drop_empty(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item or item is False or item == 0}


def _organisation(library: Library) -> dict[str, Any]:
    brand = library.settings.brand
    return _drop_empty(
        {
            "@type": "Organization",
            "name": brand.name if brand else library.settings.title,
            "url": library.base_url,
            "sameAs": [network.url for network in library.settings.networks or () if network.url],
        }
    )


def _base(library: Library, view: dict[str, Any]) -> dict[str, Any]:
    image = view["image"]
    return {
        "name": view["title"],
        "url": view["canonical"],
        "description": _find_lede(view),
        "image": library.full(image["src"]) if image else None,
        "inLanguage": library.settings.language,
    }


def _find_lede(view: dict[str, Any]) -> str | None:
    """The words a page begins with: a campaign's offer and a programme's purpose stand in the summary's place."""
    record = view["record"]
    return record.get("offer") or record.get("purpose") or view["summary"] or None


def _describe_page(library: Library, view: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "WebPage", **_base(library, view), "dateModified": view["updated"]}


def _describe_news(library: Library, view: dict[str, Any]) -> dict[str, Any]:
    base = _base(library, view)
    headline = base.pop("name")
    return {
        "@type": "NewsArticle",
        **base,
        "headline": headline,
        "datePublished": view["date"],
        "dateModified": view["updated"],
        "author": _organisation(library),
        "publisher": _organisation(library),
    }


def _describe_profile(library: Library, view: dict[str, Any]) -> dict[str, Any]:
    """ProfilePage with the twintern as its main entity (Google's guidelines for profile pages)."""
    record = view["record"]
    image = view["image"]
    channels = record.get("channels") or []
    person = _drop_empty(
        {
            "@type": "Person",
            "name": view["title"],
            "alternateName": record.get("handle"),
            "description": view["summary"] or None,
            "image": library.full(image["src"]) if image else None,
            "jobTitle": record.get("role"),
            "knowsLanguage": list(record.get("languages") or ()),
            "sameAs": [channel["url"] for channel in channels if channel.get("url")],
            **_count_interactions(view, channels),
        }
    )
    return {
        "@type": "ProfilePage",
        "url": view["canonical"],
        "dateCreated": view["date"],
        "dateModified": view["updated"],
        "mainEntity": person,
    }


def _count_interactions(view: dict[str, Any], channels: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """What others did with the person's accounts (followed, liked) and what the person did there (wrote): only numbers
    whose days stand on the page, each with its network.
    """
    shown = (view["computed"] or {}).get("channels") or []
    received: list[dict[str, Any]] = []
    done: list[dict[str, Any]] = []
    for channel, numbers in zip(channels, shown, strict=False):
        if numbers["followers"] is not None and numbers["as_of"]:
            received.append(_count("FollowAction", numbers["followers"], None, numbers["as_of"], channel))
        series = numbers["series"]
        totals = {one["name"]: one["value"] for one in series["totals"]} if series else {}
        for name, action, found in (("likes", "LikeAction", received), ("posts", "WriteAction", done)):
            if series and totals.get(name):
                found.append(_count(action, totals[name], *_find_days(series), channel))
    return {"interactionStatistic": received, "agentInteractionStatistic": done}


def _find_days(series: dict[str, Any]) -> tuple[str, str]:
    """The first and the last day of an export, or its months where it has a row for each."""
    size = len("2026-05") if series["row"] == "month" else None
    return series["starts"][:size], series["ends"][:size]


def _count(action: str, count: int, starts: str | None, ends: str, channel: dict[str, Any]) -> dict[str, Any]:
    service = {"@type": "WebSite", "name": channel["network"], "url": channel.get("url")}
    return _drop_empty(
        {
            "@type": "InteractionCounter",
            "interactionType": f"{CONTEXT}/{action}",
            "userInteractionCount": count,
            "startTime": starts,
            "endTime": ends,
            "interactionService": _drop_empty(service),
        }
    )


def _describe_product(library: Library, view: dict[str, Any]) -> dict[str, Any]:
    """A product with its price where the page shows one; never with ratings."""
    record = view["record"]
    price = record.get("price")
    offer = (
        {"@type": "Offer", "price": price["amount"], "priceCurrency": price["currency"], "url": record.get("url")}
        if price
        else None
    )
    base = _base(library, view)
    base.pop("inLanguage")
    return {
        "@type": "Product",
        **base,
        "category": record.get("category"),
        "brand": {"@type": "Brand", "name": record["brand"]} if record.get("brand") else None,
        "gtin": record.get("gtin"),
        "offers": _drop_empty(offer) if offer else None,
    }


DESCRIBERS: dict[str, Callable[[Library, dict[str, Any]], dict[str, Any]]] = {
    "WebPage": _describe_page,
    "NewsArticle": _describe_news,
    "ProfilePage": _describe_profile,
    "ItemPage": _describe_product,
}


def _describe_crumbs(library: Library, view: dict[str, Any]) -> dict[str, Any] | None:
    before = view["crumbs"]
    if not before or view["url"] == "/":
        return None
    items = [
        {"@type": "ListItem", "position": place, "name": step["title"], "item": library.full(step["url"])}
        for place, step in enumerate(before, 1)
    ]
    own = {"@type": "ListItem", "position": len(items) + 1, "name": view["title"], "item": view["canonical"]}
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": [*items, own]}
