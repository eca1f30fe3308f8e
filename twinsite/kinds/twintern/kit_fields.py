"""What a twintern's media kit and link page need beside the portfolio: fields alone."""

from typing import Annotated

from pydantic import Field

from twinsite.core.record import Image, Model, Money
from twinsite.core.values import Ref, Target, Text
from twinsite.kinds.parts import Relationship


class Price(Model):
    """What something costs that brands may ask a twintern for."""

    what: Text = Field(description="What is asked for, such as: One film of 30 seconds.")
    price: Money | None = Field(default=None, description="What it costs; left out where it is agreed each time.")
    note: Text | None = Field(default=None, description="What that includes, such as: One correction.")


class MediaKit(Model):
    """What stands in the media kit alone."""

    text: Text | None = Field(default=None, description="The person in one paragraph, which anybody may print.")
    prices: tuple[Price, ...] = Field(default=(), description="What work costs, if that may be public.")
    usage: Text | None = Field(
        default=None, description="How the pictures may be used, such as: Free in reports about us, with the credit."
    )
    pictures: tuple[Image, ...] = Field(default=(), description="Further pictures for the press.")
    leave_out: tuple[Text, ...] = Field(
        default=(), description="Files of pictures that the page shows and the kit must not pass on."
    )


class OwnLink(Model):
    """A link on the twintern's page of links."""

    label: Text = Field(description="The words of the link, such as: The kite in my last film.")
    url: Target = Field(description="Where it leads: an address, or a page of this site.")
    campaign: Annotated[str, Ref("campaign")] | None = Field(default=None, description="The campaign it belongs to.")
    relationship: Relationship | None = Field(
        default=None, description="The connection with what it leads to; the twintern's own if empty."
    )
