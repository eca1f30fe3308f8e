"""Showcases: what others said of their own will, shown only while they allow it, with how they are connected."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from twinsite.core.problem import Problem
from twinsite.core.record import Model, PrivateNotes, Record
from twinsite.core.source import PICTURE_HINT, is_picture, not_a_picture
from twinsite.core.values import Amount, Date, FileName, Flag, Handle, Language, Ref, Text, Url
from twinsite.kinds.kind import Change, Facts, Kind
from twinsite.kinds.moment import change_on
from twinsite.kinds.parts import RELATIONSHIP_ABOUT, Relationship, count_days, newest_first

PRESS = ("article", "podcast", "video")
QUOTATION_WORDS = 60
"""A quotation without leave must be short; no law gives a number, so more words than this is only a warning."""


class Author(Model):
    """Who said it."""

    name: Text = Field(description="The name as the author wants it shown, such as: Maria K.")
    handle: Handle | None = Field(default=None, description="The author's handle, such as: maria.brews.")
    url: Url | None = Field(default=None, description="The author's profile or site.")
    twintern: Annotated[str, Ref("twintern")] | None = Field(
        default=None, description="The author's page, when the author is one of the twinterns."
    )


class Rating(Model):
    """A rating that came with it."""

    value: Amount = Field(description="What was given, such as: 4.5.")
    best: Amount = Field(default=Decimal(5), description="The best that could be given; 5 if empty.")
    worst: Amount = Field(default=Decimal(1), description="The worst that could be given; 1 if empty.")


class Item(Model):
    """A picture, a film or a recording that belongs to it."""

    src: FileName = Field(description="The file beside this one, such as: latte.jpg.")
    alt: Text | None = Field(default=None, description="What a picture shows, for those who cannot see it.")
    type: Literal["image", "video", "audio"] = Field(default="image", description="image, video or audio.")
    transcript: Text | None = Field(default=None, description="What is said in a video or a recording.")


class Permission(Model):
    """Whether its author allows us to show it."""

    status: Literal["requested", "granted", "declined", "revoked", "expired", "quotation"] = Field(
        description="requested, granted, declined, revoked, expired; or quotation for a short quote of the press."
    )
    scope: tuple[Literal["site", "ads", "print"], ...] = Field(
        default=(), description="What it was granted for: [site, ads, print]; if empty, the site alone."
    )
    asked_on: Date | None = Field(default=None, description="The day we asked, such as: 2026-03-02.")
    answered_on: Date | None = Field(default=None, description="The day of the answer.")
    expires: Date | None = Field(default=None, description="The first day on which it may no longer be shown.")


class Incentive(Model):
    """Whether the author got anything for it."""

    given: Flag = Field(description="true when the author got something for it, whatever they said.")
    what: Text | None = Field(default=None, description="What it was, such as: A free bag of beans.")
    disclosure: Text | None = Field(default=None, description="The words shown beside it, such as: Got a free sample.")


class Reply(Model):
    """Our answer."""

    by: Text = Field(description="Who answered, such as: Jo, customer care.")
    date: Date = Field(description="The day of the answer.")
    text: Text = Field(description="The answer.")


class ShowcaseNotes(PrivateNotes):
    """What never leaves the source."""

    evidence: Text | None = Field(default=None, description="Where the permission is kept, such as: rights/maria.pdf.")
    contact: Text | None = Field(default=None, description="How to reach the author.")
    notes: Text | None = Field(default=None, description="Anything else for colleagues.")


class Showcase(Record):
    """Something that others said, wrote, filmed or recorded."""

    title: Text | None = Field(
        default=None, description='A title of its own; if empty it is made up: "Review by Maria K. on Trustpilot".'
    )
    medium: Literal["review", "comment", "post", "video", "photo", "article", "podcast"] = Field(
        description="What it is: review, comment, post, video, photo, article or podcast."
    )
    author: Author = Field(description="Who said it.")
    relationship: Relationship = Field(description=RELATIONSHIP_ABOUT)
    platform: Text | None = Field(default=None, description="Where it appeared, such as: Trustpilot or The Guardian.")
    source_url: Url | None = Field(default=None, description="The address where it can be read.")
    published: Date = Field(description="The day it appeared, such as: 2026-02-11.")
    captured: Date | None = Field(default=None, description="The day we copied it.")
    quote: Text | None = Field(default=None, description="The exact words, as plain text.")
    language: Language | None = Field(default=None, description="The language of the words, such as: es.")
    translation: Text | None = Field(default=None, description="The words in the site's language.")
    rating: Rating | None = Field(default=None, description="The rating that came with it.")
    product: Annotated[str, Ref("product")] | None = Field(default=None, description="The product it is about.")
    contest: Annotated[str, Ref("contest")] | None = Field(default=None, description="The contest it belongs to.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    twintern: Annotated[str, Ref("twintern")] | None = Field(default=None, description="The twintern it is about.")
    media: tuple[Item, ...] = Field(default=(), description="Pictures, films or recordings that belong to it.")
    permission: Permission = Field(description="Whether its author allows us to show it.")
    incentive: Incentive | None = Field(default=None, description="Whether the author got anything for it.")
    reply: Reply | None = Field(default=None, description="Our answer.")
    private: ShowcaseNotes | None = Field(default=None, description="Notes that are never published.")


def make_title(record: Showcase) -> str:
    """The title as written, or ``Review by Maria K. on Trustpilot``."""
    if record.title:
        return str(record.title)
    joint = "in" if record.medium == "article" else "on"
    where = f" {joint} {record.platform}" if record.platform else ""
    return f"{record.medium.capitalize()} by {record.author.name}{where}"


def find_day(record: Showcase) -> date:
    """The day on which it appeared, unless ``date`` says otherwise."""
    return record.date or record.published


def order_in_lists(record: Showcase, state: str | None, title: str) -> tuple[Any, ...]:
    """Newest first, then title."""
    return newest_first(find_day(record), title)


def withhold(record: Showcase, now: datetime) -> tuple[str, datetime | None] | None:
    """``permission`` unless it is granted for the site (or a quotation) and has not expired; no end is foreseen."""
    expires = record.permission.expires
    expired = expires is not None and now.date() >= expires
    return None if is_allowed(record.permission) and not expired else ("permission", None)


def is_allowed(permission: Permission) -> bool:
    """Whether a permission, while it lasts, lets us show something on the site."""
    for_site = not permission.scope or "site" in permission.scope
    return for_site and permission.status in ("granted", "quotation")


def list_changes(record: Showcase, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of the day on which the permission expires."""
    if not is_allowed(record.permission):
        return ()
    return change_on(record.permission.expires, zone, "is taken down, because the permission expires")


def needs_body(record: Showcase) -> bool:
    """The exact words stand in ``quote``, or else in the body."""
    return not record.quote


def check(record: Showcase, path: str) -> tuple[Problem, ...]:
    """What is wrong across the fields of a showcase."""
    return (
        *check_relationship(record, path),
        *check_rating(record, path),
        *check_permission(record, path),
        *check_quotation(record, path),
        *check_media(record, path),
    )


def check_relationship(record: Showcase, path: str) -> tuple[Problem, ...]:
    """A connection with the brand that readers are not told of (16 CFR 255.5, 465.5)."""
    found = []
    if record.author.twintern and record.relationship == "none":
        found.append(
            Problem(
                rule="hidden-relationship",
                path=path,
                field=("relationship",),
                message="The author is one of your twinterns, so the relationship cannot be none.",
                hint="Write what connects them with the brand, such as intern_paid, intern_unpaid or employee.",
            )
        )
    if record.incentive and record.incentive.given and not record.incentive.disclosure:
        found.append(
            Problem(
                rule="missing-disclosure",
                path=path,
                field=("incentive",),
                message="The author got something for it, and nothing says so to readers.",
                hint='Add "disclosure:" with the words to show, such as: Got a free sample.',
            )
        )
    return tuple(found)


def check_rating(record: Showcase, path: str) -> tuple[Problem, ...]:
    """A rating outside its own scale."""
    rating = record.rating
    if rating is None or rating.worst <= rating.value <= rating.best:
        return ()
    return (
        Problem(
            rule="rating-out-of-range",
            path=path,
            field=("rating", "value"),
            message=f"The rating {rating.value} does not lie between {rating.worst} (worst) and {rating.best} (best).",
            hint='Correct "value", or add "best:" and "worst:" of the scale that was used.',
        ),
    )


def check_permission(record: Showcase, path: str) -> tuple[Problem, ...]:
    """Days of the permission that come before the one they must follow."""
    permission = record.permission
    pairs = (
        ("answered_on", permission.answered_on, "asked_on", permission.asked_on),
        ("expires", permission.expires, "answered_on", permission.answered_on),
    )
    return tuple(
        Problem(
            rule="dates-out-of-order",
            path=path,
            field=("permission", later),
            message=f'"permission.{later}" is earlier than "permission.{earlier}".',
            hint="The order is: asked_on, answered_on, expires.",
        )
        for later, second, earlier, first in pairs
        if first and second and second < first
    )


def check_quotation(record: Showcase, path: str) -> tuple[Problem, ...]:
    """The status ``quotation`` is for short quotes of the press; all else needs leave."""
    if record.permission.status != "quotation":
        return ()
    found = []
    if record.medium not in PRESS:
        found.append(
            Problem(
                rule="quotation-not-press",
                path=path,
                field=("permission", "status"),
                message=f"A {record.medium} cannot be shown as a quotation: that is for articles, podcasts and videos.",
                hint='Ask the author, and write "status: requested" until the answer comes.',
            )
        )
    words = len((record.quote or "").split())
    if words > QUOTATION_WORDS:
        found.append(
            Problem(
                rule="quotation-too-long",
                path=path,
                field=("quote",),
                message=f"This quotation has {words} words; without permission a quote should be short.",
                hint=f"Shorten it to {QUOTATION_WORDS} words or fewer, or ask for permission.",
                severity="warning",
            )
        )
    return tuple(found)


def check_media(record: Showcase, path: str) -> tuple[Problem, ...]:
    """Pictures that say nothing to those who cannot see them, films and recordings to those who cannot hear them."""
    found = []
    for index, item in enumerate(record.media):
        if item.type == "image" and not is_picture(item.src):
            place = ("media", index, "src")
            found.append(Problem("not-a-picture", path, not_a_picture(item.src), PICTURE_HINT, field=place))
        if item.type == "image" and not item.alt:
            message = f'The picture "{item.src}" has no "alt".'
            hint = 'Add "alt:" and say in a few words what it shows.'
            found.append(Problem("missing-alt", path, message, hint, field=("media", index)))
        if item.type != "image" and not item.transcript:
            message = f'"{item.src}" has no transcript.'
            hint = 'Add "transcript:" with what is said, for people who cannot hear it.'
            found.append(Problem("missing-transcript", path, message, hint, field=("media", index), severity="warning"))
    return tuple(found)


def note_permission(record: Showcase, path: str, facts: Facts) -> tuple[Problem, ...]:
    """A permission that ends within the days of ``policies.permission_notice_days``."""
    expires = record.permission.expires
    days = int(facts.policies.get("permission_notice_days", 30))
    if expires is None or withhold(record, facts.now) or expires - facts.now.date() > timedelta(days=days):
        return ()
    left = count_days((expires - facts.now.date()).days)
    return (
        Problem(
            rule="permission-ends-soon",
            path=path,
            field=("permission", "expires"),
            message=f"The permission ends in {left}, on {expires.isoformat()}; then this showcase is taken down.",
            hint='Ask the author again, and write the new day in "expires".',
            severity="notice",
        ),
    )


KIND = Kind(
    name="showcase",
    folder="showcases",
    label="Showcase",
    plural="Showcases",
    model=Showcase,
    about="A review, a comment, a post, a film, a picture or an article that others made of their own will.",
    dated=True,
    card=(
        "medium", "author", "relationship", "platform", "source_url", "published", "quote", "language", "translation",
        "rating", "incentive", "product", "twintern",
    ),
    title=make_title,
    day=find_day,
    changes=list_changes,
    order=order_in_lists,
    check=check,
    notices=note_permission,
    withhold=withhold,
    needs_body=needs_body,
)  # fmt: skip
