"""Over an unchanged source the verdict of a build never changes, whatever the day: the nightly build must not stop.

Each site here has a record that is scheduled and expires, and something that is right or wrong only while that record
is shown, or only while it is not.
"""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.command import run_command
from tests.support.site import SETTINGS, write_site
from twinsite.build import BuildRequest, build_site
from twinsite.cache.memory import MemoryStore

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
MOMENTS = [datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((6, 1), (6, 11), (6, 16), (6, 30))]
"""Before the record is shown, while it is shown (twice, for a permission that ends between), after it has expired."""


def write_page(body: str = "Hello.\n", *fields: str, passing: bool = False) -> str:
    """A page; a ``passing`` one is shown from 10 to 20 June 2026 only."""
    times = ("publish_at: 2026-06-10 09:00", "expires_at: 2026-06-20 09:00") if passing else ()
    return "\n".join(["---", "title: About", *times, *fields, "---", body])


def passing(body: str = "Hello.\n", *fields: str) -> str:
    return write_page(body, *fields, passing=True)


SHOWCASE = """---
medium: review
author: {name: Maria}
relationship: none
published: 2026-04-02
permission: {status: granted, expires: 2026-06-15}
quote: Good.
---
"""
CONTEST = """---
title: Cup
kind_of: draw
sponsor: {name: Brightleaf}
opens: 2026-05-01 09:00
closes: 2026-06-05 23:59:59
winners_announced: 2026-06-12 09:00
prizes:
  - {name: Mug, value: {amount: 12, currency: GBP}}
---
"""
WINNER = "winners:\n  - {place: 1, twintern: ana, publish_as: full, consent: true}\n---\n"
ANA = (
    "---\nname: Ana\nhandle: ana\nrelationship: none\npublish_at: 2026-06-10 09:00\nexpires_at: 2026-06-20 09:00\n---\n"
)
A, B = "content/pages/a.md", "content/pages/b.md"

WRONG: dict[str, dict[str, str | bytes]] = {
    "a warning in its text": {A: passing("<script>x</script>\n")},
    "a picture without words": {A: passing("![](t.gif)\n"), "content/pages/t.gif": GIF},
    "a missing picture": {A: passing("![T](t.gif)\n")},
    "a foreign picture": {A: passing("![T](https://x.example/t.gif)\n")},
    "a broken link in its text": {A: passing("[x](/nope/)\n")},
    "a link to no file": {A: passing("[x](nope.pdf)\n")},
    "a broken link in its fields": {A: passing("", "desired_action: {verb: read, url: /nope/}")},
    "an anchor that another page lacks": {A: passing("[x](b.md#nope)\n"), B: write_page()},
    "an anchor by address that another page lacks": {A: passing("[x](/b/#nope)\n"), B: write_page()},
    "an anchor that it lacks": {A: passing("[x](#nope)\n\n## Yes\n")},
    "an anchor that others seek in it": {A: passing("## Yes\n"), B: write_page("[x](a.md#nope)\n")},
    "an anchor that the menu seeks in it": {
        A: passing("## Yes\n"),
        "site.yaml": SETTINGS + 'menu:\n  - {label: A, to: "/a/#nope"}\n',
    },
    "an unknown component": {A: passing("::: nope\n:::\n")},
    "an unknown table": {A: passing("", "data: [nope]")},
    "a word in another spelling": {A: passing("", "tags: [Tea]"), B: write_page("", "tags: [tea]")},
    "an undeclared word": {
        A: passing("", "tags: [tea]"),
        "site.yaml": SETTINGS + "taxonomies: {tags: {terms: [coffee]}}\n",
    },
    "the address of a file": {A: passing(), "content/static/a/index.html": "<p>A.</p>"},
    "a former address that is taken": {A: passing("", "aliases: [/b/]"), B: write_page()},
    "a list on the address of a file": {A: passing("", "tags: [tea]"), "content/static/tags/tea/index.html": "x"},
}

RIGHT: dict[str, dict[str, str | bytes]] = {
    "a link to it": {A: passing(), B: write_page("[x](a.md) [y](/a/)\n")},
    "an action that leads to it": {A: passing(), B: write_page("", "desired_action: {verb: read, url: /a/}")},
    "an item of the menu": {A: passing(), "site.yaml": SETTINGS + "menu:\n  - {label: A, to: /a/}\n"},
    "the only page of a tag": {A: passing("", "tags: [tea]"), B: write_page("[x](/tags/tea/) [y](/tags/)\n")},
    "the only record of a list": {
        "content/products/a.md": passing(),
        B: write_page("[x](/products/)\n"),
        "site.yaml": SETTINGS + "menu:\n  - {label: Products, to: /products/}\n",
    },
    "the only record of a month": {
        "content/announcements/a.md": passing("Hello.\n", "date: 2026-05-01"),
        B: write_page("[x](/2026/05/) [y](/announcements/2026/) [z](/announcements/feed.xml)\n"),
    },
    "the record that fills a page": {
        **{f"content/announcements/{i}.md": write_page("Hi.\n", f"date: 2026-05-0{i}") for i in (1, 2, 3)},
        "content/announcements/4.md": passing("Hi.\n", "date: 2026-05-04"),
        B: write_page("[x](/announcements/page/1/)\n"),
        "site.yaml": SETTINGS + "pagination: {size: 2}\n",
    },
    "the text of a list": {"content/pages/g/_index.md": passing(), B: write_page("[x](/g/)\n")},
    "a permission that ends": {
        "content/showcases/m.md": SHOWCASE,
        B: write_page("[x](/showcases/) [y](/2026/04/) [z](../showcases/m.md)\n\n::: quote m\n:::\n"),
    },
    "an embargo": {
        "content/announcements/a.md": "---\ntitle: A\ndate: 2026-06-10\nembargo: 2026-06-12 09:00\n---\nHello.\n",
        B: write_page("[x](/announcements/)\n"),
    },
    "winners that are late": {"content/contests/cup.md": CONTEST},
    "a winner whose page comes and goes": {
        "content/contests/cup.md": CONTEST.removesuffix("---\n") + WINNER,
        "content/twinterns/ana.md": ANA,
        B: write_page("[x](../contests/cup.md#winners)\n"),
    },
    "a draft with mistakes": {A: write_page("[x](/nope/)\n\n::: nope\n:::\n", "draft: yes", "tags: [Tea]")},
    "what nobody has permitted, with mistakes": {
        "content/showcases/m.md": SHOWCASE.replace("status: granted, expires: 2026-06-15", "status: declined")
        + "[x](/nope/)\n"
    },
}


def verdicts(folder: Path, files: dict[str, str | bytes]) -> list[bool]:
    """Whether a strict build succeeds, at each of the moments."""
    sources = dict(files)
    settings = sources.pop("site.yaml", SETTINGS)
    site = write_site(folder, {path: _flush(text) for path, text in sources.items()}, str(settings))
    memory = MemoryStore()
    requests = [BuildRequest(site.folder, now=now, strict=True, write=False, jobs=1) for now in MOMENTS]
    return [build_site(request, memory).ok for request in requests]


def _flush(text: str | bytes) -> str | bytes:
    return textwrap.dedent(text) if isinstance(text, str) else text


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_before_and_after_its_record_is_shown(name, tmp_path):
    assert verdicts(tmp_path, WRONG[name]) == [False] * len(MOMENTS)


@pytest.mark.parametrize("name", RIGHT)
def test_what_comes_and_goes_is_no_mistake(name, tmp_path):
    assert verdicts(tmp_path, RIGHT[name]) == [True] * len(MOMENTS)


def test_the_exit_code_of_the_command_is_the_same_in_every_year(tmp_path):
    files = {path: text for name in ("a link to it", "a permission that ends") for path, text in RIGHT[name].items()}
    site = write_site(tmp_path, files)
    arguments = ("build", "--strict", "--site", site.folder, "--output", site.output, "--jobs", 1)
    years = ("1999-12-31T23:59:59Z", "2026-06-11T12:00Z", "2026-06-20T09:00+01:00", "2099-01-01")
    assert [run_command(*arguments, "--now", now).code for now in years] == [0, 0, 0, 0]


def test_nothing_of_a_withheld_record_is_published_for_being_looked_at(tmp_path):
    site = write_site(
        tmp_path,
        {A: passing("![T](t.gif)\n\n[x](t.pdf)\n"), "content/pages/t.gif": GIF, "content/pages/t.pdf": b"%PDF-1.4"},
    )
    result = site.build(now=MOMENTS[0], strict=True)
    assert result.ok
    assert [path for path in site.files() if path.startswith("media/") and "/share-site." not in path] == []
