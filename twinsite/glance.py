"""A glance at records that were just saved: their own pages, as the build that follows will publish them.

A build goes through the whole site, and the larger that is, the longer it takes. The page that an editor waits for is
made of very few things, all of which the last build of a preview has left in memory. So it is planned and rendered by
itself, with the same functions, and shown until the build is done. Where anything else might have part in it, there is
no glance: a new record, address, tag or day, a file that the site does not have yet, an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.clock import Clock
from twinsite.core.fragment import Fragment
from twinsite.core.notes import DocumentNote, FileNote, PageNote, PartNote
from twinsite.core.page import Document, Made, Page, Planned, ShareImage
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.core.source import SourceChangedError
from twinsite.ledger import ledger_key
from twinsite.link.entries import Linkable
from twinsite.link.exchange import exchange_record
from twinsite.link.notes import has_same_bones, note_linkable
from twinsite.plan.exchange import exchange_entry, plan_one
from twinsite.plan.library import Library
from twinsite.plan.notes import has_seen
from twinsite.plan.parts import RECORD
from twinsite.plan.plan import base_path
from twinsite.records import Reader
from twinsite.stages import Stopwatch
from twinsite.survey import LEFT, Left

if TYPE_CHECKING:
    from twinsite.render.renderer import Renderer

MOST = 8
"""Records that are looked at in one go; who saves more at once waits for the build."""


def glance_at(request: BuildRequest, cache: Cache) -> dict[str, bytes]:
    """The bytes of the pages and documents of those records that the ``request`` names as touched, by their paths in
    the output; nothing where only a build can tell. ``cache`` is that of the preview's builds.
    """
    left = _recall(request, cache)
    if left is None or not request.touched or len(request.touched) > MOST:
        return {}
    try:
        found = _read_anew(request, cache, left)
        return _make(request, left, found, cache) if found else {}
    except SourceChangedError:
        return {}


def _recall(request: BuildRequest, cache: Cache) -> Left | None:
    """What the last build left, if it was asked for the same and all of it is true at this moment, too."""
    left = cache.recall(LEFT)
    if not isinstance(left, Left) or left.key != ledger_key(request, left.survey.inputs.salt):
        return None
    return left if request.now in left.ledger.window() else None


def _read_anew(request: BuildRequest, cache: Cache, left: Left) -> list[Linkable] | None:
    """The touched records as their files say now, each with the place in the site that it had."""
    paths = sorted(request.touched or ())
    if not all(RECORD + path in left.ledger.plan.parts for path in paths):
        return None
    moment = replace(request, now=Clock(request.now).moment())
    found = Reader(moment, left.survey.inputs, cache, Stopwatch()).read_alone(paths, left.library.site.media)
    if found is None or not all(_fits(left, linkable, note) for linkable, note in found):
        return None
    return [linkable for linkable, _ in found]


def _fits(left: Left, linkable: Linkable, note: FileNote) -> bool:
    """Whether a record that was read anew can stand where it stood, and what all pages share shows nothing of it."""
    path, before = linkable.entry.path, left.ledger.files[linkable.entry.path]
    if linkable.entry.order != left.notes[path].entry.order and _has_two_spellings(left):
        return False
    if before.outline != note.outline:
        number = list(left.ledger.files).index(path)
        if has_seen(left.ledger.plan.finale.part, {number}):
            return False
    return has_same_bones(left.notes[path], note_linkable(linkable))


def _has_two_spellings(left: Left) -> bool:
    """Whether some term is written in two ways: it is shown as the first record in list order has it."""
    return any(problem.rule == "two-spellings" for problem in left.survey.problems)


def _make(request: BuildRequest, left: Left, found: Sequence[Linkable], cache: Cache) -> dict[str, bytes]:
    library = left.library
    for linkable in found:
        site = replace(library.site, now=Clock(request.now).moment())
        library = exchange_entry(library, exchange_record(site, linkable), linkable.entry)
    parts = [(one.entry.path, plan_one(library, one.entry.path)) for one in found]
    if not all(_is_publishable(part, left.ledger.plan.parts[RECORD + path]) for path, part in parts):
        return {}
    pages: list[Page | Document] = []
    for _, part in parts:
        pages += [*part.pages, *part.documents]
    return _render(left, pages, library, cache)


def _is_publishable(part: Planned, before: PartNote) -> bool:
    """Whether nothing is wrong with a part, and the site has all files that it shows."""
    made: tuple[PageNote | DocumentNote | Made, ...] = (*before.pages, *before.documents, *before.copies)
    known = {one.path for one in (*made, *before.pictures, *before.archives)}
    pages = {page.path for page in part.pages} | {document.path for document in part.documents}
    files = {path for path, one in part.outputs.items() if not isinstance(one, ShareImage)}
    return pages | files <= known and not has_errors(list(part.problems))


def _render(left: Left, pages: Sequence[Page | Document], library: Library, cache: Cache) -> dict[str, bytes]:
    results = _make_renderer(left, library, cache).finish(pages)
    if any(isinstance(result, Problem) for result in results):
        return {}
    return {
        page.path: result.data for page, result in zip(pages, results, strict=True) if not isinstance(result, Problem)
    }


def _make_renderer(left: Left, library: Library, cache: Cache) -> Renderer:
    from twinsite.render.renderer import Renderer

    inputs, plan = left.survey.inputs, left.survey.plan
    assert inputs.settings is not None and inputs.theme is not None and plan is not None
    language, base = inputs.settings.language, base_path(inputs.settings)

    def find_body(path: str) -> tuple[Fragment, str]:
        draft = library.site.by_path[path].draft
        return draft.body, draft.body_digest

    return Renderer(plan.frame, inputs.theme, find_body, language, base, cache, inputs.salt)
