"""The corpus of the comparison: the same each time, valid for Twinsite, as long and as mixed as it promises."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from bench.body import FEWEST, MOST, count_words
from bench.compare import expect, find_faults, from_oldest
from bench.corpus import NOW, PAGE_SIZE, make_corpus
from bench.peers import eleventy, hugo, mkdocs, pelican, twinsite
from twinsite.build import build_site
from twinsite.core.request import BuildRequest

SMALL = 40


def build(site: Path):
    return build_site(BuildRequest(site, now=datetime.fromisoformat(NOW), strict=True, use_cache=False, jobs=1))


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
def test_a_small_corpus_is_a_site_without_any_problem(tmp_path, engine):
    entries = make_corpus(SMALL)
    twinsite.write_site(entries, tmp_path, engine)
    result = build(tmp_path)
    assert result.ok
    assert list(result.problems) == []
    assert list(find_faults(entries, tmp_path / "public", from_oldest)) == []


def test_the_same_number_and_seed_make_the_same_corpus():
    assert make_corpus(SMALL) == make_corpus(SMALL)
    assert make_corpus(SMALL) != make_corpus(SMALL, seed=2)


def test_the_kinds_have_their_shares_and_stand_in_list_order():
    entries = make_corpus(200)
    assert Counter(entry.kind for entry in entries) == {"contest": 40, "twintern": 60, "showcase": 100}
    assert [entry.rank for entry in entries] == list(range(1, 201))


def test_bodies_are_as_long_as_promised():
    lengths = [count_words([entry.body]) for entry in make_corpus(200)]
    assert min(lengths) >= FEWEST
    assert max(lengths) <= MOST


def test_every_list_fills_its_pages():
    lists = expect(make_corpus(200)).lists
    assert [url for url, inside in lists.items() if len(inside) % PAGE_SIZE] == []


def test_slugs_are_unique():
    entries = make_corpus(300)
    assert len({entry.url for entry in entries}) == 300


def test_too_small_a_corpus_is_refused():
    with pytest.raises(ValueError, match="ten records"):
        make_corpus(5)


@pytest.mark.parametrize(
    ("peer", "folder"), [(hugo, "content"), (eleventy, "content"), (pelican, "content"), (mkdocs, "docs")]
)
def test_the_others_get_the_same_records(tmp_path, peer, folder):
    entries = make_corpus(20)
    peer.write_site(entries, tmp_path)
    for entry in entries:
        text = (tmp_path / folder / entry.folder / f"{entry.slug}.md").read_text("utf-8")
        assert text.endswith(entry.body)
        assert f"\ntitle: {entry.title}\n" in text
        assert f"\nweight: {entry.rank}\n" in text
