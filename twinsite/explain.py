"""Why a record is or is not published, when that changes, and what its page is made of; in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from twinsite.cache.store import Cache
from twinsite.core.names import nearest_name
from twinsite.core.page import Archive, Copy, Document, Output, Page, Picture, Plan, ShareImage
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.core.site import Entry, Site
from twinsite.journal import read_journal
from twinsite.kinds import kind_named
from twinsite.kinds.kind import Change
from twinsite.kinds.permission import say_next, say_standing
from twinsite.link.entries import NO_POLICIES, list_changes
from twinsite.press import make_keys
from twinsite.render.pages import read_facts
from twinsite.render.reasons import Reason, add_sums, find_changes, read_reason
from twinsite.stages import Stopwatch
from twinsite.survey import Survey, survey_site

REASONS = (
    ("draft", "it says draft: true. Remove that line to publish it."),
    ("scheduled", "its publish_at lies in the future."),
    ("expired", "its expires_at has passed."),
    ("permission", "its author's permission is not granted (or has ended)."),
    ("embargo", "it is under embargo."),
    ("moderation", "it is not approved. Write moderation: approved once somebody looked at it."),
    ("consent", "its maker did not agree that it is shown here. Write consent: once they did."),
    ("withdrawn", "its maker took it back. Only a notice stands at its address."),
)
STOPPED = "No build changes anything until the errors are mended. twinsite check shows them."


def explain_path(request: BuildRequest, path: str, cache: Cache) -> tuple[list[str], list[Problem]]:
    """Sentences about a content file or an address; where there are none, the problems that say why.

    Only surveys the site: nothing is rendered, so that the cache still tells how the last build came about.
    """
    cache.spare()
    survey = survey_site(request, cache, Stopwatch())
    if survey.site is None or survey.plan is None:
        return [], list(survey.place(survey.problems))
    entry = find_entry(survey.site, path, request.site)
    output = find_output(survey.plan, entry.url if entry else path)
    if entry is None and output is None:
        own = [problem for problem in survey.place(survey.problems) if problem.path in _names_of(path, request.site)]
        return [], own or [_unknown(path, survey.site, survey.plan)]
    stops = has_errors(survey.problems)
    settings = survey.inputs.settings
    policies = settings.policies.model_dump() if settings else NO_POLICIES
    changes = list_changes(entry, policies, survey.site.tables) if entry else []
    lines = explain_entry(entry, request.now, changes, stops) if entry else _introduce(path, output, stops)
    if output and not (entry and entry.held):
        lines += _explain_output(output, Past(request, survey, cache), stops)
    return lines, []


def _introduce(path: str, output: Output | None, stops: bool) -> list[str]:
    """What an address is that is not that of a record's page: something else made of a record, or of the whole site."""
    source = output.source if isinstance(output, Page | Document | Archive) and output.source.endswith(".md") else ""
    what = f"from {source}" if source else "by Twinsite; it has no file of its own"
    return [f"{path} is made {what}.", *([STOPPED] if stops else [])]


def _unknown(path: str, site: Site, plan: Plan) -> Problem:
    addresses = [*(page.url for page in plan.pages), *(f"/{document.path}" for document in plan.documents)]
    near = nearest_name(path, [*addresses, *site.by_path])
    text = f'There is no record or page "{path}".' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-path", "", text, "Name a file of content/ or an address such as /contests/spring/.")


def _names_of(path: str, site: Path) -> list[str]:
    """The site-relative paths that a path on the command line may mean."""
    wanted = PurePosixPath(path).as_posix()
    names = [wanted, f"content/{wanted}"]
    with suppress(ValueError):
        names.append(Path(path).resolve().relative_to(site.resolve()).as_posix())
    return names


def find_entry(linked: Site, path: str, site: Path, kinds: Iterable[str] = ()) -> Entry | None:
    """The record of a file (relative to the site or the working folder) or of an address; of these ``kinds`` also by
    its name, as other records refer to it.
    """
    for kind in kinds:
        if (kind, path) in linked.everything:
            return linked.everything[kind, path]
    for candidate in _names_of(path, site):
        if candidate in linked.by_path:
            return linked.by_path[candidate]
    return next((entry for entry in linked.by_path.values() if entry.url == path), None)


def find_output(plan: Plan, path: str) -> Output | None:
    """The output at an address (``/contests/spring/``, ``/feed.xml``)."""
    page = next((page for page in plan.pages if page.url == path), None)
    return page or next((output for output in plan.outputs() if f"/{output.path}" == path), None)


def explain_entry(entry: Entry, now: datetime, changes: Iterable[Change], stops: bool = False) -> list[str]:
    """Whether a record is published, why, its state, and which of its ``changes`` are to come. ``stops``: errors keep
    the site from being built.
    """
    zone = ZoneInfo(entry.zone)
    moment = f"{now.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    name = f'{entry.path} ({entry.kind} "{entry.title}")'
    if entry.held:
        why = dict(REASONS).get(entry.held.reason, entry.held.reason)
        lines = [f"{name} is withheld at {moment}: {entry.held.reason}, because {why}"]
        lines += _explain_right(entry, now.astimezone(zone).date()) if entry.held.reason == "permission" else []
        if entry.held.until:
            lines.append(f"It is published from {entry.held.until.astimezone(zone):%Y-%m-%d %H:%M %Z}.")
    elif stops:
        lines = [f"{name} would be published at {entry.url} at {moment}, but the site has errors.", STOPPED]
    else:
        lines = [f"{name} is published at {entry.url} at {moment}."]
    if entry.banner:
        lines.append(f"It is shown only because drafts are asked for: {entry.banner}.")
    if entry.state:
        lines.append(f"Its state is {entry.state}.")
    coming = [change for change in changes if change.at > now]
    lines += [f"At {change.at.astimezone(zone):%Y-%m-%d %H:%M %Z} it {change.what}." for change in coming]
    return lines if coming else [*lines, "It will not change by itself."]


def _explain_right(entry: Entry, today: date) -> list[str]:
    """How the permission that is missing stands, and what to do about it."""
    right = kind_named(entry.kind).right(entry.record)
    if right is None:
        return []
    todo = say_next(right.permission, today, entry.slug, evidence=True)
    return [f"{right.who}, {right.what}: {say_standing(right.permission, today)}", *([todo] if todo else [])]


class Past:
    """What the cache knows of the outputs of a plan: of what each was made, and whether it can be taken over."""

    def __init__(self, request: BuildRequest, survey: Survey, cache: Cache) -> None:
        assert survey.plan is not None
        self._keys = make_keys(survey.inputs, survey.plan, cache)
        self._published = read_journal(request, cache, survey.inputs.salt).pages
        self._cache = cache

    def reason(self, page: Page | Document) -> Reason | None:
        """Why it was last rendered."""
        return read_reason(page.path, self._cache)

    def has(self, page: Page | Document) -> bool:
        """Whether the very same was made before, so that a build need not render it."""
        key = self._keys.of(page)
        published, _ = self._published.get(page.path, ("", ""))
        return key == published or key in read_facts([key], self._cache)

    def changes(self, page: Page | Document, before: Reason) -> tuple[str, ...]:
        """What differs from when it was last rendered."""
        return find_changes(before.parts, add_sums(self._keys.parts(page), page.encoded.get()))


def _explain_output(output: Output, past: Past, stops: bool) -> list[str]:
    """Of what an output is made, and what the next build does with it."""
    if isinstance(output, Page | Document):
        return explain_page(output, past, stops)
    if isinstance(output, Copy):
        return [f"It is a copy of {output.source}."]
    if isinstance(output, Picture):
        size = f", {output.width} pixels wide" if output.width else ""
        return [f"It is a picture made from {output.source}{size}."]
    if isinstance(output, ShareImage):
        beside = f" beside the picture {output.picture}" if output.picture else ""
        return [f"It is drawn for links to the page of {output.source}, with its title{beside}."]
    if isinstance(output, Archive):
        packed = ", ".join(picture.source for _, picture in output.members)
        return [f"It is a ZIP file of the pictures of {output.source}: {packed}."]
    return ["It is written as it comes with Twinsite or the theme; no template makes it."]


def explain_page(page: Page | Document, past: Past, stops: bool = False) -> list[str]:
    """What a page is made of, why it was last rendered, and whether and why the next build renders it. ``stops``:
    errors keep the next build from rendering anything.
    """
    used = page.components if isinstance(page, Page) else ()
    components = f" and the components {', '.join(used)}" if used else ""
    what = "page" if isinstance(page, Page) else "file"
    lines = [f"The {what} {page.path} is made with {page.template}{components}."]
    before = past.reason(page)
    if before:
        changed = f"because of {_join(before.changed)}" if before.changed else "because it was new"
        lines.append(f"It was last rendered {changed}.")
    return lines if stops else [*lines, _foretell(page, past, before)]


def _foretell(page: Page | Document, past: Past, before: Reason | None) -> str:
    """What the next build does with a page."""
    if past.has(page):
        return "The next build reuses it."
    if before is None:
        return "It has not been rendered yet with this cache: the next build renders it."
    changes = _join(past.changes(page, before)) or "something that the cache no longer knows"
    return f"The next build renders it again, because of {changes}."


def _join(names: tuple[str, ...]) -> str:
    return ", ".join(names)
