"""The good samples together are a site, and so are the scaffolds: nothing is wrong with either at any time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.support.records import read_beside
from twinsite.kinds import KINDS
from twinsite.kinds.scaffold import fill_scaffold

SAMPLES = Path(__file__).parents[1] / "samples"
SLUGS = {
    "contest": "cup-of-spring",
    "entry": "k7q2m9",
    "twintern": "ana-lopez",
    "showcase": "maria-k",
    "announcement": "leeds",
    "programme": "twinternship",
    "campaign": "spring-in-a-cup",
    "product": "house-blend",
    "claim": "mould",
    "page": "privacy",
}
HOME = {"content/index.md": "---\ntitle: Larkfield\n---\n"}
NOWS = [datetime(year, month, 10, 12, 0, tzinfo=UTC) for year, month in ((2025, 1), (2026, 3), (2026, 4), (2027, 6))]


def make_picture():
    data = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(data, "JPEG")
    return data.getvalue()


def make_samples():
    files = {
        f"content/{kind.folder}/{SLUGS[kind.name]}.md": (SAMPLES / kind.name / "good.md").read_bytes() for kind in KINDS
    }
    for name in ("contests/machine", "twinterns/ana", "twinterns/swan", "showcases/cup"):
        files[f"content/{name}.jpg"] = make_picture()
    for name in ("contests/rules.pdf", "showcases/talk.mp4"):
        files[f"content/{name}"] = b"-"
    for name in ("cup-scores", "ana-numbers"):
        files[f"content/data/{name}.csv"] = "name,points\nA,1\n"
    return {**HOME, **read_beside(), **files}


def bad_ones(result):
    return [problem for problem in result.problems if problem.severity != "notice"]


@pytest.mark.parametrize("now", NOWS, ids=str)
def test_the_good_samples_are_a_site(make_site, now):
    result = make_site(make_samples()).build(now=now)
    assert bad_ones(result) == []
    assert result.ok


@pytest.mark.parametrize("drafts", [False, True])
def test_the_scaffolds_are_a_site(make_site, drafts):
    today = date(2026, 11, 22)
    texts = {
        f"content/{kind.folder}/a-new-one.md": fill_scaffold(kind, "A new one", "a-new-one", today, "Europe/London")
        for kind in KINDS
    }
    result = make_site({**HOME, **texts}).build(now=datetime(2026, 11, 22, 12, tzinfo=UTC), strict=True, drafts=drafts)
    assert bad_ones(result) == []
    assert result.ok
    assert len(result.withheld) == (2 if drafts else len(KINDS))
