"""What must be said, and what may be shown, where a showcase is shared."""

from __future__ import annotations

from twinsite.kinds.kind import Shared
from twinsite.kinds.showcase.model import Showcase


def share_showcase(record: Showcase, state: str | None) -> Shared:
    """The connection of its author with the brand. A picture of its words for other sites is drawn only where the
    author agreed: a short quotation is no such consent. The author's name is in no word of the address.
    """
    granted = record.permission.status == "granted"
    return Shared(
        campaign=record.campaign or record.contest or "showcases",
        content="",
        pictured=granted,
        drawn=granted,
        label=f"relationship_{record.relationship}",
    )
