"""What an editor writes about a showcase: the model and its parts. Only fields; what follows from them is beside it."""

import posixpath
import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from twinsite.core.instants import wrong
from twinsite.core.record import Model, PrivateNotes, Record, files
from twinsite.core.values import Amount, Date, FileName, Flag, Handle, Language, Ref, Text, Url
from twinsite.kinds.parts import RELATIONSHIP_ABOUT, ImportNote, Relationship
from twinsite.kinds.permission import Permission


class Author(Model):
    """Who said it."""

    name: Text = Field(description="The name as the author wants it shown, such as: Maria K.")
    handle: Handle | None = Field(default=None, description="The author's handle, such as: maria.brews.")
    url: Url | None = Field(default=None, description="The author's profile or site.")
    twintern: Annotated[str, Ref("twintern")] | None = Field(
        default=None, description="The author's page, when the author is one of the twinterns."
    )
    namesake: Flag = Field(
        default=False,
        description="true when the author only has the same name or handle as one of the twinterns, and is somebody "
        "else.",
    )


class Rating(Model):
    """A rating that came with it."""

    value: Amount = Field(description="What was given, such as: 4.5.")
    best: Amount = Field(default=Decimal(5), description="The best that could be given; 5 if empty.")
    worst: Amount = Field(default=Decimal(1), description="The worst that could be given; 1 if empty.")


def read_length(text: str) -> str:
    """A length of time as written, ``3:42`` or ``1:03:20``; anything else is refused with the rule ``not-a-length``."""
    if re.fullmatch(r"([0-9]{1,2}:)?[0-5]?[0-9]:[0-5][0-9]", text):
        return text
    raise wrong("not-a-length", f'"{text}" is no length of time.', "Write minutes and seconds, such as 3:42.")


Length = Annotated[Text, AfterValidator(read_length)]


class Item(Model):
    """A picture, a film or a recording that belongs to it."""

    src: FileName | None = Field(
        default=None, description="The file beside this one, such as: latte.jpg. A film may have url instead."
    )
    url: Url | None = Field(default=None, description="Where a film or a recording can be seen, if not copied here.")
    alt: Text | None = Field(default=None, description="What a picture shows, for those who cannot see it.")
    type: Literal["image", "video", "audio"] = Field(default="image", description="image, video or audio.")
    poster: FileName | None = Field(
        default=None, description="A picture beside this file that stands for a film until somebody opens it."
    )
    length: Length | None = Field(default=None, description="How long a film or a recording lasts, such as: 3:42.")
    transcript: Text | None = Field(default=None, description="What is said in a video or a recording.")


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
    imported: ImportNote | None = Field(default=None, description="Written by an import: where the record came from.")


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
    archived: Url | None = Field(
        default=None, description="A copy that stays, in case the original goes, such as one of a web archive."
    )
    quote: Text | None = Field(default=None, description="The exact words, as plain text.")
    language: Language | None = Field(default=None, description="The language of the words, such as: es.")
    translation: Text | None = Field(default=None, description="The words in the site's language.")
    rating: Rating | None = Field(default=None, description="The rating that came with it.")
    critical: Flag = Field(
        default=False,
        description="true when it finds fault; a rating in the lower half of its scale says so itself.",
    )
    regions: tuple[Text, ...] = Field(default=(), description="Where it comes from, such as: [uk].")
    product: Annotated[str, Ref("product")] | None = Field(default=None, description="The product it is about.")
    contest: Annotated[str, Ref("contest")] | None = Field(default=None, description="The contest it belongs to.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    twintern: Annotated[str, Ref("twintern")] | None = Field(default=None, description="The twintern it is about.")
    media: tuple[Item, ...] = Field(default=(), description="Pictures, films or recordings that belong to it.")
    permission: Permission = Field(description="Whether its author allows us to show it.")
    incentive: Incentive | None = Field(default=None, description="Whether the author got anything for it.")
    reply: Reply | None = Field(default=None, description="Our answer.")
    private: ShowcaseNotes | None = Field(default=None, description="Notes that are never published.")

    @model_validator(mode="after")
    def keep_evidence(self) -> Self:
        """Refuse a proof that would be published: in the folder of static files, or as a picture of the page. Rule
        ``public-evidence``.
        """
        evidence = self.private.evidence if self.private else None
        if evidence is None or "://" in evidence:
            return self
        name = posixpath.normpath(evidence)
        if name.startswith("/") or "static" in name.split("/") or name in {file for _, file in files(self)}:
            message = f'"{evidence}" would be published, and a proof of permission must never be.'
            raise wrong("public-evidence", message, "Keep it outside content/, or under a name of its own.", "private")
        return self
