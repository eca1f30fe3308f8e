"""The half of a build before anything is rendered: read, link, plan. ``build``, ``explain`` and ``due`` start here.

What the ledger of the last build knows of the very same values is taken over, the rest worked out; which of the two it
was cannot be told from the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.clock import Clock
from twinsite.core.digest import digest_value
from twinsite.core.later import Later
from twinsite.core.notes import LinkableNote, PlanNote
from twinsite.core.page import Plan, view_key
from twinsite.core.problem import Problem, has_errors, sort_problems
from twinsite.core.request import BuildRequest
from twinsite.core.site import Entry, Site
from twinsite.inputs import Inputs, read_inputs
from twinsite.ledger import (
    Ledger,
    keep_ledger,
    keep_linkables,
    ledger_key,
    read_ledger,
    read_linkables,
    touch_linkables,
)
from twinsite.link.notes import have_same_bones
from twinsite.link.site import link_entries
from twinsite.parallel import count_cores, give_memory_back
from twinsite.plan.library import Library
from twinsite.plan.notes import LARGE, list_views
from twinsite.plan.parts import Early
from twinsite.plan.plan import Planner, Workshop, describe_shape
from twinsite.read.positions import place_problems
from twinsite.records import Digests, Reader, Records, drop_told
from twinsite.render.keys import read_closures
from twinsite.shelf import Shelf
from twinsite.stages import Stopwatch

if TYPE_CHECKING:
    from twinsite.read.scout import Scout


class Desk:
    """What a preview's builds leave for each other of one and the same site: it ``linked``, with what is wrong between
    its records (no lines yet; ``None``: the ledger knows), and the planner's ``workshop`` for one ``shape`` of the
    theme. All of it holds in the window of the ``clock``, that of the last build that used it.
    """

    def __init__(self, key: tuple[str, frozenset[str]], clock: Clock) -> None:
        self.key, self.clock = key, clock
        self.linked: tuple[Site, list[Problem] | None] | None = None
        self.shape = ""
        self.workshop = Workshop()

    def open(self, shape: str) -> Workshop:
        """The workshop for a shape of the theme."""
        if self.shape != shape:
            self.shape, self.workshop = shape, Workshop()
        return self.workshop


def _open_desk(key: tuple[str, frozenset[str]], cache: Cache, clock: Clock) -> Desk:
    """The desk of the last build, if it was of the same site and covers this moment; else an empty one. The digest in
    the ``key`` is empty for a site with errors, which leaves nothing.
    """
    desk = cache.recall(DESK)
    if isinstance(desk, Desk) and key[0] and desk.key == key and clock.now in desk.clock.window():
        clock.narrow(desk.clock.window())
        desk.clock = clock
        return desk
    desk = Desk(key, clock)
    if key[0]:
        cache.remember(DESK, desk)
    return desk


DESK, LEFT = "desk", "left"
"""The names under which a cache in memory keeps the desk, and what the last build left."""

FEW = 20
"""Views that are put into the cache without asking whether it has them."""

Withheld = tuple[str, str, str | None]
"""A withheld record: its file, the reason, and until when (ISO text in its zone), if that is known."""


class Survey(Struct, frozen=True):
    """What was worked out. ``linked`` is ``None`` without a ``site.yaml``, ``plan`` also where settings or theme are
    wrong. The ``shelf`` has all records, where most were not read closely. The ``clock`` knows at which moments all of
    it comes out the same. ``digests`` are those of the records' files, by path.
    """

    inputs: Inputs
    problems: list[Problem]
    linked: Later[Site] | None = None
    plan: Plan | None = None
    withheld: tuple[Withheld, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    shelf: Shelf | None = None
    clock: Clock | None = None
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def site(self) -> Site | None:
        """The linked site."""
        return self.linked.get() if self.linked else None

    def place(self, problems: list[Problem]) -> tuple[Problem, ...]:
        """Problems with their lines and columns, each once, in the order of a report."""
        return tuple(sort_problems(place_problems(problems, self.texts)))


class Left(Struct, frozen=True):
    """What a build of a preview leaves for whoever looks at a single record before the next one: all of one and the
    same site. ``key`` is that of the ledger, ``notes`` what each record brought to the site.
    """

    key: str
    survey: Survey
    ledger: Ledger
    notes: Mapping[str, LinkableNote]
    library: Library


class Hiring(Early, Protocol):
    """Who can be asked to render early before a site is read."""

    def hire(self, inputs: Inputs) -> None:
        """Be there, if that pays for a site of which nothing is known."""

    def wake(self) -> None:
        """Get ready."""


def survey_site(
    request: BuildRequest,
    cache: Cache,
    watch: Stopwatch,
    known: Digests | None = None,
    early: Hiring | None = None,
    scout: Scout | None = None,
) -> Survey:
    """Everything known of a site before anything is rendered, and all problems found so far. ``known`` are digests of
    its files that were read for them a moment ago. ``early`` gets what is planned of a site in which nothing is wrong.
    The ``scout`` has parsed some of its records, perhaps.
    """
    clock = Clock(request.now)
    request = replace(request, now=clock.moment())
    inputs = read_inputs(request, watch, cache)
    request.pause()
    if inputs.settings is None:
        cache.remember(LEFT, None)
        return Survey(inputs, inputs.problems, texts={"site.yaml": inputs.text})
    ledger = _find_ledger(request, inputs, cache, clock) if inputs.sound else None
    if early and not ledger:
        early.hire(inputs)
    records = Reader(request, inputs, cache, watch, known, scout).read(ledger)
    if early:
        early.wake()
    request.pause()
    surveyor = _Surveyor(request, inputs, records, ledger, cache, watch, clock, early)
    survey = replace(surveyor.survey(), clock=clock)
    cache.remember(LEFT, None if cache.lasting else _gather_left(request, survey, surveyor.desk, cache))
    request.pause()
    return survey


def _gather_left(request: BuildRequest, survey: Survey, desk: Desk, cache: Cache) -> Left | None:
    """What a build leaves, if it found no error."""
    ledger, library = read_ledger(request, cache, survey.inputs.salt), desk.workshop.library
    notes = read_linkables(ledger, cache) if ledger else None
    if has_errors(survey.problems) or not survey.plan or not ledger or not notes or not library:
        return None
    if ledger.site != desk.key[0]:
        return None
    return Left(ledger_key(request, survey.inputs.salt), survey, ledger, notes, library)


def _find_ledger(request: BuildRequest, inputs: Inputs, cache: Cache, clock: Clock) -> Ledger | None:
    """The ledger, if it is of these settings and covers this moment; its window then counts for this build."""
    ledger = read_ledger(request, cache, inputs.salt)
    if ledger is None or ledger.inputs != inputs.digest(request) or clock.now not in ledger.window():
        return None
    clock.narrow(ledger.window())
    touch_linkables(ledger, cache)
    return ledger


class _Surveyor:
    """Links and plans the records of one site, as far as the ledger does not know."""

    def __init__(
        self,
        request: BuildRequest,
        inputs: Inputs,
        records: Records,
        ledger: Ledger | None,
        cache: Cache,
        watch: Stopwatch,
        clock: Clock,
        early: Early | None = None,
    ) -> None:
        self.early = early
        self.request, self.inputs, self.records = request, inputs, records
        self.ledger, self.cache, self.watch, self.clock = ledger, cache, watch, clock
        self.around = self._digest_around() if inputs.sound and not records.wrong.paths else ""
        self.digest = self._digest_site() if self.around else ""
        self.same = ledger is not None and self.digest == ledger.site
        self.desk = _open_desk((self.digest, inputs.wrong_tables), cache, clock)
        self._linking = Later(self._link)

    def survey(self) -> Survey:
        """Link and plan."""
        linked = Later(lambda: self._linking.get()[0])
        ledger = self.ledger if self.same else None
        problems = [*self.inputs.problems, *self.records.problems]
        problems += [problem for note in self.records.files.values() for problem in note.problems]
        more = list(ledger.linked) if ledger else self._linking.get()[1]
        withheld = ledger.withheld if ledger else _list_withheld(linked.get())
        problems += more
        self.request.pause()
        if not self.inputs.sound:
            return Survey(self.inputs, problems, linked, None, withheld, self.records.texts)
        plan, problems = self._plan(linked, problems, more, withheld)
        digests = {path: note.digest for path, note in self.records.files.items()}
        shelf, texts = self.records.shelf, self.records.texts
        return Survey(self.inputs, problems, linked, plan, withheld, texts, shelf, digests=digests)

    def _link(self) -> tuple[Site, list[Problem]]:
        """The site, and what is wrong between its records, with lines."""
        with self.watch.time("link"):
            linked = self._take_site()
            if linked is None:
                linked = self._make_site()
                # What the ledger knows of the problems is not looked for again, so the desk cannot have it.
                self.desk.linked = (linked[0], None if self.same else linked[1])
            site, problems = linked
        return site, place_problems(drop_told(problems, self.records.wrong.told), self.records.texts)

    def _take_site(self) -> tuple[Site, list[Problem]] | None:
        """The site from the desk, of this moment and with the records as they are now."""
        if self.desk.linked is None or (self.desk.linked[1] is None and not self.same):
            return None
        site, problems = self.desk.linked
        sources = self.records.sources.get()
        for path, entry in site.by_path.items():
            entry.source.renew(sources[path].get)
        return replace(site, now=self.request.now), problems or []

    def _make_site(self) -> tuple[Site, list[Problem]]:
        inputs, wrong = self.inputs, self.records.wrong
        assert inputs.settings is not None
        linkables = [replace(one, problems=()) if one.problems else one for one in self.records.linkables.get()]
        return link_entries(
            linkables,
            inputs.settings,
            self.request.now,
            wrong=wrong.keys,
            wrong_paths=wrong.paths,
            wrong_drafts=wrong.drafts,
            wrong_tables=inputs.wrong_tables,
            media=self.records.media,
            tables=inputs.tables,
            static=inputs.static,
            files=inputs.files,
            preview=self.request.preview,
            law=inputs.law,
            locks=inputs.locks,
            checked=self.same,
        )

    def _plan(
        self, linked: Later[Site], problems: list[Problem], between: list[Problem], withheld: tuple[Withheld, ...]
    ) -> tuple[Plan, list[Problem]]:
        inputs = self.inputs
        assert inputs.settings is not None and inputs.theme is not None
        with self.watch.time("plan"):
            closures = read_closures(inputs.theme, self.cache, inputs.salt)
            shape = describe_shape(inputs.theme, closures)
            known = self._find_plan(shape)
            if known is None:
                self.records.load_all(self.request.pause)
            texts, changed = inputs.static_texts, self.records.changed
            outlined, paths = self._list_outlined() if known else frozenset(), self.records.files
            shop = self.desk.open(shape)
            planner = Planner(
                linked, inputs.settings, inputs.theme, texts, known, changed, outlined, paths, closures, shop
            )
            early = None if has_errors(problems) else self.early
            jobs, pause = self.request.jobs or count_cores(), self.request.pause
            plan, note, more = planner.plan(inputs.static, self.cache, jobs, early, pause)
            problems = [*problems, *place_problems(more, self.records.texts)]
            if not has_errors(problems) and (known is None or self.records.changed):
                self._keep(between, withheld, shape, note)
            self._keep_views(plan)
            if known is None and not (self.early and self.early.busy):
                self._make_room()
        return plan, problems

    def _make_room(self) -> None:
        """Let go of what a large site holds and can have again."""
        if len(self.records.files) >= LARGE:
            self.records.release()
            give_memory_back()

    def _find_plan(self, shape: str) -> PlanNote | None:
        """The plan of the ledger, if it is of this site, or of one that differs only in what some records say."""
        ledger = self.ledger
        if ledger is None or ledger.shape != shape:
            return None
        return ledger.plan if self.same or self._is_alike(ledger) else None

    def _is_alike(self, ledger: Ledger) -> bool:
        """Whether the site is that of the ledger but for what the changed records say of themselves: their titles,
        their words and those fields that have no part in how the site hangs together.
        """
        if not self.around or ledger.around != self.around:
            return False
        before, now = read_linkables(ledger, self.cache), self.records.notes.get()
        return before is not None and have_same_bones(before, now, self._list_outlined())

    def _list_outlined(self) -> frozenset[str]:
        """The files of which others may see something else than when the ledger was written."""
        before = self.ledger.files if self.ledger else {}
        files = self.records.files
        return frozenset(path for path in self.records.changed if files[path].outline != before[path].outline)

    def _keep_views(self, plan: Plan) -> None:
        """Keep the views that were worked out now, so that a new template finds them at hand."""
        fresh = [one for one in plan.rendered() if one.encoded.ready]
        before = list_views(self.ledger.plan) if self.ledger and len(fresh) > FEW else frozenset()
        for one in fresh:
            if one.digest not in before:
                self.cache.put(view_key(one), one.encoded.get())
        self.cache.touch(view_key(one) for one in plan.rendered())

    def _keep(self, between: list[Problem], withheld: tuple[Withheld, ...], shape: str, note: PlanNote) -> None:
        """Write the ledger anew."""
        window = self.clock.window()
        if self.ledger and self.same:
            key = self.ledger.linkables
        else:
            key = keep_linkables(self.digest, window, self.records.notes.get(), self.cache)
        ledger = Ledger(
            inputs=self.inputs.digest(self.request),
            start=window.start,
            end=window.end,
            files=self.records.files,
            linkables=key,
            media=tuple(sorted(self.records.media)),
            site=self.digest,
            around=self.around,
            linked=tuple(between),
            withheld=withheld,
            shape=shape,
            plan=note,
        )
        keep_ledger(self.request, self.cache, self.inputs.salt, ledger)

    def _digest_site(self) -> str:
        """The digest of all that the site between its records is made of, but for the moment."""
        return digest_value([self.around, [note.outline for note in self.records.files.values()]])

    def _digest_around(self) -> str:
        """The same without what each record says."""
        inputs, records = self.inputs, self.records
        return digest_value(
            [
                inputs.digest(self.request),
                [records.media[path] for path in sorted(records.media)],
                sorted((name, table.digest, table.path) for name, table in inputs.tables.items()),
                sorted(inputs.static.items()),
                sorted(inputs.files),
                list(records.files),
            ]
        )


def _list_withheld(site: Site) -> tuple[Withheld, ...]:
    return tuple((entry.path, entry.held.reason, _write_until(entry)) for entry in site.withheld if entry.held)


def _write_until(entry: Entry) -> str | None:
    until = entry.held.until if entry.held else None
    return until.astimezone(ZoneInfo(entry.zone)).isoformat() if until else None
