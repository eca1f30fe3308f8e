"""The switches of a twintern's further outputs: ``outputs.twintern`` in ``site.yaml``, one for each family."""

from pydantic import Field

from twinsite.core.record import Model
from twinsite.core.values import Flag


class TwinternOutputs(Model):
    """What is made of each twintern beside the page."""

    kit: Flag = Field(True, description="True to make a media kit of each twintern: a page to print and its pictures.")
    links: Flag = Field(True, description="True to make a small page of links of each twintern who has any.")
    reference: Flag = Field(
        True, description="True to make a reference to print of each twintern whose work log may be seen."
    )
