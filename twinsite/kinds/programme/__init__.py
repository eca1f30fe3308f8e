"""Programmes: what a twinternship is, what it pays, how to apply, and who is, was and will be in it."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from twinsite.core.problem import Problem
from twinsite.core.record import Record
from twinsite.kinds.kind import Change, Facts, Kind
from twinsite.kinds.moment import TERM_STATES, as_utc, change_after, change_on, find_term_state, list_term_changes
from twinsite.kinds.parts import check_term, contact_of
from twinsite.kinds.programme.people import group_people

if TYPE_CHECKING:
    from twinsite.kinds.programme.model import Application, Programme


def find_state(record: Programme, now: datetime) -> str:
    """``upcoming`` before its first day, ``ended`` after its last, else ``running``."""
    return find_term_state(record.starts, record.ends, now)


def list_changes(record: Programme, zone: tzinfo) -> tuple[Change, ...]:
    """The beginning of its first day and the end of its last, those of its intakes, and the moments from and up to
    which it takes applications.
    """
    changes = [*list_term_changes(record.starts, record.ends, zone)]
    for cohort in record.cohorts:
        changes += change_on(cohort.starts, zone, f'says that the intake "{cohort.name}" has begun')
        changes += change_after(cohort.ends, zone, f'says that the intake "{cohort.name}" is over')
    if record.apply and record.apply.opens:
        changes.append(Change(record.apply.opens.astimezone(zone), "opens for applications"))
    if record.apply and record.apply.closes:
        changes.append(Change(record.apply.closes.astimezone(zone), "closes for applications"))
    return tuple(sorted(changes, key=lambda change: as_utc(change.at)))


def check(record: Programme, path: str) -> tuple[Problem, ...]:
    """Terms that end before they start, intakes of one name, and a way to apply that leads nowhere."""
    cohorts = [
        problem
        for index, cohort in enumerate(record.cohorts)
        for problem in check_term(cohort.starts, cohort.ends, path, ("cohorts", index))
    ]
    return (
        *check_term(record.starts, record.ends, path, ()),
        *cohorts,
        *_check_names(record, path),
        *_check_application(record, path),
    )


def _check_names(record: Programme, path: str) -> tuple[Problem, ...]:
    names = [cohort.name.casefold() for cohort in record.cohorts]
    return tuple(
        Problem(
            rule="same-cohort",
            path=path,
            field=("cohorts", index, "name"),
            message=f'Two intakes are called "{record.cohorts[index].name}".',
            hint="Rename one of them, or people who name it could be in either.",
        )
        for index, name in enumerate(names)
        if name in names[:index]
    )


def _check_application(record: Programme, path: str) -> tuple[Problem, ...]:
    if record.apply is None:
        return ()
    late = record.apply.opens and record.apply.closes and as_utc(record.apply.opens) > as_utc(record.apply.closes)
    if late:
        hint = 'Write in "closes" the moment after which it is too late.'
        message = '"closes" is earlier than "opens".'
        return (Problem("dates-out-of-order", path, message, hint, field=("apply", "closes")),)
    if record.apply.url or record.apply.contest:
        return ()
    return (
        Problem(
            rule="apply-without-target",
            path=path,
            field=("apply",),
            message='"apply" says nothing about where to apply.',
            hint='Add "url:" with the address of a form or mailto:, or "contest:" with the name of a contest.',
        ),
    )


def find_applications(application: Application | None, facts: Facts) -> str:
    """Whether one can apply, by the programme's own dates: ``none`` (no way is named), ``upcoming``, ``open`` or
    ``closed``.
    """
    if application is None:
        return "none"
    now = as_utc(facts.now)
    if facts.state == "ended" or (application.closes and now >= as_utc(application.closes)):
        return "closed"
    return "upcoming" if application.opens and now < as_utc(application.opens) else "open"


def compute_card(record: Programme, facts: Facts) -> dict[str, Any]:
    """``applications`` (see ``find_applications``), and ``takes_applications``: whether that is ``open``."""
    found = find_applications(record.apply, facts)
    return {"applications": found, "takes_applications": found == "open"}


def compute(record: Programme, facts: Facts) -> dict[str, Any]:
    """The values of cards, and its people (see ``group_people``)."""
    return {**compute_card(record, facts), **group_people(record, facts)}


def list_contacts(record: Programme) -> tuple[str | None, ...]:
    """Who runs it, whom to ask, and where to apply by e-mail."""
    apply = record.apply.url if record.apply else None
    by_mail = apply if apply and apply.startswith("mailto:") else None
    return (*contact_of(record.run_by), *contact_of(record.contact), by_mail)


def load_model() -> type[Record]:
    """The model, see ``Kind.load_model``."""
    from twinsite.kinds.programme.model import Programme

    return Programme


KIND = Kind(
    name="programme",
    folder="programmes",
    label="Programme",
    plural="Programmes",
    load_model=load_model,
    about="A twinternship or another programme for advocates: what it is for, what it pays, how to apply.",
    states=TERM_STATES,
    card=("purpose", "paid", "pay_note", "starts", "ends"),
    state=find_state,
    changes=list_changes,
    check=check,
    compute=compute,
    compute_card=compute_card,
    contacts=list_contacts,
)
