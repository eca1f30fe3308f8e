"""The part of the plan that belongs to one record: its page, and its further pages and documents."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from twinsite.core.page import Archive, Document, Page, Planned
from twinsite.core.site import Entry
from twinsite.kinds import kind_named
from twinsite.kinds.further import Family, Further, Surroundings
from twinsite.kinds.kind import list_contacts
from twinsite.link.addresses import output_path
from twinsite.plan.archive import plan_archive, title_further
from twinsite.plan.feeds import first_slug
from twinsite.plan.library import Library
from twinsite.plan.pages import make_page, page_frame, plan_crumbs
from twinsite.plan.plain import plain_record
from twinsite.plan.related import Neighbours
from twinsite.plan.targets import check_targets
from twinsite.plan.tracked_words import check_fields
from twinsite.plan.tracking import find_brand
from twinsite.plan.views import look_into_files, make_computed, make_facts, plain_dict, plain_phases


def plan_record(library: Library, entry: Entry, neighbours: Neighbours) -> Planned:
    """The page of a record, with all problems of its text and of the addresses in its fields; and all its further
    outputs.

    Needs no other page: records may be planned in any order and in several processes.
    """
    own = library.for_one()
    pages, documents = [make_page(own, entry, neighbours)], []
    for name, step in entry.further:
        output = _plan_further(own, entry, _family_named(entry.kind, name), step)
        if isinstance(output, Page):
            pages.append(output)
        elif isinstance(output, Document):
            documents.append(output)
        elif output:
            own.outputs[output.path] = output
    own.problems += check_targets(own, entry)
    own.problems += check_fields(own, entry)
    wrong, texts = look_into_files(own, entry)
    own.problems += wrong
    return own.planned(pages, documents, (*list_contacts(kind_named(entry.kind), entry.record), *texts))


def _family_named(kind: str, name: str) -> Family:
    return next(family for family in kind_named(kind).families if family.name == name)


def _plan_further(library: Library, entry: Entry, family: Family, step: str) -> Page | Document | Archive | None:
    """One further output of a record; what its view names is gathered in ``library``."""
    made = family.make(entry.record, _look_around(library, entry, step))
    url = entry.url + step
    if family.is_archive:
        return plan_archive(library, entry, url, made)
    if family.is_document:
        view = {"record": entry.title, "url": library.full(url), "own": plain_dict(library, entry, dict(made.values))}
        return Document.of(url[1:], family.template, view, entry.path)
    view = _make_view(library, entry, family, url, made)
    return Page.of(url, output_path(url), family.template, view, entry.path)


def _make_view(library: Library, entry: Entry, family: Family, url: str, made: Further) -> dict[str, Any]:
    """The view of a further page: the frame of any page, the record with what is computed of it, and its ``own``
    values.
    """
    shows = library.shows
    title = title_further(library, made)
    return {
        **page_frame(library, url, title, made.summary, entry),
        "seo_title": title,
        "description": made.summary or library.settings.tagline or "",
        "noindex": entry.unlisted or made.noindex,
        "banner": entry.banner,
        "state": entry.state,
        "phases": plain_phases(library, entry) if shows(family.template, "phases") else [],
        "date": entry.day.isoformat() if entry.day else None,
        "crumbs": [*plan_crumbs(library, entry), {"title": entry.title, "url": entry.url}],
        "record": plain_record(library, entry, entry.record) if shows(family.template, "record") else None,
        "computed": make_computed(library, entry, family.template) if shows(family.template, "computed") else None,
        "own": plain_dict(library, entry, dict(made.values)),
    }


def _look_around(library: Library, entry: Entry, step: str) -> Surroundings:
    return Surroundings(
        facts=make_facts(library, entry),
        step=step,
        url=entry.url,
        full=library.full(entry.url),
        uid=stable_name(entry),
        host=urlsplit(library.settings.base_url).hostname or "localhost",
        terms=tuple((term["taxonomy"], term["label"]) for term in library.terms_of.get(entry.key, ())),
        lock=library.site.locks.get(entry.key),
        brand=find_brand(library),
        wants=partial(library.settings.outputs.wants, entry.kind),
    )


def stable_name(entry: Entry) -> str:
    """The name of a record that stays when it moves: its ``uid``, else its kind and first slug."""
    return entry.record.uid or f"{entry.kind}/{first_slug(entry)}"
