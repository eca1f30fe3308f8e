"""The content folder as a list of files, each with its part to play. Reads folder listings only; opens no file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from twinsite.core.convert import make_step
from twinsite.core.law import PLATFORMS_FOLDER, PROFILES_FOLDER
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.core.source import RAW_ENTRIES
from twinsite.kinds import KINDS
from twinsite.kinds.kind import Kind

DROPPINGS = (".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".git", ".hg", ".svn")
LAW_FOLDERS = (PROFILES_FOLDER, PLATFORMS_FOLDER)
PLAIN_FOLDERS = ("static", "data", "locks", *LAW_FOLDERS)
DEEPEST = 100
"""How many folders may stand inside each other."""


_BY_FOLDER: Mapping[str, Kind] = {kind.folder: kind for kind in KINDS}


class RecordFile(Struct, frozen=True):
    """A Markdown file with its kind (``home`` and ``list`` included) and the slug that its name gives."""

    path: str
    kind: str
    slug: str
    folder: str


FindPlace = Callable[[str], RecordFile | Problem | str]
"""What tells the part that a file plays, by its path."""


class Tree(Struct, frozen=True):
    """Every file below ``content/``, site-relative and sorted. ``beside`` are the files that lie next to records;
    ``law`` describes jurisdictions and platforms.
    """

    records: tuple[RecordFile, ...]
    static: tuple[str, ...]
    data: tuple[str, ...]
    locks: tuple[str, ...]
    beside: frozenset[str]
    law: tuple[str, ...] = ()


EMPTY_TREE = Tree((), (), (), (), frozenset())


class _Found(Struct, frozen=True):
    """A file or a problem met on the walk."""

    path: str = ""
    problem: Problem | None = None


def read_tree(site: Path, find_place: FindPlace | None = None) -> tuple[Tree, list[Problem]]:
    """The files of ``site/content`` sorted into their parts, and a problem for each that has no place there.
    ``find_place`` may be a ``place_file`` that remembers what it said.
    """
    find_place = find_place or place_file
    problems: list[Problem] = []
    parts: dict[str, list[str]] = {name: [] for name in (*PLAIN_FOLDERS, "beside")}
    records: list[RecordFile] = []
    if not (site / "content").is_dir():
        return Tree((), (), (), (), frozenset()), [_no_content()]
    for found in _walk(site, "content", (_identity(site / "content"),)):
        if found.problem:
            problems.append(found.problem)
            continue
        place = find_place(found.path)
        if isinstance(place, RecordFile):
            records.append(place)
        elif isinstance(place, Problem):
            problems.append(place)
        else:
            parts[place].append(found.path)
    tree = Tree(
        records=tuple(records),
        static=tuple(parts["static"]),
        data=tuple(parts["data"]),
        locks=tuple(parts["locks"]),
        beside=frozenset(parts["beside"]),
        law=tuple(path for name in LAW_FOLDERS for path in parts[name]),
    )
    return tree, problems


def _no_content() -> Problem:
    return Problem(
        "no-content",
        "content",
        'There is no folder "content" here, so there is nothing to build.',
        "Run the command in the folder of your site, name it with --site, or start one with: twinsite init my-site",
    )


def _walk(site: Path, folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[_Found]:
    """Every file below a folder in sorted order; a link back to a folder above it is a problem, not an endless walk."""
    if len(above) > DEEPEST:
        yield _Found(problem=_too_deep(folder))
        return
    try:
        listing = sorted(os.scandir(site / folder), key=lambda item: item.name)
    except OSError as error:
        yield _Found(problem=_unreadable(folder, error))
        return
    for item in listing:
        path = f"{folder}/{item.name}"
        if _is_ignored(item.name, folder):
            continue
        if item.is_file(follow_symlinks=False):
            yield _Found(path)
        elif item.is_symlink() and (problem := _check_link(site, path)):
            yield _Found(problem=problem)
        elif item.is_dir():
            identity = _identity(site / path)
            if _looks_like_record(path):
                yield _Found(problem=_folder_like_record(path))
            elif identity in above:
                yield _Found(problem=_looping(path))
            else:
                yield from _walk(site, path, (*above, identity))
        elif item.is_file():
            yield _Found(path)
        else:
            yield _Found(problem=_no_file(path))


def _looks_like_record(path: str) -> bool:
    """Whether the name of a folder ends as only the files of records do."""
    return path.endswith(".md") and path.split("/")[1] not in PLAIN_FOLDERS


def _folder_like_record(path: str) -> Problem:
    message = "This is a folder, but its name ends in .md, as only the names of records do."
    plain = PurePosixPath(path).with_suffix("").name
    hint = f"Rename the folder to {plain}; the record itself is then the file {plain}/index.md."
    return Problem("wrong-ending", path, message, hint)


def _no_file(path: str) -> Problem:
    message = "This is neither a file nor a folder, so it cannot be read."
    return Problem("cannot-read", path, message, "Remove it from the content folder.")


def _too_deep(path: str) -> Problem:
    shown = "/".join(path.split("/")[:4])
    return Problem(
        "folder-too-deep",
        shown,
        f"There are more than {DEEPEST} folders inside each other here.",
        "Move what is in them further up; a copy of a folder into itself is the usual cause.",
    )


def _is_ignored(name: str, folder: str) -> bool:
    """Editors' and systems' own droppings. Dot files count only in ``static``, where ``.well-known`` is wanted."""
    if name in DROPPINGS or name.endswith(("~", ".swp", ".tmp", ".orig")):
        return True
    return name.startswith(".") and not folder.startswith("content/static")


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return (status.st_dev, status.st_ino)


def _check_link(site: Path, path: str) -> Problem | None:
    """A symbolic link must lead to something inside the site."""
    try:
        target = (site / path).resolve(strict=True)
    except FileNotFoundError:
        return Problem("broken-symlink", path, "This symbolic link leads to nothing.", "Remove the link or mend it.")
    except (OSError, RuntimeError):
        return _looping(path)
    if not target.is_relative_to(site.resolve()):
        return Problem(
            "link-outside-site",
            path,
            "This symbolic link leads out of the site's folder, so its target could be published by accident.",
            "Copy the file into the site instead.",
        )
    return None


def _looping(path: str) -> Problem:
    return Problem(
        "symlink-loop",
        path,
        "This symbolic link leads back to a folder above it, so the folder has no end.",
        "Remove the link.",
    )


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(
        "cannot-read",
        path,
        f"This cannot be read: {error.strerror or error}.",
        "Check the permissions of the file or folder (chmod u+r), then build again.",
    )


def place_file(path: str) -> RecordFile | Problem | str:
    """The part a file plays, by the folder it lies in."""
    steps = path.split("/")[1:]
    if steps == ["index.md"]:
        return RecordFile(path, "home", "", "content")
    if steps[0] in PLAIN_FOLDERS and len(steps) > 1:
        return steps[0]
    kind = _BY_FOLDER.get(steps[0])
    if kind is None or len(steps) == 1:
        return _misplaced(path, steps)
    if not path.endswith(".md"):
        return _near_miss(path) or "beside"
    if RAW_ENTRIES in steps[:-1]:
        return _raw(path)
    return _record_file(path, kind.name, steps)


def _raw(path: str) -> Problem:
    message = f'A file in a folder "{RAW_ENTRIES}" never becomes a page, because entries as they came in are private.'
    hint = f'Keep it in the folder "{RAW_ENTRIES}" beside site.yaml, or move what may be public out of it.'
    return Problem("raw-entries", path, message, hint)


def _record_file(path: str, kind: str, steps: list[str]) -> RecordFile | Problem:
    """The record of a Markdown file: ``<slug>.md``, ``<slug>/index.md``, or ``_index.md`` for the text of a list.

    A name becomes a slug by ``make_step``: ``Spring Fair.md`` → ``spring-fair``.
    """
    folder = path.rpartition("/")[0]
    name = steps[-1].removesuffix(".md")
    if name == "_index":
        if (kind == "page") == (len(steps) == 2):
            return _no_list(path, steps[0])
        return RecordFile(path, "list", "/".join([steps[0], *map(make_step, steps[1:-1])]), folder)
    if name == "index" and len(steps) == 2:
        return _no_record(path, steps[0])
    if name == "index":
        steps, name = steps[:-1], steps[-2]
    slug = "/".join(map(make_step, [*steps[1:-1], name])) if kind == "page" else make_step(name)
    return RecordFile(path, kind, slug, folder)


def _no_list(path: str, section: str) -> Problem:
    if section == "pages":
        message = "There is no list of all pages, so this text has no place."
        return Problem("unknown-file", path, message, "The page at the top of the site is written in content/index.md.")
    message = f"Folders in content/{section}/ only put records in order; they have no page, so this text has no place."
    hint = f"Move it to content/{section}/_index.md, or write a page below content/pages/."
    return Problem("unknown-file", path, message, hint)


def _no_record(path: str, section: str) -> Problem:
    message = f"A record is called index.md only in a folder of its own; this one lies in content/{section}/ itself."
    hint = (
        "The page at the top of the site is written in content/index.md; give any other page a name of its own."
        if section == "pages"
        else "Rename it: to _index.md for the text above the list, or to a name of its own, which is then its address."
    )
    return Problem("unknown-file", path, message, hint)


def _near_miss(path: str) -> Problem | None:
    """A text file whose ending says it was meant as a record."""
    if path.lower().endswith((".md", ".markdown", ".mdown", ".mdx", ".md.txt")):
        plain = path[:-4] if path.lower().endswith(".txt") else path
        better = plain[: -len(PurePosixPath(plain).suffix)] + ".md"
        return Problem(
            "wrong-ending",
            path,
            "This file is not read as a record, because the names of records end in .md (in small letters).",
            f"Rename it to {PurePosixPath(better).name}.",
        )
    return None


def _misplaced(path: str, steps: list[str]) -> Problem:
    folders = [kind.folder for kind in KINDS] + list(PLAIN_FOLDERS)
    if len(steps) == 1:
        return Problem(
            "unknown-file",
            path,
            f'The file "{steps[0]}" has no place directly in content/: only index.md, the home page, lies there.',
            "Move a page to content/pages/, a file to publish as it is to content/static/, a table to content/data/.",
        )
    near = nearest_name(steps[0], folders)
    suggestion = f'Did you mean "content/{near}/"? ' if near else ""
    return Problem(
        "unknown-folder",
        f"content/{steps[0]}",
        f'There is no kind of content with the folder "{steps[0]}". {suggestion}'.strip(),
        "The folders of content/ are: " + ", ".join(folders) + ".",
    )
