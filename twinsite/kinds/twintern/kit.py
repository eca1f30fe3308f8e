"""The media kit of a twintern: one page to print, and the pictures in a ZIP file; and how their links are marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from twinsite.core.problem import Problem
from twinsite.core.record import Image
from twinsite.core.utm import make_word
from twinsite.kinds.computed import Outbound
from twinsite.kinds.disclosure import first_words
from twinsite.kinds.further import Family, Further, Packed, Surroundings
from twinsite.kinds.kind import Shared
from twinsite.kinds.parts import Relationship
from twinsite.kinds.twintern.model import Twintern

KIT_STEP = "kit/"
ARCHIVE_STEP = "kit/pictures.zip"

PAID: tuple[Relationship, ...] = ("employee", "intern_paid", "gifted", "contest_prize", "affiliate")
"""Connections in which money or goods change hands: search engines ask for rel=sponsored on such links
(https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links, 22 November 2026).
"""


def is_paid(record: Twintern, relationship: Relationship) -> bool:
    """Whether a twintern gets something for what they do in a relationship: an unpaid intern may still get things."""
    receives = record.programme.receives if record.programme else ()
    return relationship in PAID or (relationship == "intern_unpaid" and bool(receives))


def list_pictures(record: Twintern) -> Iterator[tuple[str, Image]]:
    """The pictures that may be passed on, each with a name for its file: the portrait, those of works, further ones."""
    left = set(record.kit.leave_out) if record.kit else set()
    portraits = (("portrait", image) for image in (record.photo, record.image) if image)
    works = ((work.title, work.image) for work in record.works if work.image)
    more = (("picture", image) for image in (record.kit.pictures if record.kit else ()))
    seen: set[str] = set()
    for name, image in chain(portraits, works, more):
        if image.src not in left and image.src not in seen:
            seen.add(image.src)
            yield name, image


def make_outbound(record: Twintern, url: str, source: str, medium: str, campaign: str | None = None) -> Outbound:
    """A link of a twintern's. It tells of the person by the word in ``utm`` alone, never by name or handle."""
    return Outbound(url, source, medium, campaign or name_campaign(record), record.utm or "")


def name_campaign(record: Twintern) -> str:
    """What visits that a twintern brings belong to: the programme, else all twinterns together."""
    return (record.programme.programme if record.programme else None) or "twinterns"


def share_twintern(record: Twintern, state: str | None) -> Shared:
    """Who shares it must say how the person is connected; no word of the address names the person again."""
    return Shared(campaign=name_campaign(record), content=record.utm or "", label=f"relationship_{record.relationship}")


def make_kit(record: Twintern, around: Surroundings) -> Further:
    """The kit's page: ``own`` has the number of ``pictures`` in the ZIP file and its address below the page,
    ``archive``; ``brand``, the tracked link to the brand; ``code``, what its QR code says; ``first``: see
    ``first_words``.
    """
    values: dict[str, Any] = {
        "first": first_words(record.relationship, around.facts),
        "pictures": len(list(list_pictures(record))),
        "archive": around.url + ARCHIVE_STEP,
        "brand": make_outbound(record, around.brand, "kit", "referral"),
        "code": Outbound(around.full, "kit", "qr", name_campaign(record), record.utm or "", printed=True),
    }
    return Further(values, title=record.name, word="kit", summary=record.tagline or "")


def make_archive(record: Twintern, around: Surroundings) -> Further:
    """The ZIP file of the pictures."""
    values = {
        "title": record.name,
        "address": around.full,
        "relationship": record.relationship,
        "disclosure": record.disclosure or "",
        "usage": (record.kit.usage if record.kit else None) or "",
    }
    files = tuple(Packed(image, name) for name, image in list_pictures(record))
    return Further(values, title=record.name, word="kit", files=files)


def check_word(record: Twintern, path: str) -> tuple[Problem, ...]:
    """A word for tracked links that is the person's name or handle (``utm-personal``)."""
    if record.utm is None or record.utm not in (make_word(record.name), make_word(record.handle)):
        return ()
    text = f'"{record.utm}" is who this is, and links are passed on.'
    return (Problem("utm-personal", path, text, "Write a word that names no person: bench-3", field=("utm",)),)


def check_kit(record: Twintern, path: str) -> tuple[Problem, ...]:
    """A picture that is left out of the kit, but is not on the page."""
    shown = [image.src for image in (record.photo, record.image) if image]
    shown += [work.image.src for work in record.works if work.image]
    left = record.kit.leave_out if record.kit else ()
    return tuple(_not_shown(path, place, name, shown) for place, name in enumerate(left) if name not in shown)


def _not_shown(path: str, place: int, name: str, shown: list[str]) -> Problem:
    known = f"Its pictures: {', '.join(dict.fromkeys(shown))}." if shown else "This page shows none: leave it away."
    return Problem(
        "kit-picture-unknown",
        path,
        f'The kit leaves out "{name}", which is none of the pictures of this page.',
        known,
        field=("kit", "leave_out", place),
    )


FAMILIES = (
    Family("kit", "twintern/kit.html", lambda record: (KIT_STEP,), make_kit),
    Family(
        "kit_pictures",
        "",
        lambda record: (ARCHIVE_STEP,) if next(list_pictures(record), None) else (),
        make_archive,
        switch="kit",
    ),
)
