"""Where the files of a draw lie, and how they are written: whole or not at all.

Beside the contest, for everybody: ``<slug>.commitment.json``, ``<slug>.receipt.json``, ``<slug>.leaves.bin``. In
``entries-raw/`` of the site, for the promoter alone: the salt until the draw, the codes, and the codes that won. That
folder keeps itself out of git. The edge of the room that writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from msgspec import Struct

from twinsite.core.source import RAW_ENTRIES
from twinsite.draw.names import ENDINGS

IGNORED: Final = "# Lists of entries are never published.\n*\n"


class DrawFolder(Struct, frozen=True):
    """The files of one contest's draw. ``folder`` is the one that its record lies in, relative to the ``site``."""

    site: Path
    folder: str
    slug: str

    def name(self, what: str) -> str:
        """The name of a public file: of the ``commitment``, the ``receipt`` or the ``leaves``."""
        return f"{self.slug}{ENDINGS[what]}"

    def shown(self, what: str) -> str:
        """The path of a public file as problems name it."""
        return f"{self.folder}/{self.name(what)}"

    def public(self, what: str) -> Path:
        """Where a public file lies."""
        return self.site / self.folder / self.name(what)

    def private(self, what: str) -> Path:
        """Where a file for the promoter lies: ``draw.json`` (the salt), ``codes.csv`` or ``winners.csv``."""
        return self.site / RAW_ENTRIES / f"{self.slug}.{what}"

    def open_private(self) -> None:
        """Make the private folder, with a file that keeps git from taking anything in it."""
        folder = self.site / RAW_ENTRIES
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text(IGNORED, encoding="utf-8")


class DiscardError(Exception):
    """Raised inside ``write_whole`` to leave what was there as it is, and nothing else."""


@contextmanager
def write_whole(path: Path, mode: int = 0o644) -> Iterator[IO[bytes]]:
    """A file that takes its place only once it is whole; where writing fails, what was there stays."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            yield file
        os.replace(beside, path)
    except DiscardError:
        beside.unlink()
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file whole."""
    with write_whole(path, mode) as file:
        file.write(data)


def keep_codes(codes: Iterable[str], file: IO[bytes]) -> Iterator[str]:
    """The same codes, each written on the way as a row of a list with the one column ``id``."""
    file.write(b"id\n")
    for code in codes:
        file.write(code.encode() + b"\n")
        yield code


def read_kept(path: Path) -> Iterator[str]:
    """The codes that ``keep_codes`` wrote, which need no second look. Raises ``OSError``, ``UnicodeDecodeError``."""
    with open(path, encoding="ascii") as file:
        next(file, None)
        for line in file:
            yield line.rstrip("\n")


def write_secret(draw: DrawFolder, salt: bytes, digest: str) -> None:
    """Keep the salt for the draw, with the digest of the commitment that it belongs to."""
    text = json.dumps({"commitment": digest, "salt": salt.hex()}, indent=1) + "\n"
    write_bytes(draw.private("draw.json"), text.encode(), 0o600)


def read_secret(draw: DrawFolder, digest: str) -> bytes | None:
    """The salt that was kept for a commitment, or ``None`` where there is none."""
    try:
        values = json.loads(draw.private("draw.json").read_bytes())
        salt = bytes.fromhex(values["salt"])
        return salt if values["commitment"] == digest and len(salt) == 32 else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
