"""What is written of a claim: something that people say about the brand and its products, and the brand's answer."""

from typing import Annotated, Literal

from pydantic import Field

from twinsite.core.record import Model, PrivateNotes, Record
from twinsite.core.values import Date, Flag, Instant, Ref, Text, Url
from twinsite.kinds.claim.statuses import STATUSES
from twinsite.kinds.parts import Contact

Status = Literal["investigating", "true", "partly_true", "unproven", "false", "withdrawn"]
Severity = Literal["low", "medium", "high"]


class Sighting(Model):
    """Where a claim spreads."""

    platform: Text = Field(description="The network, newspaper or place, such as: TikTok.")
    url: Url | None = Field(default=None, description="The address of a post or an article that says it.")


class Evidence(Model):
    """Something that anybody can check."""

    title: Text = Field(description="What it is, such as: Laboratory report on the dye, 14 pages.")
    url: Url | None = Field(default=None, description="Where it can be read.")
    date: Date = Field(description="The day it was made or published, such as: 2026-04-14.")
    by: Text | None = Field(default=None, description="Who made it, such as: Northfield Textile Laboratory.")


class Update(Model):
    """What was known and said at a moment. Updates are only ever added."""

    at: Instant = Field(description="When it was published, such as: 2026-04-14 09:30.")
    text: Text = Field(description="What is new. Each line becomes a paragraph.")


class Remedy(Model):
    """What people get and do where a claim is true: the recall."""

    affected: Text = Field(description="What exactly is affected: products, batches, numbers, dates of sale.")
    stop_using: Flag = Field(description="true where nobody should go on using it.")
    refund: Text | None = Field(
        default=None, description="What people get, such as: A new one or your money back, as you choose."
    )
    how: Text = Field(description="How they get it. Each line becomes a step.")
    hotline: Text | None = Field(default=None, description="A number that people can call, free of charge if possible.")
    url: Url | None = Field(default=None, description="Where they can ask for it on the web.")


class PrivateClaim(PrivateNotes):
    """What is never published of a claim."""

    approved_by: Text | None = Field(None, description="Who allowed it to be published.")
    approved_at: Instant | None = Field(None, description="When that was.")


class Claim(Record):
    """Something that is said about the brand, and what is known of it."""

    title: Text = Field(description="What is true, such as: The dye in our sails passed every test.")
    claim: Text = Field(description="What is claimed, in neutral words: Posts say that the dye makes hands itch.")
    status: Status = Field(
        description="What has been found: investigating, true, partly_true, false, unproven or withdrawn.",
        json_schema_extra={"type": ["string", "boolean"], "enum": [*STATUSES, True, False]},
    )
    severity: Severity = Field(
        default="medium",
        description="How much harm it can do: low; medium, which its products and campaigns link to; or high, which "
        "every page links to.",
    )
    first_seen: Date = Field(description="The day on which the claim was first seen, such as: 2026-04-12.")
    closed: Instant | None = Field(
        default=None, description="The moment from which the matter is closed, such as: 2026-05-02 12:00."
    )
    where: tuple[Sighting, ...] = Field(default=(), description="Where it spreads.")
    what_to_do: Text | None = Field(
        default=None, description="What people should do now, safety first. Each line becomes a step."
    )
    what_we_know: Text | None = Field(
        default=None, description="What is known so far, and what is not. Each line becomes a paragraph."
    )
    evidence: tuple[Evidence, ...] = Field(default=(), description="What anybody can check.")
    updates: tuple[Update, ...] = Field(
        default=(),
        description="What was said when, the oldest first; only ever added to.",
        json_schema_extra={"public": False},
    )
    remedy: Remedy | None = Field(default=None, description="The recall or repair, where the claim is true.")
    products: tuple[Annotated[str, Ref("product")], ...] = Field(default=(), description="The products it is about.")
    campaigns: tuple[Annotated[str, Ref("campaign")], ...] = Field(default=(), description="The campaigns it is about.")
    announcements: tuple[Annotated[str, Ref("announcement")], ...] = Field(
        default=(), description="The announcements that go with it."
    )
    contact: Contact | None = Field(default=None, description="Whom people and journalists may ask.")
    private: PrivateClaim | None = Field(None, description="What is never published.")
