"""The cache: what goes in comes out, and whatever happens to its file, nothing wrong ever comes out."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from twinsite.cache.memory import MemoryStore
from twinsite.cache.store import FILE, PART, Store
from twinsite.cache.sweep import BUILDS
from twinsite.core.digest import digest_bytes

VALUES = {digest_bytes(b"%d" % number): b"value %d " % number * (number * 7 % 400) for number in range(60)}


def fill(folder: Path, values: dict[str, bytes] = VALUES) -> None:
    store = Store.open(folder)
    for key, value in values.items():
        store.put(key, value)
    store.close()


def right(found: dict[str, bytes]) -> bool:
    return all(VALUES[key] == value for key, value in found.items())


@pytest.mark.parametrize("kept", [True, False])
def test_what_goes_in_comes_out(tmp_path: Path, kept: bool) -> None:
    store = Store.open(tmp_path / "c" if kept else None)
    assert store.get("ab") is None
    store.put("ab", b"1")
    store.put("cd", b"")
    assert store.get("ab") == b"1"
    assert store.get_many(["ab", "cd", "ef", "ab"]) == {"ab": b"1", "cd": b""}
    store.close()
    store.close()


def test_the_next_build_finds_it(tmp_path: Path) -> None:
    fill(tmp_path / "c")
    store = Store.open(tmp_path / "c")
    assert store.get_many(VALUES) == VALUES
    assert store.get("0" * 32) is None
    store.close()
    assert (tmp_path / "c" / ".gitignore").read_text() == "*\n"
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == [".gitignore", FILE]


def test_a_build_without_news_writes_nothing(tmp_path: Path) -> None:
    untouched = Store.open(tmp_path / "c")
    untouched.get("ab")
    untouched.close()
    assert not (tmp_path / "c").exists()
    fill(tmp_path / "c")
    before = (tmp_path / "c" / FILE).read_bytes(), (tmp_path / "c" / FILE).stat().st_mtime_ns
    again = Store.open(tmp_path / "c")
    assert again.get_many(VALUES) == VALUES
    again.close()
    assert ((tmp_path / "c" / FILE).read_bytes(), (tmp_path / "c" / FILE).stat().st_mtime_ns) == before


def test_what_the_last_builds_did_not_use_is_dropped(tmp_path: Path) -> None:
    fill(tmp_path / "c", {"old": b"1", "used": b"2"})
    for number in range(3 * BUILDS):
        store = Store.open(tmp_path / "c")
        assert store.get("used") == b"2"
        store.touch(["touched"])
        store.put(f"new{number}", b"3")
        if number == 0:
            store.put("touched", b"4")
        store.close()
    store = Store.open(tmp_path / "c")
    last = f"new{3 * BUILDS - 1}"
    found = store.get_many(["old", "used", "touched", "new0", last])
    assert found == {"used": b"2", "touched": b"4", last: b"3"}
    store.close()


def test_the_size_is_bounded_and_what_was_used_stays(tmp_path: Path) -> None:
    fill(tmp_path / "c", {f"old{number}": bytes(30_000) for number in range(150)})
    store = Store(tmp_path / "c", largest=3_000_000)
    assert store.get("old7")
    store.put("new", bytes(30_000))
    store.close()
    store = Store(tmp_path / "c")
    kept = store.get_many(["new", *(f"old{number}" for number in range(150))])
    assert 50 <= len(kept) <= 90
    assert {"new", "old7", "old149"} <= kept.keys()
    store.close()
    assert (tmp_path / "c" / FILE).stat().st_size < 3_500_000


def test_what_a_build_used_stays_however_much_it_is(tmp_path: Path) -> None:
    values = {f"new{number}": bytes(30_000) for number in range(20)}
    store = Store(tmp_path / "c", largest=300_000)
    for key, value in values.items():
        store.put(key, value)
    store.close()
    store = Store(tmp_path / "c", largest=300_000)
    assert store.get_many(values) == values
    store.put("one more", b"")
    store.close()
    store = Store(tmp_path / "c")
    assert store.get_many(values) == values
    store.close()


def test_a_full_cache_is_looked_through_again_only_when_it_has_grown(tmp_path: Path) -> None:
    def build(*keys: str) -> int:
        store = Store(tmp_path / "c", largest=300_000)
        for key in keys:
            store.put(key, bytes(30_000))
        store.get_many(f"first{number}" for number in range(20))
        store.close()
        with closing(sqlite3.connect(tmp_path / "c" / FILE)) as connection:
            return int(connection.execute("select value from marks where name = 'held'").fetchone()[0])

    looked = build(*(f"first{number}" for number in range(20)))
    assert build("second") == looked
    assert build("third", "fourth", "fifth") > looked


def test_many_values_do_not_wait_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twinsite.cache.store.PENDING", 1000)
    store = Store(tmp_path / "c")
    for key, value in VALUES.items():
        store.put(key, value)
    most = max(1000, (tmp_path / "c" / FILE).stat().st_size // PART)
    assert sum(len(value) for value in store._fresh.values()) <= most
    assert store.get_many(VALUES) == VALUES
    store.close()


def test_a_larger_file_is_written_to_less_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the work of writing would grow with the square: each time nearly the whole list of keys changes."""
    monkeypatch.setattr("twinsite.cache.store.PENDING", 1000)
    store, seen = Store(tmp_path / "c"), []
    store.put("first", bytes(1001))
    with closing(sqlite3.connect(tmp_path / "c" / FILE)) as other:
        for number in range(6000):
            store.put(digest_bytes(b"%d" % number), bytes(1001))
            seen.append(other.execute("pragma data_version").fetchone()[0])
        store.close()
    writes = [int(after > before) for before, after in pairwise(seen)]
    assert 0 < sum(writes[3000:]) < sum(writes[:3000]) / 2


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bits_never_give_a_wrong_value(tmp_path: Path, seed: int) -> None:
    fill(tmp_path / "c")
    file = tmp_path / "c" / FILE
    whole = file.read_bytes()
    choose = random.Random(seed)
    # The head of the file and of its pages holds what SQLite itself relies on: hit it more often.
    for turn in range(25):
        data = bytearray(whole)
        for _ in range(choose.choice((1, 1, 8, 200))):
            place = choose.randrange(120) if turn % 3 == 0 else choose.randrange(len(data))
            data[place] ^= 1 << choose.randrange(8)
        file.write_bytes(data)
        store = Store.open(tmp_path / "c")
        found = store.get_many(VALUES)
        assert right(found)
        for key in VALUES.keys() - found.keys():
            store.put(key, VALUES[key])
        assert store.get_many(VALUES) == VALUES
        store.close()


def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    fill(tmp_path / "c")
    file = tmp_path / "c" / FILE
    for data in (b"garbage" * 1000, file.read_bytes()[:5000], b"SQLite format 3\0" + bytes(5000), b"\0"):
        file.write_bytes(data)
        store = Store.open(tmp_path / "c")
        assert right(store.get_many(VALUES))
        store.close()
        fill(tmp_path / "c")
        store = Store.open(tmp_path / "c")
        assert store.get_many(VALUES) == VALUES
        store.close()


def test_any_truncation_is_harmless(tmp_path: Path) -> None:
    fill(tmp_path / "c")
    file = tmp_path / "c" / FILE
    whole = file.read_bytes()
    for length in range(0, len(whole), 1021):
        file.write_bytes(whole[:length])
        store = Store.open(tmp_path / "c")
        assert right(store.get_many(VALUES))
        store.put("new", b"1")
        store.close()


def test_a_file_of_another_program_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    other = sqlite3.connect(tmp_path / "c" / FILE)
    other.execute("create table entries (key, value)")
    other.execute("insert into entries values ('ab', 'cd')")
    other.commit()
    other.close()
    store = Store.open(tmp_path / "c")
    assert store.get("ab") is None
    store.put("ab", b"1")
    store.close()
    store = Store.open(tmp_path / "c")
    assert store.get("ab") == b"1"
    store.close()


def test_a_value_moved_to_another_key_is_not_believed(tmp_path: Path) -> None:
    fill(tmp_path / "c", {"ab": b"1", "cd": b"2"})
    database = sqlite3.connect(tmp_path / "c" / FILE)
    database.execute(
        "update entries set value = (select value from entries where key = 'cd'), "
        "proof = (select proof from entries where key = 'cd') where key = 'ab'"
    )
    database.commit()
    database.close()
    store = Store.open(tmp_path / "c")
    assert store.get_many(["ab", "cd"]) == {"cd": b"2"}
    store.close()


@pytest.mark.parametrize("place", ["c", f"c/{FILE}", "c/.gitignore"])
def test_a_folder_or_file_in_the_way_is_harmless(tmp_path: Path, place: str) -> None:
    if place == "c":
        (tmp_path / "c").write_text("a file where the folder should be")
    else:
        (tmp_path / place).mkdir(parents=True)
    store = Store.open(tmp_path / "c")
    store.put("ab", b"1")
    assert store.get("ab") == b"1"
    store.close()


def test_a_locked_file_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path / "c")
    other = sqlite3.connect(tmp_path / "c" / FILE, isolation_level=None)
    other.execute("begin exclusive")
    store = Store(tmp_path / "c", wait_seconds=0.05)
    assert store.get_many(VALUES) == {}
    store.put("ab", b"1")
    assert store.get("ab") == b"1"
    store.close()
    other.execute("rollback")
    other.close()
    again = Store.open(tmp_path / "c")
    assert again.get_many(VALUES) == VALUES
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_a_folder_that_cannot_be_written_is_read() -> None:
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place) / "c")
        for path, mode in ((place, 0o755), (f"{place}/c", 0o555), (f"{place}/c/{FILE}", 0o444)):
            Path(path).chmod(mode)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            store = Store.open(Path(place) / "c")
            assert store.get_many(VALUES) == VALUES
            store.put("ab", b"1")
            assert store.get("ab") == b"1"
            store.close()
        finally:
            os.seteuid(user)
        (Path(place) / "c").chmod(0o755)
        assert sorted(path.name for path in (Path(place) / "c").iterdir()) == [".gitignore", FILE]


CHILD = """
import sys
import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from twinsite.cache.store import Store
folder, name = Path(sys.argv[1]), sys.argv[2]
for turn in range(15):
    store = Store.open(folder)
    for number in range(20):
        key = f"shared{turn}-{number}"
        value = store.get(key)
        assert value in (None, key.encode() * 50), key
        store.put(key, key.encode() * 50)
        store.put(f"{name}{turn}-{number}", b"own")
    store.close()
print("done")
"""


def test_two_builds_share_a_file(tmp_path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path / "c"), name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    assert [child.communicate(timeout=120)[0].strip() for child in children] == ["done", "done"]
    store = Store.open(tmp_path / "c")
    # What the slower one never used may be dropped by then; what both used, and what it made itself, is there.
    assert len(store.get_many(f"shared14-{number}" for number in range(20))) == 20
    assert len(store.get_many(f"{name}14-{number}" for name in "ab" for number in range(20))) >= 20
    store.close()


def test_sqlite_is_imported_only_for_a_file() -> None:
    code = (
        "import sys; from twinsite.cache.store import Store; Store.open(None).put('a', b'1'); "
        "assert 'sqlite3' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_store_in_memory_is_a_cache() -> None:
    assert isinstance(Store.open(None), MemoryStore)


def test_a_forked_worker_reads_through_its_own_connection_and_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, {"a": b"1"})
    store = Store(tmp_path)
    store.put("b", b"2")
    if not hasattr(os, "fork"):
        pytest.skip("There is no fork here.")
    child = os.fork()
    if not child:
        found = store.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
        store.put("c", b"3")
        own = store.get("c") == b"3"
        store.close()
        os._exit(0 if found and own else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert store.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
    store.close()
    again = Store(tmp_path)
    assert again.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
    again.close()


def test_where_no_file_can_be_written_it_is_not_tried_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def fail(path: Path, wait_seconds: float) -> sqlite3.Connection:
        tried.append(path)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
        raise error

    monkeypatch.setattr("twinsite.cache.store._open", fail)
    monkeypatch.setattr("twinsite.cache.store.PENDING", 10)
    store = Store(tmp_path)
    for number in range(50):
        store.put(f"key {number}", bytes(100))
    assert 0 < len(tried) <= 3
    assert store.get("key 7") == bytes(100)
    store.close()
