"""What a planner is told of a packed body is what the body itself says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.markdown import ENGINES, parse
from twinsite.core.fragment import decode_holes
from twinsite.core.words import count_words
from twinsite.read.parsed import encode_fragment

PIECES = (
    "Text.",
    "## Part",
    "[a](b.md)",
    "![it](p.png)",
    "![](p.png)",
    "***",
    "<!-- only a remark -->",
    "<br>",
    "&nbsp;",
    "\\",
    "|",
    "::: note\nA [link](side.md).\n\n## Inside\n:::",
    "::: quote\n:::",
    "[a]: b.md",
    "``` \n```",
    "> ",
)


@pytest.mark.parametrize("engine", ENGINES)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=4))
def test_a_packed_body_tells_its_holes_and_whether_it_is_empty(engine, pieces):
    fragment = parse("\n\n".join(pieces), engine)
    holes = decode_holes(encode_fragment(fragment))
    assert (holes.slots, holes.headings) == (fragment.slots, fragment.headings)
    assert fragment.wordy == (count_words(fragment) > 0)
    assert not fragment.wordy or fragment.slots or "".join(fragment.parts).strip()
