"""Collisions: two sources that would be published at one address. Takes planned outputs, gives problems."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from twinsite.core.page import Output, Page
from twinsite.core.problem import Problem
from twinsite.plan.redirects import TEMPLATE


def find_collisions(outputs: Iterable[Output]) -> list[Problem]:
    """A problem for each of several sources that would write the same file, or a file where others need a folder.

    Letter case makes no difference, nor how accents are composed: many disks do not tell such names apart.
    """
    by_path: dict[str, list[Output]] = defaultdict(list)
    for output in outputs:
        by_path[_fold(output.path)].append(output)
    folders: dict[str, Output] = {}
    for path, group in by_path.items():
        for folder in _folders_above(path):
            if folder in folders:
                break
            folders[folder] = group[0]
    problems = []
    for path, group in by_path.items():
        if path in folders:
            group = [*group, folders[path]]
        if len(group) > 1:
            problems += [_collision(output, group) for output in _one_each(group)]
    return problems


def _fold(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


def _folders_above(path: str) -> Iterator[str]:
    """The folders that a file lies in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _one_each(group: Sequence[Output]) -> list[Output]:
    """Of each source the last output: an alias rather than the page it leads to."""
    return [found for _, found in sorted({_source(output): output for output in group}.items())]


def _source(output: Output) -> str:
    return getattr(output, "source", "") or output.path


def _collision(output: Output, group: Sequence[Output]) -> Problem:
    source = _source(output)
    address = "/" + output.path.removesuffix("index.html")
    others = " and ".join(sorted({_source(other) for other in group} - {source}))
    alias = isinstance(output, Page) and output.template == TEMPLATE
    if alias:
        message = f"This alias is the address of {others or 'this very page'} already ({address})."
        hint = "Delete this alias, or correct it: an alias is an address that nothing has any more."
    else:
        differs = len({other.path for other in group}) > 1
        case = " (they differ only in what many disks do not tell apart, such as capital letters)" if differs else ""
        message = f"Two files would be published at {address}: this one and {others or 'itself again'}{case}."
        hint = "Give one of them another address with slug:, or rename it."
    field = output.field if isinstance(output, Page) and source.endswith(".md") else None
    return Problem("same-address", source, message, hint, field=field)
