"""Whatever happens to the cache between builds, the site is what a clean build makes, and nobody is bothered with it.

One site lives through several versions. Before each build its cache may have been damaged, cut, exchanged for one of
another site, put together from parts of older ones, or spoilt by values that are whole but make no sense.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twinsite.inputs
from tests.support.bare import BARE
from tests.support.edits import make_picture
from tests.support.site import NOW, SETTINGS, Site, write_site
from twinsite.build import BuildRequest
from twinsite.cache.memory import MemoryStore
from twinsite.cache.store import FILE, Store
from twinsite.journal import _key as journal_key
from twinsite.ledger import Ledger, ledger_key, read_ledger
from twinsite.write.account import _key as account_key

Rows = dict[str, bytes]
Files = Mapping[str, str | bytes]
THEMED = SETTINGS + "theme: mine\n"
GARBAGE = (b"", b"\x00", b"[]", b"{}", b"\x80", b"\x90", b"\xc0", b"\x91\x93", b"\xff" * 99)
OVERRIDE = '{% extends "parent:page.html" %}{% block footer %}Ours{% endblock %}'


def write_record(title: str, body: str = "Words.", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


def make_first() -> dict[str, str | bytes]:
    """The first version: records that show, name and link to each other, a picture, a table, tags."""
    files: dict[str, str | bytes] = {**BARE, "site.yaml": THEMED}
    for number in range(6):
        more = f"date: 2026-0{number + 1}-11\ntags: [tea{', spring' if number % 2 else ''}]\n"
        link = f"See [the next](news-{(number + 1) % 6}.md#there) and ![a cup](cup.jpg)\n\n## There"
        files[f"content/announcements/news-{number}.md"] = write_record(f"News {number}", link, more)
    files["content/announcements/cup.jpg"] = make_picture(1)
    files["content/pages/about.md"] = write_record("About", "{% rows points %}", "data: [points]\n")
    files["content/data/points.csv"] = "name,points\nA,1\n"
    return files


def make_versions() -> list[dict[str, str | bytes]]:
    """Each differs from the first in one thing that an editor does."""
    first = make_first()
    news = "content/announcements/news-2.md"
    text = str(first[news])
    gone = {path: content for path, content in first.items() if path != "content/pages/about.md"}
    return [
        first,
        {**first, news: text + "\nMore words.\n"},
        {**first, news: text.replace("News 2", "Other news")},
        {**first, news: text.replace("## There", "## Here\n\n## There")},
        {**gone, "content/pages/else.md": write_record("Elsewhere")},
        {**first, "content/data/points.csv": "name,points\nB,2\n"},
        {**first, "content/announcements/cup.jpg": make_picture(2)},
        {**first, "themes/mine/templates/page.html": OVERRIDE},
        {**first, "site.yaml": THEMED.replace("Brightleaf", "Greenleaf")},
    ]


def make_stranger() -> dict[str, str | bytes]:
    """Another site with the same settings and theme, and files of the same names."""
    files = make_first()
    for path, content in files.items():
        if path.startswith("content/") and path.endswith(".md"):
            files[path] = str(content).replace("News", "Olds").replace("Words.", "Sentences.")
    files["content/pages/only-there.md"] = write_record("Only there")
    return files


@dataclass
class World:
    """The site with all its versions, what a clean build makes of each, and the caches that such builds leave."""

    site: Site
    versions: list[dict[str, str | bytes]]
    clean: list[dict[str, bytes]]
    caches: list[Rows]

    @property
    def cache(self) -> Path:
        """The folder of the site's cache."""
        return self.site.folder / ".twinsite"

    def put(self, version: int) -> None:
        """Let the source be of a version; what is right already is left alone."""
        files = self.versions[version]
        for path in self.site.folder.rglob("*"):
            name = path.relative_to(self.site.folder).as_posix()
            if path.is_file() and not name.startswith(".twinsite") and name not in files:
                path.unlink()
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            path = self.site.folder / name
            if not path.is_file() or path.read_bytes() != data:
                self.site.write(name, data)

    def check(self, version: int) -> None:
        """A build of a version must leave what a clean one does, and say nothing."""
        self.put(version)
        result = self.site.build(jobs=1)
        assert result.ok
        assert result.problems == ()
        assert self.site.files() == self.clean[version]


def read_rows(cache: Path) -> Rows:
    """All that a cache holds."""
    database = sqlite3.connect(cache / FILE)
    rows = dict(database.execute("select key, value from entries").fetchall())
    database.close()
    return rows


def write_rows(cache: Path, rows: Rows) -> None:
    """A cache that holds just this, each value with its right sum."""
    shutil.rmtree(cache, ignore_errors=True)
    store = Store.open(cache)
    for key, value in rows.items():
        store.put(key, value)
    store.close()


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The versions, each built clean into the one output folder, so that the caches know that folder."""
    folder = Path(tempfile.mkdtemp())
    versions = make_versions()
    made = World(write_site(folder, {}), [*versions, make_stranger()], [], [])
    for number in range(len(made.versions)):
        shutil.rmtree(made.cache, ignore_errors=True)
        shutil.rmtree(made.site.output, ignore_errors=True)
        made.put(number)
        assert made.site.build(jobs=1).ok
        made.clean.append(made.site.files())
        made.caches.append(read_rows(made.cache))
    made.versions.pop()
    yield made
    shutil.rmtree(folder)


def lasting_keys(world: World) -> list[str]:
    """The keys of what one build leaves for the next under a name that stays: ledger, journal and account."""
    request = BuildRequest(world.site.folder, world.site.output, now=NOW)
    salt = twinsite.inputs.read_salt()
    keys = [ledger_key(request, salt), journal_key(request, salt), account_key(world.site.output)]
    assert all(key in rows for rows in world.caches for key in keys), "the test looks for what is no longer kept"
    return keys


def find_ledger(world: World) -> Ledger:
    """The ledger of the first version."""
    memory = MemoryStore()
    for key, value in world.caches[0].items():
        memory.put(key, value)
    request = BuildRequest(world.site.folder, world.site.output, now=NOW)
    ledger = read_ledger(request, memory, twinsite.inputs.read_salt())
    assert ledger
    assert ledger.linkables in world.caches[0], "the test looks for what is no longer kept"
    return ledger


def damage(cache: Path, choose: random.Random) -> None:
    """Bits flip in the file, or it is cut, or lengthened."""
    path = cache / FILE
    data = bytearray(path.read_bytes()) if path.is_file() else bytearray()
    how = choose.choice(("flip", "flip", "cut", "more", "empty", "zero"))
    if how == "flip" and data:
        for _ in range(choose.choice((1, 3, 200))):
            data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    elif how == "cut":
        del data[choose.randrange(len(data) + 1) :]
    elif how == "more":
        data += choose.randbytes(5000)
    elif how == "zero" and data:
        start = choose.randrange(len(data))
        data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"" if how == "empty" else data)


def use_foreign(world: World, choose: random.Random) -> None:
    """The cache of another site or version, or another file under its name."""
    if choose.random() < 0.7:
        write_rows(world.cache, choose.choice(world.caches))
        return
    shutil.rmtree(world.cache, ignore_errors=True)
    world.cache.mkdir()
    database = sqlite3.connect(world.cache / FILE)
    database.execute("create table entries (key text, value text)")
    database.execute("insert into entries values ('a', 'b')")
    database.commit()
    database.close()


def mix(world: World, choose: random.Random) -> None:
    """Values of several builds under their keys, some of them missing."""
    share, rows = choose.choice((0.0, 0.05, 0.5)), {}
    sources = choose.sample(world.caches, k=3)
    for source in sources:
        rows.update({key: value for key, value in source.items() if choose.random() >= share})
    for key in lasting_keys(world):
        rows[key] = choose.choice(sources)[key]
    write_rows(world.cache, rows)


def spoil(world: World, choose: random.Random) -> None:
    """What lasts from build to build is whole, but is something else: garbage, or what belongs under another key."""
    rows = read_rows(world.cache) if (world.cache / FILE).is_file() else dict(world.caches[0])
    others = [*GARBAGE, *choose.sample([rows[key] for key in sorted(rows)], k=5)]
    for key in lasting_keys(world):
        if choose.random() < 0.6:
            rows[key] = choose.choice(others)
    write_rows(world.cache, rows)


def lose(world: World, choose: random.Random) -> None:
    """Some values are gone: others had no room."""
    rows = read_rows(world.cache) if (world.cache / FILE).is_file() else dict(world.caches[0])
    share = choose.choice((0.02, 0.3, 0.9))
    write_rows(world.cache, {key: value for key, value in rows.items() if choose.random() >= share})


def break_in_place(world: World, choose: random.Random) -> None:
    """As ``damage`` does, to the cache as it stands."""
    damage(world.cache, choose)


Fault = Callable[[World, random.Random], None]
FAULTS: tuple[Fault, ...] = (break_in_place, use_foreign, mix, spoil, lose)


def live_through(world: World, fault: Fault, lives: int) -> None:
    """Let the site live ``lives`` times through up to four faults of a kind; the same ones in every run."""

    @settings(max_examples=lives, deadline=None, database=None, derandomize=True)
    @given(st.lists(st.tuples(st.integers(0, 2**32), st.integers(0, len(world.versions) - 1)), min_size=1, max_size=4))
    def live(steps: list[tuple[int, int]]) -> None:
        shutil.rmtree(world.cache, ignore_errors=True)
        world.check(0)
        for number, version in steps:
            fault(world, random.Random(number))
            world.check(version)

    live()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_no_fault_of_the_cache_shows(world: World, fault: Fault) -> None:
    live_through(world, fault, 12)


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_no_fault_of_the_cache_shows_in_many_lives(world: World, fault: Fault) -> None:
    live_through(world, fault, 400)


@pytest.mark.parametrize("instead", [None, *GARBAGE[:6]])
def test_a_ledger_whose_records_are_lost_is_no_obstacle(world: World, instead: bytes | None) -> None:
    """What the records brought is kept apart from the ledger, and may be gone when the ledger is not."""
    apart = find_ledger(world)
    for version in range(len(world.versions)):
        rows = {key: value for key, value in world.caches[0].items() if key != apart.linkables}
        write_rows(world.cache, rows if instead is None else {**rows, apart.linkables: instead})
        world.check(version)


def test_wrong_builds_drop_nothing(world: World) -> None:
    """While an editor looks for a mistake, nothing that the last right build left is taken for unused."""
    shutil.rmtree(world.cache, ignore_errors=True)
    world.check(0)
    for number in range(12):
        world.site.write("content/pages/about.md", f"---\ntitel: {number}\n---\n")
        world.site.write("content/pages/more.md", write_record("More", f"Words {number}."))
        assert not world.site.build(jobs=1).ok
    world.put(0)
    assert world.site.build(jobs=1).rendered == 0
