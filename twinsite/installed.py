"""What is installed: our own source, the versions of what shapes the output, the themes that come with Twinsite.

Takes nothing; gives one digest and one folder. It imports hardly anything, so that a build in which nothing changed may
ask it first.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from twinsite.core.digest import digest_bytes
from twinsite.core.later import Later

SHAPING = (
    "jinja2",
    "pyromark",
    "markdown",
    "pymdown-extensions",
    "nh3",
    "pillow",
    "babel",
    "msgspec",
    "segno",
    "tzdata",
)
"""Libraries whose version may change our output."""

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_INSTALLED = re.compile(r"(.+?)-([^-]+)(?:-.*)?\.(?:dist-info|egg-info|egg)")
_SEPARATORS = re.compile(r"[-_.]+")


def find_package_themes() -> Path:
    """The folder of the themes that come with Twinsite: in the wheel, else beside the package in a checkout."""
    checkout = Path(_PACKAGE).parent / "themes"
    return checkout if (checkout / "default" / "theme.yaml").is_file() else Path(_PACKAGE) / "_themes"


def read_package_law() -> dict[str, bytes]:
    """The files of jurisdictions, platforms and tags that come with Twinsite, by their paths in their folder."""
    folder = Path(_PACKAGE) / "law"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def read_salt() -> str:
    """The digest of our own source with the versions of Python and of all that shapes output. Read once: a process runs
    the code that it has loaded, whatever becomes of the files.
    """
    return _SALT.get()


def expect_salt(find: Callable[[], str]) -> None:
    """Have ``find`` asked for it, unless it is known: a process forked from this one is working it out. What it cannot
    tell (empty) is worked out here.
    """
    if not _SALT.ready:
        _SALT.renew(lambda: find() or _work_out_salt())


def _work_out_salt() -> str:
    parts = [f"{path[len(_PACKAGE) :]} {digest_bytes(data)}" for path, data in _read_sources()]
    return digest_bytes("\n".join([*parts, sys.version, *_find_versions(sys.path)]).encode("utf-8", "surrogatepass"))


_SALT: Final = Later(_work_out_salt)


def _read_sources() -> Iterator[tuple[str, bytes]]:
    """Our modules and data, sorted, each with its bytes."""
    found = []
    for place, folders, names in os.walk(_PACKAGE):
        folders[:] = [name for name in folders if name not in ("__pycache__", "_themes")]
        found += [f"{place}/{name}" for name in names if name.endswith((".py", ".yaml"))]
    for path in sorted(found):
        with open(path, "rb", buffering=0) as file:
            yield path, file.read()


def _find_versions(places: list[str]) -> list[str]:
    """``name version`` of each library that shapes output, by the name of the folder in which its installer noted it
    (``jinja2-3.1.6.dist-info``), as the standard library finds it, which takes longer to import than all this takes.
    """
    wanted = {_SEPARATORS.sub("-", name) for name in SHAPING}
    found: dict[str, str] = {}
    for place in places:
        for name in sorted(_list_folder(place or ".")):
            match = _INSTALLED.fullmatch(name)
            library = _SEPARATORS.sub("-", match[1]).lower() if match else ""
            if match and library in wanted:
                found.setdefault(library, match[2])
    return [f"{name} {found.get(name, '')}" for name in sorted(wanted)]


def _list_folder(place: str) -> list[str]:
    try:
        return [name for name in os.listdir(place) if name.endswith(("-info", ".egg"))]
    except OSError:
        return []
