"""The switches of a claim's further outputs: ``outputs.claim`` in ``site.yaml``, one for each family."""

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Flag


class ClaimOutputs(Model):
    """What is made of each claim beside its page."""

    feed: Flag = Field(True, description="True to make a feed of the updates of each claim.")
