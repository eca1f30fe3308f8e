"""What is written of an entry."""

from typing import Annotated, Literal

from pydantic import Field

from twinsite.core.record import Model, PrivateNotes, Record
from twinsite.core.values import Date, Flag, Ref, Text, Url


class Consent(Model):
    """Whether whoever made the entry agreed that it is shown, and how that is known."""

    given: Flag = Field(default=False, description="true once they agreed that the entry is shown as it stands here.")
    given_on: Date | None = Field(default=None, description="The day they agreed, such as: 2026-11-02.")
    how: Text | None = Field(default=None, description="How they agreed, such as: Ticked the box of the entry form.")
    scope: tuple[Literal["site", "networks", "print"], ...] = Field(
        default=(), description="What they agreed to: [site, networks, print]; if empty, the site alone."
    )


class EntryNotes(PrivateNotes):
    """What never leaves the source."""

    name: Text | None = Field(default=None, description="The full name of whoever sent it.")
    contact: Text | None = Field(default=None, description="How to reach them.")
    evidence: Text | None = Field(default=None, description="Where the consent is kept, such as: forms/k7q2.pdf.")
    notes: Text | None = Field(default=None, description="Anything else for colleagues.")


class ContestEntry(Record):
    """Something that was sent in to a contest."""

    title: Text | None = Field(
        default=None, description='What its maker calls it; if empty it is made up: "Entry K7Q2M9".'
    )
    contest: Annotated[str, Ref("contest")] | None = Field(
        default=None, description="The contest it was sent in to; what is approved needs it."
    )
    twintern: Annotated[str, Ref("twintern")] | None = Field(
        default=None, description="The twintern who sent it in, if they agreed to be named; their page then shows it."
    )
    by: Text | None = Field(
        default=None, description="Who made it, exactly as they agreed to be shown, such as: Maria K."
    )
    region: Text | None = Field(default=None, description="Where they live, if they agreed to have it shown.")
    code: Text | None = Field(default=None, description="The random code of the entry, such as: K7Q2M9.")
    video: Url | None = Field(default=None, description="The address of a film that belongs to it.")
    moderation: Literal["pending", "approved", "rejected"] = Field(
        default="pending", description="pending, approved or rejected; only what is approved is shown."
    )
    consent: Consent = Field(default=Consent.usual(), description="Whether its maker agreed that it is shown.")
    withdrawn_on: Date | None = Field(
        default=None,
        description="The day its maker took it back; from the next build on only a notice stands at its address.",
    )
    private: EntryNotes | None = Field(default=None, description="Notes that are never published.")
