"""The switches of ``site.yaml``: which files are made beside the pages, and how pages are shared."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, field_validator

from twinsite.core.instants import wrong
from twinsite.core.names import nearest_name
from twinsite.core.networks import NETWORKS
from twinsite.core.origin import Origin
from twinsite.core.record import Model
from twinsite.core.utm import Word
from twinsite.core.values import Flag, Text
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.claim.outputs import ClaimOutputs
from twinsite.kinds.contest.outputs import ContestOutputs
from twinsite.kinds.press_kit import PageOutputs
from twinsite.kinds.showcase.outputs import ShowcaseOutputs
from twinsite.kinds.twintern.outputs import TwinternOutputs


def one_of(names: tuple[str, ...], what: str) -> AfterValidator:
    """The annotation of a key that must be one of ``names``; rule ``unknown-name``."""

    def check(name: str) -> str:
        if name in names:
            return name
        near = nearest_name(name, names)
        guess = f' Did you mean "{near}"?' if near else ""
        raise wrong("unknown-name", f'There is no {what} "{name}".{guess}', f"Known: {', '.join(names)}.")

    return AfterValidator(check)


KindName = Annotated[Text, one_of(tuple(kind.name for kind in KINDS), "kind")]
FeedName = Annotated[Text, one_of(("site", "tags", *(kind.name for kind in KINDS)), "feed")]
ShareImageName = Annotated[Text, one_of(("site", *(kind.name for kind in KINDS)), "share image")]
NetworkName = Annotated[Text, one_of(tuple(NETWORKS), "network")]


class Outputs(Model):
    """Which files are made beside the pages."""

    feeds: dict[FeedName, Flag] = Field(
        {}, description="Feeds for site, tags and each kind; all are made unless set to false."
    )
    archives: Flag = Field(True, description="True to make a page for each year and month that has dated records.")
    calendar: Flag = Field(True, description="True to make a calendar file of the dates of all contests.")
    contest: ContestOutputs = Field(ContestOutputs.usual(), description="Further pages and files of each contest.")
    claim: ClaimOutputs = Field(ClaimOutputs.usual(), description="Further files of each claim.")
    showcase: ShowcaseOutputs = Field(ShowcaseOutputs.usual(), description="Further lists of showcases.")
    page: PageOutputs = Field(PageOutputs.usual(), description="Further files of each page.")
    twintern: TwinternOutputs = Field(TwinternOutputs.usual(), description="Further pages and files of each twintern.")

    share: dict[KindName, Flag] = Field(
        {}, description="Share kits (links, texts, QR code) by kind; contests have one unless set to false."
    )
    share_images: dict[ShareImageName, Flag] = Field(
        {},
        description="Pictures for shared links: one for the site, and one for each record of a kind; drawn for site, "
        "contest, entry, campaign and claim unless set to false.",
    )

    def shares(self, kind: str) -> bool:
        """Whether the records of a kind have a share kit."""
        return self.share.get(kind, kind == "contest")

    def draws(self, name: str) -> bool:
        """Whether a picture for shared links is drawn for ``site`` or for each record of a kind."""
        return self.share_images.get(name, name == "site" or kind_named(name).draws_images)

    def wants(self, kind: str, family: str) -> bool:
        """Whether a family of a kind's further outputs is made. What has no switch always is."""
        own = getattr(self, kind, None)
        return own is None or bool(getattr(own, family, True))

    def feeds_of(self, name: str) -> bool:
        """Whether ``site``, ``tags`` or a kind has feeds."""
        return self.feeds.get(name, True)


class Share(Model):
    """How pages are shared."""

    networks: tuple[NetworkName, ...] = Field(
        (), description="Where people may share, such as: [bluesky, whatsapp, email]; by default the brand's networks."
    )


class Utm(Model):
    """The words of tracked links (``utm_source`` and its like), beside those that Twinsite itself writes."""

    sources: tuple[Word, ...] = Field(
        (), description="Places where links stand, beside the known networks, such as: [newsletter, shop-window]."
    )
    mediums: tuple[Word, ...] = Field((), description="Ways by which people come, such as: [leaflet].")
    campaigns: dict[Text, Word] = Field(
        {},
        description="Names of campaigns: a list of words, or for a record's slug the word that stands for it.",
        json_schema_extra={"anyOf": [{"type": "array"}, {"type": "object"}]},
    )
    contents: tuple[Word, ...] = Field((), description="What a link belongs to, such as: [bench-3, footer].")
    sites: tuple[Origin, ...] = Field(
        (),
        description="Other sites of the brand, such as: https://shop.example.com; links to them from media kits and "
        "link pages carry these words.",
    )

    @field_validator("campaigns", mode="before")
    @classmethod
    def read_campaigns(cls, campaigns: Any) -> Any:
        """A list of words as words that stand for themselves."""
        if isinstance(campaigns, (list, tuple)) and all(isinstance(word, str) for word in campaigns):
            return {word: word for word in campaigns}
        return campaigns
