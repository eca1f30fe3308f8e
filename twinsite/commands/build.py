"""``build`` and ``check``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click
from msgspec.structs import replace

from twinsite.commands.options import (
    FOLDER,
    Flags,
    check_address,
    common_options,
    format_option,
    now_option,
    read_clock,
    show,
    site_option,
)


@click.command()
@site_option
@now_option
@click.option("--output", type=FOLDER, default=None, help="Where to write (default: build.output of site.yaml).")
@click.option("--base-url", default=None, help="The site's address, instead of base_url in site.yaml.")
@click.option("--drafts", is_flag=True, help="Show drafts, scheduled and expired records with a banner.")
@click.option("--strict", is_flag=True, help="Warnings stop the build, too.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Worker processes (default: one for each core).")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--verify", is_flag=True, help="Build clean beside and compare every byte.")
@click.option("--force", is_flag=True, help="Overwrite files in the output folder that Twinsite did not write.")
@format_option
@common_options
@click.pass_obj
def build(
    flags: Flags,
    site: Path,
    now: datetime | None,
    output: Path | None,
    base_url: str | None,
    drafts: bool,
    strict: bool,
    jobs: int,
    no_cache: bool,
    verify: bool,
    force: bool,
    style: str,
) -> None:
    """Build the site into its output folder."""
    from twinsite.build import build_site
    from twinsite.console import show_progress
    from twinsite.core.request import BuildRequest

    request = BuildRequest(
        site,
        output,
        now=now or read_clock(),
        base_url=check_address(base_url),
        drafts=drafts,
        strict=strict,
        jobs=jobs,
        use_cache=not no_cache,
        force=force,
        thorough=verify,
        progress=show_progress,
    )
    result = build_site(request)
    if verify and result.ok:
        from twinsite.verify import verify_output

        result = verify_output(request, result)
    show(flags, style, request, result)
    sys.exit(0 if result.ok else 1)


@click.command()
@site_option
@now_option
@click.option("--strict", is_flag=True, help="Warnings are errors, too.")
@click.option("--external", is_flag=True, help="Also ask other servers whether the links to them work.")
@format_option
@common_options
@click.pass_obj
def check(flags: Flags, site: Path, now: datetime | None, strict: bool, external: bool, style: str) -> None:
    """Do everything but writing; also fail on what is overdue."""
    from twinsite.build import BuildRequest, build_site, stops

    request = BuildRequest(site, now=now or read_clock(), strict=strict, write=False)
    result = build_site(request)
    if external and result.plan:
        from twinsite.external import check_external_links

        more = check_external_links(result.plan.pages)
        problems = (*result.problems, *more)
        result = replace(result, problems=problems, ok=result.ok and not stops(list(problems), strict))
    show(flags, style, request, result)
    overdue = any(problem.overdue for problem in result.problems)
    sys.exit(0 if result.ok and not overdue else 1)
