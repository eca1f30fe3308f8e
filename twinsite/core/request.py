"""What one build is asked for: the value that the commands, the preview and the tests hand to ``build_site``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

PLAYBOOK = "playbook.yaml"
"""What was decided before the worst day (see ``core.playbook``), beside ``site.yaml``; it is never published."""

Progress = Callable[[str, int], Callable[[int], None]]
"""Called with a label and a length at the start of long work; what it returns is called with each step."""


def no_progress(label: str, length: int) -> Callable[[int], None]:
    """Show nothing."""
    return lambda steps: None


def go_on() -> None:
    """Nothing: nobody waits."""


class Order(Struct, frozen=True):
    """What the site is and where it goes: the first two of a ``BuildRequest``."""

    site: Path
    output: Path | None = None


class BuildRequest(Order, frozen=True, kw_only=True):
    """What one build is asked for.

    ``site`` is the site's folder; ``output`` where to write (``None``: as ``site.yaml`` says). ``now`` is aware.
    ``base_url`` replaces that of ``site.yaml``. ``drafts`` shows drafts, scheduled and expired records. ``jobs``:
    worker processes (0: as many as there are cores). ``write`` is off for ``check``. ``preview``: asset names without
    digests, pictures as they are. ``thorough`` trusts no file size (``--verify``). ``touched``: the only files of the
    source (site-relative) that somebody may have changed since the last build of this preview, and nobody else writes
    its output; ``None``: look at everything.
    ``progress`` shows how far long work has come. ``pause`` is called now and then, where nothing is half done, for
    whoever has to be answered meanwhile.
    """

    now: datetime
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    jobs: int = 0
    use_cache: bool = True
    force: bool = False
    write: bool = True
    preview: bool = False
    thorough: bool = False
    touched: frozenset[str] | None = None
    progress: Progress = no_progress
    pause: Callable[[], None] = go_on
