"""The frame: the one value that every page sees. What changes here renders every page again, rightly."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from twinsite.core.names import nearest_name, nearest_path
from twinsite.core.page import Planned
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry
from twinsite.core.theme import choose_strings
from twinsite.plan.addresses import describe_empty_list, find_meaning
from twinsite.plan.alerts import plan_alerts
from twinsite.plan.anchors import describe_missing
from twinsite.plan.feeds import feed_links
from twinsite.plan.library import Library
from twinsite.plan.machine import write_policy
from twinsite.plan.share_image import plan_site_image
from twinsite.plan.tracked_words import check_settings


def plan_frame(library: Library) -> tuple[dict[str, Any], Planned]:
    """Site, brand, menu, networks, assets and the theme's words in the site's language; and what came of making it."""
    own = library.for_one()
    own.problems += check_settings(own)
    return _make_frame(own), own.planned()


def _make_frame(library: Library) -> dict[str, Any]:
    settings, theme = library.settings, library.theme
    brand = settings.brand.model_dump(mode="json") if settings.brand else None
    if brand:
        brand["logo"] = _publish_logo(library, settings.brand.logo if settings.brand else None)
    return {
        "site": {
            "title": settings.title,
            "tagline": settings.tagline,
            "language": settings.language,
            "base_url": library.base_url,
            "base_path": urlsplit(library.base_url).path,
        },
        "brand": brand,
        "menu": plan_menu(library, settings.menu or (), ("menu",)),
        "networks": [network.model_dump(mode="json") for network in settings.networks or ()],
        "stylesheets": list(theme.stylesheets),
        "scripts": list(theme.scripts),
        "icons": [
            f"/{name}" for name in ("favicon.svg", "favicon.ico", "apple-touch-icon.png") if name in library.site.static
        ],
        "assets": {asset.name: f"/{asset.path}" for asset in theme.assets},
        "feeds": feed_links(library),
        "t": choose_strings(theme.strings, settings.language),
        "theme": dict(theme.settings),
        "alerts": plan_alerts(library),
        "policy": write_policy(library),
        "share_image": plan_site_image(library),
    }


def plan_menu(library: Library, items: Sequence[Any], field: FieldPath) -> list[dict[str, Any]]:
    """The menu with every target resolved; a missing target is an error at its place in ``site.yaml``."""
    menu = []
    for index, item in enumerate(items):
        place = (*field, index)
        children = plan_menu(library, item.children or (), (*place, "children"))
        menu.append({"label": item.label, "url": _find_target(library, item.to, (*place, "to")), "children": children})
    return menu


def _find_target(library: Library, to: str | None, field: FieldPath) -> str | None:
    if to is None or ":" in to.partition("/")[0]:
        return to
    path, mark, anchor = to.partition("#")
    tail = mark + anchor
    if path.endswith(".md"):
        file = posixpath.normpath(path if path.startswith("content/") else f"content/{path.lstrip('/')}")
        entry = library.site.by_path.get(file)
        if entry and not entry.held:
            return entry.url + _check_anchor(library, entry, anchor, field)
        if entry:
            _check_anchor(library, entry, anchor, field)
        if entry or file in library.site.wrong:
            return None
    address = unquote(path if path.startswith("/") else f"/{path}")
    meaning = find_meaning(library, address)
    if meaning:
        url = meaning.held.url if meaning.held else meaning.url
        entry = library.by_url.get(url or "")
        tail = _check_anchor(library, entry, anchor, field) if entry else tail
        return meaning.url + tail if meaning.url else None
    text, hint = _describe_lost(library, to, address)
    library.problems.append(Problem("broken-menu", "site.yaml", text, hint, field=field))
    return None


def _describe_lost(library: Library, to: str, address: str) -> tuple[str, str]:
    """Message and hint for an item of the menu that leads nowhere."""
    text = f'The menu leads to "{to}", but there is no such page.'
    hint = "Write the address of a page (/contests/) or its file (pages/about.md)."
    if address.endswith(".md"):
        found = nearest_path(f"content{address}", library.site.by_path)
        near = found.removeprefix("content/") if found else None
    elif empty := describe_empty_list(address):
        return text, empty
    else:
        near = nearest_name(address, library.addresses)
    return text + (f' Did you mean "{near}"?' if near else ""), hint


def _check_anchor(library: Library, entry: Entry, anchor: str, field: FieldPath) -> str:
    """The end of an address with its anchor, or without one that the page cannot have, which is a problem."""
    if not anchor:
        return ""
    known = library.anchors_of(entry)
    if anchor in known or library.anchors.may_exist(anchor):
        return f"#{anchor}"
    text, hint = describe_missing(entry.url, anchor, known)
    severity = library.settings.policies.broken_links
    library.problems.append(Problem("broken-anchor", "site.yaml", text, hint, field=field, severity=severity))
    return ""


def _publish_logo(library: Library, name: str | None) -> dict[str, Any] | None:
    """The brand's logo: a file of ``content/static`` (``/logo.svg``) or beside the home page."""
    if not name:
        return None
    media = library.find_media("content", name)
    if media is None:
        near = nearest_name(name, [f"/{path}" for path in library.site.static])
        text = f'There is no logo "{name}".' + (f' Did you mean "{near}"?' if near else "")
        hint = "Put the file into content/static/ and write its address with a leading slash: /logo.svg"
        library.problems.append(Problem("missing-file", "site.yaml", text, hint, field=("brand", "logo")))
        return None
    return {"src": library.publish(media), "width": media.width, "height": media.height}
