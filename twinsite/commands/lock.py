"""``lock``: hold fast the rules of a contest or the updates of a claim, so that any later change shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from twinsite.commands.options import (
    common_options,
    now_option,
    read_clock,
    refuse_and_exit,
    show_and_exit,
    site_option,
)


@click.command()
@click.argument("name", metavar="CONTEST|CLAIM")
@site_option
@now_option
@common_options
def lock(name: str, site: Path, now: datetime | None) -> None:
    """Hold fast the rules of a contest or the updates of a claim, in content/locks/; commit the file.

    Name it by the last step of its address (spring), by its file or by its address. Lock a contest when it opens: a
    later change of its rules then needs an entry under "amendments:"; after such a change lock it again. Lock a claim
    after each update: from then on its updates can only be added to.
    """
    from twinsite.core.request import BuildRequest
    from twinsite.inputs import open_cache
    from twinsite.locking import LockResult, lock_record

    request = BuildRequest(site=site, now=now or read_clock(), write=False)
    try:
        with open_cache(request) as cache:
            result = lock_record(request, name, cache)
    except OSError as error:
        refuse_and_exit(error, site / "content" / "locks")
    if not isinstance(result, LockResult):
        show_and_exit(result, site)
    if result.written:
        click.echo(f"Locked: {result.path} holds the {result.label} as it is on {result.day}. Commit that file.")
    else:
        click.echo(f"Nothing to lock: the {result.label} is as {result.path} says since {result.day}.")
