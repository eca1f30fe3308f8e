"""A new record: one commented, valid file of a kind, under a name made from its title."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from twinsite.core.convert import make_slug
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind
from twinsite.kinds.scaffold import fill_scaffold
from twinsite.scaffold.name import clean_title, name_record
from twinsite.validate.settings import parse_settings


class NewResult(Struct, frozen=True):
    """The file that was written, relative to the site with ``/``, or the problems that kept it from being written."""

    path: str | None = None
    problems: tuple[Problem, ...] = ()


def new_record(site: Path, kind: str, title: str, now: datetime) -> NewResult:
    """Write the scaffold of a kind under a name made from the title; an existing record is never touched.

    ``kind`` may be a kind's name or its folder's (``contest``, ``contests``); ``title`` any text; ``now`` is aware, and
    the day it is in the site's time zone counts.
    Problems: ``no-settings``, ``unknown-kind``, ``empty-title``, ``record-exists``, ``cannot-write``.
    """
    found = next((known for known in KINDS if kind.lower() in (known.name, known.folder)), None)
    words = clean_title(title)
    if found is None:
        return _refuse(_unknown_kind(kind))
    if not words:
        hint = f'Write it in quotes: twinsite new {found.name} "A title"'
        return _refuse(Problem("empty-title", "", "The title is empty.", hint))
    if not (site / "site.yaml").is_file():
        return _refuse(no_site())
    return write_record(site, found, words, now, partial(fill_scaffold, found, words))


def write_record(site: Path, kind: Kind, title: str, now: datetime, fill: Callable[[str, date, str], str]) -> NewResult:
    """Write a record of a kind under a free name made from its clean title. ``fill`` gives its text for a slug, the
    day and the site's time zone. Problems: ``record-exists``, ``cannot-write``.
    """
    zone = read_zone(site)
    today = now.astimezone(ZoneInfo(zone)).date()
    folder = site / "content" / kind.folder
    slug = _free_name(folder, kind, name_record(title, kind.name, today), named=bool(make_slug(title)))
    taken = next(_list_taken(folder, kind, slug), None)
    if taken is not None:
        return _refuse(_exists(taken.relative_to(site).as_posix(), kind))
    return write_new_record(site, folder / f"{slug}.md", fill(slug, today, zone))


def write_new_record(site: Path, path: Path, text: str) -> NewResult:
    """Write a file that is not there yet, with its folder. Problem: ``cannot-write``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        message = f"This file cannot be written: {error.strerror or error}."
        hint = "Check the permissions of the folder (chmod u+w), then try again."
        return _refuse(Problem("cannot-write", path.relative_to(site).as_posix(), message, hint))
    return NewResult(path.relative_to(site).as_posix())


def _free_name(folder: Path, kind: Kind, slug: str, named: bool) -> str:
    """The slug; where it was not made from the title, which says nothing in Latin letters, the first that is free."""
    if named:
        return slug
    names = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(name for name in names if next(_list_taken(folder, kind, name), None) is None)


def _list_taken(folder: Path, kind: Kind, slug: str) -> Iterator[Path]:
    """Files that already have this slug: sub-folders of all kinds but pages only group."""
    names = (f"{slug}.md", f"{slug}/index.md")
    deep = "" if kind.name == "page" else "**/"
    return (path for name in names for path in sorted(folder.glob(deep + name)))


def read_zone(site: Path) -> str:
    """The site's time zone; UTC while ``site.yaml`` is wrong, for a note need not wait until that is mended."""
    try:
        settings, _ = parse_settings((site / "site.yaml").read_bytes())
    except OSError:
        return "UTC"
    return settings.timezone if settings else "UTC"


def _refuse(problem: Problem) -> NewResult:
    return NewResult(problems=(problem,))


def _unknown_kind(kind: str) -> Problem:
    near = nearest_name(kind, [known.name for known in KINDS])
    guess = f' Did you mean "{near}"?' if near else ""
    message = f'There is no kind "{kind}".{guess}'
    return Problem("unknown-kind", "", message, f"The kinds are: {', '.join(known.name for known in KINDS)}.")


def no_site() -> Problem:
    """What is wrong with a folder in which there is no ``site.yaml``."""
    message = "There is no site.yaml here, so this is not the folder of a site."
    hint = "Run the command in the folder of your site, name it with --site, or start one with: twinsite init my-site"
    return Problem("no-settings", "site.yaml", message, hint)


def _exists(path: str, kind: Kind) -> Problem:
    message = f"There is already a {kind.label.lower()} with this name; it was left as it is."
    return Problem("record-exists", path, message, "Choose another title, or change the existing file.")
