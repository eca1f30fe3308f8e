"""The share kit of a record: plain links that open a post on a network, an address for a QR code, and ready texts that
fit each network and say at once who is behind them.

Every address that leaves the site carries where it was shared (see ``plan.tracking``); addresses inside the site never
do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from twinsite.core.locale import find_locale
from twinsite.core.networks import NETWORKS, POSTER, USUAL, Network, find_network
from twinsite.core.site import Entry
from twinsite.core.theme import choose_strings
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Shared
from twinsite.plan.library import Library
from twinsite.plan.tracking import track


def make_share(library: Library, entry: Entry, summary: str) -> dict[str, Any] | None:
    """The kit of a record as its page shows it; none where ``outputs`` does not ask for one.

    ``links``: ``[{name, label, url}]``; ``texts``: ``[{name, label, text, length, limit}]``, those of networks that
    show the same text once; ``address`` is for the QR code; ``live``: there is something to ask people for now.
    """
    if not library.settings.outputs.shares(entry.kind) or entry.unlisted:
        return None
    shared = kind_named(entry.kind).share(entry.record, entry.state)
    own = entry.slug.rpartition("/")[2]
    campaign = shared.campaign or own
    content = shared.content if shared.content is not None else own if campaign != own else ""
    plain = library.full(entry.url)
    words = _Words(library, entry, shared, summary)
    links, texts = [], []
    for network in choose_networks(library):
        url = track(library, plain, network.name, network.medium, campaign, content)
        text = words.write(network, url)
        texts.append({"name": network.name, "label": network.label, "text": text, **_measure(network, text)})
        if network.address:
            links.append({"name": network.name, "label": network.label, "url": fill(network, url, text, entry.title)})
    address = track(library, plain, *POSTER, campaign, content)
    return {"links": links, "texts": texts, "address": address, "plain": plain, "live": shared.live}


def choose_networks(library: Library) -> list[Network]:
    """Those of ``share.networks``; else those on which the brand has an account, with e-mail; else usual ones."""
    named = library.settings.share.networks
    if not named:
        own = [network for account in library.settings.networks if (network := find_network(account.network))]
        named = (*(network.name for network in own), "email") if own else USUAL
    return [network for name, network in NETWORKS.items() if name in named]


def fill(network: Network, url: str, text: str, title: str) -> str:
    """The address that opens a new post on a network."""
    values = {"url": quote(url, safe=""), "text": quote(text, safe=""), "title": quote(title, safe="")}
    return (network.address or "").format(**values)


def _measure(network: Network, text: str) -> dict[str, int | None]:
    return {"length": network.count(text), "limit": network.limit}


class _Words:
    """Writes the texts of one record in the site's language, as far as the theme knows its words."""

    def __init__(self, library: Library, entry: Entry, shared: Shared, summary: str) -> None:
        strings = choose_strings(library.theme.strings, library.settings.language)
        self._title, self._summary, self._tags = entry.title, summary, " ".join(shared.tags)
        self._by = _say(strings, f"share_by_{entry.kind}", {"name": shared.by}) if shared.by else ""
        day = _write_day(shared.until.date().isoformat(), library.settings.language) if shared.until else ""
        self._until = _say(strings, f"share_until_{entry.state}", {"day": day}) if day else ""

    def write(self, network: Network, url: str) -> str:
        """The text for one network: who is behind it first, then the title and the day, then as much of the summary
        as fits, the tags and the address.
        """
        must = [self._by, f"{self._title}.", self._until]
        for summary in (self._summary, *_shorten(self._summary), ""):
            text = _join([*must, summary, self._tags, url])
            if network.limit is None or network.count(text) <= network.limit:
                return text
        for title in _shorten(self._title):
            text = _join([self._by, title, self._until, self._tags, url])
            if network.count(text) <= (network.limit or 0):
                return text
        return _join([self._by, self._tags, url])


def _say(strings: Mapping[str, str], name: str, values: Mapping[str, str]) -> str:
    """A sentence of the theme; nothing where it has none of that name."""
    pattern = strings.get(name)
    return pattern % values if pattern else ""


def _join(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)


def _shorten(text: str) -> list[str]:
    """A text with fewer and fewer words, and a mark that some are left out."""
    words = text.split()
    return [" ".join(words[:count]).rstrip(",.;:–—-") + "…" for count in range(len(words) - 1, 2, -1)]


@lru_cache(maxsize=1000)
def _write_day(day: str, language: str) -> str:
    """A day in the words of a language: 6 December 2026."""
    from datetime import date

    from babel.dates import format_date

    return format_date(date.fromisoformat(day), "long", locale=find_locale(language))
