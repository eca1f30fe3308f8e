"""What a kind is: a model and the few functions that differ from kind to kind.

Everything else (reading, references, addresses, lists, tags, archives, feeds, views) is the same for all kinds and
lives in the rooms. A kind's module ends with ``KIND = Kind(...)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from twinsite.core.draft import Table
from twinsite.core.law import NO_LAW, Law
from twinsite.core.lock import Lock
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Record, hidden_fields
from twinsite.core.site import Entry, Key
from twinsite.kinds.defaults import (
    by_weight,
    no_body,
    no_broken_lock,
    no_contacts,
    no_insiders,
    no_law,
    no_lock_wanted,
    no_names,
    no_neighbours,
    no_outsiders,
    no_policies,
    no_preface,
    no_problems,
    no_right,
    no_state,
    no_texts,
    no_withholding,
    own_date,
    own_title,
    own_updated,
)
from twinsite.kinds.permission import Right

if TYPE_CHECKING:
    from twinsite.kinds.further import Family


class Change(Struct, frozen=True):
    """A moment at which a page changes by itself. ``at`` is aware; ``what`` finishes "The page ..."."""

    at: datetime
    what: str


class Reference(Struct, frozen=True):
    """A record named among computed values: the planner puts a link in its place, or none where it is withheld."""

    kind: str
    slug: str


def no_file(name: str) -> str:
    """No file says anything."""
    return ""


class TableNamed(Struct, frozen=True):
    """A table of ``content/data`` named among computed values: the planner puts the table in its place."""

    name: str


class TermNamed(Struct, frozen=True):
    """A word of a taxonomy named among computed values: the planner puts its label and its page in its place."""

    taxonomy: str
    word: str


class Facts(Struct, frozen=True):
    """What a kind may know of the site when it computes values for a view.

    ``now`` is for states only: nothing relative to it may enter a view. ``zone`` is the record's own time zone (IANA).
    ``state`` is what ``Kind.state`` said. ``back`` holds, for each kind that refers to this record, the published
    records that do. ``slug`` is the record's own, by which those name it. ``read`` gives what a file of a draw says
    that a field names (``Media.facts``), empty for any other. ``law`` is what jurisdictions and platforms ask;
    ``tables`` are the data tables by their names; ``records`` all records by kind and slug, withheld ones too;
    ``brand`` is what the site's own brand is called. ``wanted`` are the names of the values that pages can show: what
    takes long may be left out (``None``) where it is not among them.
    """

    now: datetime
    zone: str
    state: str | None
    policies: Mapping[str, Any]
    back: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    slug: str = ""
    read: Callable[[str], str] = no_file
    law: Law = NO_LAW
    tables: Mapping[str, Table] = field(default_factory=dict)
    records: Mapping[Key, Entry] = field(default_factory=dict)
    brand: str = ""
    wanted: frozenset[str] | None = None

    def make(self, values: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
        """Those of some values that are wanted; ``None`` for the others."""
        wanted = self.wanted
        return {name: make() if wanted is None or name in wanted else None for name, make in values.items()}


def no_changes(record: Any, zone: tzinfo) -> tuple[Change, ...]:
    """A kind whose pages never change by themselves (beyond ``publish_at`` and ``expires_at``)."""
    return ()


def no_ageing(
    record: Any, zone: tzinfo, policies: Mapping[str, Any], tables: Mapping[str, Table]
) -> tuple[Change, ...]:
    """A kind whose pages show nothing that grows old."""
    return ()


def owes_nothing(record: Any, law: Law) -> tuple[tuple[str, str], ...]:
    """A kind whose pages need not show any sentence."""
    return ()


def no_tables(record: Any, path: str, tables: Mapping[str, Table]) -> tuple[Problem, ...]:
    """A kind that reads no tables."""
    return ()


def no_facets(record: Any) -> tuple[tuple[str, str], ...]:
    """A kind whose list is shown as a whole only."""
    return ()


def keeps_nothing(field: FieldPath, state: str | None) -> bool:
    """A kind whose tables anybody may see at any time."""
    return False


def no_notices(record: Any, path: str, facts: Facts) -> tuple[Problem, ...]:
    """A kind in which nothing becomes true only because time passed."""
    return ()


def no_values(record: Any, facts: Facts) -> dict[str, Any]:
    """A kind that computes nothing."""
    return {}


def no_structure(record: Any, facts: Facts) -> tuple[dict[str, Any], ...]:
    """A kind whose pages tell search engines nothing of their own."""
    return ()


def nothing_said(record: Any, path: str, zone: str, body: str, body_line: int) -> tuple[Problem, ...]:
    """A kind whose texts are not held to its fields."""
    return ()


def perhaps(text: str) -> bool:
    """A kind that has to read a text to know whether it finds anything in it."""
    return True


def nothing_locked(record: Any) -> dict[str, Any]:
    """A kind of which nothing is locked."""
    return {}


def no_alert(record: Any, now: datetime) -> str:
    """A kind of which other pages never warn."""
    return ""


class Shared(Struct, frozen=True):
    """What those who share a record must know. ``by`` is who is behind it and must be named, ``tags`` the words that
    must stand in a post; ``until`` is the next day that counts, in the record's zone. ``campaign`` groups what comes of
    it (``utm_campaign``), the record's own name if empty; ``content`` tells the record from others of it
    (``utm_content``), by its own name if ``None``. ``live``: people are asked to do something now. ``pictured``: its
    picture may stand beside links on other sites; ``drawn``: a picture may be drawn of it for such links, with
    ``label``, a word of the theme, beside its kind.
    """

    by: str = ""
    tags: tuple[str, ...] = ()
    until: datetime | None = None
    campaign: str = ""
    content: str | None = None
    live: bool = True
    pictured: bool = True
    drawn: bool = True
    label: str = ""


def share_plainly(record: Any, state: str | None) -> Shared:
    """A kind of which nothing special must be said."""
    return Shared()


def no_forms(record: Any) -> tuple[str, ...]:
    """A kind whose pages have no forms."""
    return ()


class Kind(Struct, frozen=True):
    """A kind of record.

    ``name`` (``contest``) and ``folder`` (``contests``) as in content, templates and addresses. ``label`` and
    ``plural`` are for people. ``load_model`` gives the model of its fields: a module with models takes long to import,
    so a site pays only for the kinds that it has records of.
    ``title`` of a record; ``day`` orders and archives it; ``state`` at an instant in the
    record's zone; ``updated`` is the day of its last change; ``changes`` are its moments, dates beginning at 00:00 in
    the zone given, ``ageing`` those from which its page says that its numbers are old (by the site's policies and
    tables); ``order`` is its place in lists (ascending; texts and numbers); ``check`` finds problems across
    fields, with ``Problem.field``; ``check_law`` what jurisdictions and platforms ask, ``check_policies`` what the
    site's policies ask, ``owes`` the sentences that
    its page must then show (anchor, whose they are); ``check_tables`` what is wrong with the tables that its fields
    name, and with fields that must agree with these (it sees right tables only); ``note_tables`` what is true of these
    only because time passed, of a published record; ``keeps_back`` whether
    nobody may see the table of a field while the record is in a state; ``notices`` finds what is true only
    because time passed; ``right`` is whose permission a record needs and how it stands; ``check_files`` what is wrong
    with what files of a published record say (``Facts.read``), asked
    only where one of ``read_fields`` names any; ``check_beside`` which files lie there, of the names by which it asks
    ``exists``, and are not named; ``withhold`` returns (reason, until) for reasons of this kind alone (``permission``,
    ``embargo``); ``compute`` adds values to the view under ``computed`` (plain ones, amounts, days, instants,
    ``Reference``, ``TableNamed``, ``TermNamed``); ``needs_body``: it says too little without a text of its own
    (``check_body`` turns that into a problem); ``also_names`` are the records (kind, slug) that fields which are not
    public name openly in a state (see ``shown_references``); ``contacts`` are the e-mail and postal addresses and the
    phone numbers that the record declares as public ones, ``public_texts`` numbers in its files that only look like
    such; everything else of
    that sort is refused by ``checks.personal``. ``form_addresses`` are those to which forms on its page are sent, in
    any state, which the site's policy must allow. ``states`` lists every state in the order lists show them.
    ``schema_type`` is the schema.org type of its page. ``dated``: it has archives by year and month. ``card`` names the
    fields that cards show; ``compute_card`` gives the computed values that they show, some of those of ``compute``,
    without looking at ``Facts.back``; ``structure`` adds schema.org objects to its page, of what that shows.
    ``alert`` says how far other pages tell of a record at an instant: ``everywhere``, ``near`` (those of the records
    it names), or not at all. ``related``: it is shown among the related records of others.
    ``families`` are its further outputs (see ``kinds.further``). ``most_back`` is how many of its records are shown on
    the page of one that they refer to. ``lint`` finds where the texts of a record (with its path, its zone, its body
    and the line on which that begins) contradict its fields; ``may_tell`` says of a body whether that can find anything
    there. ``locked`` gives the fields that ``twinsite lock`` holds fast, as plain values by name; ``check_lock`` finds
    what of these changed since, and may not have;
    ``check_unlocked`` what nothing holds fast yet of a sound record (with its path, slug, state and lock). ``share`` is
    what must be said where the record is shared. ``insiders`` are the keys (``core.people``) by which a record's person
    is found again, where something connects that person with the brand; ``outsiders`` the people (field, key, as
    written) of whom a record says that nothing does: no key may be among both. ``facets`` are the values (facet, value)
    by which the list of a kind can be narrowed; ``preface`` names the word of a theme that must stand before a record's
    words wherever they go without their page (feeds, search engines). ``draws_images``: pictures for links to its
    records are drawn unless the site asks for none. ``about`` is one sentence for the guide.
    """

    name: str
    folder: str
    label: str
    plural: str
    load_model: Callable[[], type[Record]]
    about: str
    states: tuple[str, ...] = ()
    dated: bool = False
    schema_type: str = "WebPage"
    card: tuple[str, ...] = ()
    title: Callable[[Any], str] = own_title
    day: Callable[[Any], date | None] = own_date
    updated: Callable[[Any], date | None] = own_updated
    state: Callable[[Any, datetime], str | None] = no_state
    changes: Callable[[Any, tzinfo], tuple[Change, ...]] = no_changes
    ageing: Callable[[Any, tzinfo, Mapping[str, Any], Mapping[str, Table]], tuple[Change, ...]] = no_ageing
    order: Callable[[Any, str | None, str], tuple[Any, ...]] = by_weight
    check: Callable[[Any, str], tuple[Problem, ...]] = no_problems
    check_law: Callable[[Any, str, Law], tuple[Problem, ...]] = no_law
    owes: Callable[[Any, Law], tuple[tuple[str, str], ...]] = owes_nothing
    check_policies: Callable[[Any, str, Mapping[str, Any]], tuple[Problem, ...]] = no_policies
    check_tables: Callable[[Any, str, Mapping[str, Table]], tuple[Problem, ...]] = no_tables
    note_tables: Callable[[Any, str, Facts], tuple[Problem, ...]] = no_notices
    keeps_back: Callable[[FieldPath, str | None], bool] = keeps_nothing
    notices: Callable[[Any, str, Facts], tuple[Problem, ...]] = no_notices
    check_files: Callable[[Any, str, Facts], tuple[Problem, ...]] = no_notices
    read_fields: tuple[str, ...] = ()
    right: Callable[[Any], Right | None] = no_right
    check_beside: Callable[[Any, str, str, Callable[[str], bool]], tuple[Problem, ...]] = no_neighbours
    withhold: Callable[[Any, datetime], tuple[str, datetime | None] | None] = no_withholding
    compute: Callable[[Any, Facts], dict[str, Any]] = no_values
    compute_card: Callable[[Any, Facts], dict[str, Any]] = no_values
    structure: Callable[[Any, Facts], tuple[dict[str, Any], ...]] = no_structure
    needs_body: Callable[[Any], bool] = no_body
    also_names: Callable[[Any, str | None], tuple[tuple[str, str], ...]] = no_names
    families: tuple[Family, ...] = ()
    lint: Callable[[Any, str, str, str, int], tuple[Problem, ...]] = nothing_said
    may_tell: Callable[[str], bool] = perhaps
    locked: Callable[[Any], dict[str, Any]] = nothing_locked
    check_lock: Callable[[Any, str, Lock], tuple[Problem, ...]] = no_broken_lock
    check_unlocked: Callable[[Any, str, str, str | None, Lock | None], tuple[Problem, ...]] = no_lock_wanted
    alert: Callable[[Any, datetime], str] = no_alert
    related: bool = True
    contacts: Callable[[Any], tuple[str | None, ...]] = no_contacts
    public_texts: Callable[[Any, Facts], tuple[str, ...]] = no_texts
    form_addresses: Callable[[Any], tuple[str, ...]] = no_forms
    insiders: Callable[[Any], tuple[str, ...]] = no_insiders
    outsiders: Callable[[Any], tuple[tuple[FieldPath, str, str], ...]] = no_outsiders
    facets: Callable[[Any], tuple[tuple[str, str], ...]] = no_facets
    preface: Callable[[Any], str] = no_preface
    most_back: int = 24
    draws_images: bool = False
    share: Callable[[Any, str | None], Shared] = share_plainly

    @property
    def model(self) -> type[Record]:
        """The model of its fields."""
        return self.load_model()


def check_body(kind: Kind, record: Record, path: str, wordy: bool) -> tuple[Problem, ...]:
    """The problem of a record that needs a text but has none; ``wordy``: its body has words."""
    if wordy or not kind.needs_body(record):
        return ()
    return (
        Problem(
            rule="missing-body",
            path=path,
            field=(),
            message=f"This {kind.label.lower()} has no words: neither a quote in its front matter nor a text below it.",
            hint='Write the exact words as "quote: ..." in the front matter, or as text below the second "---".',
        ),
    )


def list_contacts(kind: Kind, record: Record) -> tuple[str, ...]:
    """The contacts that a record declares as public: those of its kind, and where its ``desired_action`` leads."""
    action = record.desired_action
    found = kind.contacts(record)
    if action and action.url.startswith(("mailto:", "tel:")):
        found = (*found, action.url)
    return tuple(contact for contact in found if contact)


def shown_references(
    kind: Kind, record: Record, state: str | None, found: Iterable[tuple[FieldPath, str, str]]
) -> tuple[tuple[str, str], ...]:
    """The records (kind, slug) that this one may be seen to name in a state, each once, in the order of its fields.

    ``found`` are all its ``core.record.references``, whose purpose is to check that they exist. Fields marked
    ``public: False``, such as a contest's winners, count only as far as the kind says.
    """
    hidden = hidden_fields(type(record))
    public = [(other, slug) for field, other, slug in found if field[0] not in hidden]
    return tuple(dict.fromkeys([*public, *kind.also_names(record, state)]))
