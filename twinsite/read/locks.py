"""Locks: ``content/locks/<kind>/<slug>.yaml``, as ``twinsite lock`` wrote them.

Takes the paths of the files; gives locks by kind and slug, or what is wrong with a file. Nobody writes these by hand,
so every fault of a file has one answer: to take back the change that spoiled it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec.structs import replace

from twinsite.core.lock import LENGTH, Binding, Lock, find_version
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem
from twinsite.kinds import KINDS
from twinsite.kinds.kind import nothing_locked
from twinsite.read.drafts import read_bytes
from twinsite.read.front import parse_yaml

FOLDER = "content/locks"
RESTORE = "Take back the change (git checkout of this file), or delete the file and run: twinsite lock"
_DIGEST = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
_TEXTS = ("name", "heading", "text", "after")


class _DamagedError(Exception):
    """A lock is not as it was written; the text says where."""


def read_locks(site: Path, paths: Iterable[str]) -> tuple[dict[tuple[str, str], Lock], list[Problem]]:
    """Every lock by its kind and slug, and all problems of the files."""
    found: dict[tuple[str, str], Lock] = {}
    problems: list[Problem] = []
    for path in paths:
        lock, wrong = _read_lock(site, path)
        problems += wrong
        if lock:
            found[lock.kind, lock.slug] = lock
    return found, problems


def _read_lock(site: Path, path: str) -> tuple[Lock | None, list[Problem]]:
    kind, _, name = path.removeprefix(f"{FOLDER}/").partition("/")
    known = [one.name for one in KINDS if one.locked is not nothing_locked]
    if kind not in known or PurePosixPath(name).suffix != ".yaml":
        near = nearest_name(kind, known)
        hint = f"Locks are made with: twinsite lock {near or known[0]} NAME. Put other files elsewhere."
        return None, [Problem("unknown-file", path, "This is no lock of a record.", hint)]
    data, problem = read_bytes(site, path)
    damaged = Lock(path, kind, name.removesuffix(".yaml"), ())
    if data is None or problem:
        return damaged, [problem] if problem else []
    values, problems = parse_yaml(data, path)
    if problems:
        text = f"This lock cannot be read: {problems[0].message}"
        return damaged, [Problem("damaged-lock", path, text, RESTORE, 1, 1)]
    try:
        return replace(damaged, history=_read_history(values)), []
    except _DamagedError as error:
        text = f"This lock is not as it was written: {error}."
        return damaged, [Problem("damaged-lock", path, text, RESTORE, 1, 1)]


def _read_history(values: Any) -> tuple[Binding, ...]:
    items = values.get("locked") if isinstance(values, dict) else None
    if not isinstance(items, list) or not items:
        raise _DamagedError('it has no list "locked"')
    history = tuple(_read_binding(item) for item in items)
    if any(second.day < first.day for first, second in pairwise(history)):
        raise _DamagedError("its days are not in order")
    return history


def _read_binding(values: Any) -> Binding:
    if not isinstance(values, dict):
        raise _DamagedError('an item of "locked" has no fields')
    fields = values.get("fields")
    if not isinstance(fields, dict) or not all(
        isinstance(one, str) and _DIGEST.fullmatch(one) for one in fields.values()
    ):
        raise _DamagedError("a digest of a field is spoiled")
    text = _fill_empty(values.get("text") or [])
    version = values.get("version") or ""
    if not isinstance(text, list) or (find_version(text) if text else "") != version:
        raise _DamagedError("its text is not that of its version")
    if not all(map(_is_clause, text)):
        raise _DamagedError("a clause of its text is spoiled")
    return Binding(_read_day(values.get("date")), fields, version, text)


def _is_clause(value: Any) -> bool:
    """Whether it has all that a page of rules shows of a clause: somebody who works out the version again can write
    anything here.
    """
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    texts = (*(value.get(name) for name in _TEXTS), *value["items"])
    return all(isinstance(text, str) for text in texts)


def _fill_empty(value: Any) -> Any:
    """Values with empty texts in place of none: a file of YAML cannot tell the two apart."""
    if isinstance(value, dict):
        return {name: [] if name == "items" and not item else _fill_empty(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_fill_empty(item) for item in value]
    return "" if value is None else value


def _read_day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise _DamagedError("a day is missing or is none") from None
