"""Why a record is or is not published, when that changes, and what its page is made of; in sentences."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from twinsite.cache.store import Cache
from twinsite.core.names import nearest_name
from twinsite.core.page import Page, Plan
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest
from twinsite.core.site import Entry, Site
from twinsite.link.entries import list_changes
from twinsite.press import make_keys
from twinsite.render.keys import Keys
from twinsite.render.reasons import find_changes, read_reason
from twinsite.stages import Stopwatch
from twinsite.survey import survey_site

REASONS = (
    ("draft", "it says draft: true. Remove that line to publish it."),
    ("scheduled", "its publish_at lies in the future."),
    ("expired", "its expires_at has passed."),
    ("permission", "its author's permission is not granted (or has ended)."),
    ("embargo", "it is under embargo."),
)


def explain_path(request: BuildRequest, path: str, cache: Cache) -> tuple[list[str], list[Problem]]:
    """Sentences about a content file or an address; where there are none, the problems that say why.

    Only surveys the site: nothing is rendered, so that the cache still tells how the last build came about.
    """
    survey = survey_site(request, cache, Stopwatch())
    if survey.site is None or survey.plan is None:
        return [], list(survey.place(survey.problems))
    entry = find_entry(survey.site, path, request.site)
    url = entry.url if entry else path
    page = next((page for page in survey.plan.pages if page.url == url), None)
    if entry is None and page is None:
        own = [problem for problem in survey.place(survey.problems) if problem.path in _names_of(path, request.site)]
        return [], own or [_unknown(path, survey.site, survey.plan)]
    lines = explain_entry(entry, request.now) if entry else [f"{path} is made by Twinsite; it has no file of its own."]
    if page and not (entry and entry.held):
        lines += explain_page(page, make_keys(survey.inputs, survey.plan, cache), cache)
    return lines, []


def _unknown(path: str, site: Site, plan: Plan) -> Problem:
    near = nearest_name(path, [*(page.url for page in plan.pages), *site.by_path])
    text = f'There is no record or page "{path}".' + (f' Did you mean "{near}"?' if near else "")
    return Problem("unknown-path", "", text, "Name a file of content/ or an address such as /contests/spring/.")


def _names_of(path: str, site: Path) -> list[str]:
    """The site-relative paths that a path on the command line may mean."""
    wanted = PurePosixPath(path).as_posix()
    names = [wanted, f"content/{wanted}"]
    with suppress(ValueError):
        names.append(Path(path).resolve().relative_to(site.resolve()).as_posix())
    return names


def find_entry(linked: Site, path: str, site: Path) -> Entry | None:
    """The record of a file (relative to the site or the working folder) or of an address."""
    for candidate in _names_of(path, site):
        if candidate in linked.by_path:
            return linked.by_path[candidate]
    return next((entry for entry in linked.by_path.values() if entry.url == path), None)


def explain_entry(entry: Entry, now: datetime) -> list[str]:
    """Whether a record is published, why, its state, and its next change."""
    zone = ZoneInfo(entry.zone)
    moment = f"{now.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    name = f'{entry.path} ({entry.kind} "{entry.title}")'
    if entry.held:
        why = dict(REASONS).get(entry.held.reason, entry.held.reason)
        lines = [f"{name} is withheld at {moment}: {entry.held.reason}, because {why}"]
        if entry.held.until:
            lines.append(f"It is published from {entry.held.until.astimezone(zone):%Y-%m-%d %H:%M %Z}.")
    else:
        lines = [f"{name} is published at {entry.url} at {moment}."]
    if entry.banner:
        lines.append(f"It is shown only because drafts are asked for: {entry.banner}.")
    if entry.state:
        lines.append(f"Its state is {entry.state}.")
    coming = [change for change in list_changes(entry) if change.at > now]
    lines += [f"At {change.at.astimezone(zone):%Y-%m-%d %H:%M %Z} it {change.what}." for change in coming]
    return lines if coming else [*lines, "It will not change by itself."]


def explain_page(page: Page, keys: Keys, cache: Cache) -> list[str]:
    """What a page is made of, why it was last rendered, and whether and why the next build renders it."""
    components = f" and the components {', '.join(page.components)}" if page.components else ""
    lines = [f"The page {page.path} is made with {page.template}{components}."]
    before = read_reason(page.path, cache)
    if before is None:
        return [*lines, "It has not been rendered yet with this cache: the next build renders it."]
    changed = f"because of {_join(before.changed)}" if before.changed else "because it was new"
    lines.append(f"It was last rendered {changed}.")
    coming = find_changes(before.parts, keys.parts(page))
    lines.append(
        f"The next build renders it again, because of {_join(coming)}." if coming else "The next build reuses it."
    )
    return lines


def _join(names: tuple[str, ...]) -> str:
    return ", ".join(names)
