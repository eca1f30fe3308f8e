"""Files that records name: found beside them or in ``static``, probed once each. Nothing else beside a record is ever
opened.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.draft import Draft
from twinsite.core.names import nearest_path
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import files_in
from twinsite.core.source import Media, list_meanings
from twinsite.kinds import kind_named
from twinsite.read.media import probe_media

_ODD = re.compile(r"[^\w/.-]|\.\.|(?:^|/)\.(?:/|$)")
"""What makes it worth asking what a name means: an address may be written in many ways."""
NamedFiles = Iterable[tuple[FieldPath, str]]


def list_named(wrong: Iterable[Draft]) -> Iterator[tuple[Draft, NamedFiles]]:
    """Drafts with errors, each with its fields that name files as far as they stand where they should."""
    return ((draft, files_in(kind_named(draft.kind).model, draft.values)) for draft in wrong)


def read_named_files(
    site: Path,
    named: Iterable[tuple[Draft, NamedFiles]],
    known: frozenset[str],
    cache: Cache,
    salt: str,
    more: Iterable[str] = (),
) -> tuple[dict[str, Media], list[Problem]]:
    """Every file that a field or a body names, by its site-relative path; and a problem for each field that names none.

    ``named`` gives the fields that name files for each draft.
    ``known`` are all files below ``content/`` that are no records; ``more`` are further names from ``site.yaml`` (a
    leading ``/`` means ``static``). Names in bodies that lead to no file are left to the planner, which knows the line.
    """
    wanted: set[str] = {path for name in more for path in list_meanings("content", name)}
    last_steps = frozenset(path.rpartition("/")[2] for path in known)
    problems: list[Problem] = []
    named = list(named)
    names = set[str]().union(*[draft.names for draft, _ in named])  # many records name the same pages
    likely = frozenset(name for name in names if _may_be_file(name, last_steps))
    for draft, fields in named:
        if not likely.isdisjoint(draft.names):
            wanted.update(path for name in likely & set(draft.names) for path in list_meanings(draft.folder, name))
        for field, name in fields:
            meanings = list_meanings(draft.folder, name)
            wanted.update(meanings)
            if known.isdisjoint(meanings):
                problems.append(_missing(draft, field, name, meanings[0], known))
    media, more_problems = read_media(site, wanted & known, cache, salt)
    return media, [*problems, *more_problems]


def find_wanted(
    named: Iterable[tuple[str, str, Iterable[str]]], known: frozenset[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each file in ``named`` (its path, its folder, the names in it) those of the ``known`` files that these names
    may mean.
    """
    last_steps = frozenset(path.rpartition("/")[2] for path in known)
    for source, folder, names in named:
        likely = [name for name in names if _may_be_file(name, last_steps)]
        yield source, tuple(path for name in likely for path in list_meanings(folder, name) if path in known)


def read_media(site: Path, paths: Iterable[str], cache: Cache, salt: str) -> tuple[dict[str, Media], list[Problem]]:
    """Each of these files, probed, by its site-relative path; and what is wrong with the others."""
    media: dict[str, Media] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        found = probe_media(site / path, path, None, cache, salt)
        if isinstance(found, Media):
            media[path] = found
        else:
            problems.append(found)
    return media, problems


def _may_be_file(name: str, last_steps: frozenset[str]) -> bool:
    """Whether a name may lead to a file that is called by one of ``last_steps``: most are plain links to pages."""
    if name.rstrip("/").rpartition("/")[2] in last_steps:
        return True
    return not name.replace("/", "").replace("-", "").isalnum() and _ODD.search(name) is not None


def _missing(draft: Draft, field: tuple[str | int, ...], name: str, path: str, known: frozenset[str]) -> Problem:
    near = nearest_path(path, known)
    shown = posixpath.relpath(near, draft.folder) if near else ""
    text = f'There is no file "{name}" here (looked for {path}).' + (f' Did you mean "{shown}"?' if near else "")
    hint = "Put the file beside this one, or correct its name (capital letters count)."
    return Problem("missing-file", draft.path, text, hint, field=field)
