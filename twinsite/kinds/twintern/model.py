"""What an editor writes about a twintern: the model and its parts. Only fields; what follows from them is beside it."""

from typing import Annotated, Literal

from pydantic import Field

from twinsite.core.record import Image, Model, PrivateNotes, Record
from twinsite.core.utm import Word
from twinsite.core.values import Amount, Date, Flag, Handle, Language, Ref, TableName, Text, Url
from twinsite.kinds.parts import RELATIONSHIP_ABOUT, Contact, Count, Relationship, in_range
from twinsite.kinds.twintern.kit_fields import MediaKit, OwnLink


class Term(Model):
    """The twintern's time in a programme."""

    programme: Annotated[str, Ref("programme")] | None = Field(default=None, description="The programme's page.")
    cohort: Text | None = Field(default=None, description="The intake, such as: Spring 2026.")
    starts: Date | None = Field(default=None, description="The first day, such as: 2026-03-02.")
    ends: Date | None = Field(default=None, description="The last day; leave it out while it is not known.")
    paid: Flag | None = Field(default=None, description="true when the twintern is paid, false when not.")
    pay_note: Text | None = Field(default=None, description="What the pay is, or what there is instead.")
    receives: tuple[Text, ...] = Field(default=(), description="What the twintern receives, one thing a line.")


class Channel(Model):
    """An account of the twintern on a network."""

    network: Text = Field(description="The network, such as: Instagram.")
    handle: Handle = Field(description="The account's handle, such as: ana.pours.")
    url: Url | None = Field(default=None, description="The account's address.")
    followers: Count | None = Field(default=None, description="How many follow it; then as_of is needed too.")
    as_of: Date | None = Field(default=None, description="The day on which the followers were counted.")
    source: Text | None = Field(default=None, description="Where the number is from, such as: Instagram Insights.")
    primary: Flag = Field(default=False, description="true for the account to follow first.")
    metrics: TableName | None = Field(
        default=None,
        description="The export with this account's numbers over time: a table in content/data whose schema says what "
        "its columns mean.",
        json_schema_extra={"public": False},
    )


class Numbers(Model):
    """What a work reached. Rates are computed from these numbers, never written."""

    impressions: Count | None = Field(default=None, description="How often it was shown.")
    reach: Count | None = Field(default=None, description="How many people it was shown to.")
    likes: Count | None = Field(default=None, description="Likes or other reactions.")
    comments: Count | None = Field(default=None, description="Comments or replies.")
    shares: Count | None = Field(default=None, description="Shares or reposts.")
    saves: Count | None = Field(default=None, description="How often it was saved.")
    clicks: Count | None = Field(default=None, description="Clicks on its link.")
    as_of: Date = Field(description="The day on which these numbers were read.")
    source: Text | None = Field(default=None, description="Where they are from, such as: TikTok Analytics.")


class Work(Model):
    """Something the twintern made."""

    title: Text = Field(description="What it is called, such as: Latte art in 30 seconds.")
    url: Url | None = Field(default=None, description="Where it can be seen.")
    network: Text | None = Field(default=None, description="The network it is on, such as: TikTok.")
    published: Date | None = Field(default=None, description="The day it was published.")
    text: Text | None = Field(default=None, description="Its words, or what it is about.")
    image: Image | None = Field(default=None, description="A picture of it.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    product: Annotated[str, Ref("product")] | None = Field(default=None, description="The product it is about.")
    relationship: Relationship | None = Field(
        default=None, description="The connection with the brand when it was made; the twintern's own if empty."
    )
    disclosure: Text | None = Field(
        default=None, description="The words in it that tell of the connection, such as: Ad, paid intern at Larkfield."
    )
    metrics: Numbers | None = Field(default=None, description="What it reached, with the day of the numbers.")


Task = Literal["materials", "website", "data_entry", "database", "correspondence", "announcements", "research"]
"""The kinds of work that such a position has."""


class LoggedWork(Model):
    """A piece of work in the work log."""

    date: Date = Field(description="The day on which it was done.")
    task: Task = Field(
        description="The kind of work: materials, website, data_entry, database, correspondence, announcements or "
        "research."
    )
    what: Text = Field(description="What was done, such as: Wrote the leaflet for the spring fair.")
    url: Url | None = Field(default=None, description="Where it can be seen.")
    hours: Annotated[Amount, in_range(0, 24)] | None = Field(
        default=None, description="How many hours of that day it took, such as: 2.5."
    )


class TwinternNotes(PrivateNotes):
    """What never leaves the source."""

    email: Text | None = Field(default=None, description="The twintern's own e-mail address.")
    phone: Text | None = Field(default=None, description="The twintern's own telephone number.")
    notes: Text | None = Field(default=None, description="Anything else for colleagues.")
    contract: Text | None = Field(default=None, description="Where the contract is kept.")


class Twintern(Record):
    """A person who speaks for the brand on social networks."""

    name: Text = Field(description="The person's name, which is also the page's title, such as: Ana Lopez.")
    handle: Handle = Field(description="The handle they are known by, such as: ana.pours.")
    pronouns: Text | None = Field(default=None, description="Such as: she/her.")
    photo: Image | None = Field(default=None, description="A portrait.")
    tagline: Text | None = Field(default=None, description="The person in a line, such as: Pours, tastes, reports.")
    location: Text | None = Field(default=None, description="Where they live, such as: Leeds.")
    regions: tuple[Text, ...] = Field(default=(), description="Where their audience is, such as: [UK, Ireland].")
    languages: tuple[Language, ...] = Field(default=(), description="The languages they post in, such as: [en, es].")
    role: Text | None = Field(default=None, description="What they do, such as: Social media twintern.")
    team: Text | None = Field(default=None, description="The team they work in, such as: Public relations.")
    supervisor: Text | None = Field(default=None, description="Who supervises them.")
    programme: Term | None = Field(default=None, description="The programme, the intake and the days.")
    channels: tuple[Channel, ...] = Field(default=(), description="Their accounts.")
    skills: tuple[Text, ...] = Field(default=(), description="What they can do, such as: [short film, captions].")
    works: tuple[Work, ...] = Field(default=(), description="What they made.")
    entered: tuple[Annotated[str, Ref("contest")], ...] = Field(
        default=(), description="Contests they took part in, won or not; those they won are found by themselves."
    )
    work_log: tuple[LoggedWork, ...] = Field(
        default=(),
        description="The record of their daily work, which stays in the source unless work_log_public says otherwise.",
        json_schema_extra={"public": False},
    )
    work_log_public: Literal["summary", "all"] | None = Field(
        default=None,
        description="What the public may see of the work log: summary (how much of each kind of work) or all (also "
        "day, words and link of each piece); nothing if empty.",
    )
    metrics: TableName | None = Field(
        default=None,
        description="A table in content/data with numbers over time: one export for all accounts, or any table, which "
        "is then shown as it is.",
        json_schema_extra={"public": False},
    )
    relationship: Relationship = Field(description=RELATIONSHIP_ABOUT)
    disclosure: Text | None = Field(
        default=None, description="The words shown beside the name, such as: Unpaid intern at Larkfield Coffee."
    )
    kit: MediaKit | None = Field(default=None, description="What stands in the media kit alone.")
    links: tuple[OwnLink, ...] = Field(default=(), description="Links on the page of links, the first ones first.")
    utm: Word | None = Field(
        default=None, description="A word for this person in tracked links that is not their name, such as: bench-3."
    )
    press_contact: Contact | None = Field(default=None, description="Whom journalists may ask.")
    private: TwinternNotes | None = Field(default=None, description="Notes that are never published.")
