"""Why a record is or is not published, when that changes, and what its page is made of; in sentences."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from twinsite.build import BuildResult
from twinsite.core.digest import digest_value
from twinsite.core.page import Page
from twinsite.core.site import Entry, Site
from twinsite.link.entries import list_changes

REASONS = (
    ("draft", "it says draft: true. Remove that line to publish it."),
    ("scheduled", "its publish_at lies in the future."),
    ("expired", "its expires_at has passed."),
    ("permission", "its author's permission is not granted (or has ended)."),
    ("embargo", "it is under embargo."),
)


def explain_path(result: BuildResult, path: str, now: datetime, site: Path) -> list[str] | None:
    """Sentences about a content file or an address; ``None`` where neither exists."""
    if result.linked is None or result.plan is None:
        return None
    entry = find_entry(result.linked, path, site)
    url = entry.url if entry else path
    page = next((page for page in result.plan.pages if page.url == url), None)
    if entry is None and page is None:
        return None
    lines = explain_entry(entry, now) if entry else [f"{path} is made by Twinsite from {page.source if page else ''}."]
    return lines + (explain_page(page) if page and not (entry and entry.held) else [])


def find_entry(linked: Site, path: str, site: Path) -> Entry | None:
    """The record of a file (relative to the site or the working folder) or of an address."""
    wanted = PurePosixPath(path).as_posix()
    candidates = [wanted, f"content/{wanted}"]
    with suppress(ValueError):
        candidates.append(Path(path).resolve().relative_to(site.resolve()).as_posix())
    for candidate in candidates:
        if candidate in linked.by_path:
            return linked.by_path[candidate]
    return next((entry for entry in linked.by_path.values() if entry.url == path), None)


def explain_entry(entry: Entry, now: datetime) -> list[str]:
    """Whether a record is published, why, its state, and its next change."""
    zone = ZoneInfo(entry.zone)
    moment = f"{now.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    name = f'{entry.draft.path} ({entry.kind} "{entry.title}")'
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


def explain_page(page: Page) -> list[str]:
    """What a page is made of: its template, its components, and a digest of each part of its view."""
    lines = [
        f"The page {page.path} is made with {page.template}"
        + (f" and the components {', '.join(page.components)}." if page.components else ".")
    ]
    lines.append("It is rendered again when one of these parts changes:")
    return lines + [f"  {digest_value(value)[:12]}  {name}" for name, value in sorted(page.view.items())]
