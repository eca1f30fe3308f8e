"""A twintern's page of links, small enough for the profile of any network: ``/twinterns/<slug>/links/``."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from twinsite.kinds.computed import Thumbnail
from twinsite.kinds.disclosure import first_words
from twinsite.kinds.further import Family, Further, Surroundings
from twinsite.kinds.kind import Facts
from twinsite.kinds.twintern.kit import KIT_STEP, is_paid, make_outbound
from twinsite.kinds.twintern.kit_fields import OwnLink
from twinsite.kinds.twintern.model import Twintern, Work

PORTRAIT: Final = 160
"""Pixels: shown at 96, and a few kilobytes."""
MOST_WORKS: Final = 6


def list_steps(record: Twintern) -> tuple[str, ...]:
    """One page, if there is anything to lead to."""
    return ("links/",) if record.links or any(channel.url for channel in record.channels) else ()


def make_links(record: Twintern, around: Surroundings) -> Further:
    """``own``: ``portrait``; ``links`` ``[{label, url, paid, relationship, first}]``, ``first`` see ``first_words``;
    ``channels`` ``[{network, handle, url}]``; ``works`` ``[{title, url, network, paid, relationship, first,
    disclosure}]``, the latest; ``brand``, the tracked link to the brand, and whether it is ``paid``; ``kit``, the
    address of the media kit where there is one; ``first`` of the twintern.
    """
    image = record.photo or record.image
    values: dict[str, Any] = {
        "portrait": Thumbnail(image, PORTRAIT) if image else None,
        "links": [_plain_link(record, link, around.facts) for link in record.links],
        "channels": [
            {"network": channel.network, "handle": channel.handle, "url": channel.url}
            for channel in sorted(record.channels, key=lambda channel: not channel.primary)
            if channel.url
        ],
        "works": [_plain_work(record, work, around.facts) for work in _choose_works(record)],
        "brand": make_outbound(record, around.brand, "links", "referral"),
        "paid": is_paid(record, record.relationship),
        "first": first_words(record.relationship, around.facts),
        "kit": around.url + KIT_STEP if around.wants("kit") else None,
    }
    return Further(values, title=record.name, word="links", summary=record.tagline or "")


def _plain_link(record: Twintern, link: OwnLink, facts: Facts) -> dict[str, Any]:
    relationship = link.relationship or record.relationship
    return {
        "label": link.label,
        "url": make_outbound(record, link.url, "links", "referral", link.campaign),
        "paid": is_paid(record, relationship),
        "relationship": relationship,
        "first": first_words(relationship, facts),
    }


def _choose_works(record: Twintern) -> list[Work]:
    """The latest works that can be seen somewhere; those without a day come last."""
    seen = [work for work in record.works if work.url]
    return sorted(seen, key=lambda work: work.published or date.min, reverse=True)[:MOST_WORKS]


def _plain_work(record: Twintern, work: Work, facts: Facts) -> dict[str, Any]:
    relationship = work.relationship or record.relationship
    return {
        "title": work.title,
        "url": work.url,
        "network": work.network,
        "paid": is_paid(record, relationship),
        "relationship": relationship,
        "first": first_words(relationship, facts),
        "disclosure": work.disclosure or record.disclosure,
    }


FAMILY = Family("links", "twintern/links.html", list_steps, make_links)
