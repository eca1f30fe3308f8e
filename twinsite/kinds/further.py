"""What is made of a record beside its page: pages below it (``/contests/x/rules/``), documents (``calendar.ics``),
archives of pictures (``kit/pictures.zip``).

A kind lists them as families. Each family has one switch in ``outputs`` of ``site.yaml``, by its kind and its name.
Which outputs a record has must follow from its fields (and its lock) and never from the moment, so that a link to one
is right or wrong for ever; a page that has nothing to show yet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from twinsite.core.lock import Lock
from twinsite.core.record import Image
from twinsite.kinds.kind import Facts


def makes_all(family: str) -> bool:
    """A site that makes every family."""
    return True


class Surroundings(Struct, frozen=True):
    """What a further output may know: the ``facts`` of its record, at ``step``.

    ``url`` is the record's address in the site, ``full`` with the site's address before it. ``uid`` is the record's
    name that stays when it moves (``contest/spring``); ``host`` the site's, ``brand`` the full address of the brand's
    own web site, or of this one. ``terms`` are its words (taxonomy, label); ``lock`` is the record's own. ``wants``
    says whether the site makes a family of the same kind.
    """

    facts: Facts
    step: str
    url: str
    full: str
    uid: str
    host: str
    terms: tuple[tuple[str, str], ...]
    lock: Lock | None = None
    brand: str = ""
    wants: Callable[[str], bool] = makes_all


class Packed(Struct, frozen=True):
    """A picture for an archive: ``name`` is what its file is called there, before a number and its ending."""

    image: Image
    name: str


class Further(Struct, frozen=True):
    """What one further output shows: ``values`` as ``Kind.compute`` gives them, which its view holds under ``own``.

    Of a page also the ``title``, and the ``summary`` that search engines and networks are told; ``noindex`` keeps it
    from them; ``word`` names a word of the theme that goes behind the title. A record that is unlisted has unlisted
    pages. Of an archive ``files`` are the pictures in it, and
    ``values`` (plain texts, in order) what its list of contents tells of all of them.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    summary: str = ""
    noindex: bool = False
    word: str = ""
    files: tuple[Packed, ...] = ()


def no_lock_steps(lock: Lock) -> tuple[str, ...]:
    """A family that does not tell of locks."""
    return ()


class Family(Struct, frozen=True):
    """Further outputs of one sort. ``name`` is that of the switch; ``template`` makes them: one under ``machine/``
    makes documents, any other pages. Without one they are archives. ``switch`` is the name of another family's switch
    that this one follows.

    ``steps`` are the ends of their addresses, after the record's own: of a page with a final ``/`` (``rules/``,
    ``entries/ab12/``), of a document without (``calendar.ics``). It is asked of every record, so it must be quick.
    ``lock_steps`` adds those that follow from the record's lock. ``kept`` is the step of the page whose own ``clauses``
    a lock keeps. ``make`` gives what the output at a step shows, and is only asked when it is planned.
    """

    name: str
    template: str
    steps: Callable[[Any], tuple[str, ...]]
    make: Callable[[Any, Surroundings], Further]
    lock_steps: Callable[[Lock], tuple[str, ...]] = no_lock_steps
    kept: str = ""
    switch: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether its outputs are ZIP files of pictures."""
        return not self.template

    @property
    def is_document(self) -> bool:
        """Whether its outputs are files for machines."""
        return self.template.startswith("machine/")
