"""Entries: a valid record with its address, its state at ``now``, and whether it is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from twinsite.config import Settings
from twinsite.core.address import make_origin
from twinsite.core.draft import Draft, Table
from twinsite.core.held import Held
from twinsite.core.later import Later
from twinsite.core.lock import Lock, Locks
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import Named, Record, names_in
from twinsite.core.site import Entry
from twinsite.core.values import Ref, TableMark
from twinsite.core.witness import Witness
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.further import no_lock_steps
from twinsite.kinds.kind import Change, Kind, shown_references
from twinsite.link.addresses import list_url, make_url
from twinsite.link.terms import list_terms

SHOWN_WITH_DRAFTS = ("draft", "scheduled", "expired")
"""Reasons that ``--drafts`` lifts. Never ``permission`` or ``embargo``."""


NO_LOCKS: Locks = MappingProxyType({})
NO_POLICIES: Mapping[str, Any] = MappingProxyType({})
NO_TABLES: Mapping[str, Table] = MappingProxyType({})


class Linkable(Struct, frozen=True):
    """What one record brings to the site: made of this record, the settings and the moment alone, of no other record.

    ``problems`` are those of its own fields (see ``link.checks``). ``references`` (field, kind, slug) and ``tables``
    (field, name) must lead somewhere, hidden ones too; ``terms`` are (taxonomy, field, word). ``insiders``
    and ``outsiders`` are those of its kind.
    """

    entry: Entry
    problems: tuple[Problem, ...] = ()
    references: tuple[tuple[FieldPath, str, str], ...] = ()
    tables: tuple[tuple[FieldPath, str], ...] = ()
    terms: tuple[tuple[str, FieldPath, str], ...] = ()
    insiders: tuple[str, ...] = ()
    outsiders: tuple[tuple[FieldPath, str, str], ...] = ()


def make_linkable(
    draft: Draft,
    record: Record,
    settings: Settings,
    now: datetime,
    drafts: bool,
    witness: Witness,
    locks: Locks = NO_LOCKS,
    named: Named | None = None,
) -> Linkable:
    """What a record brings to the site, not checked yet. ``now`` is aware; ``drafts`` shows what is withheld for a
    reason that may be previewed; the ``witness`` is that of the site. ``named`` is what the record names, if that was
    looked for already.
    """
    found = names_in(record) if named is None else named
    references = tuple([(path, mark.kind, value) for path, mark, value in found if isinstance(mark, Ref)])
    entry = make_entry(draft, record, settings, now, drafts, references, witness)
    kind = kind_named(entry.kind)
    lock = locks.get(entry.key)
    if lock:
        entry = replace(entry, further=(*entry.further, *list_bindings(lock, settings)))
    return Linkable(
        entry=entry,
        references=references,
        tables=tuple([(path, value) for path, mark, value in found if isinstance(mark, TableMark)]),
        terms=list_terms(record),
        insiders=kind.insiders(record),
        outsiders=kind.outsiders(record),
    )


def make_entry(
    draft: Draft,
    record: Record,
    settings: Settings,
    now: datetime,
    drafts: bool,
    references: Sequence[tuple[FieldPath, str, str]],
    witness: Witness,
) -> Entry:
    """The entry of a record, of which the ``references`` are known."""
    kind = kind_named(draft.kind)
    zone = record_zone(record, settings.timezone)
    local = now.astimezone(ZoneInfo(zone))
    held = find_hold(kind, record, local)
    held = mark_passing(held, kind, record, zone) if held else None
    banner = held.reason if held and drafts and held.reason in SHOWN_WITH_DRAFTS else None
    day = kind.day(record)
    slug = _entry_slug(draft, record)
    state = kind.state(record, local)
    title = kind.title(record) or _name_list(draft.slug)
    return Entry(
        kind=draft.kind,
        slug=slug,
        url=_entry_url(kind, draft, slug, day, settings),
        heading=title,
        path=draft.path,
        folder=draft.folder,
        name=draft.slug,
        zone=zone,
        source=Later.of((draft, record)),
        day=day,
        state=state,
        held=None if banner else held,
        banner=banner,
        tags=record.tags,
        aliases=record.aliases,
        references=shown_references(kind, record, state, references),
        order=(*kind.order(record, state, title), slug),
        updated=kind.updated(record),
        featured=record.featured,
        unlisted=bool(banner or (record.seo and record.seo.noindex)),
        witness=witness,
        further=list_further(kind, record, settings) if kind.families else (),
        form_origins=tuple(dict.fromkeys(map(make_origin, kind.form_addresses(record)))),
        facets=kind.facets(record),
    )


def list_further(kind: Kind, record: Record, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The outputs of a record beside its page that follow from its own fields, as far as ``outputs`` wants them."""
    return tuple(
        (family.name, step)
        for family in kind.families
        if settings.outputs.wants(kind.name, family.switch or family.name)
        for step in family.steps(record)
    )


def list_bindings(lock: Lock, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The further outputs that follow from what a lock keeps."""
    return tuple(
        (family.name, step)
        for family in kind_named(lock.kind).families
        if family.lock_steps is not no_lock_steps and settings.outputs.wants(lock.kind, family.switch or family.name)
        for step in family.lock_steps(lock)
    )


def _entry_slug(draft: Draft, record: Record) -> str:
    """The slug as written or as the file is named; a page's lies below its folder either way."""
    folder = draft.slug.rpartition("/")[0]
    return draft.slug if record.slug is None else f"{folder}/{record.slug}".lstrip("/")


def _name_list(section: str) -> str:
    """What a list is called whose text has no title: as its kind, or as its folder of pages."""
    names = {kind.folder: kind.plural for kind in KINDS}
    return names.get(section) or section.rpartition("/")[2].replace("-", " ").capitalize()


def record_zone(record: Record, site_zone: str) -> str:
    """The zone a record's instants are written in: its own ``timezone`` where its kind has one, else the site's."""
    own: str | None = record.__dict__.get("timezone")
    return own or site_zone


def _entry_url(kind: Kind, draft: Draft, slug: str, day: date | None, settings: Settings) -> str:
    if kind.name == "home":
        return "/"
    if kind.name == "list":
        return list_url(draft.slug)
    return make_url(kind, slug, day, settings.permalinks)


def find_hold(kind: Kind, record: Record, now: datetime) -> Held | None:
    """Why a record is withheld at ``now``, or ``None``. What may never be previewed comes first."""
    own = kind.withhold(record, now)
    if own:
        return Held(*own)
    if record.draft:
        return Held("draft")
    if record.publish_at and now < record.publish_at:
        return Held("scheduled", record.publish_at)
    if record.expires_at and now >= record.expires_at:
        return Held("expired")
    return None


def mark_passing(held: Held, kind: Kind, record: Record, zone: str) -> Held:
    """The same, and whether the record is shown at some other time: looked for around each of its moments."""
    zone_info = ZoneInfo(zone)
    moments = [change.at for change in kind.changes(record, zone_info)]
    moments += [moment for moment in (record.publish_at, record.expires_at) if moment]
    around = (moment + step for moment in moments for step in (timedelta(), -timedelta(seconds=1)))
    return replace(held, passing=any(find_hold(kind, record, at.astimezone(zone_info)) is None for at in around))


def list_changes(
    entry: Entry, policies: Mapping[str, Any] = NO_POLICIES, tables: Mapping[str, Table] = NO_TABLES
) -> list[Change]:
    """Every moment at which this record's page changes by itself, in order of time; with the site's ``policies`` and
    ``tables`` also those at which its numbers grow old.

    What happens while the record is withheld, before and at that very moment, changes no page and is left out.
    """
    record, kind = entry.record, kind_named(entry.kind)
    zone = ZoneInfo(entry.zone)
    changes = [*kind.changes(record, zone), *kind.ageing(record, zone, policies, tables)]
    if record.publish_at:
        changes.append(Change(record.publish_at, "is published"))
    if record.expires_at:
        changes.append(Change(record.expires_at, "expires and is taken down"))
    shown = [change for change in changes if _is_seen(kind, entry, change.at)]
    return sorted(shown, key=lambda change: (change.at, change.what))


def _is_seen(kind: Kind, entry: Entry, at: datetime) -> bool:
    """Whether the record is shown just before a moment or at it."""
    local = at.astimezone(ZoneInfo(entry.zone))
    around = (local - timedelta(seconds=1), local) if local.year > 1 else (local,)
    return any(find_hold(kind, entry.record, moment) is None for moment in around)
