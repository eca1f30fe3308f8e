"""The CommonMark specification's own examples, on the engine alone: no filter, no ids, no smart punctuation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyromark import html

from twinsite.read.markdown.commonmark import PLAIN

EXAMPLES = json.loads((Path(__file__).parents[1] / "data/commonmark-0.31.2.json").read_text(encoding="utf-8"))


def normalise(text: str) -> str:
    """HTML in which two spellings that browsers read alike are one: quotes in text, line ends beside block tags."""
    text = text.replace("&quot;", '"')
    return re.sub(r"\s*(</?(?:li|blockquote|div|del|td|table|tr|style|pre)\b[^>]*>)\s*", r"\1", text).strip()


def test_the_whole_specification_is_here():
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['example']}-{example['section']}")
def test_example(example):
    assert normalise(html(example["markdown"], options=PLAIN)) == normalise(example["html"])
