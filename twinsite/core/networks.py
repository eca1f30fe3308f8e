"""Networks on which people share: how long a text may be, how each counts, and the address that opens a new post.

Every line is dated and has its source. An address has ``{url}``, ``{text}`` (with the address at its end) and
``{title}``, percent-encoded; networks without one take a text only by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from msgspec import Struct

CHECKED: Final = "2026-11-22"
"""The day on which limits and addresses were last looked up."""

_URL: Final = re.compile(r"https?://\S+")
_LIGHT: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts once, all others twice: twitter-text, configuration 3."""

URL_LENGTH: Final = 23
"""What X and Mastodon count for any address, however long it is."""


def count_signs(text: str) -> int:
    """Unicode code points. Networks that count what people see as one sign never count more."""
    return len(text)


def count_weighted(text: str) -> int:
    """As X counts: after normalisation to NFC, an address 23, Latin and most alphabets once, all else twice."""
    plain, urls = _URL.subn("", unicodedata.normalize("NFC", text))
    return URL_LENGTH * urls + sum(1 if any(a <= ord(sign) <= b for a, b in _LIGHT) else 2 for sign in plain)


def count_short_urls(text: str) -> int:
    """As Mastodon counts: code points, an address 23."""
    plain, urls = _URL.subn("", text)
    return URL_LENGTH * urls + len(plain)


def count_units(text: str) -> int:
    """UTF-16 code units, in which signs outside the basic plane, such as most emoji, count two."""
    return len(text.encode("utf-16-le")) // 2


class Network(Struct, frozen=True):
    """``name`` is its word in addresses (``utm_source``) and settings, in small letters; ``medium`` the ``utm_medium``.

    ``limit`` is how long a text may be by ``count``; none where it is too long to matter. ``source`` is where that is
    written.
    """

    name: str
    label: str
    medium: str
    limit: int | None
    count: Callable[[str], int]
    address: str | None
    source: str


NETWORKS: Final[Mapping[str, Network]] = MappingProxyType(
    {
        network.name: network
        for network in (
            Network(
                "x", "X", "social", 280, count_weighted, "https://x.com/intent/post?text={text}",
                "https://docs.x.com/fundamentals/counting-characters",
            ),
            Network(
                "bluesky", "Bluesky", "social", 300, count_signs, "https://bsky.app/intent/compose?text={text}",
                "https://docs.bsky.app/docs/advanced-guides/intent-links",
            ),
            Network(
                "mastodon", "Mastodon", "social", 500, count_short_urls, "https://share.joinmastodon.org/#text={text}",
                "https://docs.joinmastodon.org/user/posting/",
            ),
            Network(
                "threads", "Threads", "social", 500, count_units, "https://www.threads.net/intent/post?text={text}",
                "https://developers.facebook.com/docs/threads/posts",
            ),
            Network(
                "facebook", "Facebook", "social", 5000, count_signs,
                "https://www.facebook.com/sharer/sharer.php?u={url}",
                "https://support.buffer.com/article/588-character-limits-for-each-social-network",
            ),
            Network(
                "linkedin", "LinkedIn", "social", 3000, count_units,
                "https://www.linkedin.com/sharing/share-offsite/?url={url}",
                "https://www.linkedin.com/help/linkedin/answer/a528176",
            ),
            Network(
                "instagram", "Instagram", "social", 2200, count_units, None,
                "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media",
            ),
            Network(
                "tiktok", "TikTok", "social", 2200, count_units, None,
                "https://developers.tiktok.com/doc/content-posting-api-reference-direct-post",
            ),
            Network(
                "youtube", "YouTube", "social", 5000, count_signs, None,
                "https://developers.google.com/youtube/v3/docs/videos",
            ),
            Network(
                "pinterest", "Pinterest", "social", 500, count_signs,
                "https://www.pinterest.com/pin/create/button/?url={url}&description={text}",
                "https://support.buffer.com/article/588-character-limits-for-each-social-network",
            ),
            Network(
                "reddit", "Reddit", "social", 300, count_signs, "https://www.reddit.com/submit?url={url}&title={title}",
                "https://www.reddit.com/dev/api/#POST_api_submit",
            ),
            Network(
                "telegram", "Telegram", "messenger", 4096, count_units, "https://t.me/share/url?url={url}&text={title}",
                "https://core.telegram.org/widgets/share",
            ),
            Network(
                "whatsapp", "WhatsApp", "messenger", None, count_signs, "https://wa.me/?text={text}",
                "https://faq.whatsapp.com/5913398998672934",
            ),
            Network(
                "email", "E-mail", "email", None, count_signs, "mailto:?subject={title}&body={text}",
                "https://www.rfc-editor.org/rfc/rfc6068",
            ),
        )
    }
)  # fmt: skip
"""All known networks by name, in the order in which pages show them."""

USUAL: Final = ("whatsapp", "facebook", "bluesky", "mastodon", "linkedin", "email")
"""Where a site that names no network lets people share."""

POSTER: Final = ("poster", "qr")
"""The ``utm_source`` and ``utm_medium`` of the address in a QR code."""


def find_network(label: str) -> Network | None:
    """The network of a name as people write it (``YouTube``, ``Twitter``)."""
    name = label.casefold().replace(" ", "").replace("-", "")
    return NETWORKS.get({"twitter": "x", "mail": "email"}.get(name, name))
