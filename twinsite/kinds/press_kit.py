"""A press kit on a page: what the brand says of itself in one paragraph, dated facts, logos, photos, whom to ask, and
all pictures in a ZIP file.
"""

import posixpath
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pydantic import Field

from twinsite.core.problem import Problem
from twinsite.core.record import Image, Model
from twinsite.core.values import Date, Flag, Text
from twinsite.kinds.further import Family, Further, Packed, Surroundings
from twinsite.kinds.kind import Facts
from twinsite.kinds.parts import Contact, contact_of, count_days

ARCHIVE_STEP = "press-kit.zip"


class PressFact(Model):
    """A fact that others may print."""

    label: Text = Field(description="What it is, such as: Kites made since 2013.")
    value: Text = Field(description="How much or what, such as: 11,400.")
    as_of: Date | None = Field(default=None, description="The day on which it was true; of every count.")
    source: Text | None = Field(default=None, description="Where it is from, such as: Loft ledger.")


class PressKit(Model):
    """What those need who write about the brand."""

    text: Text = Field(description="The brand in one paragraph, which anybody may print.")
    facts: tuple[PressFact, ...] = Field(default=(), description="Facts and figures.")
    logos: tuple[Image, ...] = Field(default=(), description="The logo in each form that may be printed.")
    photos: tuple[Image, ...] = Field(default=(), description="Photos that may be printed.")
    usage: Text | None = Field(
        default=None, description="How the pictures may be used, such as: Free in reports about us, with the credit."
    )
    contacts: tuple[Contact, ...] = Field(default=(), description="Whom journalists may ask.")


class PageOutputs(Model):
    """What is made of a page beside it."""

    press: Flag = Field(True, description="True to make a ZIP file of the logos and photos of a press kit.")


def list_pictures(press: PressKit | None) -> Iterator[Packed]:
    """Logos and photos, each called by its file."""
    for sort, images in (("logo", press.logos), ("photo", press.photos)) if press else ():
        for image in images:
            stem = posixpath.splitext(posixpath.basename(image.src))[0]
            yield Packed(image, stem if stem.startswith(sort) else f"{sort}-{stem}")


def list_contacts(press: PressKit | None) -> tuple[str | None, ...]:
    """How the public may reach those whom journalists may ask."""
    return tuple(way for contact in (press.contacts if press else ()) for way in contact_of(contact))


def make_archive(record: Any, around: Surroundings) -> Further:
    """The ZIP file of a page's press kit."""
    press: PressKit = record.press
    values = {"title": record.title, "address": around.full, "text": press.text, "usage": press.usage or ""}
    return Further(values, title=record.title, files=tuple(list_pictures(press)))


def check_counts(press: PressKit | None, path: str) -> tuple[Problem, ...]:
    """Counts of an unknown day: a value of more than one digit that is no year. It never stays true."""
    return tuple(
        Problem(
            rule="number-without-date",
            path=path,
            field=("press", "facts", place),
            message=f'Nothing says when "{fact.label}" was {fact.value}.',
            hint='Add "as_of:" with that day, such as: 2026-05-01.',
        )
        for place, fact in enumerate(press.facts if press else ())
        if fact.as_of is None and _is_count(fact.value)
    )


def _is_count(value: str) -> bool:
    digits = value.replace(",", "").replace(".", "").replace(" ", "").replace("\u00a0", "")
    is_year = len(value) == 4 and value.isdecimal() and 1500 <= int(value) <= 2200
    return digits.isdecimal() and not is_year


def note_old_facts(press: PressKit | None, path: str, facts: Facts) -> tuple[Problem, ...]:
    """Facts older than ``policies.metrics_max_age_days``."""
    if press is None or not press.facts:
        return ()
    limit = int(facts.policies.get("metrics_max_age_days", 90))
    today = facts.now.date()
    return tuple(
        Problem(
            rule="numbers-are-old",
            path=path,
            field=("press", "facts", place, "as_of"),
            message=f'"{fact.label}" is {count_days((today - fact.as_of).days)} old; the limit is {count_days(limit)}.',
            hint='Look it up again and write the new day in "as_of".',
            severity="notice",
        )
        for place, fact in enumerate(press.facts)
        if fact.as_of is not None and today - fact.as_of > timedelta(days=limit)
    )


FAMILY = Family(
    "press", "", lambda record: (ARCHIVE_STEP,) if next(list_pictures(record.press), None) else (), make_archive
)
