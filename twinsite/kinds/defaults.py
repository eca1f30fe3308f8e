"""What a kind does where it has nothing of its own to say: the defaults of the functions of ``Kind``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from twinsite.core.law import Law
from twinsite.core.lock import Lock
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.permission import Right

if TYPE_CHECKING:
    from twinsite.kinds.kind import Facts


def no_state(record: Any, now: datetime) -> str | None:
    """A kind without states."""
    return None


def no_problems(record: Any, path: str) -> tuple[Problem, ...]:
    """A kind with nothing to check beyond its fields."""
    return ()


def no_law(record: Any, path: str, law: Law) -> tuple[Problem, ...]:
    """A kind of which neither law nor networks ask anything."""
    return ()


def no_policies(record: Any, path: str, policies: Mapping[str, Any]) -> tuple[Problem, ...]:
    """A kind of which ``policies`` ask nothing that does not depend on the moment."""
    return ()


def no_insiders(record: Any) -> tuple[str, ...]:
    """A kind whose records are nobody who belongs to the brand."""
    return ()


def no_outsiders(record: Any) -> tuple[tuple[FieldPath, str, str], ...]:
    """A kind that says of nobody that nothing connects them with the brand."""
    return ()


def no_preface(record: Any) -> str:
    """A kind of which nothing must be said before its words."""
    return ""


def no_right(record: Any) -> Right | None:
    """A kind that shows nothing for which somebody else must be asked."""
    return None


def no_withholding(record: Any, now: datetime) -> tuple[str, datetime | None] | None:
    """A kind withheld for the common reasons only."""
    return None


def no_body(record: Any) -> bool:
    """A kind whose records may always do without a text under the front matter."""
    return False


def no_broken_lock(record: Any, path: str, lock: Lock) -> tuple[Problem, ...]:
    """A kind of which nothing is locked."""
    return ()


def no_lock_wanted(record: Any, path: str, slug: str, state: str | None, lock: Lock | None) -> tuple[Problem, ...]:
    """A kind whose records may always do without a lock."""
    return ()


def no_names(record: Any, state: str | None) -> tuple[tuple[str, str], ...]:
    """A kind whose public fields hold every reference that may be shown."""
    return ()


def no_contacts(record: Any) -> tuple[str | None, ...]:
    """A kind that names nobody to write to or to call."""
    return ()


def no_neighbours(record: Any, path: str, slug: str, exists: Callable[[str], bool]) -> tuple[Problem, ...]:
    """A kind that expects no files beside its records but those that are named."""
    return ()


def no_texts(record: Any, facts: Facts) -> tuple[str, ...]:
    """A kind whose files say nothing that looks personal."""
    return ()


def own_title(record: Any) -> str:
    """The ``title`` as written."""
    return str(record.title)


def own_date(record: Any) -> date | None:
    """The ``date`` as written."""
    value: date | None = record.date
    return value


def own_updated(record: Any) -> date | None:
    """``updated`` as written."""
    value: date | None = record.updated
    return value


def by_weight(record: Any, state: str | None, title: str) -> tuple[Any, ...]:
    """By weight, then title (without regard to letter case)."""
    return (record.weight or 0, title.casefold())
