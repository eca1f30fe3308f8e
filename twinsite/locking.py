"""Lock a record: write down what its fields say now, for ``content/locks/``. Surveys the site, renders nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from msgspec import Struct
from msgspec.structs import replace

from twinsite.cache.store import Cache
from twinsite.core.lock import Binding, Lock, digest_fields, find_version, list_differing
from twinsite.core.names import nearest_name
from twinsite.core.problem import Problem, has_errors
from twinsite.core.request import BuildRequest
from twinsite.core.site import Entry, Site
from twinsite.explain import find_entry
from twinsite.kinds import KINDS, kind_named
from twinsite.kinds.kind import Kind, nothing_locked
from twinsite.stages import Stopwatch
from twinsite.survey import Survey, survey_site
from twinsite.write.staging import replace_file

HEADER = """\
# Written by "twinsite lock". Commit this file and never edit it: it shows that nothing was changed quietly.
# Locked by mistake, and nobody has seen the record yet? Then delete the file.
"""


class LockResult(Struct, frozen=True):
    """What locking came to: the lock's file (site-relative), the day of it, whether it was ``written`` anew, and what
    sort of record it holds (``contest``).
    """

    path: str
    day: date
    written: bool
    label: str


def lock_record(request: BuildRequest, name: str, cache: Cache) -> LockResult | list[Problem]:
    """Lock the record of a slug, a file or an address; or all problems that stand in the way.

    Raises ``OSError`` where the file cannot be written.
    """
    cache.spare()
    survey = survey_site(replace(request, drafts=True), cache, Stopwatch())
    if has_errors(survey.problems) or survey.site is None or survey.plan is None:
        return list(survey.place(survey.problems))
    entry = _find_lockable(survey.site, name, request.site)
    if entry is None:
        return [_unknown(survey.site, name)]
    lock = survey.site.locks.get(entry.key)
    latest = lock.latest if lock else None
    path = f"content/locks/{entry.kind}/{entry.slug}.yaml"
    binding = _bind(survey, entry, request)
    label = kind_named(entry.kind).label.lower()
    if latest and latest.text == binding.text and not list_differing(latest, binding.fields):
        return LockResult(path, latest.day, False, label)
    if latest and binding.day < latest.day:
        return [_too_early(path, latest.day, binding.day)]
    history = (*(lock.history if lock else ()), binding)
    write_lock(request.site / path, Lock(path, entry.kind, entry.slug, history))
    return LockResult(path, binding.day, True, label)


def _find_lockable(site: Site, name: str, folder: Path) -> Entry | None:
    kinds = [kind.name for kind in _list_lockable()]
    entry = find_entry(site, name, folder, kinds)
    return entry if entry and entry.kind in kinds else None


def _list_lockable() -> list[Kind]:
    return [kind for kind in KINDS if kind.locked is not nothing_locked]


def _unknown(site: Site, name: str) -> Problem:
    known = [slug for kind, slug in site.everything if kind_named(kind).locked is not nothing_locked]
    near = nearest_name(name, known)
    guess = f' Did you mean "{near}"?' if near else ""
    kinds = " or ".join(kind.label.lower() for kind in _list_lockable())
    hint = f"Name the file or the address of a {kinds}, or the last step of its address: spring"
    return Problem("nothing-to-lock", "", f'There is no {kinds} "{name}".{guess}', hint)


def _too_early(path: str, latest: date, day: date) -> Problem:
    message = f"This was locked on {latest.isoformat()}, and {day.isoformat()} comes before that day."
    return Problem("nothing-to-lock", path, message, "Leave out --now, or name a later day.")


def _bind(survey: Survey, entry: Entry, request: BuildRequest) -> Binding:
    """What the record says now, with the words that its pages make of it."""
    kind = kind_named(entry.kind)
    text = _find_text(survey, entry)
    day = request.now.astimezone(ZoneInfo(entry.zone)).date()
    return Binding(day, digest_fields(kind.locked(entry.record)), find_version(text) if text else "", text)


def _find_text(survey: Survey, entry: Entry) -> list[Any]:
    assert survey.plan is not None
    kept = [entry.url + family.kept for family in kind_named(entry.kind).families if family.kept]
    pages = [page for page in survey.plan.pages if page.url in kept]
    return [clause for page in pages for clause in page.view["own"]["clauses"]]


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock's file, whole or not at all."""
    values = {"locked": [_plain(one) for one in lock.history]}
    text = HEADER + yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode())


def _plain(binding: Binding) -> dict[str, Any]:
    plain: Mapping[str, Any] = {
        "date": binding.day.isoformat(),
        "fields": dict(binding.fields),
        "version": binding.version,
        "text": list(binding.text),
    }
    return {name: value for name, value in plain.items() if value}
