"""A small complete site to begin with: the example in this package's ``site`` folder, its days counted from today."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from msgspec import Struct

from twinsite.core.problem import Problem
from twinsite.scaffold.name import clean_title

EXAMPLE_BRAND = "Millrace Soap"
_MARKER = re.compile(r"%(brand|day)([+-][0-9]+)?%")
_MARKUP = re.compile(r"([\\`*_\[\]<>#&|~!])")
# A name with a dot in front would be taken for a setting of this repository, or left out of the package.
_HIDDEN = "dot."


class InitResult(Struct, frozen=True):
    """What ``init`` did: files ``written``, and files ``kept`` because they were there; both relative, with ``/``."""

    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def init_site(folder: Path, now: datetime, title: str | None = None) -> InitResult:
    """Write a small complete site into a folder, which is made if need be; no file that exists is touched.

    ``now`` is aware; the example contest is open on its day. ``title`` names the site and its brand. Problems:
    ``cannot-write`` when the folder or a file cannot be made; what was written before stays.
    """
    brand = clean_title(title or "") or EXAMPLE_BRAND
    written: list[str] = []
    kept: list[str] = []
    for path, template in _list_templates(files("twinsite.scaffold") / "site", ""):
        try:
            new = _write_new(folder / path, _fill(path, template.read_bytes(), brand, now.date()))
        except OSError as error:
            return InitResult(tuple(written), tuple(kept), (_cannot_write(folder, path, error),))
        (written if new else kept).append(path)
    return InitResult(tuple(written), tuple(kept))


def _list_templates(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    """The example's files by the path they will have, sorted."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = "." + entry.name.removeprefix(_HIDDEN) if entry.name.startswith(_HIDDEN) else entry.name
        if entry.is_dir():
            yield from _list_templates(entry, f"{above}{name}/")
        else:
            yield above + name, entry


def _fill(path: str, data: bytes, brand: str, today: date) -> bytes:
    """A template with its markers replaced: the brand as its surroundings need it, days counted from today."""
    if not path.endswith((".md", ".yaml")):
        return data
    name = _MARKUP.sub(r"\\\1", brand) if path == "README.md" else json.dumps(brand, ensure_ascii=False)[1:-1]

    def replace(found: re.Match[str]) -> str:
        return name if found[1] == "brand" else (today + timedelta(days=int(found[2] or 0))).isoformat()

    return _MARKER.sub(replace, data.decode()).encode()


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file that does not exist; false when it does. A link that leads nowhere counts as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    return True


def _cannot_write(folder: Path, path: str, error: OSError) -> Problem:
    if os.path.lexists(folder) and not os.path.isdir(folder):
        return Problem("cannot-write", "", f'"{folder}" is a file, so no site can be in it.', "Name another folder.")
    message = f'"{path}" cannot be written into "{folder}": {error.strerror or error}.'
    hint = "Give it a shorter name." if error.errno == errno.ENAMETOOLONG else "Name a folder in which you may write."
    return Problem("cannot-write", "", message, hint)
