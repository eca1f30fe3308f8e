"""The files of a plan that are no pages: assets, copies and pictures, into the output folder or nowhere.

Pictures are shared among the cores and kept in the cache by their bytes and recipe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.digest import digest_bytes
from twinsite.core.page import Copy, Picture, Plan, ShareImage
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest
from twinsite.core.source import SourceChangedError
from twinsite.parallel import TaskFailure, count_cores, map_tasks
from twinsite.render.pages import Stage
from twinsite.write.site import SiteWriter, Written


class Sink:
    """Takes finished files: into the output folder, or nowhere (``check``). Counts what was rendered and reused."""

    def __init__(self, writer: SiteWriter | None) -> None:
        self._writer = writer
        self.rendered = 0
        self.reused = 0

    def count(self, fresh: bool) -> None:
        """Count a page: rendered in this build, or taken from the cache."""
        self.rendered += fresh
        self.reused += not fresh

    def have(self, path: str, digest: str) -> bool:
        """Whether nobody needs to make these bytes, because the output has them or wants none."""
        return self._writer.keep(path, digest) if self._writer else True

    def put(self, path: str, data: bytes, digest: str | None = None) -> None:
        """Take a file's bytes, whose ``digest`` may be known."""
        if self._writer:
            self._writer.put(path, data, digest)

    def prepare(self, paths: Sequence[str]) -> Stage:
        """The function by which those who make these files stage them."""
        return self._writer.prepare(paths).stage if self._writer else lambda path, data, digest: None

    def take(self, path: str, digest: str, size: int, staged: int) -> None:
        """Take a file that was staged where it was made."""
        if self._writer:
            self._writer.take(path, digest, size, staged)

    def commit(self, cache: Cache) -> Written:
        """Make it the site, and keep in the cache how it looks to the system."""
        if self._writer is None:
            return Written()
        written = self._writer.commit()
        self._writer.keep_account(cache)
        return written


def make_files(request: BuildRequest, salt: str, plan: Plan, cache: Cache, sink: Sink) -> list[Problem]:
    """Put every asset, copy and picture of the plan into the sink."""
    problems: list[Problem] = []
    for literal in plan.literals:
        if not sink.have(literal.path, digest_bytes(literal.data)):
            sink.put(literal.path, literal.data)
    for copy in plan.copies:
        problems += _make_copy(request.site, copy, sink)
    return problems + _make_pictures(request, salt, plan.pictures, cache, sink)


def _make_copy(site: Path, copy: Copy, sink: Sink) -> list[Problem]:
    """Put a plain file into the sink. Raises ``SourceChangedError`` where it is no longer the one that was looked at,
    for its name, what is linked and what must not be public.
    """
    if sink.have(copy.path, copy.digest):
        return []
    data = _read(site, copy.source)
    if isinstance(data, Problem):
        return [data]
    if digest_bytes(data) != copy.digest:
        raise SourceChangedError(copy.source)
    sink.put(copy.path, data, copy.digest)
    return []


def _read(site: Path, path: str) -> bytes | Problem:
    """The bytes of a source file, which may have gone since it was probed."""
    try:
        return (site / path).read_bytes()
    except OSError as error:
        hint = "Check the file, then build again."
        return Problem("cannot-read", path, f"This file cannot be read: {error.strerror or error}.", hint)


def _make_pictures(
    request: BuildRequest, salt: str, pictures: Iterable[Picture | ShareImage], cache: Cache, sink: Sink
) -> list[Problem]:
    """Pictures from the cache where it has them; the others made side by side."""
    missing = [picture for picture in pictures if not _take_stored(picture, salt, cache, sink)]
    if not missing:
        return []
    problems: list[Problem] = []
    move = request.progress("Pictures", len(missing))
    from twinsite.render.card import draw_share_image
    from twinsite.render.pictures import render_picture

    def make(picture: Picture | ShareImage) -> bytes | Problem:
        source = picture.source if isinstance(picture, Picture) else picture.picture
        data = _read(request.site, source) if source else None
        if isinstance(data, Problem):
            return data
        return (
            draw_share_image(picture, data) if isinstance(picture, ShareImage) else render_picture(picture, data or b"")
        )

    jobs = request.jobs or count_cores()
    for picture, data in zip(missing, map_tasks(make, missing, jobs, fewest=4), strict=True):
        move(1)
        if isinstance(data, bytes):
            _keep(picture, data, salt, cache, sink)
        else:
            problems.append(_explain(picture, data))
    return problems


def _explain(picture: Picture | ShareImage, fault: Problem | TaskFailure) -> Problem:
    if isinstance(fault, Problem):
        return fault
    hint = "Open and save it again in a picture editor."
    return Problem("broken-picture", picture.source, f"This picture could not be made ready: {fault.text}.", hint)


def picture_key(picture: Picture | ShareImage, salt: str) -> str:
    """The key of a picture: its source's bytes and the recipe."""
    if isinstance(picture, ShareImage):
        return digest_bytes(f"share image {salt} {picture.digest}".encode())
    recipe = f"picture {salt} {picture.digest} {picture.format} {picture.width} {picture.quality}"
    return digest_bytes(recipe.encode())


def _take_stored(picture: Picture | ShareImage, salt: str, cache: Cache, sink: Sink) -> bool:
    """Whether the picture needed no making. Under its key the cache holds its digest, under that its bytes."""
    stored = cache.get(picture_key(picture, salt))
    if stored is None:
        return False
    digest = stored.decode("ascii", "replace")
    if sink.have(picture.path, digest):
        return True
    data = cache.get(digest)
    if data is None:
        return False
    sink.put(picture.path, data)
    return True


def _keep(picture: Picture | ShareImage, data: bytes, salt: str, cache: Cache, sink: Sink) -> None:
    digest = digest_bytes(data)
    cache.put(picture_key(picture, salt), digest.encode())
    cache.put(digest, data)
    if not sink.have(picture.path, digest):
        sink.put(picture.path, data)
