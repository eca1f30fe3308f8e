"""Random edits: after each one the output is what a clean build gives, byte for byte, or exactly what it was before.

A small site lives through random sequences of what editors, designers and accidents do to it. After each step the next
build must say what a clean build into an empty folder says, and leave the same files; a wrong site leaves the output
untouched. Now and then two processes build it, and it must not show. And no page is rendered that the edit does not
explain: one that is rendered again names a part that changed, and where no template and nothing shared did, the page
comes out differently; what is built twice renders nothing the second time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

import twinsite.early
import twinsite.render.pages
from tests.support.bare import BARE
from tests.support.edits import (
    FIELDS,
    FIRST_PIECES,
    FOLDERS,
    NEW,
    OTHER_FILES,
    OWN_FIELDS,
    PIECES,
    SETTINGS,
    THEME_EDITS,
    make_picture,
)
from tests.support.site import Site
from twinsite.cache.store import Store
from twinsite.render.reasons import read_reason

MOST = 12
SLUGS = tuple("abcdefgh")
NOWS = tuple(datetime(2026, month, 1, 12, tzinfo=UTC) for month in (1, 4, 5, 6, 9))
NUMBER = st.integers(0, 2**20)
TEXTS = tuple(piece for piece in PIECES if piece[0] in "P|")
"""Pieces of a body that nobody but its own page shows, unless the first is taken as the summary."""
Item = TypeVar("Item")


def pick(items: Sequence[Item], number: int) -> Item:
    """An item by a number of any size; near numbers pick items far apart."""
    return items[number * 2654435761 % 2**32 * len(items) >> 32]


SHOWING = frozenset(
    {"page.html", "list.html", "plain.html", "404.html", "home/page.html", "taxonomy/index.html", "taxonomy/term.html"}
    | {f"{kind}/{name}.html" for kind in FOLDERS for name in ("page", "list")}
    | {"archive/year.html", "archive/month.html", "machine/feed.xml", "machine/sitemap.xml"}
)
"""Templates of the bare theme that show the whole view."""


class Record:
    """A record that the machine edits: its fields as YAML text, its body as pieces, and how its file is named."""

    def __init__(self, kind: str, slug: str) -> None:
        self.kind = kind
        self.slug = slug
        self.bundle = False
        self.fields: dict[str, str] = dict(NEW[kind])
        self.body: tuple[str, ...] = ("Plain words.",)

    @property
    def path(self) -> str:
        """The file, site-relative."""
        end = "/index.md" if self.bundle else ".md"
        return f"content/{FOLDERS[self.kind]}/{self.slug}{end}"

    def text(self) -> str:
        """The file's text."""
        front = "".join(f"{name}: {value}\n" for name, value in self.fields.items())
        return f"---\n{front}---\n\n" + "\n\n".join(self.body) + "\n"


class EditedSite(RuleBasedStateMachine):
    """A site under edit. The source is rewritten from ``files`` before each build."""

    steps = 0
    wrong = 0
    often = 50
    """Every so many steps the site is built by two processes as well."""

    @initialize()
    def begin(self) -> None:
        """A small right site."""
        memory = Path("/dev/shm")  # Thousands of small files, gone in a minute: where there is one, no disk is asked.
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.site = Site(self.folder / "site", self.folder / "public")
        self.settings: dict[str, str] = {
            "title": "Brightleaf",
            "base_url": "https://example.org/",
            "timezone": "Europe/London",
            "theme": "mine",
            "images": "{widths: [16]}",
        }
        self.records = [Record(kind, slug) for kind in FOLDERS for slug in ("a", "b")][: MOST - 3]
        for number, record in enumerate(self.records):
            record.fields["tags"] = "[tea]" if number % 3 else "[tea, spring]"
            record.body = (FIRST_PIECES[number % 4], FIRST_PIECES[4 + number % 4])
        self.others: dict[str, str | bytes] = {**BARE, "content/data/points.csv": "name,points\nA,1\n"}
        self.others |= {f"content/{folder}/cup.jpg": make_picture(1) for folder in FOLDERS.values()}
        self.now = NOWS[3]
        self.drafts = False
        self.written: dict[str, bytes] = {}
        self.good: tuple[Any, ...] = ()
        self.bad = 0
        self.lost = False
        self.only = ""
        self.check()

    def teardown(self) -> None:
        """Away with it."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @rule(kind=st.sampled_from(sorted(FOLDERS)), slug=st.sampled_from(SLUGS))
    @precondition(lambda self: len(self.records) < MOST)
    def add(self, kind: str, slug: str) -> None:
        """A new record."""
        same = [record for record in self.records if (record.kind, record.slug) == (kind, slug)]
        if not same:
            self.records.append(Record(kind, slug))
        self.check()

    @rule(number=NUMBER)
    @precondition(lambda self: len(self.records) > 3)
    def remove(self, number: int) -> None:
        """A record goes."""
        self.records.remove(pick(self.records, number))
        self.check()

    @rule(number=NUMBER, bundle=st.booleans())
    def rename(self, number: int, bundle: bool) -> None:
        """A record's file gets another name, or becomes a folder with an ``index.md``."""
        record = pick(self.records, number)
        used = [other.slug for other in self.records if other.kind == record.kind]
        record.slug = pick([slug for slug in SLUGS if slug not in used or number % 16 == 0], number)
        record.bundle = bundle and "cup.jpg" not in record.text()
        self.check()

    @rule(number=NUMBER)
    def edit_field(self, number: int) -> None:
        """A field of all kinds is set or emptied."""
        self.change(pick(self.records, number).fields, FIELDS, number)

    @rule(number=NUMBER)
    def edit_own_field(self, number: int) -> None:
        """A field of the record's kind."""
        record = pick(self.records, number)
        self.change(record.fields, OWN_FIELDS[record.kind], number)

    @rule(number=NUMBER, more=st.booleans())
    def edit_body(self, number: int, more: bool) -> None:
        """A record's text is written anew or becomes longer."""
        record = pick(self.records, number)
        piece = pick([piece for piece in PIECES if piece not in record.body], number)
        before = record.body
        record.body = (*record.body[:3], piece) if more else (piece,)
        private = set(before) ^ set(record.body) <= set(TEXTS)
        summed = "summary" in record.fields or (more and before[0] == "Plain words.")
        self.only = record.path if private and summed else ""
        self.check()

    @rule(number=NUMBER)
    def edit_settings(self, number: int) -> None:
        """A key of ``site.yaml``."""
        self.change(self.settings, SETTINGS, number)

    @rule(number=NUMBER)
    def edit_theme(self, number: int) -> None:
        """A template, a component, a string, a style sheet, a theme's own settings."""
        self.change(self.others, THEME_EDITS, number)

    @rule(number=NUMBER)
    def edit_other_file(self, number: int) -> None:
        """A data table, a section's text, a plain file, a picture."""
        self.change(self.others, OTHER_FILES, number)

    @rule(now=st.sampled_from(NOWS), drafts=st.booleans())
    def ask_otherwise(self, now: datetime, drafts: bool) -> None:
        """The next builds are for another moment, and show drafts or no longer."""
        self.now, self.drafts = now, drafts
        self.check()

    @rule(choice=NUMBER, how=st.sampled_from(("change", "delete", "forget", "damage")))
    def tamper(self, choice: int, how: str) -> None:
        """Someone edits or deletes a file of the output, deletes the cache, or a bit of it flips."""
        path = self.site.output / pick(sorted(path for path in self.written if not path.startswith(".")), choice)
        cache = self.site.folder / ".twinsite"
        if how == "change":
            path.write_bytes(path.read_bytes() + b" ")
        elif how == "delete":
            path.unlink()
        elif how == "forget":
            shutil.rmtree(cache, ignore_errors=True)
        else:
            for file in cache.glob("*.sqlite*"):
                data = bytearray(file.read_bytes())
                data[choice * 7919 % len(data)] ^= 1 << choice % 8
                file.write_bytes(data)
        self.lost = self.lost or how in ("forget", "damage")
        self.check()
        if how == "damage":  # It may show much later, and nobody could say of any page why it was rendered.
            shutil.rmtree(cache, ignore_errors=True)
            self.lost = True

    def change(self, values: dict[str, Any], changes: Iterable[tuple[str, Any]], number: int) -> None:
        """One of those changes that change anything; ``None`` takes a value away."""
        useful = [change for change in changes if values.get(change[0]) != change[1]]
        if useful:
            name, value = pick(useful, number)
            values[name] = value
            if value is None:
                del values[name]
        self.check()

    def files(self) -> dict[str, str | bytes]:
        """The whole source by path."""
        texts = {record.path: record.text() for record in self.records}
        settings = "".join(f"{name}: {value}\n" for name, value in self.settings.items())
        return {**self.others, **texts, "site.yaml": settings}

    def put_files(self) -> None:
        """Make the source folder hold exactly ``files``; files that are right already are left alone."""
        files = {path: text if isinstance(text, bytes) else text.encode() for path, text in self.files().items()}
        for path in self.site.folder.rglob("*"):
            name = path.relative_to(self.site.folder).as_posix()
            if path.is_file() and not name.startswith(".twinsite") and name not in files:
                path.unlink()
        for name, data in files.items():
            path = self.site.folder / name
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def check(self) -> None:
        """The one question: is what an incremental build leaves what a clean one makes?"""
        type(self).steps += 1
        self.put_files()
        before = self.site.files() if self.site.output.exists() else {}
        result = self.build(self.site)
        clean = Site(self.site.folder, self.folder / "clean")
        expected = self.build(clean, use_cache=False)
        assert result.problems == expected.problems
        assert (result.ok, result.pages, result.withheld) == (expected.ok, expected.pages, expected.withheld)
        if result.ok:
            old, self.written = self.written, self.site.files()
            assert self.written == clean.files()
            assert result.rendered + result.reused == expected.rendered == result.pages
            self.check_rendered(result, old)
            if type(self).steps % self.often == 0:
                self.check_parallel()
            shutil.rmtree(clean.output)
        else:
            assert (self.site.files() if self.site.output.exists() else {}) == before
            assert not clean.output.exists() or not clean.files()
            assert (result.rendered, result.written, result.deleted) == (0, 0, 0)
            self.only = ""
        self.remember(result.ok)

    def check_rendered(self, result: Any, old: dict[str, bytes]) -> None:
        """What was rendered is what the edit explains. ``old`` is the site before it."""
        again = [timing for timing in result.timings if timing.path in old]
        assert result.rendered == sum(timing.path.endswith(".html") for timing in result.timings)
        if not self.lost:
            for timing in again:
                self.check_reason(timing.path, timing.template, old)
            if self.only and not self.bad:
                assert {timing.path for timing in result.timings} <= self.pages_of(result, self.only)
            if type(self).steps % 3 == 0:
                second = self.build(self.site)
                assert (second.rendered, second.written, second.deleted, second.timings) == (0, 0, 0, ())
        self.lost, self.only = False, ""

    def check_reason(self, path: str, template: str, old: dict[str, bytes]) -> None:
        """A page that was rendered again names what had changed, and shows it if it was in its view alone."""
        cache = Store.open(self.site.folder / ".twinsite")
        reason = read_reason(path, cache)
        cache.close()
        assert reason, path
        if not reason.changed:
            # Its parts are those of the last time it was rendered, but it had become another page in between, from the
            # cache, and the cache no longer had the older one.
            assert old.get(path) != self.written[path], path
        if template in SHOWING and reason.changed and all(part.startswith("its ") for part in reason.changed):
            assert old[path] != self.written[path], (path, reason.changed)

    def pages_of(self, result: Any, path: str) -> set[str]:
        """The pages of one record."""
        return {page.path for page in result.plan.pages if page.source == path}

    def build(self, site: Site, **options: Any) -> Any:
        """A build as the machine's state asks for it."""
        return site.build(self.now, **{"drafts": self.drafts, "jobs": 1, **options})

    def check_parallel(self) -> None:
        """Two workers make what one process makes: when all is planned, and early."""
        copy = self.folder / "copy"
        shutil.copytree(self.site.folder, copy, symlinks=True, ignore=shutil.ignore_patterns(".twinsite"))
        other = Site(copy, self.folder / "parallel")
        for few, use_cache in ((twinsite.render.pages, False), (twinsite.early, True)):
            fewest, few.FEWEST = few.FEWEST, 2  # type: ignore[attr-defined]
            try:
                assert self.build(other, use_cache=use_cache, jobs=2).ok
            finally:
                few.FEWEST = fewest  # type: ignore[attr-defined]
            assert other.files() == self.written
            shutil.rmtree(other.output)
        shutil.rmtree(copy)

    def remember(self, ok: bool) -> None:
        """Keep a right state; after two wrong builds go back to it, as an editor would."""
        if ok:
            records = [
                (record.kind, record.slug, record.bundle, dict(record.fields), record.body) for record in self.records
            ]
            self.good, self.bad = (records, dict(self.settings), dict(self.others)), 0
            return
        type(self).wrong += 1
        self.bad += 1
        if self.bad > 1:
            records, self.settings, self.others = self.good[0], dict(self.good[1]), dict(self.good[2])
            self.records = []
            for kind, slug, bundle, fields, body in records:
                record = Record(kind, slug)
                record.bundle, record.fields, record.body = bundle, dict(fields), body
                self.records.append(record)
            self.bad = 0


def run_edits(runs: int, steps: int, number: int = 0, often: int = 50) -> type[EditedSite]:
    """``runs`` sites with ``steps`` edits each; other edits for each ``number``, the same ones every time."""
    machine = seed(number)(type("Edits", (EditedSite,), {"steps": 0, "wrong": 0, "often": often}))
    options: Any = {"max_examples": runs, "stateful_step_count": steps}
    run_state_machine_as_test(machine, settings=settings(database=None, deadline=None, **options))
    return machine


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 5))
def test_a_thousand_edits(number: int) -> None:
    """In four parts, for as many processes."""
    machine = run_edits(6, 50, number)
    assert machine.steps >= 250
    assert 0.05 < machine.wrong / machine.steps < 0.5, "the edits were too harmless or too harmful to show much"


@pytest.mark.usefixtures("forking")
def test_edits_that_forked_workers_build() -> None:
    """A process with several threads is not forked: beside other tests, the two processes are started anew."""
    machine = run_edits(2, 50, often=5)
    assert machine.steps >= 40


@pytest.mark.long
def test_ten_thousand_edits() -> None:
    machine = run_edits(100, 100)
    assert machine.steps >= 9000
