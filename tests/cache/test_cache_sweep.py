"""The cache drops what nobody uses, a part of it in every build, and never what one of the last builds used."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from twinsite.cache.store import Store
from twinsite.cache.sweep import BUILDS

KEYS = [f"{'ab' * (number % 7)} {number:03d}" for number in range(40)]
BUILD = st.frozensets(st.sampled_from(KEYS), max_size=25)


@given(st.lists(BUILD, min_size=BUILDS, max_size=6 * BUILDS))
@example([frozenset(KEYS), *[frozenset()] * (BUILDS - 1)])
@settings(max_examples=20, deadline=None)
def test_only_what_no_late_build_used_is_dropped_and_in_time(builds: list[frozenset[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        since = {}
        for number, used in enumerate(builds):
            store = Store(Path(folder))
            found = store.get_many(used)
            assert {key for key in used if number - since.get(key, -BUILDS) < BUILDS} <= found.keys()
            for key in used - found.keys():
                store.put(key, key.encode() * 9)
            store.put("the news", b"%d" % number)
            store.close()
            since.update(dict.fromkeys(used, number))
        last = len(builds) - 1
        store = Store(Path(folder))
        kept = store.get_many(KEYS).keys()
        store.close()
        assert {key for key in since if last - since[key] < BUILDS} <= kept
        assert not {key for key in kept if last - since[key] > 3 * BUILDS}
