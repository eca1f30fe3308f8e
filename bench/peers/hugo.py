"""Hugo's site: front matter as nested parameters, layouts with cached parts, no kinds that the others do not make."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import Entry
from bench.layout import (
    HOME_SUMMARY,
    HOME_TEXT,
    HOME_TITLE,
    SECTIONS,
    TEMPLATES,
    copy_templates,
    peer_front,
    write_file,
    write_record,
)


def write_site(entries: Sequence[Entry], site: Path) -> None:
    """The whole site in a folder."""
    copy_templates("hugo", site)
    home = f"---\ntitle: {HOME_TITLE}\ndescription: {HOME_SUMMARY}\n---\n{HOME_TEXT}\n"
    write_file(site / "content" / "_index.md", home)
    for folder, title in (*SECTIONS.items(), ("tags", "Tags")):
        write_file(site / "content" / folder / "_index.md", f"---\ntitle: {title}\n---\n")
    (site / "static").mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / "style.css", site / "static" / "style.css")
    for entry in entries:
        write_entry(site, entry)


def write_entry(site: Path, entry: Entry) -> Path:
    """The file of a record, which it returns."""
    path = site / "content" / entry.folder / f"{entry.slug}.md"
    write_record(path, peer_front(entry), entry.body)
    return path
