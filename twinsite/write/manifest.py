"""The manifest: which files of the output folder Twinsite wrote, each with its digest and size.

Takes and gives text and frozen values; reads one file. It holds no times and no names of sources, so that equal sites
have equal manifests. What it says is never trusted as a path: a manifest that names anything outside is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from twinsite.core.digest import digest_bytes
from twinsite.write.names import MANIFEST, are_publishable, fold, is_reserved, is_safe_path

HEADER = "# Files that Twinsite wrote: digest, bytes, name. Do not edit; Twinsite deletes only what stands here."
UNKNOWN = "?"
"""The digest of a file that may hold its old or its new bytes, because a build was renaming when it stopped."""

LINE = re.compile(r"^([0-9a-f]{32}|\?) (\d+) (.+)$", re.MULTILINE)
END = re.compile(r"# (\d+) ([0-9a-f]{32})")


class Entry(Struct, frozen=True):
    """One file: ``digest`` and ``size`` in bytes of what we wrote; the digest is ``?`` where that is not sure."""

    digest: str
    size: int


class Manifest(Struct, frozen=True):
    """All our files by path. ``damaged``: there is a manifest, but it cannot be read, so that nothing is known."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    damaged: bool = False

    def folded(self) -> dict[str, str]:
        """The paths by their folded form, for file systems that take no notice of case."""
        return {fold(path): path for path in self.files}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; empty where there is none."""
    try:
        data = read_bytes(folder)
    except OSError:
        return Manifest(damaged=True)
    files = {} if data is None else decode_manifest(data)
    return Manifest(damaged=True) if files is None else Manifest(files)


def read_bytes(folder: Path) -> bytes | None:
    """The bytes of the manifest of an output folder; ``None`` where there is none. Raises ``OSError``."""
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def encode_manifest(files: Mapping[str, Entry]) -> bytes:
    """The bytes of a manifest: one line for each file, sorted by path, then a line that proves it is whole."""
    paths = sorted(files)
    entries = map(files.__getitem__, paths)
    lines = [f"{entry.digest} {entry.size} {path}\n" for path, entry in zip(paths, entries, strict=True)]
    body = f"{HEADER}\n{''.join(lines)}".encode()
    return body + f"# {len(lines)} {digest_bytes(body)}\n".encode()


def decode_manifest(data: bytes) -> dict[str, Entry] | None:
    """The files a manifest lists; ``None`` when it is cut, changed, or names anything but a file below its folder."""
    body, _, last = data[:-1].rpartition(b"\n")
    end = END.fullmatch(last.decode("ascii", "replace"))
    body += b"\n"
    if end is None or not data.endswith(b"\n") or end[2] != digest_bytes(body):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    found = LINE.findall(text)
    files = {path: Entry(digest, int(size)) for digest, size, path in found}
    whole = len(files) == len(found) == text.count("\n") - 1 == int(end[1])
    return files if whole and (are_publishable(files) or all(map(_is_ours, files))) else None


def _is_ours(path: str) -> bool:
    return is_safe_path(path) and not is_reserved(path)
