"""A record's body as views hold it: the entrance to ``body`` (links, pictures) and ``component``."""

from __future__ import annotations

from typing import Any

from twinsite.core.site import Entry
from twinsite.plan.body import Filling, fill_holes
from twinsite.plan.component import fill_component
from twinsite.plan.library import Library


def fill_entry_body(library: Library, entry: Entry) -> tuple[dict[str, Any] | None, Filling]:
    """A record's body as views hold it (``None`` where it is empty), and what filling it found."""
    draft = entry.draft
    filling = Filling(library, entry, fill_component, draft.body_line - 1)
    library.bodies.add(entry.path)
    if draft.is_empty:
        return None, filling
    return fill_holes(filling, draft.holes, draft.body_digest), filling
