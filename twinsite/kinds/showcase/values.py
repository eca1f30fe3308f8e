"""What is made of a showcase's fields: what stands before its words, what narrows a wall, what search engines read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twinsite.core.convert import make_step
from twinsite.kinds.disclosure import label_speaker
from twinsite.kinds.kind import Facts
from twinsite.kinds.showcase.model import Showcase

LONGEST_AUTHOR = 100
"""Letters from which on search engines take no author of a review."""


def list_facets(record: Showcase) -> tuple[tuple[str, str], ...]:
    """The medium, the product and the regions, as steps of addresses; ``press`` for what the press made."""
    product = (("product", record.product),) if record.product else ()
    regions = (("region", make_step(region)) for region in record.regions)
    press = (("press", ""),) if is_press(record) else ()
    return (("medium", record.medium), *product, *regions, *press)


def is_press(record: Showcase) -> bool:
    """Whether the press made it: an article, a podcast, or what is quoted as the press may be."""
    return record.medium in ("article", "podcast") or record.permission.status == "quotation"


def compute_card(record: Showcase, facts: Facts) -> dict[str, Any]:
    """``label``: see ``label_speaker``."""
    return {"label": label_speaker(record.relationship, facts)}


def compute(record: Showcase, facts: Facts) -> dict[str, Any]:
    """The same on its own page."""
    return compute_card(record, facts)


def describe_review(record: Showcase, facts: Facts) -> tuple[dict[str, Any], ...]:
    """A Review for search engines, only where their rules allow one (Google's review snippet; see the guide).

    The item is another company's product, so that nobody praises themselves; the review was written for this site and
    copied from no other; its author is a person whom nothing connects with the brand; rating and words are on the page.
    """
    item = find_reviewed(record, facts)
    rating = record.rating
    if item is None or rating is None:
        return ()
    review = {
        "@type": "Review",
        "author": {"@type": "Person", "name": record.author.name},
        "datePublished": record.published.isoformat(),
        "reviewBody": record.quote,
        "inLanguage": record.language,
        "itemReviewed": item,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": str(rating.value),
            "bestRating": str(rating.best),
            "worstRating": str(rating.worst),
        },
    }
    return ({key: value for key, value in review.items() if value is not None},)


def find_reviewed(record: Showcase, facts: Facts) -> Mapping[str, Any] | None:
    """The product of a review that may be told to search engines; ``None`` where none may."""
    entry = facts.records.get(("product", record.product)) if record.product else None
    if entry is None or entry.held or not _is_first_hand(record):
        return None
    maker: str | None = entry.record.__dict__.get("brand")
    if not maker or maker.casefold() == facts.brand.casefold():
        return None
    return {"@type": "Product", "name": entry.title, "brand": {"@type": "Brand", "name": maker}}


def _is_first_hand(record: Showcase) -> bool:
    """Whether a stranger wrote a review for this site, under a name, with a rating and words that the page shows."""
    paid = record.incentive is not None and record.incentive.given
    own = record.medium == "review" and record.relationship == "none" and not paid
    named = len(record.author.name) < LONGEST_AUTHOR and not record.author.name.startswith("@")
    return own and named and bool(record.quote) and not (record.platform or record.source_url)
