"""Pages of single records, with what surrounds them: crumbs, related records, everything that refers to them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from msgspec import Raw

from twinsite.core.digest import encode_view
from twinsite.core.page import Page
from twinsite.core.site import Entry
from twinsite.core.words import count_words
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.kind import owes_nothing
from twinsite.link.addresses import list_url, output_path
from twinsite.plan.fill import fill_entry_body
from twinsite.plan.jsonld import describe_entry
from twinsite.plan.library import Library
from twinsite.plan.plain import make_target, plain_picture, plain_record
from twinsite.plan.related import Neighbours
from twinsite.plan.share import make_share
from twinsite.plan.share_image import draws_site, may_be_pictured, plan_share_image
from twinsite.plan.views import introduce, main_image, make_card, make_computed, make_summary, plain_phases

NO_BACK = MappingProxyType({kind.name: Raw(encode_view({"count": 0, "cards": []})) for kind in KINDS})
"""What a page shows of each kind of which no record refers to it, encoded."""


def make_page(library: Library, entry: Entry, neighbours: Neighbours) -> Page:
    """The page of a record; what its view names is gathered in ``library``."""
    body, filling = fill_entry_body(library, entry)
    template = f"{entry.kind}/page.html"
    view = {
        **page_frame(library, entry.url, entry.title, make_summary(entry), entry),
        "body": body,
        "date": entry.day.isoformat() if entry.day else None,
        "state": entry.state,
        "phases": plain_phases(library, entry),
        "banner": entry.banner,
        "action": _plan_action(library, entry),
        "tags": library.terms_of.get(entry.key, []),
        "crumbs": plan_crumbs(library, entry),
        "record": plain_record(library, entry, entry.record),
        # Named even where they are not made, because messages list the names that a template may have meant.
        **dict.fromkeys(("prev", "next", "words", "computed", "back", "related", "further")),
    }
    view["updated"] = entry.updated.isoformat() if entry.updated else None
    _add_costly(library, entry, neighbours, template, view)
    return Page.of(
        url=entry.url,
        path=output_path(entry.url),
        template=template,
        view=view,
        source=entry.path,
        origins=tuple(filling.origins),
        components=tuple(sorted(filling.components)),
        bodies=(entry.path,),
        owes=_list_owed(library, entry),
    )


def _list_owed(library: Library, entry: Entry) -> tuple[tuple[str, str], ...]:
    """The sentences that the page must show, whatever its templates show."""
    owes = kind_named(entry.kind).owes
    return () if owes is owes_nothing else owes(entry.record, library.site.law)


def _add_costly(library: Library, entry: Entry, neighbours: Neighbours, template: str, view: dict[str, Any]) -> None:
    """Those parts of a view that cost most, and only if the page can show them."""
    if library.shows(template, "prev") or library.shows(template, "next"):
        view.update(neighbours.link_beside(entry))
    if library.shows(template, "toc"):
        view["toc"] = [heading for heading in entry.draft.holes.headings if heading.level in (2, 3)]
    if library.shows(template, "words"):
        view["words"] = count_words(entry.draft.body)
    if library.shows(template, "computed"):
        view["computed"] = make_computed(library, entry, template)
    if library.shows(template, "further"):
        view["further"] = link_further(entry)
    if library.shows(template, "back"):
        view["back"] = list_back(library, entry)
    if library.shows(template, "share"):
        view["share"] = make_share(library, entry, view["summary"])
    if library.shows(template, "related"):
        view["related"] = neighbours.make_cards(library, entry)
    if library.shows(template, "jsonld"):
        view["jsonld"] = describe_entry(library, entry, view)


def page_frame(library: Library, url: str, title: str, summary: str, entry: Entry | None = None) -> dict[str, Any]:
    """What every page has: address, titles, description, what search engines and networks are told, and its feeds."""
    seo = entry.record.seo if entry else None
    settings, told = library.settings, introduce(library, entry, summary) if entry else summary
    image = plain_picture(library, entry, main_image(entry)) if entry else None
    edit = settings.edit_url.rstrip("/") + "/" + entry.path if entry and settings.edit_url else None
    return {
        "kind": entry.kind if entry else "list",
        "slug": entry.slug if entry else None,
        "url": url,
        "title": title,
        "summary": summary,
        "seo_title": (seo.title if seo else None) or title,
        "description": (seo.description if seo else None) or told or settings.tagline or "",
        "noindex": entry is not None and entry.unlisted,
        "canonical": library.full(url),
        "share_image": _plan_share_image(library, entry, image),
        "edit_url": edit,
        "feeds": [],
        "prev": None,
        "next": None,
        "crumbs": [],
        "jsonld": [],
        "share": None,
        "body": None,
        "toc": [],
        "banner": None,
        "state": None,
        "phases": [],
        "image": image,
        "date": None,
        "updated": None,
    }


def _plan_share_image(library: Library, entry: Entry | None, image: dict[str, Any] | None) -> dict[str, Any] | None:
    """The picture that networks show beside a link to a page: one that is drawn for it, else the record's own; where
    there is neither, the frame has that of the site.
    """
    drawn = plan_share_image(library, entry, main_image(entry)) if entry else None
    if drawn:
        return drawn
    whole = entry is not None and entry is library.site.home and draws_site(library)
    if entry and image and not whole and may_be_pictured(entry):
        return {**image, "src": library.full(image["src"])}
    return None


def _plan_action(library: Library, entry: Entry) -> dict[str, Any] | None:
    """The one action a page asks for; its label is the theme's word for the verb unless the editor wrote one."""
    action = entry.record.desired_action
    url = make_target(library, entry, action.url) if action else None
    return {"verb": action.verb, "label": action.label, "url": url} if action and url else None


def plan_crumbs(library: Library, entry: Entry) -> list[dict[str, str]]:
    """The way from the home page: the section's list, for pages the folders that have one."""
    crumbs = [{"title": library.settings.title, "url": "/"}]
    if entry.kind == "page":
        steps = entry.slug.split("/")[:-1]
        sections = ["pages/" + "/".join(steps[: depth + 1]) for depth in range(len(steps))]
        found = [library.site.lists[section] for section in sections if section in library.site.lists]
        return crumbs + [{"title": other.title, "url": other.url} for other in found]
    if entry.kind in library.list_titles:
        folder = kind_named(entry.kind).folder
        crumbs.append({"title": library.list_titles[entry.kind], "url": list_url(folder)})
    return crumbs


def link_further(entry: Entry) -> dict[str, list[str]]:
    """The addresses of a record's further outputs, by family; an empty list where it has none of one."""
    found: dict[str, list[str]] = {family.name: [] for family in kind_named(entry.kind).families}
    for name, step in entry.further:
        found[name].append(entry.url + step)
    return found


def list_back(library: Library, entry: Entry) -> dict[str, Any]:
    """For each kind the published records that refer to this one: ``{"count", "cards"}``, the first ones in list
    order.
    """
    groups: dict[str, list[Entry]] = {}
    for other in library.site.back.get(entry.key, ()):
        groups.setdefault(other.kind, []).append(other)
    found = {
        kind: {
            "count": len(others),
            "cards": [make_card(library, other) for other in others[: kind_named(kind).most_back]],
        }
        for kind, others in groups.items()
    }
    return {**NO_BACK, **found}
