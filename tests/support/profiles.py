"""The samples of ``tests/profiles``: for each line of each profile one contest that misses that line.

``good.md`` of a profile is a contest that satisfies all of it. ``<line>.md`` is a whole contest, and ``<line>.txt`` is
what the build says of it. A line that wants a sentence on the page can only be missed by a theme that leaves it out, so
those samples are built with one that leaves out the sentence by which the sample is called.
``python -m tests.support.profiles`` writes every ``.txt`` anew; read the difference before you commit it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.law import read_packaged
from tests.support.site import SETTINGS, Site, write_site
from twinsite.core.law import Line
from twinsite.core.problem import Problem

FOLDER = Path(__file__).parents[1] / "profiles"
PAGES = {
    "content/pages/privacy.md": "---\ntitle: Privacy\n---\nWe keep entries until the winners are announced.\n",
    "themes/bare/theme.yaml": "name: Bare\nextends: default\n",
    "themes/bare/templates/contest/law.html": '{% for one in made.statements if one.id != "law-" ~ page.slug %}'
    '<p id="{{ one.id }}">{{ one.text }}</p>{% endfor %}',
}


def list_lines() -> Iterator[tuple[str, Line]]:
    """Every line of every profile, with the profile's name."""
    for name, profile in read_packaged().profiles.items():
        for line in profile.lines:
            yield name, line


def is_said(line: Line) -> bool:
    """Whether a line wants a sentence that needs nothing from the contest, so that only a theme can miss it."""
    return line.need.statement is not None and "{sponsor.contact}" not in line.need.statement


def build_samples(folder: Path, said: bool) -> dict[str, tuple[Problem, ...]]:
    """What the build says of the samples, by ``profile/line``: those that a theme misses, or all others."""
    files = {**PAGES, **{f"content/contests/{name}.md": text for name, text in _read_samples(said)}}
    site: Site = write_site(folder, files, SETTINGS + ("theme: bare\n" if said else ""))
    found: dict[str, list[Problem]] = {name: [] for name, _ in _read_samples(said)}
    for problem in site.build(jobs=1, use_cache=False).problems:
        name = problem.path.removeprefix("content/contests/").removesuffix(".md")
        if name in found and problem.severity != "notice":
            found[name].append(problem)
    return {name.replace("--", "/"): tuple(problems) for name, problems in found.items()}


def _read_samples(said: bool) -> list[tuple[str, str]]:
    lines = [(name, line) for name, line in list_lines() if is_said(line) == said]
    names = [(f"{name}--{line.id}", FOLDER / name / f"{line.id}.md") for name, line in lines]
    goods = [] if said else [(f"{path.parent.name}--good", path) for path in sorted(FOLDER.glob("*/good.md"))]
    return [(name, path.read_text(encoding="utf-8")) for name, path in [*names, *goods] if path.is_file()]


def write_problems(problems: tuple[Problem, ...]) -> str:
    """Problems as ``expected``: how grave, which rule, where, what, and what to write."""
    return "\n".join(f"{one.severity} {one.rule} at line {one.line}\n{one.message}\n{one.hint}\n" for one in problems)


def main() -> None:
    """Writes every expected text as the build says it now."""
    for said in (False, True):
        with tempfile.TemporaryDirectory() as place:
            for name, problems in build_samples(Path(place), said).items():
                if not name.endswith("/good"):
                    (FOLDER / f"{name}.txt").write_text(write_problems(problems), encoding="utf-8")


if __name__ == "__main__":
    main()
