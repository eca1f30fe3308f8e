"""What the sites of all generators share on disk: front matter in YAML, templates, the text of the home page."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from bench.corpus import Entry

TEMPLATES: Final = Path(__file__).parent / "templates"
BASE_URL: Final = "https://lumenandlane.example/"
SITE_TITLE: Final = "Lumen & Lane"
SECTIONS: Final = MappingProxyType({"contests": "Contests", "twinterns": "Twinterns", "showcases": "Showcases"})
HOME_TITLE: Final = "Welcome"
HOME_SUMMARY: Final = "Lamps for people who ride home in the dark."
HOME_TEXT: Final = "We make **lamps** for people who ride home in the dark, and we ask them what they see."


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes a value that stands twice twice: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """True for everything."""
        return True


def write_file(path: Path, text: str) -> None:
    """A text as a file; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_record(path: Path, front: dict[str, Any], body: str) -> None:
    """Front matter in YAML between two lines of ``---``, then the body."""
    values = yaml.dump(front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=160)
    write_file(path, f"---\n{values}---\n{body}")


def copy_templates(tool: str, site: Path) -> None:
    """The files of ``templates/<tool>`` into the site."""
    shutil.copytree(TEMPLATES / tool, site, dirs_exist_ok=True)


def common_front(entry: Entry, title_key: str = "title") -> dict[str, Any]:
    """The fields of all kinds, in the order of the file."""
    return {title_key: entry.title, "summary": entry.summary, "date": entry.day, "tags": list(entry.tags)}


def peer_front(entry: Entry, summary_key: str = "description") -> dict[str, Any]:
    """The front matter of a record in a generator that knows no kinds: ``weight`` is its place in lists."""
    common = {"title": entry.title, summary_key: entry.summary, "date": entry.day, "weight": entry.rank}
    return {**common, "tags": list(entry.tags), **entry.fields}
