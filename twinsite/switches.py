"""The switches of ``site.yaml``: which files are made beside the pages, and how pages are shared."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from twinsite.core.instants import wrong
from twinsite.core.names import nearest_name
from twinsite.core.networks import NETWORKS
from twinsite.core.record import Model
from twinsite.core.values import Flag, Text
from twinsite.kinds import KINDS
from twinsite.kinds.claim.outputs import ClaimOutputs
from twinsite.kinds.contest.outputs import ContestOutputs
from twinsite.kinds.showcase.outputs import ShowcaseOutputs


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
    contest: ContestOutputs = Field(ContestOutputs(), description="Further pages and files of each contest.")
    claim: ClaimOutputs = Field(ClaimOutputs(), description="Further files of each claim.")
    showcase: ShowcaseOutputs = Field(ShowcaseOutputs(), description="Further lists of showcases.")

    share: dict[KindName, Flag] = Field(
        {}, description="Share kits (links, texts, QR code) by kind; contests have one unless set to false."
    )
    share_images: dict[ShareImageName, Flag] = Field(
        {},
        description="Pictures for shared links, drawn for site and each kind; contest and entry unless set to false.",
    )

    def shares(self, kind: str) -> bool:
        """Whether the records of a kind have a share kit."""
        return self.share.get(kind, kind == "contest")

    def draws(self, name: str) -> bool:
        """Whether a picture for shared links is drawn for ``site`` or for each record of a kind."""
        return self.share_images.get(name, name in ("contest", "entry"))

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
