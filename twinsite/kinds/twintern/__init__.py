"""Twinterns: people who speak for the brand on social networks, with what connects them and what they made."""

from __future__ import annotations

from twinsite.kinds.kind import Kind
from twinsite.kinds.parts import contact_of
from twinsite.kinds.twintern.ageing import list_ageing, note_old_exports, note_old_numbers
from twinsite.kinds.twintern.checks import check, check_wording, list_insiders
from twinsite.kinds.twintern.exports import check_exports
from twinsite.kinds.twintern.kit import FAMILIES, share_twintern
from twinsite.kinds.twintern.life import (
    STANDINGS,
    compute,
    compute_card,
    find_standing,
    list_changes,
    name_of,
    order_in_lists,
)
from twinsite.kinds.twintern.links import FAMILY as LINKS
from twinsite.kinds.twintern.model import Twintern
from twinsite.kinds.twintern.work_log import FAMILY as REFERENCE

KIND = Kind(
    name="twintern",
    folder="twinterns",
    label="Twintern",
    plural="Twinterns",
    load_model=lambda: Twintern,
    about="A person who speaks for the brand on social networks, with role, term, works and numbers.",
    states=STANDINGS,
    schema_type="ProfilePage",
    card=("handle", "pronouns", "tagline", "role", "team", "location", "relationship", "disclosure", "programme"),
    title=name_of,
    state=find_standing,
    changes=list_changes,
    ageing=list_ageing,
    order=order_in_lists,
    check=check,
    check_law=check_wording,
    check_tables=check_exports,
    note_tables=note_old_exports,
    notices=note_old_numbers,
    insiders=list_insiders,
    compute=compute,
    compute_card=compute_card,
    most_back=120,
    contacts=lambda record: contact_of(record.press_contact),
    families=(*FAMILIES, LINKS, REFERENCE),
    share=share_twintern,
)
