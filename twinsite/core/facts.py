"""What the site-wide checks need to know of a finished page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFacts:
    """``digest`` of the page's bytes; its ``ids``; every address it names in ``links`` (as written in the HTML,
    unescaped).
    """

    digest: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
