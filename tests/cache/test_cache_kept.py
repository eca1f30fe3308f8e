"""Large values in pieces: whole or nothing, and what stays the same is not written again."""

from __future__ import annotations

import random
from pathlib import Path

from twinsite.cache.kept import PIECE, get_pieces, put_pieces, touch_pieces
from twinsite.cache.store import Store


def make_bytes(length: int) -> bytes:
    return random.Random(4).randbytes(length)


def test_a_large_value_comes_back_as_it_was(tmp_path: Path) -> None:
    for length in (0, 1, PIECE, PIECE + 1, 5 * PIECE - 1):
        store = Store(tmp_path)
        put_pieces(store, "key", make_bytes(length))
        store.close()
        again = Store(tmp_path)
        assert (get_pieces(again, "key") or b"") == make_bytes(length)
        again.close()


def test_only_a_changed_piece_is_written_again(tmp_path: Path) -> None:
    data = bytearray(make_bytes(8 * PIECE))
    store = Store(tmp_path)
    put_pieces(store, "key", bytes(data))
    store.close()
    data[3 * PIECE + 5] ^= 1
    store = Store(tmp_path)
    put_pieces(store, "key", bytes(data))
    written = sum(map(len, store._fresh.values()))
    store.close()
    assert PIECE <= written < PIECE + 1000
    store = Store(tmp_path)
    assert get_pieces(store, "key") == bytes(data)
    store.close()


def test_a_lost_piece_loses_the_value_until_it_is_kept_anew(tmp_path: Path) -> None:
    data = make_bytes(4 * PIECE)
    store = Store(tmp_path)
    put_pieces(store, "key", data)
    store.close()
    path = tmp_path / "cache.sqlite3"
    raw = path.read_bytes()
    middle = raw.index(data[2 * PIECE + 100 : 2 * PIECE + 200])
    path.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :])
    store = Store(tmp_path)
    assert get_pieces(store, "key") is None
    put_pieces(store, "key", data)
    store.close()
    store = Store(tmp_path)
    assert get_pieces(store, "key") == data
    store.close()


def test_a_value_that_never_was_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert get_pieces(store, "key") is None
    store.close()


def test_a_large_value_that_was_touched_outlasts_a_full_cache(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in ("touched", "forgotten"):
        put_pieces(store, name, name.encode() * PIECE)
    store.close()
    store = Store(tmp_path, largest=1)
    touch_pieces(store, "touched")
    store.put("other", b"1")
    store.close()
    store = Store(tmp_path)
    assert get_pieces(store, "touched") == b"touched" * PIECE
    assert get_pieces(store, "forgotten") is None
    store.close()
