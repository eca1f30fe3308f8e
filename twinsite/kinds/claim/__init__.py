"""Claims: what is said about the brand, what of it is true, and what people should do. Read in a hurry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from twinsite.core.record import Record
from twinsite.kinds.claim.checks import check
from twinsite.kinds.claim.feed import FAMILY as FEED
from twinsite.kinds.claim.life import (
    compute,
    compute_card,
    find_alert,
    find_state,
    find_updated,
    list_changes,
    note_silence,
    order_in_lists,
)
from twinsite.kinds.claim.locked import check_lock, check_unlocked, list_locked
from twinsite.kinds.claim.statuses import STATUSES
from twinsite.kinds.kind import Kind, Shared
from twinsite.kinds.parts import contact_of

if TYPE_CHECKING:
    from twinsite.kinds.claim.model import Claim


def find_day(record: Claim) -> date:
    """The day on which it was first seen."""
    return record.first_seen


def list_contacts(record: Claim) -> tuple[str | None, ...]:
    """Whom people may ask, and the number for the remedy."""
    return (*contact_of(record.contact), record.remedy.hotline if record.remedy else None)


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.claim.model import Claim

    return Claim


KIND = Kind(
    name="claim",
    folder="claims",
    label="Claim",
    plural="Claims",
    load_model=load_model,
    about="Something that is said about the brand, and the answer: what is known, what to do, and what was said when.",
    states=STATUSES,
    card=("claim", "severity", "first_seen", "closed"),
    day=find_day,
    updated=find_updated,
    state=find_state,
    changes=list_changes,
    order=order_in_lists,
    check=check,
    notices=note_silence,
    compute=compute,
    compute_card=compute_card,
    alert=find_alert,
    related=False,
    families=(FEED,),
    locked=list_locked,
    check_lock=check_lock,
    check_unlocked=check_unlocked,
    contacts=list_contacts,
    most_back=240,
    draws_images=True,
    share=lambda record, state: Shared(live=False, label=f"state_{state}"),
)
