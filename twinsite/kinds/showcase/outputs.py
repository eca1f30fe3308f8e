"""The switches of showcases in ``outputs`` of ``site.yaml``."""

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Flag


class ShowcaseOutputs(Model):
    """Further lists of showcases."""

    filters: Flag = Field(
        True,
        description="True to make a list of the showcases of each medium, product and region (/showcases/medium/…).",
    )
    press: Flag = Field(
        True, description="True to make a list of what the press wrote, with a page for each month (/showcases/press/)."
    )
