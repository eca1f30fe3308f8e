"""ZIP files of pictures: the pictures, a table of what they are, and sums to check them by.

Takes finished bytes; gives bytes, the same ones for the same input on every machine: members in a fixed order, at a
fixed time, with fixed permissions, stored and not compressed (pictures are already, and what zlib makes of a text
depends on its version). A pure function.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from twinsite.core.page import Archive

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
"""Lines as ``sha256sum --check`` reads them."""

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold."""
UNIX: Final = 3
READABLE: Final = 0o100644 << 16
"""A plain file that its owner may write and everybody may read."""


def write_archive(recipe: Archive, pictures: Sequence[bytes]) -> bytes:
    """The bytes of an archive, of which ``pictures`` are those of its members, in order."""
    members = [(name, data) for (name, _), data in zip(recipe.members, pictures, strict=True)]
    files = [(name, text.encode()) for name, text in recipe.texts]
    files += [(MANIFEST, write_manifest(recipe, pictures)), *members]
    files.append((SUMS, "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files).encode()))
    return _pack([(f"{recipe.folder}/{name}", data) for name, data in files])


def write_manifest(recipe: Archive, pictures: Sequence[bytes]) -> bytes:
    """The table of contents as JSON, with the bytes and the SHA-256 of each picture."""
    table = json.loads(recipe.manifest)
    for told, data in zip(table["files"], pictures, strict=True):
        told.update(bytes=len(data), sha256=sha256(data).hexdigest())
    return (json.dumps(table, ensure_ascii=False, indent=2) + "\n").encode()


def _pack(files: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, data in files:
            member = ZipInfo(name, EPOCH)
            member.create_system, member.external_attr = UNIX, READABLE
            archive.writestr(member, data)
    return buffer.getvalue()
