"""The preview's own pages: problems, "the first build is running", "no such page", and their style sheet.

They are complete HTML documents without inline style or script; all that comes from a site is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from twinsite.core.problem import Problem
from twinsite.serve.excerpt import read_excerpt

STYLE_PATH = "/.twinsite/preview.css"
_SHOWN = 100
_RANK: Mapping[str, int] = {"error": 0, "warning": 1, "notice": 2}


def style_sheet() -> bytes:
    """The style sheet of the preview's own pages, light and dark."""
    return (files("twinsite.serve") / "pages" / "preview.css").read_bytes()


def problems_page(problems: Sequence[Problem], site: Path, has_site: bool = False, details: str = "") -> str:
    """All problems, errors first, each with its place, the lines around it, what is wrong and what to write instead.

    ``has_site``: there is a last good version to link to. ``details`` is a traceback for a report of a fault of ours.
    """
    ordered = sorted(problems, key=lambda problem: (_RANK[problem.severity], problem.order()))
    shown = [_entry(problem, site) for problem in ordered[:_SHOWN]]
    errors = sum(problem.severity == "error" for problem in problems)
    more = len(ordered) - len(shown)
    return _render("problems.html", shown=shown, errors=errors, more=more, has_site=has_site, details=details)


def _entry(problem: Problem, site: Path) -> dict[str, Any]:
    return {"problem": problem, "place": place_of(problem), "lines": read_excerpt(site, problem)}


def building_page() -> str:
    """What a browser sees before the first build has ended."""
    return _render("building.html")


def missing_page(path: str) -> str:
    """What a browser sees at an unknown address of a site that has no page of its own for that."""
    return _render("missing.html", path=path)


def place_of(problem: Problem) -> str:
    """``file:line:column`` as far as they are known."""
    numbers = [str(number) for number in (problem.line, problem.column) if number is not None]
    return ":".join([problem.path, *numbers]) if problem.path else ""


def _render(name: str, **values: Any) -> str:
    environment = Environment(
        loader=PackageLoader("twinsite.serve", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(style=STYLE_PATH, **values)
