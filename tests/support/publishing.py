"""A whole site written at once, as a build does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from twinsite.write.failure import WriteError
from twinsite.write.foreign import find_foreign_files
from twinsite.write.lock import lock_output
from twinsite.write.site import SiteWriter, Written


def write_site(
    folder: Path,
    paths: Collection[str],
    outputs: Iterable[tuple[str, bytes]],
    force: bool = False,
    wait_seconds: float = 30,
) -> Written:
    """Write a whole site: lock, look for foreign files, stage each output as it comes, commit. Raises no ``OSError``.

    ``outputs`` gives each of ``paths`` once with its bytes; an exception out of it leaves the old site as it was.
    """
    try:
        with lock_output(folder, wait_seconds):
            problems = find_foreign_files(folder, paths, force)
            if problems:
                return Written(problems=tuple(problems))
            with SiteWriter(folder, paths, force) as writer:
                for path, data in outputs:
                    writer.put(path, data)
                return writer.commit()
    except WriteError as error:
        return Written(problems=error.problems)
