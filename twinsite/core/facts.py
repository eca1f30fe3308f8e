"""What the site-wide checks need to know of a finished page."""

from __future__ import annotations

from sys import intern

from msgspec import Struct
from msgspec.structs import replace


class PageFacts(Struct, frozen=True):
    """``digest`` of the page's bytes; its ``ids``; every address it names in ``links`` (as written in the HTML,
    unescaped); what looks like ``personal`` data in it: (``email``, ``phone`` or ``address``, text).
    """

    digest: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    personal: tuple[tuple[str, str], ...] = ()

    def names_the_same(self, other: PageFacts) -> bool:
        """Whether all is the same but the bytes."""
        return (self.ids, self.links, self.personal) == (other.ids, other.links, other.personal)


def share_words(facts: PageFacts) -> PageFacts:
    """The same facts; where many pages have the same ids and links, they have them in one place of the memory."""
    return replace(facts, ids=tuple(map(intern, facts.ids)), links=tuple(map(intern, facts.links)))
