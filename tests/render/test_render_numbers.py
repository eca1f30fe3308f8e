"""Numbers as readers see them: in the words of the site's language, with all their digits."""

from __future__ import annotations

import pytest

from twinsite.render.filters import make_filters


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("en", 12400, "12,400"),
        ("en", "298.00", "298.00"),
        ("en", "0.123456", "0.123456"),
        ("en", None, ""),
        ("de", "1312.40", "1.312,40"),
        ("en-IN", "1234567.5", "12,34,567.5"),
    ],
)
def test_a_number_keeps_its_digits(language, value, shown):
    assert make_filters(language)["number"](value) == shown


@pytest.mark.parametrize(
    ("language", "place", "shown"),
    [
        ("en", "United Kingdom", "the United Kingdom"),
        ("en-GB", "uk", "the UK"),
        ("en", "Wales", "Wales"),
        ("de", "uk", "UK"),
        ("de", "United Kingdom", "United Kingdom"),
    ],
)
def test_a_place_stands_in_a_sentence(language, place, shown):
    assert make_filters(language)["place"](place) == shown
