"""A site with every state, every component and awkward words, built once for the tests of the default theme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.support.records import read_beside
from tests.support.site import Site, write_site
from tests.support.web import serve
from twinsite.kinds import KINDS

SAMPLES = Path(__file__).parents[1] / "samples"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
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
SETTINGS = """\
title: Larkfield Coffee
base_url: https://larkfield.example/
timezone: Europe/London
brand: {name: Larkfield, legal_name: Larkfield Coffee Ltd., email: hello@larkfield.example}
menu:
  - {label: Contests, to: /contests/}
  - label: More
    children: [{label: People, to: /twinterns/}, {label: Voices, to: /showcases/}]
networks: [{network: Mastodon, url: "https://social.example/@larkfield"}]
pagination: {size: 3}
"""
CONTEST = """\
---
title: {title}
summary: Tell us what you drink it with.
kind_of: {kind}
sponsor: {{name: Larkfield Coffee Ltd.}}
opens: {opens} 09:00
closes: {closes} 18:00
how_winners_are_told: By e-mail within seven days.
eligibility: {{regions: [United Kingdom], minimum_age: 16}}
entry: {{methods: [{{type: form, url: "https://forms.example/x"}}], limit_per_person: 1}}
judging: {{criteria: [{{name: Taste, weight: 100}}]}}
prizes: [{{name: A year of coffee, value: {{amount: 240, currency: GBP}}}}]
{more}
---
"""
CONTESTS = {
    "open": ("draw", "2026-11-01", "2026-12-18", "winners_announced: 2026-12-22 12:00"),
    "voting": ("vote", "2026-10-01", "2026-11-01", "voting: {opens: 2026-11-10 09:00, closes: 2026-11-30 18:00}"),
    "judging": ("judged", "2026-09-01", "2026-11-10", "judging_ends: 2026-12-01 18:00"),
    "upcoming": ("judged", "2027-02-01", "2027-03-01", "judging_ends: 2027-03-10 18:00"),
    "closed": ("draw", "2026-06-01", "2026-07-01", ""),
    "void": ("draw", "2026-08-01", "2026-08-20", "status_override: void"),
}
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
COMPONENTS = f"""\
---
title: Everything that a text can hold, even {LONG_WORD}
toc: true
---
Some words, `a_very_long_piece_of_code_that_does_not_break_anywhere_by_itself(and, its, arguments)`, and [a link](
https://example.com/a/very/long/address/that/goes/on/and/on/and/on/until/nobody/can/read/it.html).

## A heading

| One | Two | Three | Four | Five |
|---|---|---|---|---|
| A cell with some words | another | andanotherwithoutanyspaceinit | a fourth with many words in it | the fifth |

```
a line of code that is so long that it must scroll inside its own box, whatever the width of the window may be today
```

### A smaller heading

> [!NOTE]
> A note.

::: figure cup.jpg alt="A cup" caption="A cup on a sill" credit="Ana Lopez" :::

::: gallery caption="Cups"
![One](cup.jpg "First")
![Two](cup.jpg)
:::

::: quote maria-k :::

::: quote author="Jo" source="The Post" url=https://example.com/
Very *good*.
:::

::: cta label="Enter" url=/contests/ note="Free" :::

::: faq
## Twice?
No.
:::

::: timeline
## March
It began.
:::

::: download rules.pdf label="The rules" :::

::: metric 12,400 label="cups" as_of=2026-05-04 source="Till" :::

::: disclosure text="A gift." :::

::: table scores columns="points, name" caption="Points" :::
"""


def make_picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (1200, 800), "brown").save(data, "JPEG")
    return data.getvalue()


def make_files() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        f"content/{kind.folder}/{SLUGS[kind.name]}.md": (SAMPLES / kind.name / "good.md").read_bytes() for kind in KINDS
    }
    files |= read_beside()
    files["content/index.md"] = "---\ntitle: Coffee worth talking about\n---\nWe roast on Mondays.\n"
    for name in ("contests/machine", "twinterns/ana", "twinterns/swan", "showcases/cup", "pages/cup"):
        files[f"content/{name}.jpg"] = make_picture()
    for name in ("contests/rules.pdf", "showcases/talk.mp4", "pages/rules.pdf"):
        files[f"content/{name}"] = b"-"
    for name in ("cup-scores", "ana-numbers", "scores"):
        files[f"content/data/{name}.csv"] = "name,points\nA,3\nB,5\n"
    files["content/data/ana-numbers.schema.yaml"] = "columns: {name: {type: text}, points: {type: whole}}\n"
    files["content/pages/everything.md"] = COMPONENTS
    for state, (kind, opens, closes, more) in CONTESTS.items():
        title = f"A contest that is {state}"
        files[f"content/contests/{state}.md"] = CONTEST.format(
            title=title, kind=kind, opens=opens, closes=closes, more=more
        )
    for number in range(8):
        files[f"content/announcements/news-{number}.md"] = (
            f"---\ntitle: News {number}\ndate: 2026-0{number + 1}-01\n---\nNews.\n"
        )
    return files


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site, built at a moment at which its contests are in every state."""
    site = write_site(tmp_path_factory.mktemp("states"), make_files(), SETTINGS)
    result = site.build(now=NOW)
    assert result.ok, [(problem.path, problem.line, problem.rule, problem.message) for problem in result.problems]
    return site


@pytest.fixture(scope="session")
def states_address(states: Site) -> Iterator[str]:
    """Where it is served."""
    with serve(states.output, "/some/folder/") as root:
        yield root
