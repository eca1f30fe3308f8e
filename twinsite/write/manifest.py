"""The manifest: which files of the output folder Twinsite wrote, each with its digest and size.

Takes and gives text and frozen values; reads one file. It holds no times and no names of sources, so that equal sites
have equal manifests. What it says is never trusted as a path: a manifest that names anything outside is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from twinsite.core.digest import digest_bytes
from twinsite.write.names import MANIFEST, fold, is_reserved, is_safe_path

HEADER = "# Files that Twinsite wrote: digest, bytes, name. Do not edit; Twinsite deletes only what stands here."
UNKNOWN = "?"
"""The digest of a file that may hold its old or its new bytes, because a build was renaming when it stopped."""

LINE = re.compile(r"([0-9a-f]{32}|\?) (\d+) (.+)")
END = re.compile(r"# (\d+) ([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: ``digest`` and ``size`` in bytes of what we wrote; the digest is ``?`` where that is not sure."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """All our files by path. ``damaged``: there is a manifest, but it cannot be read, so that nothing is known."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    damaged: bool = False

    def folded(self) -> dict[str, str]:
        """The paths by their folded form, for file systems that take no notice of case."""
        return {fold(path): path for path in self.files}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; empty where there is none."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    except OSError:
        return Manifest(damaged=True)
    files = decode_manifest(data)
    return Manifest(damaged=True) if files is None else Manifest(files)


def encode_manifest(files: Mapping[str, Entry]) -> bytes:
    """The bytes of a manifest: one line for each file, sorted by path, then a line that proves it is whole."""
    lines = [f"{entry.digest} {entry.size} {path}" for path, entry in sorted(files.items())]
    body = "".join(f"{line}\n" for line in [HEADER, *lines]).encode()
    return body + f"# {len(lines)} {digest_bytes(body)}\n".encode()


def decode_manifest(data: bytes) -> dict[str, Entry] | None:
    """The files a manifest lists; ``None`` when it is cut, changed, or names anything but a file below its folder."""
    body, _, last = data[:-1].rpartition(b"\n")
    end = END.fullmatch(last.decode("ascii", "replace"))
    body += b"\n"
    if end is None or not data.endswith(b"\n") or end[2] != digest_bytes(body):
        return None
    try:
        lines = body.decode().split("\n")[1:-1]
    except UnicodeDecodeError:
        return None
    matches = [LINE.fullmatch(line) for line in lines]
    files = {match[3]: Entry(match[1], int(match[2])) for match in matches if match and _is_ours(match[3])}
    return files if len(files) == len(lines) == int(end[1]) else None


def _is_ours(path: str) -> bool:
    return is_safe_path(path) and not is_reserved(path)
