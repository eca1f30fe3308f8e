"""The picture that stands beside a shared link: what is drawn on it, as a recipe. Workers draw it (``render.card``)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from twinsite.core.digest import digest_value
from twinsite.core.page import ShareImage
from twinsite.core.record import Image
from twinsite.core.site import Entry
from twinsite.core.theme import choose_strings
from twinsite.fonts import make_writable
from twinsite.kinds import kind_named
from twinsite.plan.library import PROCESSED, Library

WIDTH: Final = 1200
HEIGHT: Final = 630
"""Pixels, as Open Graph's users ask for: 1.91 to 1."""

INK: Final = "#2b2622"
"""The colour of sites whose brand names none."""


def plan_share_image(library: Library, entry: Entry, image: Image | None) -> dict[str, Any] | None:
    """The picture for links to a record as views show it; none where ``outputs`` does not ask for it, or where the
    title is in a script that no bundled font has, or the record must not be drawn.
    """
    if not library.settings.outputs.draws(entry.kind) or library.site.preview:
        return None
    shared = kind_named(entry.kind).share(entry.record, entry.state)
    if not shared.drawn:
        return None
    strings = choose_strings(library.theme.strings, library.settings.language)
    labels = (strings.get(f"kind_{entry.kind}"), strings.get(shared.label), shared.by)
    return _publish(library, entry.title, " · ".join(filter(None, labels)), entry, image if shared.pictured else None)


def may_be_pictured(entry: Entry) -> bool:
    """Whether a record's own picture may stand beside links to it."""
    return kind_named(entry.kind).share(entry.record, entry.state).pictured


def plan_site_image(library: Library) -> dict[str, Any] | None:
    """The picture for links to the home page, to lists, and to records without one of their own: one for the whole
    site, with its name, what it is, and the picture of the home page.
    """
    if not draws_site(library):
        return None
    home, settings = library.site.home, library.settings
    return _publish(library, settings.title, settings.tagline or "", home, home.record.image if home else None)


def draws_site(library: Library) -> bool:
    """Whether a picture is drawn for the site as a whole, and so for the home page."""
    return library.settings.outputs.draws("site") and not library.site.preview


def _publish(
    library: Library, title: str, kicker: str, entry: Entry | None, image: Image | None
) -> dict[str, Any] | None:
    written = make_writable(title)
    if written is None:
        return None
    settings = library.settings
    host = urlsplit(settings.base_url).hostname or ""
    foot = " · ".join(filter(None, (make_writable(settings.title), host if host != settings.title else "")))
    colours = settings.brand.colours if settings.brand else None
    beside = library.find_media(entry.folder, image.src) if entry and image else None
    shown = beside if beside and beside.format in PROCESSED else None
    parts = {
        "title": written,
        "kicker": make_writable(kicker) or "",
        "foot": foot,
        "colour": (colours.primary if colours else None) or INK,
        "picture": shown.path if shown else "",
        "focus": (image.focus if shown and image else None) or "",
    }
    digest = digest_value([parts, shown.digest if shown else ""])
    step = entry.slug.rpartition("/")[2] if entry and entry.kind != "home" else "site"
    path = f"media/share-{step[:60]}.{digest[:8]}.{'jpg' if shown else 'png'}"
    library.outputs[path] = ShareImage(path, entry.path if entry else "site.yaml", digest, **parts)
    alt = f"{title}. {kicker}" if kicker else title
    return {"src": library.full(f"/{path}"), "width": WIDTH, "height": HEIGHT, "alt": alt}
