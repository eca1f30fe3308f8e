"""How the showcases of a site were collected, checked and chosen: what a wall says of itself, and may not say.

16 CFR 465.7(b) forbids to let a selection pass for all reviews; in the European Union and the United Kingdom a site
must say whether and how it checks them. Only values; reads no clock.
"""

import re
from typing import Any

from msgspec import Struct
from pydantic import Field

from twinsite.core.expression import express
from twinsite.core.record import Model
from twinsite.core.values import Date, Flag, Text
from twinsite.kinds.parts import Count


class Collection(Model):
    """How the showcases were collected, checked and chosen."""

    collected: Count | None = Field(
        None, description="How many were collected in all, shown or not, such as: 214. Withheld ones count."
    )
    count_withheld: Flag = Field(
        True,
        description="Whether those that want for a permission count in the number that readers see; false takes them "
        "off, as far as they have a file here.",
    )
    since: Date | None = Field(None, description="The first day of the time in which they were collected.")
    until: Date | None = Field(None, description="The last day of that time.")
    chosen: Text | None = Field(
        None, description="Who chose those that are shown, and how, such as: Chosen by two of us, one from each shop."
    )
    checked: Text | None = Field(
        None, description="Whether and how it was checked that the authors know what they write about."
    )
    complete: Flag = Field(
        False, description="true when all that were collected are shown; then their number must be the same."
    )


class Extent(Struct, frozen=True):
    """How many showcases there are: ``shown`` now, ``ever``, at some time without anybody's doing, and ``unpermitted``,
    withheld because nobody gave leave, or no longer.
    """

    shown: int
    ever: int
    unpermitted: int = 0


def count_shown(number: int) -> str:
    """``1 is shown``, ``12 are shown``."""
    return "1 is shown" if number == 1 else f"{number} are shown"


def count_collected(own: Collection, extent: Extent) -> int | None:
    """How many were collected, as readers are told: with or without those that want for a permission."""
    if own.collected is None or own.count_withheld:
        return own.collected
    return max(extent.shown, own.collected - extent.unpermitted)


def state_extent(own: Collection, extent: Extent) -> dict[str, Any]:
    """What a wall says of itself: ``{shown, collected, since, until, chosen, checked, all}``, days as ISO text.
    ``all`` is true only while all that were collected are shown.
    """
    return {
        "shown": extent.shown,
        "collected": count_collected(own, extent),
        "since": own.since.isoformat() if own.since else None,
        "until": own.until.isoformat() if own.until else None,
        "chosen": own.chosen,
        "checked": own.checked,
        "all": own.complete and own.collected == extent.shown,
    }


_THINGS = r"(?:reviews?|voices?|opinions?|ratings?|comments?|testimonials?|feedback|customers?|buyers?)"
_CLAIM = express(
    rf"\b(?:all|every|each)\s+(?:single\s+)?(?:of\s+)?(?:(?:the|our|these|your)\s+)?(?:[\w’'-]+\s+)?{_THINGS}\b"
    rf"|\b100\s?(?:%|per cent|percent)\s+of\s+(?:[\w’'-]+\s+)?{_THINGS}\b",
    re.IGNORECASE,
)
_DENIED = express(
    r"\b(?:not|never|no|hardly|nearly|almost|isn.t|aren.t|don.t|cannot|can.t|without)\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
_OTHERWISE = express(
    r"\b(?:we|us|i|they|he|she)(?:\s+\w+){0,2}\s+(?:read|check|count|collect|answer|note|keep|ask|invite|thank|look)(?:e?d|s)?\b"
    r"|\b(?:is|are|was|were|been|gets?|got)\s+(?:read|checked|counted|collected|answered|noted|kept|asked|invited)\b"
    r"|\bsame\b",
    re.IGNORECASE,
)
_SENTENCE = express(r"[^.!?\n]+[.!?]?")


def find_claim(text: str) -> str | None:
    """The words of a text by which it says that all reviews are shown; ``None`` where none do. English only.

    Left alone are questions, denials ("this is not all reviews"), and sentences that say what is done with each review
    ("we read every review").
    """
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        claim = _CLAIM.search(sentence)
        if not claim or sentence.rstrip().endswith("?") or _OTHERWISE.search(sentence):
            continue
        if not _DENIED.search(sentence[: claim.start()]):
            return claim[0]
    return None
