"""Eleventy's site: Nunjucks layouts, collections for sections and tags, pagination in pages of twenty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

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

PACKAGE: Final = Path(__file__).parent.parent / "eleventy"
"""The folder with Eleventy's package list, where ``make bench`` installs it."""


def write_site(entries: Sequence[Entry], site: Path) -> None:
    """The whole site in a folder. It finds Eleventy's packages by a link."""
    copy_templates("eleventy", site)
    front = f"title: {HOME_TITLE}\ndescription: {HOME_SUMMARY}\nlayout: layouts/home.njk\n"
    write_file(site / "content" / "index.md", f"---\n{front}---\n{HOME_TEXT}\n")
    (site / "static").mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / "style.css", site / "static" / "style.css")
    if not os.path.lexists(site / "node_modules"):
        (site / "node_modules").symlink_to(PACKAGE / "node_modules")
    for entry in entries:
        write_entry(site, entry)


def write_entry(site: Path, entry: Entry) -> Path:
    """The file of a record, which it returns."""
    path = site / "content" / entry.folder / f"{entry.slug}.md"
    write_record(path, peer_front(entry), entry.body)
    return path
