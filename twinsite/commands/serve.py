"""``serve``: the preview, built into a folder of its own."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from twinsite.commands.options import Flags, common_options, now_option, read_clock, site_option
from twinsite.core.request import go_on

if TYPE_CHECKING:
    from twinsite.serve.preview import Build, Glance, Pause, Preview


OFTEN = 10
"""Looks at everything, each after one or more saves, that may leave values in cycles: each leaves less than a MB."""


@click.command()
@site_option
@now_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port (0: any free one)."
)
@click.option("--open/--no-open", "open_browser", default=False, help="Open the site in a browser.")
@click.option("--reload/--no-reload", default=True, help="Let the browser load again after each save.")
@click.option("--drafts", is_flag=True, help="Show drafts, scheduled and expired records with a banner.")
@common_options
@click.pass_obj
def serve(
    flags: Flags, site: Path, now: datetime | None, host: str, port: int, open_browser: bool, reload: bool, drafts: bool
) -> None:
    """Show the site in a browser and build it again at each save.

    The page of the file that was saved is there at once; lists, feeds and others that show something of it follow when
    the whole site is built.
    """
    from twinsite.serve.preview import ServeOptions
    from twinsite.serve.session import serve_site

    with TemporaryDirectory(prefix="twinsite-preview-") as folder:
        output = Path(folder) / "site"
        ignored = (site / ".twinsite", site / ".git", site / "public", site / ".venv", site / "node_modules")
        options = ServeOptions(host, port, open_browser, reload, site, ignored)
        build, glance = make_build(site, output, now, drafts, port, host)
        watched = (site / "site.yaml", site / "content", site / "themes")
        show = partial(report, flags, site)
        code = serve_site(build, watched, options, show, click.echo, glance=glance)
    sys.exit(code)


def make_build(
    site: Path, output: Path, now: datetime | None, drafts: bool, port: int, host: str
) -> tuple[Build, Glance]:
    """What builds the preview once, and what glances at records that were just saved; the cache of fragments and pages
    stays in memory between builds.
    """
    from twinsite.build import BuildRequest, build_site
    from twinsite.cache.memory import MemoryStore
    from twinsite.glance import glance_at
    from twinsite.serve.address import site_url
    from twinsite.serve.preview import Preview
    from twinsite.survey import DESK

    memory, tidy = MemoryStore(), _Tidying()

    def ask(changed: Collection[Path] | None, pause: Pause) -> BuildRequest:
        return BuildRequest(
            site,
            output,
            now=now or read_clock(),
            base_url=site_url(host, port or 8000),
            drafts=drafts,
            jobs=1,
            preview=True,
            touched=_name_files(site, changed),
            pause=pause,
        )

    def build(changed: Collection[Path] | None, pause: Pause) -> Preview:
        result = build_site(ask(changed, pause), memory)
        if changed is None and not gc.isenabled():
            tidy.look_at(memory.recall(DESK))
        summary = f"{result.pages} pages, {result.rendered} rendered, {sum(result.seconds.values()):.2f} s"
        written = bool(result.written or result.deleted)
        return Preview(output, result.ok, result.problems, summary if result.ok else "The site is as it was.", written)

    def glance(changed: Collection[Path]) -> Mapping[str, bytes]:
        return glance_at(ask(changed, go_on), memory)

    return build, glance


class _Tidying:
    """Lets Python look for cycles when nobody waits: it rests while a save is built (see ``cli.run``). Among what the
    first build made there is nothing to find. Of a large site that takes seconds, so that it is done when there is
    another desk, whose cycles are large, and else after every ``OFTEN`` looks.
    """

    def __init__(self) -> None:
        self._desk: object = None
        self._looks = 0

    def look_at(self, desk: object) -> None:
        """Look for cycles if there may be many."""
        before, self._desk = self._desk, desk
        self._looks += 1
        if before is None:
            gc.freeze()
        elif before is not desk or self._looks >= OFTEN:
            gc.collect()
            self._looks = 0


def _name_files(site: Path, changed: Collection[Path] | None) -> frozenset[str] | None:
    """Changed files by their paths in the site; ``None`` where one of them lies elsewhere."""
    folder = site.resolve()
    if changed is None or not all(path.is_relative_to(folder) for path in changed):
        return None
    return frozenset(path.relative_to(folder).as_posix() for path in changed)


def report(flags: Flags, site: Path, preview: Preview) -> None:
    """Print what a build of the preview found and did."""
    from twinsite.console import Console

    problems = [replace(problem) for problem in preview.problems if problem.severity != "notice" or flags.verbose]
    Console("text", flags.quiet).show_problems(problems, site)
    if preview.details:
        click.echo(preview.details, err=True)
    if not flags.quiet and preview.summary:
        click.echo(preview.summary)
