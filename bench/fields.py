"""The front matter of each kind, as rich as editors write it, valid for Twinsite's own kinds.

Takes a ``Random``, the record's day and the slugs it names; gives fields in the order of the file. Days are ``date``
values, instants are text such as ``2026-05-01 09:00``, all else is text, numbers, truth values and lists of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from bench import words

COUNTED_ON: Final = date(2026, 10, 30)
"""The day of all numbers that have one."""
AD: Final = "Ad: I am a paid twintern at Lumen & Lane."
NETWORKS: Final = ("Mastodon", "Instagram", "YouTube", "TikTok")
PLATFORMS: Final = ("Trustpilot", "Instagram", "Reddit", "YouTube", "The Alderwick Gazette", "Google Maps")
REGIONS: Final = ("United Kingdom", "Ireland", "France", "Germany", "Netherlands")


def make_contest(random: Random, opens: date, winners: Sequence[str]) -> dict[str, Any]:
    """A judged contest that is over, with prizes, ways to enter, a panel, and winners who are twinterns."""
    closes = opens - timedelta(days=random.randint(2, 9))
    begins = closes - timedelta(days=random.randint(20, 50))
    return {
        "kind_of": "judged",
        "sponsor": {
            "name": "Lumen & Lane Limited",
            "address": "4 Workshop Yard, Alderwick AK1 7LL",
            "contact": "contests@lumenandlane.example",
        },
        "opens": f"{begins} 09:00",
        "closes": f"{closes} {random.randint(10, 22)}:{random.randint(10, 59)}",
        "judging_ends": f"{closes + timedelta(days=1)} 17:00",
        "winners_announced": f"{opens} 12:00",
        "eligibility": {
            "regions": random.sample(REGIONS, random.randint(1, 3)),
            "minimum_age": random.choice((13, 16, 18)),
            "text": "Nobody who works for the sponsor may enter.",
        },
        "entry": _make_entry(random),
        "prizes": _make_prizes(random),
        "judging": _make_judging(random),
        "how_winners_are_told": "By e-mail within seven days of the end of the judging.",
        "winners": _make_winners(random, winners, opens + timedelta(days=9)),
    }


def _make_entry(random: Random) -> dict[str, Any]:
    return {
        "methods": [
            {
                "type": "form",
                "url": f"https://forms.example/enter/{random.randint(1000, 9999)}",
                "instructions": words.sentence(random),
            }
        ],
        "limit_per_person": random.randint(1, 3),
        "free_route": "Entry is free.",
    }


def _make_winners(random: Random, slugs: Sequence[str], delivered: date) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "twintern": slug,
            "region": random.choice(words.TOWNS),
            "publish_as": "full",
            "consent": True,
            "status": "delivered",
            "delivered_on": delivered,
        }
        for place, slug in zip(("First", "Second"), slugs, strict=False)
    ]


def _make_prizes(random: Random) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "name": words.fill(random, "{Number} {thing}s of the new kind").replace("ys of", "ies of"),
            "quantity": random.randint(1, 4),
            "value": {"amount": random.randint(20, 900), "currency": random.choice(("GBP", "EUR"))},
            "description": words.sentence(random),
        }
        for place in ("First", "Second", "Third")[: random.randint(2, 3)]
    ]


def _make_judging(random: Random) -> dict[str, Any]:
    share = random.choice((40, 50, 60))
    return {
        "criteria": [
            {"name": "Is it your own", "weight": share},
            {"name": "Would a stranger learn something", "weight": 100 - share},
        ],
        "panel": [
            {"name": words.person(random), "role": "Runs the workshop"},
            {"name": words.person(random), "role": "Teaches at the college", "independent": True},
        ],
        "tie_break": "A conversation with each.",
    }


def make_twintern(random: Random, slug: str, joined: date) -> dict[str, Any]:
    """A current, paid twintern with two accounts and three works, each with its label and numbers."""
    handle = slug.replace("-", ".")
    return {
        "handle": handle,
        "pronouns": random.choice(("she/her", "he/him", "they/them")),
        "tagline": words.item(random),
        "location": random.choice(words.TOWNS),
        "regions": random.sample(REGIONS, 2),
        "languages": ["en"],
        "role": random.choice(("Social media twintern", "Twintern, letters", "Twintern, film")),
        "team": random.choice(("Communications", "Workshop")),
        "supervisor": words.person(random),
        "relationship": "intern_paid",
        "disclosure": AD,
        "channels": [_make_channel(random, network, handle) for network in random.sample(NETWORKS, 2)],
        "skills": [words.fill(random, "writing about the {thing}"), "short film", "captions"],
        "works": [_make_work(random, joined + timedelta(days=place)) for place in range(-9, 0, 3)],
    }


def _make_channel(random: Random, network: str, handle: str) -> dict[str, Any]:
    return {
        "network": network,
        "handle": handle,
        "url": f"https://{network.casefold()}.example/{handle}",
        "followers": random.randint(120, 40_000),
        "as_of": COUNTED_ON,
        "source": "Public profile",
    }


def _make_work(random: Random, day: date) -> dict[str, Any]:
    return {
        "title": words.fill(random, random.choice(words.WORKS)),
        "url": f"https://films.example/{random.randint(10_000, 99_999)}",
        "network": random.choice(NETWORKS),
        "published": day,
        "text": words.sentence(random),
        "disclosure": AD,
        "metrics": {
            "reach": random.randint(900, 30_000),
            "likes": random.randint(10, 800),
            "comments": random.randint(0, 90),
            "as_of": COUNTED_ON,
        },
    }


def make_showcase(random: Random, day: date, contest: str | None, twintern: str | None) -> dict[str, Any]:
    """A quotation with leave to show it; most name a contest or a twintern, some have a rating or an answer."""
    draw = random.random()
    fields: dict[str, Any] = {
        "medium": random.choice(("review", "comment", "post")),
        "author": {"name": words.reviewer(random), "handle": f"rider{random.randint(100, 999)}"},
        "relationship": "none",
        "platform": random.choice(PLATFORMS),
        "source_url": f"https://reviews.example/{random.randint(100_000, 999_999)}",
        "published": day,
        "captured": day + timedelta(days=1),
        "quote": words.fill(random, random.choice(words.QUOTES)),
        "language": "en",
    }
    if draw < 0.5:
        fields["rating"] = {"value": random.randint(3, 5), "best": 5}
    if contest and draw < 0.7:
        fields["contest"] = contest
    if twintern and draw > 0.4:
        fields["twintern"] = twintern
    fields["permission"] = {"status": "granted", "scope": ["site"], "answered_on": day + timedelta(days=1)}
    if draw > 0.7:
        fields["reply"] = {"by": words.person(random), "date": day + timedelta(days=2), "text": words.sentence(random)}
    return fields
