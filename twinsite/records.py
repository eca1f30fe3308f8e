"""The records of a site, read, checked by themselves and ready to be linked: those that the ledger does not know.

With a ledger only new and changed files are read closely; of the others their bytes are compared. As soon as a file
has an error, all are read, so that everything that is wrong is told in one run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.draft import Draft
from twinsite.core.later import Later, LaterTexts
from twinsite.core.notes import FileNote, LinkableNote
from twinsite.core.problem import FieldPath, Problem, has_errors
from twinsite.core.record import Named, Record, files_among, names_in
from twinsite.core.request import BuildRequest
from twinsite.core.site import Key
from twinsite.core.source import Media, list_meanings
from twinsite.core.witness import Witness
from twinsite.inputs import Inputs
from twinsite.ledger import Ledger, read_linkables
from twinsite.link.checks import MANY, Found, Rulebook, check_all, check_linkable, may_tell
from twinsite.link.entries import Linkable, make_linkable
from twinsite.link.notes import note_linkable, restore_linkable
from twinsite.parallel import count_cores
from twinsite.plan.notes import LARGE
from twinsite.read.drafts import read_drafts
from twinsite.read.looks import note_digests, read_digests_again
from twinsite.read.named import NamedFiles, find_wanted, list_named, read_media, read_named_files
from twinsite.read.positions import place_problems
from twinsite.read.tree import RecordFile
from twinsite.shelf import Shelf, Source
from twinsite.stages import Stopwatch
from twinsite.validate.records import Records as Validated

if TYPE_CHECKING:
    from twinsite.read.scout import Scout

Digests = Mapping[str, str]
"""The digests of files by their paths in the site."""


class Wrong(Struct, frozen=True):
    """Files with errors: the names and paths of their records, and the drafts of those that could be read. ``told`` are
    the fields that have a problem already.
    """

    keys: frozenset[Key] = frozenset()
    paths: frozenset[str] = frozenset()
    drafts: tuple[Draft, ...] = ()
    told: frozenset[tuple[str, FieldPath | None]] = frozenset()


class Records(Struct, frozen=True):
    """All records by themselves. ``files`` are noted by path; ``changed`` are those whose bytes are not as the ledger
    says. ``linkables`` are worked out only when the site must be linked, ``notes`` when they must be kept. The
    ``shelf`` has the files that were not read closely; ``sources`` lead to every record by its path.
    """

    files: dict[str, FileNote]
    linkables: Later[list[Linkable]]
    notes: Later[dict[str, LinkableNote]]
    media: Mapping[str, Media]
    texts: Mapping[str, str]
    problems: list[Problem]
    changed: frozenset[str] = frozenset()
    wrong: Wrong = field(default_factory=Wrong)
    shelf: Shelf | None = None
    sources: Later[Mapping[str, Later[Source]]] = Later.of({})

    def load_all(self, pause: Callable[[], None]) -> None:
        """Have all records at hand, for whoever is going to ask for most of them."""
        if self.shelf:
            self.shelf.load_all(self.files.keys() - self.changed, pause)

    def release(self) -> None:
        """Let go of what can be had again: nobody is going to ask for most records."""
        if self.shelf:
            self.shelf.release(self.sources.get())


class _Brought(Struct, frozen=True):
    """A record and what it brings to the site; neither that nor its ``note`` has problems yet. ``files`` are the fields
    that name files; ``wrong`` is what is wrong with it by itself, if it was checked at once.
    """

    draft: Draft
    linkable: Linkable
    note: FileNote
    files: tuple[tuple[FieldPath, str], ...]
    wrong: Found = ()


class _Read(Struct, frozen=True):
    """Some files read closely."""

    records: list[_Brought]
    problems: list[Problem]
    wrong: Wrong

    @property
    def sound(self) -> bool:
        return not self.wrong.paths and not has_errors(self.problems)


class Reader:
    """Reads the records of one site. ``known`` are digests of files that were read for them a moment ago; the ``scout``
    may have parsed some.
    """

    def __init__(
        self,
        request: BuildRequest,
        inputs: Inputs,
        cache: Cache,
        watch: Stopwatch,
        known: Digests | None = None,
        scout: Scout | None = None,
    ) -> None:
        assert inputs.settings is not None
        self._scout = scout
        self._request, self._inputs, self._cache, self._watch = request, inputs, cache, watch
        self._settings = inputs.settings
        self._known = known or {}
        self._files = {file.path: file for file in inputs.tree.records}
        self._witness = Witness()
        self._jobs = request.jobs or count_cores()
        self._book = Later(self._make_rulebook)

    def read(self, ledger: Ledger | None) -> Records:
        """All records, with what the ledger knows of them as long as no file has an error."""
        if ledger and self._scout:
            self._scout.close()  # this is no first build, though it looked like one: its cache lies elsewhere
        return (ledger and self._update(ledger)) or self._read_all()

    def read_alone(self, paths: Iterable[str], media: Collection[str]) -> list[tuple[Linkable, FileNote]] | None:
        """What the records of a few files bring to the site by themselves, checked; ``None`` where one has an error, or
        names a file that is none of these ``media``.
        """
        read = self._read_closely([self._files[path] for path in paths])
        if not read.sound or any(has_errors(list(one.wrong)) for one in read.records):
            return None
        if not all(self._names_only(one, media) for one in read.records):
            return None
        return [(one.linkable, one.note) for one in read.records]

    def _names_only(self, one: _Brought, media: Collection[str]) -> bool:
        """Whether a record names no other files than these."""
        folder, known = one.draft.folder, self._inputs.files
        found = dict(find_wanted([(one.draft.path, folder, one.note.named)], known))[one.draft.path]
        there = all(not known.isdisjoint(list_meanings(folder, name)) for _, name in one.files)
        return there and all(path in media for path in found)

    def _read_all(self) -> Records:
        read = self._read_closely(self._inputs.tree.records)
        logo = self._logo()
        with self._watch.time("read"):
            named = chain(_list_named(read), list_named(read.wrong.drafts))
            media, problems = read_named_files(
                self._request.site, named, self._inputs.files, self._cache, self._inputs.salt, logo
            )
        problems = [*read.problems, *drop_told(problems, read.wrong.told)]
        linkables = self._check_each(read)
        texts = self._texts({}, read)
        files = self._note_files(read.records, linkables, problems, texts)
        known = files.keys()
        digests = {path: note.digest for path, note in files.items()}
        note_digests(self._request.site, digests, self._cache)
        rest = [problem for problem in problems if problem.path not in known]
        roomy = len(files) < LARGE or not (read.sound and self._cache.lasting)
        return Records(
            files=files,
            linkables=Later.of(linkables),
            notes=Later(lambda: {linkable.entry.path: note_linkable(linkable) for linkable in linkables}),
            media=media,
            texts=texts,
            problems=rest,
            changed=frozenset(self._files),
            wrong=read.wrong,
            shelf=None if roomy else self._make_shelf(digests, read=True),
            sources=Later(lambda: _list_sources(linkables)),
        )

    def _update(self, ledger: Ledger) -> Records | None:
        """The records with only the changed files read closely; ``None`` where that does not do."""
        with self._watch.time("read"):
            digests = self._read_digests()
        changed = [file for path, file in self._files.items() if not _is_known(ledger, path, digests.get(path))]
        if len(changed) * 2 > len(self._files):
            return None
        read = self._read_closely(changed)
        if not read.sound:
            return None
        with self._watch.time("read"):
            fresh, problems = read_named_files(
                self._request.site, _list_named(read), self._inputs.files, self._cache, self._inputs.salt, self._logo()
            )
            kept = {path: note for path, note in ledger.files.items() if digests.get(path) == note.digest}
            if problems or not self._inputs.files.issuperset(ledger.media):
                return None
            wanted = self._find_wanted(kept) - fresh.keys()
            media, problems = read_media(self._request.site, wanted, self._cache, self._inputs.salt)
        linkables = self._check_each(read)
        shelf = self._make_shelf(digests)
        sources = {path: shelf.later(path) for path in kept}
        texts = self._texts(sources, read)
        notes = self._note_files(read.records, linkables, read.problems, texts)
        if has_errors([problem for note in notes.values() for problem in note.problems]):
            return None
        anew = {linkable.entry.path: linkable for linkable in linkables}
        old = Later(lambda: read_linkables(ledger, self._cache))
        return Records(
            files={path: notes.get(path) or kept[path] for path in self._files},
            linkables=Later(lambda: self._join(anew, old, sources)),
            notes=Later(lambda: self._join_notes(anew, old, sources)),
            media={**media, **fresh},
            texts=texts,
            problems=problems,
            changed=frozenset(file.path for file in changed),
            shelf=shelf,
            sources=Later(lambda: {**sources, **_list_sources(linkables)}),
        )

    def _make_shelf(self, digests: Digests, read: bool = False) -> Shelf:
        salt, files = self._inputs.salt, self._inputs.tree.records
        return Shelf(self._request.site, self._settings, self._cache, salt, files, digests, read)

    def _find_wanted(self, kept: Mapping[str, FileNote]) -> set[str]:
        """The files that these records may name. A cache in memory knows those of the very notes it has seen."""
        files = self._inputs.files
        before, found_before = self._cache.recall("wanted") or (files, {})
        known: Mapping[str, tuple[FileNote, tuple[str, ...]]] = found_before if before == files else {}
        same = {path: known[path] for path, note in kept.items() if path in known and known[path][0] is note}
        others = ((path, self._files[path].folder, note.named) for path, note in kept.items() if path not in same)
        found = same | {path: (kept[path], names) for path, names in find_wanted(others, files)}
        self._cache.remember("wanted", (files, found))
        return {name for _, names in found.values() for name in names}

    def _read_digests(self) -> dict[str, str]:
        """The digest of each file that can be read, as known from the start of this build or read now."""
        found = {path: self._known[path] for path in self._files if path in self._known}
        return found | read_digests_again(
            self._request.site,
            [path for path in self._files if path not in found],
            self._cache,
            self._request.touched,
            self._request.pause,
        )

    def _join(
        self,
        anew: Mapping[str, Linkable],
        old: Later[dict[str, LinkableNote] | None],
        sources: Mapping[str, Later[Source]],
    ) -> list[Linkable]:
        """What all records bring, in the order of their files."""
        known = old.get()
        if known is None or not sources.keys() <= known.keys():
            return [anew.get(path) or self._link_one(*sources[path].get()) for path in self._files]
        return [anew.get(path) or restore_linkable(known[path], sources[path], self._witness) for path in self._files]

    def _join_notes(
        self,
        anew: Mapping[str, Linkable],
        old: Later[dict[str, LinkableNote] | None],
        sources: Mapping[str, Later[Source]],
    ) -> dict[str, LinkableNote]:
        """The same as notes. The cache may have lost the old ones."""
        known = old.get() or {}
        if not sources.keys() <= known.keys():
            return {one.entry.path: note_linkable(one) for one in self._join(anew, old, sources)}
        return {path: note_linkable(anew[path]) if path in anew else known[path] for path in self._files}

    def _read_closely(self, files: Sequence[RecordFile]) -> _Read:
        """Some files parsed, validated and made ready to be checked: each part while workers parse the next."""
        settings, request = self._settings, self._request
        markdown, salt = settings.markdown_settings(), self._inputs.salt
        ahead = self._scout.take(markdown, salt) if self._scout else ()
        parts = read_drafts(request.site, files, markdown, self._cache, salt, self._jobs, may_tell, ahead)
        problems: list[Problem] = []
        unread: list[str] = []
        found = Validated()
        brought: list[_Brought] = []
        while True:
            with self._watch.time("read"):
                part = next(parts, None)
            if part is None:
                break
            self._request.pause()
            problems += part.problems
            unread += part.unread
            with self._watch.time("validate"):
                valid = found.add(part.drafts, settings.timezone)
            with self._watch.time("link"):
                brought += self._bring(valid)
        return _Read(brought, [*problems, *found.problems], _gather_wrong(files, found, frozenset(unread)))

    def _check_each(self, read: _Read) -> list[Linkable]:
        """What each record brings to the site by itself, checked."""
        found = [one.linkable for one in read.records]
        with self._watch.time("link"):
            problems = [one.wrong for one in read.records]
            if self._jobs >= MANY:
                problems = check_all(found, self._book.get(), self._jobs)
        told = read.wrong.told
        return [
            replace(one, problems=tuple(drop_told(wrong, told))) if wrong else one
            for one, wrong in zip(found, problems, strict=True)
        ]

    def _bring(self, valid: Sequence[tuple[Draft, Record]]) -> Iterator[_Brought]:
        """What records bring, each step for all of them before the next (see ``render.renderer.Renderer.finish``)."""
        named = [names_in(record) for _, record in valid]
        linkables = [self._link_one(draft, record, names) for (draft, record), names in zip(valid, named, strict=True)]
        checked = [check_linkable(one, self._book.get()) if self._jobs < MANY else () for one in linkables]
        for (draft, _), names, linkable, wrong in zip(valid, named, linkables, checked, strict=True):
            files = files_among(names)
            yield _Brought(draft, linkable, _note_file(draft, files), files, wrong)

    def _link_one(self, draft: Draft, record: Record, named: Named | None = None) -> Linkable:
        request, settings, locks = self._request, self._settings, self._inputs.locks
        return make_linkable(draft, record, settings, request.now, request.drafts, self._witness, locks, named)

    def _make_rulebook(self) -> Rulebook:
        policies = self._settings.policies.model_dump()
        return Rulebook(policies, self._inputs.law, self._request.now, self._inputs.locks)

    def _note_files(
        self,
        records: Sequence[_Brought],
        linkables: Sequence[Linkable],
        problems: Iterable[Problem],
        texts: Mapping[str, str],
    ) -> dict[str, FileNote]:
        """The note of each file of these records."""
        by_path: dict[str, list[Problem]] = defaultdict(list)
        for problem in (*problems, *(found for linkable in linkables for found in linkable.problems)):
            by_path[problem.path].append(problem)
        notes = {one.draft.path: one.note for one in records}
        for path in by_path.keys() & notes.keys():
            notes[path] = replace(notes[path], problems=tuple(place_problems(by_path[path], texts)))
        return notes

    def _texts(self, sources: Mapping[str, Later[Source]], read: _Read) -> LaterTexts:
        """The front matter of all records as written, to find the places of problems in."""
        drafts = [*(one.draft for one in read.records), *read.wrong.drafts]
        texts = {path: _later_front(source) for path, source in sources.items()}
        texts.update({draft.path: draft.written for draft in drafts})
        return LaterTexts({"site.yaml": Later.of(self._inputs.text), **texts})

    def _logo(self) -> list[str]:
        brand = self._settings.brand
        return [brand.logo] if brand and brand.logo else []


def _is_known(ledger: Ledger, path: str, digest: str | None) -> bool:
    note = ledger.files.get(path)
    return note is not None and note.digest == digest


def _list_sources(linkables: Iterable[Linkable]) -> dict[str, Later[Source]]:
    return {linkable.entry.path: linkable.entry.source for linkable in linkables}


def _later_front(source: Later[Source]) -> Later[str]:
    return Later(lambda: source.get()[0].front)


def _gather_wrong(files: Iterable[RecordFile], found: Validated, unread: frozenset[str]) -> Wrong:
    keys = frozenset((draft.kind, draft.slug) for draft in found.wrong)
    keys |= frozenset((file.kind, file.slug) for file in files if file.path in unread)
    paths = frozenset(draft.path for draft in found.wrong) | unread
    told = frozenset((problem.path, problem.field) for problem in found.problems)
    return Wrong(keys, paths, tuple(found.wrong), told)


def _list_named(read: _Read) -> Iterator[tuple[Draft, NamedFiles]]:
    return ((one.draft, one.files) for one in read.records)


def _note_file(draft: Draft, files: Iterable[tuple[FieldPath, str]]) -> FileNote:
    return FileNote(draft.digest, draft.outline, (*draft.names, *[name for _, name in files]))


def drop_told(problems: Iterable[Problem], told: frozenset[tuple[str, FieldPath | None]]) -> list[Problem]:
    """The problems without those of fields that have one already: a wrong name of a file leads to no file, either."""
    return [problem for problem in problems if not problem.field or (problem.path, problem.field) not in told]
