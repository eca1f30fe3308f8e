"""The draw of a contest: what every contest is asked. What those answer that have one is read by ``draw_files``, which
few sites import.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twinsite.core.problem import Problem
from twinsite.draw.names import ENDINGS
from twinsite.kinds.contest.model import Contest
from twinsite.kinds.kind import Facts


def show_draw(record: Contest, facts: Facts) -> dict[str, Any] | None:
    """What a page shows of a draw (see ``draw_files.show_statement``); ``None`` without one."""
    if record.draw is None:
        return None
    from twinsite.kinds.contest.draw_files import show_statement

    return show_statement(record, facts)


def list_public_texts(record: Contest, facts: Facts) -> tuple[str, ...]:
    """The number that decided: those of a lottery may look like a phone's."""
    if record.draw is None:
        return ()
    from twinsite.kinds.contest.draw_files import list_seeds

    return list_seeds(record, facts)


def check_draw_shown(record: Contest, path: str, slug: str, exists: Callable[[str], bool]) -> tuple[Problem, ...]:
    """A draw whose files lie beside the contest, and of which its page shows nothing, or only the promise."""
    for kind, shown in (("receipt", ENDINGS["receipt"]), ("commitment", "")):
        name = f"{slug}{ENDINGS[kind]}"
        if (record.draw and record.draw.endswith(shown)) or not exists(name):
            continue
        message = f"The {kind} of this contest's draw lies beside it, but the page does not show it."
        hint = f"Add the line draw: {name}; or delete the file, if it was never published."
        return (Problem("draw-not-shown", path, message, hint, field=(), severity="warning"),)
    return ()


def check_draw_files(record: Contest, path: str, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the files of a draw, and with winners that were not drawn."""
    if record.draw is None and record.draw_list is None:
        return ()
    from twinsite.kinds.contest.draw_files import check_statements

    return check_statements(record, path, facts)
