"""An expression that is compiled when it is first used finds what one finds that is compiled at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinsite.core.expression import express


@pytest.mark.parametrize(("pattern", "flags"), [("[0-9]+", 0), ("(?P<word>a+)b", re.IGNORECASE), ("^x", re.MULTILINE)])
@given(text=st.text("aAbB01xy\n", max_size=12))
def test_it_finds_the_same(pattern, flags, text):
    late, early = express(pattern, flags), re.compile(pattern, flags)
    assert [found.groupdict() for found in late.finditer(text)] == [found.groupdict() for found in early.finditer(text)]
    for _ in range(2):
        assert late.findall(text) == early.findall(text)
        assert bool(late.fullmatch(text)) == bool(early.fullmatch(text))
    assert (late.pattern, late.flags) == (early.pattern, early.flags)


def test_it_is_compiled_when_it_is_used():
    wrong = express("(")
    with pytest.raises(re.error):
        wrong.search("")
