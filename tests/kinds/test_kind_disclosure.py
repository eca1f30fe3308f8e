"""Words that tell readers of a connection: what each law takes, and what is only a tag."""

from __future__ import annotations

import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.law import make_law
from twinsite.core.people import address_key, list_homes, word_key
from twinsite.kinds.disclosure import check_labels, check_said, find_doubt


@pytest.mark.parametrize(
    "text",
    ["#ad", "#Ad Three pours", "#adByLarkfield", "#LarkfieldContest", "Ad", "Paid intern at Larkfield", "Gifted #spon",
     "I was given this kite by Larkfield and nobody saw the film first."],
)  # fmt: skip
def test_what_readers_take_for_a_disclosure(text):
    assert find_doubt(text, make_law()) is None


@pytest.mark.parametrize(
    "text", ["#spon", "#sp", "#Partner", "#LarkfieldRules", "@larkfield", "#kites #sea", "partner"]
)
def test_what_nobody_takes_for_one(text):
    doubt = find_doubt(text, make_law())
    assert doubt
    assert not doubt.somewhere


@pytest.mark.parametrize("text", ["#sponsored", "Sponsored", "sponsored by Larkfield", "In association with Larkfield"])
def test_what_is_not_enough_in_the_united_kingdom(text):
    doubt = find_doubt(text, make_law())
    assert doubt
    assert doubt.somewhere
    assert "United Kingdom" in doubt.why


def test_a_tag_must_stand_where_it_is_said_to():
    assert list(check_said("#ad", "Pour, wait. #latte", "x.md", ("works", 0)))
    assert not list(check_said("#ad", "#AD Pour, wait. #latte", "x.md", ("works", 0)))
    assert not list(check_said("#ad", "A film of three pours", "x.md", ("works", 0)))


def test_labels_are_those_of_jurisdictions_that_have_one():
    assert [problem.field for problem in check_labels(("uk", "us"), make_law())] == [
        ("policies", "disclosure_labels", 1)
    ]


@given(st.text(), st.sampled_from(["", "@", " @"]))
def test_keys_ignore_case_and_the_at_sign(text, sign):
    assert word_key(sign + text.lstrip("@ ")) == word_key(text)
    assert address_key(text) == "" or address_key(text).startswith("//")


ADDRESSES = "https:// http:// www. m. X.example x-y . - / Ana %41 é : 80 ? # @ a~b [ ] \\ \n".split(" ")


@given(st.lists(st.sampled_from(ADDRESSES)))
def test_plain_addresses_have_the_key_that_any_way_to_read_them_gives(parts):
    url = "".join(parts)
    with patch("twinsite.core.people._PLAIN", re.compile("(?!)")):
        sure = address_key(url), address_key(f"https://{url}")
    assert (address_key(url), address_key(f"https://{url}")) == sure


@given(st.text())
def test_plain_words_have_the_key_that_all_words_have(text):
    ascii_only = text.encode("ascii", "ignore").decode()
    known = " ".join(unicodedata.normalize("NFKC", ascii_only).casefold().lstrip("@ ").split())
    assert word_key(ascii_only) == known


def test_keys_of_addresses():
    same = ["https://www.x.example/Ana/", "http://x.example/ana?from=1#top", "https://m.x.example/ANA"]
    assert {address_key(url) for url in same} == {"//x.example/ana"}
    assert address_key("mailto:ana@x.example") == ""
    assert address_key("https://[") == ""
    assert list(list_homes("https://x.example/ana/p/12")) == ["//x.example/ana/p", "//x.example/ana"]
    assert list(list_homes("https://x.example/ana")) == []
