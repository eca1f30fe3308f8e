"""Where in the source a text of the output was written. Reads files of the site; asked only when something is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from twinsite.checks.personal import Place

TEXTS = frozenset({".md", ".yaml", ".yml", ".csv", ".json", ".html", ".txt", ".xml", ".svg", ".ics", ".vcf", ".tsv"})
"""Endings of files that are looked through."""

LARGEST = 4_000_000
"""Bytes of a file beyond which it is not looked through."""


def find_place(site: Path, text: str, source: str) -> Place:
    """The place of a text: in the file to blame if it stands there as it is, else in the first file of the content that
    has it, else in the settings; the file to blame without a line where it stands nowhere.
    """
    places = (_look(site, path, text) for path in dict.fromkeys([source, *_list_texts(site)]) if path)
    # An address on several lines, or an e-mail address in disguise, is found by how it begins.
    begins = text.partition(", ")[0].partition("@")[0]
    found = next((place for place in places if place), None) or (_look(site, source, begins) if source else None)
    return found or (source or "site.yaml", None, None)


def _look(site: Path, path: str, text: str) -> Place | None:
    """The first place of a text in a file."""
    written = _read(site / path)
    at = written.find(text) if written else -1
    if written is None or at < 0:
        return None
    return path, written.count("\n", 0, at) + 1, at - written.rfind("\n", 0, at)


def _list_texts(site: Path) -> Iterator[str]:
    yield "site.yaml"
    found: Iterable[Path] = sorted((site / "content").rglob("*"))
    yield from (path.relative_to(site).as_posix() for path in found if path.suffix.lower() in TEXTS)


def _read(path: Path) -> str | None:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
