"""The library: what the planner looks up while it makes views. Everything in it is a value made before.

Everything that planning one part of the site adds (files to publish, problems, bodies) goes into a library
of its own (``for_one``), so that it can be told which part it came of.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from msgspec import Raw, Struct, field
from msgspec.structs import replace

from twinsite.config import Settings
from twinsite.core.convert import make_step
from twinsite.core.page import Copy, Document, Made, Origin, Page, Picture, Planned
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.site import Entry, Key, Site
from twinsite.core.source import Media, list_meanings
from twinsite.core.theme import Theme
from twinsite.plan.anchors import Anchors

Value = TypeVar("Value")

SAFE = "/%?#&=+,;:@!$'()*~-._"
"""Signs that stay in an address; an address that is percent-encoded already stays as it is."""

_ALL_SAFE = re.compile(r"[A-Za-z0-9/%?#&=+,;:@!$'()*~._-]*")

SMALL_QUALITY = 60
"""The quality of pictures that must be light above all."""

LONGEST_STEM = 120
"""Bytes of a file's own name that its published name keeps."""

RESIZED = ("jpeg", "png", "webp")
"""Picture formats of which smaller ones are made."""
PROCESSED = (*RESIZED, "gif")
"""Picture formats that are published anew, without what cameras and programs write into them."""


COSTLY = frozenset({"image", "record", "computed"})
"""The parts of a card that cost most."""

CHEAP = frozenset({"kind", "slug", "url", "title", "summary", "state", "phases", "banner", "date", "featured"})
"""The other parts of a card, which each has."""


class Card(Struct, frozen=True):
    """A record as lists show it, encoded once and copied into all that show it; the files that it names, and those of
    the records that it shows something of.
    """

    view: Raw
    outputs: dict[str, Made]
    seen: frozenset[str] = frozenset()


Uses = Mapping[str, frozenset[str] | None]
"""For each template of a page the parts of a view that it can show, with all that may stand in its body; ``None``:
any. What is not shown need not be planned.
"""


class Library(Struct):
    """One planning run: its inputs, and what one part of it has gathered so far (``outputs``, files to publish;
    ``problems``; ``bodies``, the files of the records whose bodies were looked at). ``cards`` are made once and shared
    by all parts, by file and by what of ``COSTLY`` is in them.

    ``base_url`` is the site's full address, ending in ``/``; ``policies`` are those of the settings as plain values,
    ``words`` those of the theme in the site's language.
    ``addresses`` of all pages and ``sources``, every file of the content, are whole before any view is made;
    ``eventual`` are addresses that exist now or at another time. ``anchors`` are those of the theme. ``by_url`` has all
    records, withheld ones too, by their address, ``aliases`` by each former one, with
    the address to which it leads; ``doubts`` are the steps of addresses
    that files with errors may have. ``terms_of`` a record are links to them, in the order of taxonomies and terms.
    ``computed`` is what kinds computed for pages of this part, by file and by what was wanted of it. ``phases``: some
    template of the theme shows the states that are to come. ``shared`` is what ``once`` worked out.
    """

    site: Site
    settings: Settings
    theme: Theme
    base_url: str = ""
    brand: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, Any] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    held_addresses: dict[str, Entry] = field(default_factory=dict)
    eventual: frozenset[str] = frozenset()
    anchors: Anchors = field(default_factory=Anchors)
    by_url: dict[str, Entry] = field(default_factory=dict)
    aliases: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    doubts: frozenset[str] = frozenset()
    outputs: dict[str, Made] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)
    cards: dict[tuple[str, frozenset[str]], Card] = field(default_factory=dict)
    uses: Uses = field(default_factory=dict)
    list_titles: dict[str, str] = field(default_factory=dict)
    terms_of: dict[Key, list[dict[str, str]]] = field(default_factory=dict)
    phases: bool = False
    computed: dict[tuple[str, frozenset[str] | None], dict[str, Any]] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """What ``make`` gives, which is the same for all parts: worked out when one of them first asks for it."""
        if name not in self.shared:
            self.shared[name] = make()
        found: Value = self.shared[name]
        return found

    def for_one(self) -> Library:
        """The same library with nothing gathered, for one part of the site."""
        return replace(self, outputs={}, problems=[], bodies=set(), computed={})

    def planned(
        self, pages: Iterable[Page] = (), documents: Iterable[Document] = (), contacts: tuple[str, ...] = ()
    ) -> Planned:
        """What one part of the site came to: its files, with all that this library gathered for them."""
        problems, bodies = tuple(self.problems), tuple(sorted(self.bodies))
        return Planned(tuple(pages), tuple(documents), self.outputs, problems, bodies, contacts)

    def shows(self, template: str, part: str) -> bool:
        """Whether pages of a template can show a part of their view."""
        used = self.uses.get(template)
        return used is None or part in used

    def names_within(self, template: str, part: str) -> frozenset[str] | None:
        """The names within a part of their view that pages of a template can show; ``None``: any."""
        return self.once(f"names {template} {part}", lambda: self._find_names(template, part))

    def _find_names(self, template: str, part: str) -> frozenset[str] | None:
        used, start = self.uses.get(template) or (), f"{part}."
        within = frozenset(name.removeprefix(start) for name in used if name.startswith(start))
        return None if not within or "*" in within else within

    def parts_of_cards(self, template: str) -> frozenset[str]:
        """What of ``COSTLY`` pages of a template can show of the cards that they list. A name that no card has may be a
        slip or stand for something else (``card.items``): then it is all of it.
        """
        return self.once(f"cards {template}", lambda: self._find_parts_of_cards(template))

    def _find_parts_of_cards(self, template: str) -> frozenset[str]:
        used = self.uses.get(template)
        within = {name.removeprefix("card.") for name in used if name.startswith("card.")} if used else set()
        return COSTLY & within if used is not None and within <= COSTLY | CHEAP else COSTLY

    def is_away(self, path: str) -> bool:
        """Whether nothing is published at an address now, but a withheld record, or a list of such ones, belongs
        there.
        """
        return path not in self.addresses and (path in self.held_addresses or path in self.eventual)

    def anchors_of(self, entry: Entry) -> frozenset[str]:
        """The anchors in the body of a record, which all others may know of."""
        return frozenset(entry.draft.anchors)

    def taxonomy_label(self, taxonomy: str) -> str:
        """What people read for a taxonomy: as ``site.yaml`` says, else its name."""
        own = self.settings.taxonomies.get(taxonomy)
        return (own.label if own else None) or taxonomy.capitalize()

    def full(self, path: str) -> str:
        """The full address of a site-absolute path; a full address stays."""
        if not path.startswith("/"):
            return path
        return self.base_url + (path[1:] if _ALL_SAFE.fullmatch(path) else quote(path[1:], safe=SAFE))

    def find_media(self, folder: str, name: str) -> Media | None:
        """The probed file that ``name`` means from ``folder`` (site-relative); a leading ``/`` means
        ``content/static``.
        """
        plain = self.site.media.get(f"{folder}/{name}")
        if plain or not self.site.media:
            return plain
        found = (self.site.media.get(path) for path in list_meanings(folder, name))
        return next((media for media in found if media), None)

    def publish(self, media: Media) -> str:
        """The address at which a file is published as it is; pictures lose what cameras write into them."""
        if media.path.startswith("content/static/"):
            return quote("/" + media.path.removeprefix("content/static/"), safe=SAFE)
        path = media_path(media, 0)
        if media.format in PROCESSED and not self.site.preview:
            self.outputs[path] = Picture(path, media.path, media.digest, media.format, 0, self.settings.images.quality)
        else:
            self.outputs[path] = Copy(path, media.path, media.digest)
        return f"/{path}"

    def picture(self, media: Media, alt: str, **more: Any) -> dict[str, Any]:
        """A picture as views hold it: ``src width height srcset alt`` and whatever else is given."""
        sources = [[self._resize(media, width), width] for width in self._widths(media)]
        src = self.publish(media)
        if sources:
            sources.append([src, media.width])
        return {
            "src": src,
            "width": media.width,
            "height": media.height,
            "srcset": sources,
            "alt": alt,
            "title": None,
            "credit": None,
            "focus": None,
            **more,
        }

    def _widths(self, media: Media) -> list[int]:
        if media.format not in RESIZED or self.site.preview or media.path.startswith("content/static/"):
            return []
        return [width for width in self.settings.images.widths if width < media.width]

    def _resize(self, media: Media, width: int) -> str:
        path = media_path(media, width)
        quality = self.settings.images.quality
        self.outputs[path] = Picture(path, media.path, media.digest, media.format, width, quality)
        return f"/{path}"

    def shrink(self, media: Media, width: int) -> str:
        """The address of a small WebP of a picture, of the picture itself in a preview."""
        if self.site.preview:
            return self.publish(media)
        path = posixpath.splitext(media_path(media, width))[0] + "-small.webp"
        self.outputs[path] = Picture(path, media.path, media.digest, "webp", width, SMALL_QUALITY)
        return f"/{path}"

    def report(self, entry: Entry, origin: Origin | None, place: FieldPath | None, **words: Any) -> None:
        """Add a problem at a place in a body, or at a field of the front matter."""
        line, column = (origin.line, origin.column) if origin else (None, None)
        self.problems.append(Problem(path=entry.path, line=line, column=column, field=place, **words))


def resolve_file(folder: str, name: str) -> str:
    """The site-relative path that a file name means from a folder of the content."""
    return list_meanings(folder, name)[-1]


def media_path(media: Media, width: int) -> str:
    """Where a file is published: its name as a step of an address, with a digest, so that no two collide and any may be
    kept for ever.
    """
    stem, ending = posixpath.splitext(posixpath.basename(media.path))
    size = f"-{width}" if width else ""
    step = make_step(stem).encode()[:LONGEST_STEM].decode(errors="ignore")
    return f"media/{step}.{media.digest[:8]}{size}{ending.lower()}"
