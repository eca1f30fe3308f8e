"""The switches of a contest's further outputs: ``outputs.contest`` in ``site.yaml``, one for each family."""

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Flag


class ContestOutputs(Model):
    """What is made of each contest beside its page."""

    calendar: Flag = Field(True, description="True to make a calendar file of the dates of each contest.")
    rules: Flag = Field(True, description="True to make the official rules of each contest, a page of their own.")
