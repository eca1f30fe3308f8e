"""What importing commands share: what became of each row, the names that are taken, and writing a file that is not
there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from twinsite.core.convert import make_step
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.read.front import parse_front, split_front


class Row(Struct, frozen=True):
    """What became of a row (numbered from 1, without the heading), in one word, with the file it became or is, and why
    in a few words (``note``) or as a problem.
    """

    number: int
    outcome: str
    path: str = ""
    problem: Problem | None = None
    note: str = ""


def count_rows(rows: Iterable[Row], outcomes: Iterable[str]) -> str:
    """``2 written, 0 kept, 1 refused``."""
    counts = Counter(row.outcome for row in rows)
    return ", ".join(f"{counts[outcome]} {outcome}" for outcome in outcomes)


def check_site(site: Path) -> Problem | None:
    """The problem of a folder that is no site."""
    if (site / "site.yaml").is_file():
        return None
    hint = "Run the command in the folder of your site, or name it with --site."
    return Problem("no-settings", "site.yaml", "There is no site.yaml here.", hint)


def list_names(folder: Path) -> list[str]:
    """The names by which others may refer to the records of a folder: their slugs, as written or as their files are
    called.
    """
    paths = (path for path in folder.rglob("*.md") if path.stem != "_index")
    return sorted({_read_slug(path) or make_step(name_of(path)) for path in paths})


def _read_slug(path: Path) -> str | None:
    """The slug that a record's front matter gives; none where it gives none, or cannot be read."""
    try:
        front, _ = split_front(path.read_bytes(), str(path))
    except OSError:
        return None
    return parse_front(front.text, str(path))[0].get("slug") if front else None


def name_of(path: Path) -> str:
    """What a record's file is called; one in a folder of its own is called like that."""
    return path.stem if path.stem != "index" else path.parent.name


def guess(name: str, names: Iterable[str]) -> str:
    """`` Did you mean "x"?``, or nothing."""
    near = nearest_name(name, names)
    return f' Did you mean "{near}"?' if near else ""


def write_new(target: Path, path: str, text: str) -> Problem | None:
    """Write a file that is not there; the problem ``cannot-write`` where it is, or where the system refuses."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return Problem("cannot-write", path, f"This file cannot be written: {error.strerror or error}.")
    return None
