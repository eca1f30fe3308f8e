"""The component ``ask``: the same words for everybody, and what people get never depends on what they say."""

from __future__ import annotations

import html
import re

from tests.conftest import MakeSite

PAGE = """\
---
title: Ask
---
::: ask "How did it fly?" url=mailto:hello@bright.example label="Write" tag=MyLark incentive="A <b>spool</b> of line" \
scope="on this site and in print" duration="for two years"
A line is enough.
:::

::: ask "And what broke?" :::
"""
BRAND = (
    "title: Bright\nbase_url: https://example.org/\ntimezone: UTC\nbrand: {name: Bright, email: hello@bright.example}\n"
)


def test_everybody_is_asked_in_the_same_words_and_told_what_follows(make_site: MakeSite) -> None:
    site = make_site({"content/pages/ask.md": PAGE}, BRAND)
    result = site.build()
    assert result.ok, result.problems
    found = re.findall(r'<aside class="ask".*?</aside>', site.text("ask/"), re.S)
    first, second = (" ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split()) for part in found)
    for words in (
        "How did it fly? A line is enough. Write Everybody is asked in these same words, whatever they think of us.",
        "A <b>spool</b> of line: everybody gets it who answers, for praise and complaint alike, and it will",
        "You may also post it under #MyLark . A tag is not yet a yes; we ask before we show anything.",
        "with your name as you want it, on this site and in print, for two years. You may say no, or nothing,",
    ):
        assert words in first
    for words in (
        "And what broke?",
        "Nobody gets anything for an answer.",
        "on this site, until you ask us to take it",
    ):
        assert words in second
    assert "#" not in second
    assert 'href="mailto:hello@bright.example"' in found[0]
    assert "<a " not in found[1]
