"""Tracked links: the one place where addresses get the words that tell where somebody came from, and where the words
that stand in content are held to the vocabulary of ``site.yaml``.

A word is made of what a link is (the network, a poster, a media kit), of the campaign it belongs to, and of the record.
Nothing inside the site is ever tagged: a visit that was counted once would count as a new one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from twinsite.core.address import make_origin
from twinsite.core.site import Entry
from twinsite.core.utm import add_tags, make_word
from twinsite.kinds.computed import Outbound
from twinsite.plan.library import Library
from twinsite.plan.plain import make_target


def track(library: Library, url: str, source: str, medium: str, campaign: str, content: str = "") -> str:
    """A full address with where it stands: source, medium and campaign, which every analysis asks for, and what of the
    campaign it is (``content``), if anything is said of that.
    """
    named = library.settings.utm.campaigns.get(campaign) or make_word(campaign)
    return add_tags(url, {"source": source, "medium": medium, "campaign": named, "content": make_word(content)})


def make_tracked(library: Library, entry: Entry, link: Outbound) -> str | None:
    """The address of a link from a record's further outputs: tracked where it leads to another site of the brand, or
    is printed; site-absolute where it leads to this one. ``None`` where it leads to nothing that is published now.
    """
    target = make_target(library, entry, link.url)
    if target is None or not (link.printed or is_of_brand(library, target)):
        return target and shorten(library, target)
    return track(library, target, link.source, link.medium, link.campaign, link.content)


def shorten(library: Library, address: str) -> str:
    """A full address of this site as one from its root; any other stays."""
    base = library.base_url
    return f"/{address[len(base) :]}" if f"{address}/".startswith(base) else address


def find_brand(library: Library) -> str:
    """The full address of the brand's own web site, or of this one."""
    brand = library.settings.brand
    return (brand.url if brand else None) or library.base_url


def is_inside(library: Library, address: str) -> bool:
    """Whether an address, as somebody wrote it, leads to this site."""
    parts = urlsplit(address)
    if not parts.scheme and not parts.netloc:
        return True
    if parts.scheme not in ("http", "https", ""):
        return False
    base = urlsplit(library.base_url)
    inside = f"{parts.path.rstrip('/')}/".startswith(base.path)
    return parts.hostname == base.hostname and parts.port == base.port and inside


def is_of_brand(library: Library, address: str) -> bool:
    """Whether a full address leads to another site of the brand: that of ``brand.url``, or one of ``utm.sites``."""
    if urlsplit(address).scheme not in ("http", "https") or is_inside(library, address):
        return False
    own = {make_origin(find_brand(library)), *map(make_origin, library.settings.utm.sites)}
    return make_origin(address) in own
