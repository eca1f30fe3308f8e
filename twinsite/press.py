"""The press: every page and document of a plan as bytes, taken over where the same were published before, rendered
where not; and the verdicts on their links and on personal data in them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.checks.links import Times, check_leads, check_links
from twinsite.checks.statements import check_owed
from twinsite.core.digest import digest_bytes, digest_value
from twinsite.core.fragment import Fragment
from twinsite.core.later import Later
from twinsite.core.page import Document, Page, Plan, view_key
from twinsite.core.problem import Problem
from twinsite.core.request import BuildRequest
from twinsite.files import Sink
from twinsite.inputs import Inputs
from twinsite.journal import keep_journal, read_journal
from twinsite.leaks import check_rendered, list_allowed
from twinsite.plan.plan import base_path
from twinsite.render.early import Early, receive_early
from twinsite.render.keys import Keys, read_closures
from twinsite.render.pages import Failure, Means, Rendered, Stage, read_facts, render_all
from twinsite.render.reasons import reason_key
from twinsite.render.told import Hearsay, Told
from twinsite.stages import Timing
from twinsite.survey import Survey

if TYPE_CHECKING:
    from twinsite.render.renderer import Renderer


def make_keys(inputs: Inputs, plan: Plan, cache: Cache) -> Keys:
    """The keys of a plan's pages."""
    settings, theme = inputs.settings, inputs.theme
    assert settings is not None and theme is not None
    closures = read_closures(theme, cache, inputs.salt)
    return Keys(plan, closures, settings.language, base_path(settings), inputs.salt)


_ASKED = attrgetter("path", "url", "template", "source")
"""What verdicts on links ask of a page."""


class Press:
    """Makes the pages and documents of one plan into a sink."""

    def __init__(self, request: BuildRequest, survey: Survey, plan: Plan, cache: Cache, sink: Sink) -> None:
        inputs = survey.inputs
        assert inputs.settings is not None
        self._request, self._survey, self._inputs, self._plan = request, survey, inputs, plan
        self._settings = inputs.settings
        self._cache, self._sink = cache, sink
        self._maker = make_keys(inputs, plan, cache)
        self._keys = self._maker.of_all(plan.rendered(), cache)
        self._journal = read_journal(request, cache, inputs.salt)
        self.allowed = list_allowed(self._settings, plan)
        self._digests: dict[str, str] = {}
        self._told, self._hearsay = Told(), Hearsay()
        self._is_hearsay_enough = False
        self._checked = self._digest_checked()
        self._seconds: dict[str, float] = {}

    def make_pages(self, early: Iterable[Early] = (), given: int = 0) -> list[Problem]:
        """All of them, and what is wrong with templates. Some may have been made ``early``, of so many as were
        ``given`` to others.
        """
        pages = self._plan.rendered()
        for made in early:
            if self._keys.get(made.path) == made.key:
                self._hearsay.take(made.path, made.note)
                self._take(receive_early(made))
        # Who made a page told what no other of its own had told: one that is missing, or counts no more, may be missed.
        self._is_hearsay_enough = self._hearsay.count == given == len(pages)
        missing = [page for page in pages if page.path not in self._digests and not self._take_over(page)]
        move = self._request.progress("Rendering", len(pages))
        move(len(pages) - len(missing))
        failures: list[Problem] = []
        with closing(self._render(missing, self._sink.prepare)) as results:
            for result in results:
                move(1)
                self._request.pause()
                if isinstance(result, Failure):
                    failures.append(result.problem)
                else:
                    self._take(result)
        self._cache.touch(self._keys.values())
        self._cache.touch(self._digests.values())
        self._cache.touch(map(reason_key, self._keys))
        if failures:
            from twinsite.render.failure import gather_failures

            failures = gather_failures(failures)
        return failures

    def _take(self, result: Rendered) -> None:
        """Take a page that was rendered, or found in the cache, into the sink."""
        digest = result.digest
        self._digests[result.path] = digest
        if result.fresh:
            self._seconds[result.path] = result.seconds
        self._told.take(result.path, result.facts)
        if result.path.endswith(".html"):
            self._sink.count(result.fresh)
        if result.staged is not None:
            self._sink.take(result.path, digest, result.size, result.staged)
        elif result.data is not None:
            self._sink.put(result.path, result.data, digest)

    def timings(self) -> tuple[Timing, ...]:
        """How long each page and document took that was rendered."""
        taken = self._seconds
        pages = self._plan.rendered() if taken else ()
        return tuple(Timing(page.path, page.template, taken[page.path]) for page in pages if page.path in taken)

    def check(self) -> list[Problem]:
        """What is wrong with the links of all pages, the notices about them, and what personal data nobody declared as
        a contact; then the journal is kept.
        """
        checked = self._checked
        known = self._journal.checked == checked and self._names_the_same()
        verdicts = list(self._journal.verdicts) if known else self._check()
        pages = {path: (key, self._digests[path]) for path, key in self._keys.items()}
        if not known or pages != self._journal.pages:
            keep_journal(self._request, self._cache, self._inputs.salt, pages, checked, tuple(verdicts))
        return verdicts

    def _names_the_same(self) -> bool:
        """Whether every page has the anchors and names the addresses that it had and named in the last build, and what
        looks like personal data is the same.
        """
        before = {path: key for path, (key, _) in self._journal.pages.items()}
        changed = [page.path for page in self._plan.rendered() if before.get(page.path) != self._keys[page.path]]
        if not changed:
            return True
        old = self._cache.get_many(before.get(path, "") for path in changed)
        return all(self._told.names_the_same(path, old.get(before.get(path, ""))) for path in changed)

    def _take_over(self, page: Page | Document) -> bool:
        """Whether the output has the page as it must be."""
        key, digest = self._journal.pages.get(page.path, ("", ""))
        if key != self._keys[page.path] or not self._sink.have(page.path, digest):
            return False
        self._digests[page.path] = digest
        if page.path.endswith(".html"):
            self._sink.count(fresh=False)
        return True

    def _check(self) -> list[Problem]:
        problems = self._check_hearsay() if self._is_hearsay_enough else None
        return self._check_closely() if problems is None else problems

    def _check_hearsay(self) -> list[Problem] | None:
        """The verdicts by what was told of all pages while they were made; ``None`` where a link is wrong."""
        plan, told = self._plan, self._hearsay
        paths, base = (output.path for output in plan.outputs()), base_path(self._settings)
        problems = check_leads(plan.pages, self._told, paths, base, told.targets, told.others)
        if problems is None:
            return None
        problems += check_owed(plan.pages, self._told)
        return problems + check_rendered(self._request.site, plan, told.personal, self.allowed)

    def _check_closely(self) -> list[Problem]:
        paths = (output.path for output in self._plan.outputs())
        times = Times(self._plan.later, self._plan.anchors)
        severity = self._settings.policies.broken_links
        base = base_path(self._settings)
        self._read_all_facts()
        pages = {page.path: self._told[page.path] for page in self._plan.pages if page.path in self._told}
        problems = check_links(self._plan.pages, pages, paths, base, severity, times)
        problems += check_owed(self._plan.pages, pages)
        personal = {path: facts.personal for path, facts in self._told.items() if facts.personal}
        return problems + check_rendered(self._request.site, self._plan, personal, self.allowed)

    def _read_all_facts(self) -> None:
        """The facts of all pages and documents; one that the cache has lost them of is rendered once more."""
        wanted = [page for page in self._plan.rendered() if page.path not in self._told]
        found = read_facts([self._keys[page.path] for page in wanted], self._cache)
        lost = [page for page in wanted if self._keys[page.path] not in found]
        for page in wanted:
            if self._keys[page.path] in found:
                self._told.take(page.path, found[self._keys[page.path]])
        for result in self._render(lost):
            if not isinstance(result, Failure):
                self._told.take(result.path, result.facts)

    def _digest_checked(self) -> str:
        """The digest of all that the verdicts are made of beside the facts of pages and documents."""
        plan = self._plan
        pages = list(map(_ASKED, plan.pages))
        outputs = sorted(output.path for output in plan.outputs()[len(pages) :])
        owed = [(page.path, page.owes) for page in plan.pages if page.owes]
        rules = [self._settings.policies.broken_links, base_path(self._settings), plan.anchors, self.allowed]
        return digest_value([pages, outputs, sorted(plan.later), rules, owed])

    def _render(
        self, pages: Sequence[Page | Document], prepare: Callable[[Sequence[str]], Stage] | None = None
    ) -> Generator[Rendered | Failure, None, None]:
        if pages:
            have, jobs = self._sink.have, self._request.jobs
            means = Means(self._make_renderer, self._gather, self._maker, self._keys, self._cache, have, jobs, prepare)
            yield from render_all(pages, means)

    def _gather(self, pages: Sequence[Page | Document]) -> list[Page | Document]:
        """The same pages with their views and bodies at hand, where the cache has them: all at once is quicker."""
        wanted = {view_key(page) for page in pages if not page.encoded.ready}
        found = self._cache.get_many(wanted) if wanted else {}
        if wanted and self._survey.shelf:
            self._survey.shelf.load_drafts({path for page in pages if isinstance(page, Page) for path in page.bodies})
        views = [found.get(view_key(page)) for page in pages]
        return [
            replace(page, encoded=Later.of(view)) if view and digest_bytes(view) == page.digest else page
            for page, view in zip(pages, views, strict=True)
        ]

    def _make_renderer(self) -> Renderer:
        from twinsite.render.renderer import Renderer

        theme = self._inputs.theme
        assert theme is not None
        language, base = self._settings.language, base_path(self._settings)
        return Renderer(self._plan.frame, theme, self._find_body, language, base, self._cache, self._inputs.salt)

    def _find_body(self, path: str) -> tuple[Fragment, str]:
        shelf, site = self._survey.shelf, self._survey.linked
        assert site is not None
        draft = shelf.draft(path) if shelf else site.get().by_path[path].draft
        return draft.body, draft.body_digest
