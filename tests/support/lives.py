"""A contest at each step of its life, and what its page then shows, kept in ``tests/golden/contest-life.txt``.

``python -m tests.support.lives`` writes that file anew; read the difference before you commit it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import html

from tests.support.seen import drop_hidden
from tests.support.site import SETTINGS, Site, write_site
from tests.support.texts import announcement, named

GOLDEN = Path(__file__).parents[1] / "golden" / "contest-life.txt"
SECOND = timedelta(seconds=1)

CONTEST = """\
---
title: A cup of spring
summary: Show us your cup.
kind_of: vote
sponsor: {name: Brightleaf}
date: 2026-02-20
tags: [cups]
opens: 2026-03-28 09:00
closes: 2026-03-29 02:00
voting: {opens: 2026-04-03 09:00, closes: 2026-04-10 18:00, url: "https://votes.example/spring"}
winners_announced: 2026-10-25 01:30+00:00
entry: {methods: [{type: form, url: "https://forms.example/spring"}]}
prizes: [{place: First, name: A bag, value: {amount: 20, currency: GBP}}]
campaign: cups
winners: [{place: First, name: Ana Ruiz, publish_as: full, consent: true, status: delivered}]
results: cups
story: spring-is-over
followed_by: autumn
---
Bring your own.
"""
AUTUMN = """\
---
title: Autumn
kind_of: draw
sponsor: {name: Brightleaf}
opens: 2030-01-01 09:00
closes: 2030-02-01 09:00
prizes: [{name: A bag, value: {amount: 20, currency: GBP}}]
---
Later.
"""
TURNS = (
    ("opens", datetime(2026, 3, 28, 9, tzinfo=UTC)),
    ("closes in the hour that the clocks skip", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("voting opens", datetime(2026, 4, 3, 8, tzinfo=UTC)),
    ("voting closes", datetime(2026, 4, 10, 17, tzinfo=UTC)),
    ("winners announced in the hour that comes twice", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
)
"""The instants at which its page changes: in both nights in which London's clocks do, too."""


def write_life(folder: Path) -> Site:
    """The site of the contest, with pages that show its state and pages that do not."""
    return write_site(
        folder,
        {
            "content/index.md": "---\ntitle: Brightleaf\n---\nTea.\n",
            "content/contests/spring.md": CONTEST,
            "content/contests/autumn.md": AUTUMN,
            "content/campaigns/cups.md": named("Cups"),
            "content/announcements/spring-is-over.md": announcement("Spring is over", "2026-02-01"),
            "content/pages/about.md": "---\ntitle: About\n---\nWe are.\n",
            "content/data/cups.csv": "cup,votes\nBlue,12\nRed,9\n",
        },
        SETTINGS + "outputs: {share: {contest: false}, share_images: {contest: false}}\n",
    )


def steps() -> Iterator[tuple[str, datetime]]:
    """The second before each turn, and the turn itself, with a name."""
    for name, at in TURNS:
        yield f"before: {name}", at - SECOND
        yield f"after: {name}", at


def read_seen(text: str) -> list[str]:
    """What somebody reads on a page between its head and its foot, in lines."""
    main = html.document_fromstring(drop_hidden(text)).get_element_by_id("page-body")
    for link in main.iter("a"):
        link.tail = f" <{link.get('href')}>{link.tail or ''}"
    for part in main.iter("span"):
        part.tail = f" {part.tail or ''}"
    for part in main.iter("h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th"):
        part.text, part.tail = f"\n{part.text or ''}", f"\n{part.tail or ''}"
    blocks = re.split(r"\n+", main.text_content())
    return [line for block in blocks if (line := " ".join(block.split()))]


def write_golden(site: Site) -> str:
    """The whole life of the contest as its page shows it."""
    parts = []
    for name, now in steps():
        if not site.build(now=now, jobs=1).ok:
            raise RuntimeError(f"the site cannot be built at {now}")
        seen = read_seen(site.text("contests/spring/"))
        parts.append("\n".join([f"=== {name} ({now:%Y-%m-%dT%H:%M:%SZ})", *seen, ""]))
    return "\n".join(parts)


def main() -> None:
    """Writes the file as the pages are now."""
    GOLDEN.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        GOLDEN.write_text(write_golden(write_life(Path(place))), encoding="utf-8")


if __name__ == "__main__":
    main()
