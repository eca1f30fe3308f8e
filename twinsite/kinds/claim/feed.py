"""The feed of a claim (Atom, RFC 4287): its updates, the newest first. Whoever follows it misses none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from twinsite.kinds.claim.life import list_shown, name_update, shorten_name, split_lines
from twinsite.kinds.further import Family, Further, Surroundings

if TYPE_CHECKING:
    from twinsite.kinds.claim.model import Claim, Update

STEP = "feed.xml"
LONGEST_TITLE = 80
"""Characters of an update's first line that serve as its title."""


def list_steps(record: Claim) -> tuple[str, ...]:
    """One feed, where there are updates."""
    return (STEP,) if record.updates else ()


def make_feed(record: Claim, around: Surroundings) -> Further:
    """``id home`` and ``updated``, the last moment (UTC), with ``entries`` ``{id title url at text}``."""
    shown = list_shown(record, around.facts.now)
    tag = f"tag:{around.host},2000:{quote(around.uid, safe='/-._~')}"
    values = {
        "id": tag,
        "home": around.full,
        "updated": name_update(shown[0]) if shown else f"{record.first_seen.isoformat()}T00:00:00Z",
        "entries": [_make_entry(update, tag, around.full) for update in shown],
    }
    return Further(values)


def _make_entry(update: Update, tag: str, full: str) -> dict[str, Any]:
    anchor = f"update-{shorten_name(update)}"
    lines = split_lines(update.text)
    title = lines[0] if lines else ""
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
    return {
        "id": f"{tag}#{anchor}",
        "title": title,
        "url": f"{full}#{anchor}",
        "at": name_update(update),
        "text": "\n\n".join(lines),
    }


FAMILY = Family("feed", "machine/updates.xml", list_steps, make_feed)
