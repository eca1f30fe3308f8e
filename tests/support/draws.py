"""A site with one contest that is to be drawn, and lists of entries for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.support.command import Outcome, run_command
from tests.support.site import Site, write_site

SOURCE = "The numbers of the Saturday lottery, in rising order, with a blank between two"
SEED = "4 11 23 31 38 45"
COMMITTED = "2026-05-01T09:00:00Z"
SEED_AT = "2026-05-02T20:00:00Z"
DRAWN = "2026-05-03T09:00:00Z"

CONTEST = """\
---
title: Spring draw
kind_of: draw
sponsor: {name: Brightleaf}
opens: 2026-04-01 09:00
closes: 2026-04-30 18:00
prizes:
  - {place: First, name: A kettle, value: {amount: 40, currency: GBP}}
  - {place: Second, name: A cup, quantity: 2, value: {amount: 10, currency: GBP}}
---
Send us a card.
"""


def make_code(number: int | str) -> str:
    """A code of 96 bits, the same for the same number."""
    return sha256(f"entry {number}".encode()).hexdigest()[:24]


def write_list(codes: list[str]) -> str:
    """A list of entries with addresses beside the codes, as form services export them."""
    return "id,email\n" + "".join(f"{code},entrant{place}@home.example\n" for place, code in enumerate(codes))


@dataclass(frozen=True, slots=True)
class DrawSite:
    """A site whose contest ``spring`` can be drawn; ``entries`` is its list, outside the site."""

    site: Site
    entries: Path

    @classmethod
    def make(cls, folder: Path, codes: list[str] | None = None, text: str | bytes | None = None) -> DrawSite:
        """The site with this list: of codes, or as a whole text."""
        site = write_site(folder, {"content/contests/spring.md": CONTEST})
        found = text if text is not None else write_list(codes or [make_code(n) for n in range(30)])
        entries = folder / "entries.csv"
        entries.write_bytes(found if isinstance(found, bytes) else found.encode())
        return cls(site, entries)

    def commit(self, *more: object, now: str = COMMITTED, seed_at: str = SEED_AT) -> Outcome:
        """``draw commit spring``."""
        given = ("--entries", self.entries, "--seed-source", SOURCE, "--seed-at", seed_at, "--now", now)
        return run_command("draw", "commit", "spring", "--site", self.site.folder, *given, *more)

    def run(self, *more: object, now: str = DRAWN, seed: str = SEED) -> Outcome:
        """``draw run spring``."""
        return run_command("draw", "run", "spring", "--site", self.site.folder, "--seed", seed, "--now", now, *more)

    def verify(self, *more: object) -> Outcome:
        """``draw verify`` of the receipt."""
        return run_command("draw", "verify", self.file("receipt.json"), *more)

    def file(self, what: str) -> Path:
        """A file beside the contest."""
        return self.site.folder / "content" / "contests" / f"spring.{what}"

    def private(self, what: str) -> Path:
        """A file for the promoter alone."""
        return self.site.folder / "entries-raw" / f"spring.{what}"

    def name(self, *lines: str) -> None:
        """Let the contest name files of its draw."""
        path = self.site.folder / "content" / "contests" / "spring.md"
        text = CONTEST.replace("prizes:", "\n".join((*lines, "prizes:")))
        path.write_text(text, encoding="utf-8")

    def receipt(self) -> dict[str, Any]:
        """What the receipt says."""
        found: dict[str, Any] = json.loads(self.file("receipt.json").read_bytes())
        return found
