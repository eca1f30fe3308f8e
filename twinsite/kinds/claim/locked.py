"""What of a claim is binding once it was published: its updates, each by the moment it was dated.

A lock holds the digest of each update's words under its moment. New updates follow the locked ones; whatever happens
to a locked one is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from twinsite.core.lock import Lock, digest_fields
from twinsite.core.problem import FieldPath, Problem
from twinsite.kinds.claim.life import name_update

if TYPE_CHECKING:
    from twinsite.kinds.claim.model import Claim

KEPT = "If nobody has seen it yet, delete {path} and lock the claim again."


def list_locked(record: Claim) -> dict[str, Any]:
    """The words of each update by its name."""
    return {name_update(update): update.text for update in record.updates}


def check_lock(record: Claim, path: str, lock: Lock) -> tuple[Problem, ...]:
    """Locked updates that changed or are gone, and new ones that stand before or between them."""
    locked = _join_history(lock)
    written = digest_fields(list_locked(record))
    places = {name_update(update): index for index, update in enumerate(record.updates)}
    changed = [places[name] for name, digest in locked.items() if name in places and digest != written[name]]
    return (
        *(_changed(path, lock, index) for index in changed),
        *(_gone(path, lock, name, record) for name in locked if name not in places),
        *_list_backdated(path, lock, locked, places),
    )


def _join_history(lock: Lock) -> dict[str, str]:
    """Every update that was ever locked, as it was first."""
    found: dict[str, str] = {}
    for binding in lock.history:
        found = {**binding.fields, **found}
    return dict(sorted(found.items()))


def _changed(path: str, lock: Lock, index: int) -> Problem:
    return _refuse(
        path,
        ("updates", index, "text"),
        "This update was locked and no longer says what it said then.",
        "Write it back as it was, and say what has changed in a new update below.",
        lock,
    )


def _gone(path: str, lock: Lock, name: str, record: Claim) -> Problem:
    return _refuse(
        path,
        ("updates",) if record.updates else (),
        f"The update of {name.replace('T', ' ').replace('Z', ' UTC')} was locked and is no longer here.",
        "Write it back with its text and its moment (git log shows both).",
        lock,
    )


def _list_backdated(path: str, lock: Lock, locked: dict[str, str], places: dict[str, int]) -> Iterator[Problem]:
    latest = max(locked, default="")
    for name, index in places.items():
        if name not in locked and name < latest:
            yield _refuse(
                path,
                ("updates", index, "at"),
                "This update is new, and dated before updates that were locked.",
                "Date it with the moment at which you publish it, and put it at the end.",
                lock,
            )


def _refuse(path: str, field: FieldPath, message: str, hint: str, lock: Lock) -> Problem:
    return Problem("locked-update-changed", path, message, f"{hint} {KEPT.format(path=lock.path)}", field=field)


def check_unlocked(record: Claim, path: str, slug: str, state: str | None, lock: Lock | None) -> tuple[Problem, ...]:
    """Published updates that nothing holds fast yet."""
    locked = _join_history(lock) if lock and lock.history else {}
    fresh = [index for index, update in enumerate(record.updates) if name_update(update) not in locked]
    if not fresh:
        return ()
    count = "1 update" if len(fresh) == 1 else f"{len(fresh)} updates"
    return (
        Problem(
            rule="claim-not-locked",
            path=path,
            field=("updates", fresh[0]),
            message=f"Nothing holds {count} of this claim fast.",
            hint=f"Once it is published, run: twinsite lock {slug}   Then commit the file that it writes.",
            severity="notice",
        ),
    )
