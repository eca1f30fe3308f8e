"""Pelican's site: records are articles in categories, with a reader for nested front matter and its content cache."""

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
    copy_templates("pelican", site)
    front = f"title: {HOME_TITLE}\ndescription: {HOME_SUMMARY}\nsave_as: index.html\nurl: ''\n"
    write_file(site / "content" / "pages" / "index.md", f"---\n{front}---\n{HOME_TEXT}\n")
    (site / "content" / "extra").mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / "style.css", site / "content" / "extra" / "style.css")
    for entry in entries:
        write_entry(site, entry)


def write_entry(site: Path, entry: Entry) -> Path:
    """The file of a record, which it returns."""
    path = site / "content" / entry.folder / f"{entry.slug}.md"
    write_record(path, peer_front(entry), entry.body)
    return path
