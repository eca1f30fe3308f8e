"""The plan: every output file, each with all that it needs and nothing else.

A ``view`` is a plain frozen value (dicts with text keys, lists, text, whole numbers, truth values, ``None``) that
holds everything its page shows; its digest with those of the templates and the frame is the key of the page's bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from twinsite.core.digest import decode_view, digest_bytes, encode_view
from twinsite.core.later import Later
from twinsite.core.problem import FieldPath, Problem


class Origin(Struct, frozen=True):
    """Where a link of a page was written: ``href`` as the planner filled it, and its place in the source."""

    href: str
    path: str
    line: int | None
    column: int | None


class PageOutline(Struct, frozen=True):
    """What is known of a page without its view. See ``Page``."""

    url: str
    path: str
    template: str
    digest: str
    source: str
    components: tuple[str, ...] = ()
    field: FieldPath = ()
    bodies: tuple[str, ...] = ()
    unlisted: bool = False
    owes: tuple[tuple[str, str], ...] = ()


class Page(PageOutline, frozen=True, kw_only=True):
    """An HTML page. ``url`` is site-absolute (``/contests/x/``), ``path`` relative to the output
    (``contests/x/index.html``).

    ``source`` is the file to blame when no better place is known, ``field`` the field in it that asks for this page;
    ``bodies`` are the files whose bodies its view names by digest. ``digest`` is that of its view, which is worked out
    only where it is needed. ``unlisted`` pages are in no sitemap. ``owes`` are the sentences that the finished page
    must show: the anchor of each, and what to say where it is missing. The ``origins`` of its links never enter the
    key: a link that moves to another line renders nothing again.
    """

    encoded: Later[bytes]
    written: Later[tuple[Origin, ...]] = Later.of(())

    @classmethod
    def of(
        cls,
        url: str,
        path: str,
        template: str,
        view: dict[str, Any],
        source: str,
        origins: tuple[Origin, ...] = (),
        components: tuple[str, ...] = (),
        field: FieldPath = (),
        bodies: tuple[str, ...] = (),
        owes: tuple[tuple[str, str], ...] = (),
    ) -> Page:
        """The page with this view."""
        encoded = encode_view(view)
        return cls(
            url=url,
            path=path,
            template=template,
            encoded=Later.of(encoded),
            digest=digest_bytes(encoded),
            source=source,
            components=components,
            field=field,
            bodies=bodies,
            unlisted=view["noindex"],
            owes=owes,
            written=Later.of(origins),
        )

    @property
    def view(self) -> dict[str, Any]:
        """All that the page shows, decoded anew each time."""
        return decode_view(self.encoded.get())

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each link of its bodies was written."""
        return self.written.get()


class DocumentOutline(Struct, frozen=True):
    """What is known of a document without its view. See ``Document``."""

    path: str
    template: str
    digest: str
    source: str = ""


class Document(DocumentOutline, frozen=True, kw_only=True):
    """A file for machines rendered from a view: a feed, the sitemap, ``robots.txt``. ``template`` is under
    ``machine/``.
    """

    encoded: Later[bytes]

    @classmethod
    def of(cls, path: str, template: str, view: dict[str, Any], source: str = "") -> Document:
        """The document with this view."""
        encoded = encode_view(view)
        return cls(path, template, digest_bytes(encoded), source, encoded=Later.of(encoded))

    @property
    def view(self) -> dict[str, Any]:
        """All that the document shows, decoded anew each time."""
        return decode_view(self.encoded.get())


def view_key(page: Page | Document) -> str:
    """The name under which the view of a page is kept."""
    return name_view(page.digest)


def name_view(digest: str) -> str:
    """The name under which the view with this digest is kept."""
    return f"view {digest}"


class Copy(Struct, frozen=True):
    """A file published byte for byte. ``source`` is site-relative; ``digest`` is of its bytes."""

    path: str
    source: str
    digest: str


class Picture(Struct, frozen=True):
    """A picture to make from ``source``: EXIF orientation applied, metadata dropped, ``width`` pixels wide (0: as it
    is).
    """

    path: str
    source: str
    digest: str
    format: str
    width: int = 0
    quality: int = 82


class ShareImage(Struct, frozen=True):
    """A picture to draw for links that are shared: 1200 by 630 pixels. ``digest`` is that of all it is drawn from.

    ``kicker`` stands above the ``title``, ``foot`` below it; ``colour`` is ``#rrggbb``. ``picture`` is the file of a
    picture to stand beside them, or empty; ``focus`` the point of it that stays in sight. ``source`` is the file to
    blame.
    """

    path: str
    source: str
    digest: str
    title: str
    kicker: str
    foot: str
    colour: str
    picture: str = ""
    focus: str = ""


class Archive(Struct, frozen=True):
    """A ZIP file of pictures. ``members`` are their names in it, each with the recipe by which the site itself would
    publish it (``svg``: as it is); ``texts`` are further files of it, by name. ``manifest`` is its table of contents as
    JSON: an object whose ``files`` has one object for each member, in order, to which size and sum are added.
    ``folder`` is the one in which all of it lies. ``digest`` is that of all of these; ``source`` is the file to blame.
    """

    path: str
    source: str
    digest: str
    folder: str
    members: tuple[tuple[str, Picture], ...]
    texts: tuple[tuple[str, str], ...]
    manifest: str


class Literal(Struct, frozen=True):
    """A file whose bytes are already known: a style sheet of the theme, ``.nojekyll``."""

    path: str
    data: bytes
    source: str = ""


Made = Copy | Picture | ShareImage | Archive
"""A file that is made from files of the content."""


class Planned(Struct, frozen=True):
    """All that planning one part of the site gives (a record, a list, the feeds): nothing else comes of it.

    ``outputs`` are the files of the content that it names, by published path; ``bodies`` the files of those records
    whose bodies it was made of, ``seen`` of those whose words or fields it was made of: of all others it was made of
    what every ``Entry`` shows openly. ``contacts`` are those that its record declares as public. Parts may be planned
    in any order and in other processes; put together, they are the plan.
    """

    pages: tuple[Page, ...] = ()
    documents: tuple[Document, ...] = ()
    outputs: Mapping[str, Made] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    bodies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    seen: frozenset[str] = frozenset()


Output = Page | Document | Made | Literal


class Plan(Struct, frozen=True):
    """Every output file of the site, and the one value that every page sees (``frame``).

    ``later`` are addresses at which nothing is published now, but is at another time; ``anchors`` is an expression for
    the anchors that the theme's templates can write, some of them only at times; ``contacts`` are the e-mail and
    postal addresses and the phone numbers that published records declare as public.
    """

    frame: dict[str, Any]
    pages: tuple[Page, ...] = ()
    documents: tuple[Document, ...] = ()
    copies: tuple[Copy, ...] = ()
    pictures: tuple[Picture | ShareImage, ...] = ()
    archives: tuple[Archive, ...] = ()
    literals: tuple[Literal, ...] = ()
    later: frozenset[str] = frozenset()
    anchors: str = ""
    contacts: frozenset[str] = frozenset()
    extra: dict[str, Any] = field(default_factory=dict)

    def rendered(self) -> tuple[Page | Document, ...]:
        """The files that templates make, pages first."""
        return (*self.pages, *self.documents)

    def outputs(self) -> tuple[Output, ...]:
        """All output files, pages first."""
        return (*self.pages, *self.documents, *self.copies, *self.pictures, *self.archives, *self.literals)
