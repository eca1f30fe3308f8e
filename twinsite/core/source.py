"""Files as they were read: bytes with a name and a digest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the site. ``path`` is relative to the site's folder, with ``/``; ``digest`` is of ``data``."""

    path: str
    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """A file beside a record that a published field or body names, probed but not processed.

    ``width`` and ``height`` are in pixels with the EXIF orientation applied; both are 0 for what is no picture we
    process (PDF, SVG, video ...). ``format`` is ``jpeg``, ``png``, ``webp``, ``gif``, ``svg`` or ``""`` for any other.
    """

    path: str
    digest: str
    size: int
    width: int = 0
    height: int = 0
    format: str = ""
