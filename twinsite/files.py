"""The files of a plan that are no pages: assets, copies, pictures and archives, into the output folder or nowhere.

Pictures are shared among the cores and kept in the cache by their bytes and recipe. Archives are made of the same
pictures, so what the site shows already is not made a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from twinsite.cache.store import Cache
from twinsite.core.aspect import Aspect
from twinsite.core.digest import digest_bytes
from twinsite.core.page import Archive, Copy, Picture, Plan, ShareImage
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

    def take(self, path: str, digest: str, size: int, staged: Aspect) -> None:
        """Take a file that was staged where it was made."""
        if self._writer:
            self._writer.take(path, digest, size, staged)

    def commit(self) -> Written:
        """Make it the site."""
        return self._writer.commit() if self._writer else Written()

    def keep_account(self, cache: Cache) -> None:
        """Keep in the cache how it looks to the system."""
        if self._writer:
            self._writer.keep_account(cache)


def make_files(request: BuildRequest, salt: str, plan: Plan, cache: Cache, sink: Sink) -> list[Problem]:
    """Put every asset, copy, picture and archive of the plan into the sink."""
    problems: list[Problem] = []
    for literal in plan.literals:
        if not sink.have(literal.path, digest_bytes(literal.data)):
            sink.put(literal.path, literal.data)
    for copy in plan.copies:
        problems += _make_copy(request.site, copy, sink)
    problems += _make_pictures(request, salt, plan.pictures, cache, sink)
    for archive in plan.archives:
        problems += _make_archive(request, salt, archive, cache, sink)
    return problems


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
    missing = [
        picture for picture in pictures if not _take_known(picture.path, picture_key(picture, salt), cache, sink)
    ]
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
            _keep(picture.path, picture_key(picture, salt), data, cache, sink)
        else:
            problems.append(_explain(picture, data))
    return problems


def _make_archive(request: BuildRequest, salt: str, archive: Archive, cache: Cache, sink: Sink) -> list[Problem]:
    """Put an archive into the sink: from the cache, else made of its pictures, most of which the cache has."""
    key = digest_bytes(f"archive {salt} {archive.digest}".encode())
    if _take_known(archive.path, key, cache, sink):
        return []
    from twinsite.render.archive import write_archive

    pictures = [_find_picture(request, salt, picture, cache) for _, picture in archive.members]
    found = [data for data in pictures if isinstance(data, bytes)]
    if len(found) < len(pictures):
        return [problem for problem in pictures if isinstance(problem, Problem)]
    _keep(archive.path, key, write_archive(archive, found), cache, sink)
    return []


def _find_picture(request: BuildRequest, salt: str, picture: Picture, cache: Cache) -> bytes | Problem:
    """The bytes of a picture of an archive: those that the site shows, where it shows it."""
    stored = cache.get(picture_key(picture, salt))
    made = cache.get(stored.decode("ascii", "replace")) if stored else None
    if made is not None:
        return made
    data = _read(request.site, picture.source)
    if isinstance(data, Problem):
        return data
    if digest_bytes(data) != picture.digest:
        raise SourceChangedError(picture.source)
    from twinsite.render.pictures import render_picture

    return data if picture.format == "svg" else render_picture(picture, data)


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


def _take_known(path: str, key: str, cache: Cache, sink: Sink) -> bool:
    """Whether a file needed no making. Under its key the cache holds its digest, under that its bytes."""
    stored = cache.get(key)
    if stored is None:
        return False
    digest = stored.decode("ascii", "replace")
    if sink.have(path, digest):
        return True
    data = cache.get(digest)
    if data is None:
        return False
    sink.put(path, data)
    return True


def _keep(path: str, key: str, data: bytes, cache: Cache, sink: Sink) -> None:
    digest = digest_bytes(data)
    cache.put(key, digest.encode())
    cache.put(digest, data)
    if not sink.have(path, digest):
        sink.put(path, data)
