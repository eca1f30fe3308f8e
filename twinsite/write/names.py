"""The few names in the output folder that are ours alone, and what makes a path of the output safe.

Takes and gives plain text; touches no disk.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Collection

from twinsite.core.digest import digest_bytes

MANIFEST = ".twinsite-manifest"
"""The list of the files that Twinsite wrote."""

PENDING = ".twinsite-pending"
"""The list of temporary names of a build at work: it stays behind when the build is killed."""

LOCK = ".twinsite-lock"
"""The file that is locked where a folder cannot be."""

SUFFIX = ".tw-tmp"
"""The end of every temporary name."""

LONGEST = 255
"""Bytes in a file's name, the limit of the common file systems."""

FORBIDDEN = ("\\", "\0", "\n", "\r", *(":" if sys.platform == "win32" else ""))
"""Signs that no published path may hold; a colon would name a disk or a hidden stream on Windows."""


def is_safe_path(path: str) -> bool:
    """Whether ``path`` names a file inside the output folder and nowhere else: relative, with ``/``, no ``..``."""
    if any(sign in path for sign in FORBIDDEN) or not _is_text(path):
        return False
    return all(part not in ("", ".", "..") for part in path.split("/"))


def _is_text(path: str) -> bool:
    """Whether the name has an address at all: one in an old encoding reaches us with bytes that are no characters."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def find_long_name(path: str) -> str | None:
    """The first step of a path that has more bytes than a file's name may have."""
    return next((part for part in path.split("/") if len(part.encode("utf-8", "surrogatepass")) > LONGEST), None)


def is_reserved(path: str) -> bool:
    """Whether ``path`` is a name that Twinsite keeps for itself."""
    return path in (MANIFEST, PENDING, LOCK) or is_temporary(path)


def is_unpublishable(path: str) -> bool:
    """Whether no file of the site may have this path."""
    return is_reserved(path) or not is_safe_path(path) or find_long_name(path) is not None


def staged_name(name: str) -> str:
    """The temporary name of a file called ``name``: ``.<name>.tw-tmp``, by its digest where that would be too long."""
    wanted = f".{name}{SUFFIX}"
    if len(wanted.encode("utf-8", "surrogatepass")) <= LONGEST:
        return wanted
    return f".{digest_bytes(name.encode('utf-8', 'surrogatepass'))}{SUFFIX}"


def is_temporary(path: str) -> bool:
    """Whether ``path`` is a name for a while: of a file itself, or of the folder right in the output that it is in."""
    return path.endswith(SUFFIX) or path.partition("/")[0].endswith(SUFFIX)


def lies_aside(place: str) -> bool:
    """Whether a temporary place is that of a file under its own name in a temporary folder."""
    return not place.endswith(SUFFIX)


def fold(path: str) -> str:
    """The path as a file system sees it that takes no notice of case or of how accents are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def folders_of(path: str) -> list[str]:
    """The folders a file lies in, the outermost first: ``a/b/c.html`` gives ``a`` and ``a/b``."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def list_folders(paths: Collection[str]) -> set[str]:
    """All folders that these paths lie in."""
    found: set[str] = set()
    for path in paths:
        inner = path.rpartition("/")[0]
        while inner and inner not in found:
            found.add(inner)
            inner = inner.rpartition("/")[0]
    return found


def are_publishable(paths: Collection[str], other: Collection[str] = ()) -> bool:
    """Whether files of the site may have these paths, and none of them holds one of the ``other`` signs; all looked at
    together. ``False`` says only that one of them needs a closer look.
    """
    text = "\n".join(["", *paths, ""])
    if text.count("\n") != len(paths) + 1 or any(sign in text for sign in (*FORBIDDEN, *other) if sign != "\n"):
        return False
    if any(f"{SUFFIX}{end}" in text for end in "\n/") and any(map(is_temporary, paths)):
        return False
    if any(f"\n{name}\n" in text for name in (MANIFEST, PENDING, LOCK)):
        return False
    steps = text.replace("\n", "/")
    if not _is_text(text) or any(f"/{step}/" in steps for step in ("", ".", "..")):
        return False
    if text.isascii() and max(map(len, paths), default=0) <= LONGEST:
        return True
    return max(map(len, steps.encode().split(b"/"))) <= LONGEST
