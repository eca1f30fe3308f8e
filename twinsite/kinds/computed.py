"""Values that a kind may name among what it computes, for which the planner puts what they stand for."""

from __future__ import annotations

from msgspec import Struct

from twinsite.core.record import Image


class Outbound(Struct, frozen=True):
    """A link named among computed values. The planner puts its address in its place, as that of any field; one to
    another site of the brand carries where it stands: ``source``, ``medium``, ``campaign`` and ``content`` as in
    ``core.utm``. ``printed``: it is read from paper, so that it carries them even where it leads back to this site.
    """

    url: str
    source: str
    medium: str
    campaign: str = ""
    content: str = ""
    printed: bool = False


class Thumbnail(Struct, frozen=True):
    """A small picture named among computed values, ``width`` pixels wide, of those whose size can be changed."""

    image: Image
    width: int
