"""A small site in a folder of its own, to build, change and build again. See the fixture ``make_site``."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twinsite.build import BuildResult

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
"""The instant at which tests build, unless they say another."""

SETTINGS = """\
title: Brightleaf
base_url: https://example.org/
timezone: Europe/London
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site in ``folder``, built into ``output`` (not there before the first build)."""

    folder: Path
    output: Path

    def build(self, now: datetime = NOW, **options: Any) -> BuildResult:
        """Builds the site as the command does, problems and all. ``options`` are further fields of ``BuildRequest``.

        In one process: beside the threads of a test others would have to be started anew, which takes longer than a
        small site. What several processes make is the same (``jobs=2``).
        """
        from twinsite.build import BuildRequest, build_site

        asked = {"site": self.folder, "output": self.output, "now": now, "jobs": 1, **options}
        return build_site(BuildRequest(**asked))

    def write(self, path: str, content: str | bytes) -> None:
        """Writes a file of the source; text loses its common indent, bytes stay as they are."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())

    def delete(self, path: str) -> None:
        """Deletes a file of the source."""
        (self.folder / path).unlink()

    def text(self, path: str) -> str:
        """The text of an output file; a ``path`` that ends in ``/`` (or is empty) means the page there."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        return (self.output / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the output by its path, sorted, our own record of the folder included."""
        found = sorted(path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


def write_site(folder: Path, files: Mapping[str, str | bytes], settings: str | None = None) -> Site:
    """Writes ``site.yaml`` (``settings``, or the usual ones) and ``files`` into ``folder/site``."""
    site = Site(folder / "site", folder / "public")
    site.write("site.yaml", SETTINGS if settings is None else settings)
    for path, content in files.items():
        site.write(path, content)
    return site
