"""Names looked at together are judged as one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from twinsite.write.names import LOCK, MANIFEST, PENDING, are_publishable, is_unpublishable, list_folders

PARTS = st.sampled_from(
    ("a", "index.html", ".", "..", "...", "", MANIFEST, PENDING, LOCK, "x.tw-tmp", "é" * 130, "b\n")
)
PATHS = st.one_of(
    st.lists(PARTS, min_size=1, max_size=4).map("/".join), st.text(st.sampled_from("ab./\\\0\r\n\udc80é"), max_size=6)
)


@given(st.lists(PATHS, max_size=5, unique=True))
@example(["a/x.tw-tmp/a"])
@example(["x.tw-tmp/a"])
def test_together_as_one_by_one(paths: list[str]) -> None:
    assert are_publishable(paths) == (not any(is_unpublishable(path) for path in paths))


@pytest.mark.parametrize(("path", "fine"), [("a/b%c", False), ("a/b", True), ("x" * 255, True), ("é" * 128, False)])
def test_other_signs_and_long_names(path: str, fine: bool) -> None:
    assert are_publishable(["a", path], ("%",)) is fine


def test_folders_of_many() -> None:
    assert list_folders(["a/b/c", "a/d", "e"]) == {"a", "a/b"}
