"""MkDocs's site: records are pages with templates of their own; hooks make lists, tags, the feed and the sitemap."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import Entry
from bench.layout import (
    HOME_SUMMARY,
    HOME_TEXT,
    HOME_TITLE,
    TEMPLATES,
    copy_templates,
    peer_front,
    write_file,
    write_record,
)


def write_site(entries: Sequence[Entry], site: Path) -> None:
    """The whole site in a folder."""
    copy_templates("mkdocs", site)
    front = f"title: {HOME_TITLE}\ndescription: {HOME_SUMMARY}\n"
    write_file(site / "docs" / "index.md", f"---\n{front}---\n{HOME_TEXT}\n")
    shutil.copy(TEMPLATES / "style.css", site / "docs" / "style.css")
    for entry in entries:
        write_entry(site, entry)


def write_entry(site: Path, entry: Entry) -> Path:
    """The file of a record, which it returns."""
    path = site / "docs" / entry.folder / f"{entry.slug}.md"
    write_record(path, {**peer_front(entry), "template": f"{entry.kind}.html"}, entry.body)
    return path
