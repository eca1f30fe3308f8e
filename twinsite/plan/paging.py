"""Lists cut into pages so that a page's number keeps its content.

Numbered pages count from the oldest: page 1 holds the last records of the list's order and keeps them while new ones
come in front. The list's own address shows the newest, between one and two pages full, so that nothing stands twice and
no page is empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from twinsite.core.site import Entry

Chunk = tuple[int | None, Sequence[Entry]]


def cut_pages(entries: Sequence[Entry], size: int) -> list[Chunk]:
    """The list cut into pages in reading order: first the front (no number), then numbered ones down to 1, the oldest.

    With fewer than two pages full, everything stands on the front.
    """
    full = max(0, len(entries) // size - 1)
    front = len(entries) - full * size
    chunks: list[Chunk] = [(None, entries[:front])]
    for number in range(full, 0, -1):
        start = front + (full - number) * size
        chunks.append((number, entries[start : start + size]))
    return chunks
