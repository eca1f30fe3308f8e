"""Addresses in fields: each must lead to a page or a file of this site, or a link would be broken wherever it is
shown.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from twinsite.core.names import nearest_name, nearest_path
from twinsite.core.problem import FieldPath, Problem
from twinsite.core.record import targets
from twinsite.core.site import Entry
from twinsite.plan.addresses import find_meaning
from twinsite.plan.library import Library, resolve_file

OWN = ("aliases",)
"""Fields whose addresses belong to the record itself."""


def check_targets(library: Library, entry: Entry) -> list[Problem]:
    """A problem for each field of a record that leads to nothing."""
    return [
        problem
        for field, target in targets(entry.record)
        if field[0] not in OWN and (problem := _check(library, entry, field, target))
    ]


def _check(library: Library, entry: Entry, field: FieldPath, target: str) -> Problem | None:
    path = target.partition("#")[0].partition("?")[0]
    if not path:
        return None
    if path.endswith(".md"):
        file = resolve_file(entry.folder, path)
        known = file in library.site.by_path or file in library.site.wrong
        found = None if known else nearest_path(file, library.site.by_path)
        near = posixpath.relpath(found, entry.folder) if found else None
    else:
        known = find_meaning(library, unquote(path)) is not None
        near = None if known else nearest_name(path, library.addresses)
    if known:
        return None
    text = f'"{target}" leads to nothing in this site.' + (f' Did you mean "{near}"?' if near else "")
    hint = "Write the address of a page (/contests/spring/) or its file (../contests/spring.md)."
    severity = library.settings.policies.broken_links
    return Problem("broken-link", entry.path, text, hint, field=field, severity=severity)
