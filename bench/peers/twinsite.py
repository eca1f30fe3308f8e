"""Twinsite's site: the corpus as its own kinds, with the small theme ``bench``."""

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
    common_front,
    copy_templates,
    write_file,
    write_record,
)

PYTHON_MARKDOWN = "markdown:\n  engine: python-markdown\n  extensions: [tables, fenced_code]\n  smart: false\n"


def write_site(entries: Sequence[Entry], site: Path, engine: str = "commonmark") -> None:
    """The whole site in a folder, for one Markdown engine."""
    copy_templates("twinsite", site)
    if engine == "python-markdown":
        with (site / "site.yaml").open("a", encoding="utf-8") as settings:
            settings.write(PYTHON_MARKDOWN)
    write_file(site / "content" / "index.md", f"---\ntitle: {HOME_TITLE}\nsummary: {HOME_SUMMARY}\n---\n{HOME_TEXT}\n")
    (site / "content" / "static").mkdir(exist_ok=True)
    shutil.copy(TEMPLATES / "style.css", site / "content" / "static" / "style.css")
    for entry in entries:
        write_entry(site, entry)


def write_entry(site: Path, entry: Entry) -> Path:
    """The file of a record, which it returns."""
    path = site / "content" / entry.folder / f"{entry.slug}.md"
    title = "name" if entry.kind == "twintern" else "title"
    write_record(path, {**common_front(entry, title), **entry.fields}, entry.body)
    return path
